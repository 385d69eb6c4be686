"""One-way doors wait for their evidence, hard; what will never be known, and pins, are left alone."""

from datetime import date

import pytest

from planner.domain.problem import Solution, SolveStatus
from planner.domain.roadmap import Decision, Dependency, Door, Hypothesis, Roadmap, Setting, Status, Task
from planner.scheduling.assemble import Frame, assemble
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, SOURCE, earliest, formulated, task, team

FRIDAY = date(2026, 9, 11)
TEAMS = (team(), team("Led"))


def door(**more: object) -> Task:
    return task("DOOR", 2, "Led", **{"door": Door.ONE_WAY, "hypotheses": ("H",), **more})  # type: ignore[arg-type]


def hypothesis(**more: object) -> Hypothesis:
    return Hypothesis("H", SOURCE, **{"probability": 0.6, "tested_by": ("TEST",), **more})  # type: ignore[arg-type]


def start(*tasks: Task, **more: object) -> int:
    """The earliest start of DOOR; what starts earlier the verifier finds."""
    found = formulated(*tasks, teams=TEAMS, **more)
    schedule, i = earliest(found.problem), found.index["DOOR"]
    assert not violations(found.problem, schedule)
    if schedule.start[i] > 0:
        assert violations(found.problem, complete(found.problem, [*schedule.start[:i], 0, *schedule.start[i + 1 :]]))
    return schedule.start[i]


def test_it_waits_for_the_test_and_says_why() -> None:
    tasks, known = (door(), task("TEST", 3)), (hypothesis(),)
    assert start(*tasks, hypotheses=known) == 3
    found = formulated(*tasks, teams=TEAMS, hypotheses=known)
    roadmap = Roadmap(tasks=tasks, teams=TEAMS, hypotheses=known)
    frame = Frame("q3", MONDAY, 0, "full", "limited", roadmap, (), (), (), (), NO_OPERATIONS)
    plan = assemble(frame, found, Solution(SolveStatus.FEASIBLE, earliest(found.problem)))
    reason = plan.tasks_by_id()["DOOR"].reason
    assert reason.text == "waits for TEST of Pay, done 9 Sep (a one-way door: H has to be known first)"


def test_a_two_way_door_does_not_wait() -> None:
    assert start(door(door=Door.TWO_WAY), task("TEST", 3), hypotheses=(hypothesis(probability=None),)) == 0


def test_it_waits_for_the_readout_day() -> None:
    assert start(door(), task("TEST", 1), hypotheses=(hypothesis(readout=FRIDAY),)) == 5


def test_a_blank_probability_waits_as_well() -> None:
    assert start(door(), task("TEST", 3), hypotheses=(hypothesis(probability=None),)) == 3


@pytest.mark.parametrize(
    ("known", "begins"), [({"due": FRIDAY}, 5), ({}, 10), ({"due": FRIDAY, "chosen": "Aurora"}, 0)]
)
def test_it_waits_for_its_decision(known: dict[str, object], begins: int) -> None:
    """Until the due date, or the ten days that are assumed; not for one that is taken."""
    one = Decision("D", SOURCE, key="db", **known)  # type: ignore[arg-type]
    assert start(door(hypotheses=(), sets=(Setting("db", "Aurora"),)), decisions=(one,)) == begins


def test_who_settles_the_decision_goes_first() -> None:
    one = Decision("D", SOURCE, key="db")
    settler = task("SETTLE", 4, settles=("D",))
    assert start(door(hypotheses=(), sets=(Setting("db", "Aurora"),)), settler, decisions=(one,)) == 4


def test_what_nobody_will_ever_know_holds_nobody() -> None:
    assert start(door(), hypotheses=(hypothesis(tested_by=()),)) == 0


def test_a_test_that_waits_for_the_door_is_no_circle() -> None:
    assert start(door(), task("TEST", 3, after="DOOR"), hypotheses=(hypothesis(),)) == 0


def test_a_pin_and_work_in_progress_stay() -> None:
    pinned = door(not_before=MONDAY, pinned=True)
    assert start(pinned, task("TEST", 3), hypotheses=(hypothesis(),)) == 0
    assert start(door(status=Status.IN_PROGRESS), task("TEST", 3), hypotheses=(hypothesis(),)) == 0


def test_what_is_typed_already_is_not_typed_twice() -> None:
    found = formulated(
        door(depends_on=(Dependency("TEST"),)), task("TEST", 3), teams=TEAMS, hypotheses=(hypothesis(),)
    )
    (at_door,) = (one for one in found.tasks if one.id == "DOOR")
    assert len(at_door.depends_on) == 1
    assert not at_door.depends_on[0].reason
