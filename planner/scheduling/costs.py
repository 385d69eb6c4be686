"""What a search minimises: the full objective J, or the makespan."""

from dataclasses import replace
from typing import Literal

from planner.domain.problem import Problem, Schedule
from planner.domain.units import MILLI
from planner.objective import evaluate

Objective = Literal["full", "makespan"]


def cost(problem: Problem, schedule: Schedule, objective: Objective) -> int:
    """J and the price of moved starts in milli ED; in makespan mode the last end in thousandths of a period."""
    if objective == "makespan":
        return MILLI * makespan(schedule)
    return evaluate(problem, schedule)


def makespan(schedule: Schedule) -> int:
    """Exclusive end of everything, launches included."""
    return max((*schedule.finish, *schedule.launch), default=0)


def regular(problem: Problem) -> Problem:
    """The problem with the costs alone that never fall when something ends later.

    What it leaves out is never negative, so its J is at most the full J of every schedule. It keeps what no schedule
    avoids: one release of each interface, and debts that nobody repays.
    """
    return replace(
        problem,
        supersessions=(),
        risks=(),
        releases=tuple(replace(release, activities=release.activities[:1]) for release in problem.releases),
        coordinations=(),
        handovers=(),
        debts=tuple(replace(debt, interest=0, touches=()) for debt in problem.debts if debt.repaid_by is None),
        anchors=(),
    )


def rank(problem: Problem, schedule: Schedule, objective: Objective) -> tuple[int, int, tuple[int, ...]]:
    """Which of two schedules is better: the cost, then the sum of finishes, then the lower positions first."""
    return cost(problem, schedule, objective), sum(schedule.finish), schedule.start
