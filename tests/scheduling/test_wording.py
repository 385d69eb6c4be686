"""Facts in words: a team that has as many tasks in progress as it wants."""

from planner.domain.plan import Plan
from planner.domain.problem import Clash
from planner.domain.roadmap import Roadmap
from planner.scheduling.assemble import Frame, assemble
from planner.scheduling.budget import Budget
from planner.scheduling.formulate import formulate
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations
from planner.scheduling.wording import clash_fact
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, formulated, task, team

LEDGER = team("Ledger", 4, wip_limit=2)
ROWS = tuple(task(name, 3, "Ledger", engineers=1) for name in "ABC")


def planned(roadmap: Roadmap) -> Plan:
    """Verified, within a fixed amount of work."""
    formulation = formulate(roadmap, NO_OPERATIONS, MONDAY)
    solution = solve(formulation.problem, Budget(work=50, seed=0, workers=1), "full")
    assert solution.schedule is not None
    assert violations(formulation.problem, solution.schedule) == ()
    frame = Frame("plan", MONDAY, 0, "full", "limited", roadmap, (), (), (), (), NO_OPERATIONS)
    return assemble(frame, formulation, solution)


def test_a_task_waits_for_a_place_and_not_for_engineers():
    plan = planned(Roadmap(tasks=ROWS, teams=(LEDGER, team("Pay"))))
    third = plan.tasks[2]
    assert (third.id, third.start.isoformat()) == ("C", "2026-09-10"), "after the three days of A and B"
    assert third.reason.kind == "capacity"
    assert third.reason.text == "waits while Ledger already has 2 tasks in progress (WIP limit)"
    assert third.reason.tasks == ("A", "B")


def test_engineers_that_a_limit_leaves_idle_are_no_load():
    (ledger,) = planned(Roadmap(tasks=ROWS, teams=(LEDGER,))).teams
    assert (ledger.demand, ledger.engineers, ledger.overload) == (9, 4, 0)
    assert [(week.capacity, week.planned) for week in ledger.weeks] == [(20, 8), (4, 1)]


def test_a_limit_that_makes_a_plan_impossible_is_named():
    formulation = formulated(*ROWS, teams=(LEDGER,))
    fact = clash_fact(formulation, Clash("capacity", (0, 1, 2), resource=1))
    assert fact.text == "Ledger has no more than 2 tasks in progress (WIP limit), and does A, B, C"
