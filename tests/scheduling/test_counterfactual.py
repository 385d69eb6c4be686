"""Which changes are tried: those that loosen the chain, the nearest first, no more than four."""

from datetime import date

from planner.domain.cells import Source
from planner.domain.conflict import Change, ChangeKind
from planner.domain.problem import Problem
from planner.domain.roadmap import CalendarEvent, Dependency, EventKind, Roadmap, Status, Strength, Task, Team
from planner.scheduling.chain import chain
from planner.scheduling.counterfactual import MOST, counterfactuals
from planner.scheduling.formulate import formulate
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from planner.scheduling.view import View
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, task, team

WHERE = Source("plan.xlsx", "Calendar", 2)


def tried(name: str, *tasks: Task, teams: tuple[Team, ...] = (), **more: object) -> list[Change]:
    """The changes for a task in the serial list schedule, in the order in which they are tried."""
    roadmap = Roadmap(tasks=tasks, teams=teams or (team("Pay"), team("Led")), **more)  # type: ignore[arg-type]
    formulation = formulate(roadmap, NO_OPERATIONS, MONDAY)
    problem: Problem = formulation.problem
    schedule = serial(problem, latest_finish(problem))
    assert schedule is not None
    steps = chain(problem, schedule, formulation.index[name])
    return [attack.change for attack in counterfactuals(View(roadmap, (), formulation, schedule), roadmap, steps)]


def kinds(changes: list[Change]) -> list[ChangeKind]:
    return [change.kind for change in changes]


def test_nothing_moves_what_starts_at_once():
    assert tried("A", task("A")) == []


def test_a_queue_wants_engineers_or_less_work():
    hire, drop = tried("B", task("A", 3), task("B", 4))
    assert (hire.kind, hire.task, hire.value) == (ChangeKind.HIRE, "Pay", "1")
    assert hire.other.startswith("2026-09-07/")
    assert drop == Change(ChangeKind.DROP, "A")


def test_what_is_under_way_is_not_given_up():
    running = task("A", 3, status=Status.IN_PROGRESS)
    assert kinds(tried("B", running, task("B", 4))) == [ChangeKind.HIRE]


def test_a_limit_of_tasks_in_progress_is_widened():
    wide = team("Pay", 3, wip_limit=1)
    assert tried("B", task("A", 2), task("B", 2), teams=(wide,))[0] == Change(ChangeKind.LIMIT, "Pay", value="2")


def test_a_predecessor_of_another_team_is_cut():
    assert tried("B", task("A", 3, "Led"), task("B", 4, after="A")) == [Change(ChangeKind.CUT, "B", "A")]


def test_a_predecessor_that_also_holds_the_team_is_not():
    assert kinds(tried("B", task("A", 3), task("B", 4, after="A"))) == [ChangeKind.HIRE]


def test_a_block_is_opened_for_the_task_and_for_a_launch_that_it_waits_for():
    freeze = CalendarEvent("Freeze", EventKind.BLOCK, date(2026, 9, 8), date(2026, 9, 18), WHERE, ("team:Led",))
    after = task("B", depends_on=(Dependency("A", strength=Strength.LAUNCH),))
    rows = (task("A", 3, "Led"), after)
    override = Change(ChangeKind.OVERRIDE, "A", "Freeze")
    assert tried("A", *rows, calendar=(freeze,)) == [override]
    assert tried("B", *rows, calendar=(freeze,)) == [override, Change(ChangeKind.CUT, "B", "A")]


def test_a_typed_date_becomes_today():
    rows = (task("A", not_before=date(2026, 10, 1)), task("B", 1, "Led", after="A"))
    assert tried("B", *rows) == [
        Change(ChangeKind.CUT, "B", "A"),
        Change(ChangeKind.START, "A", value="2026-09-07"),
    ]


def test_of_a_long_chain_the_nearest_of_each_kind_come_first():
    """A, for which the long Z waits, then X of the same team, then B to E, each by another team."""
    teams = tuple(team(name) for name in ("Pay", "Led", "Web", "Ops", "Lab", "Sea"))
    later = [task("BCDE"[k], 2, ("Led", "Web", "Ops", "Lab")[k], after="XBCD"[k]) for k in range(4)]
    changes = tried("E", task("A", 3), task("X", 2), *later, task("Z", 50, "Sea", "A"), teams=teams)
    assert len(changes) == MOST
    assert changes[0] == Change(ChangeKind.CUT, "E", "D")
    assert kinds(changes[1:3]) == [ChangeKind.HIRE, ChangeKind.DROP]
    assert changes[3] == Change(ChangeKind.CUT, "D", "C")
