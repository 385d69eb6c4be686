"""One search of ours, watched: its answer, and what it had after how many seconds."""

from dataclasses import dataclass

from planner.domain.problem import Problem, Solution
from planner.scheduling.budget import Budget, Progress
from planner.scheduling.compiled.warm import warm
from planner.scheduling.costs import Objective
from planner.scheduling.solve import solve
from tests.benchmarks.stopwatch import Spent, Stopwatch


@dataclass(frozen=True)
class Step:
    """A schedule that costs `value` was known after so much time."""

    value: int
    spent: Spent


@dataclass(frozen=True)
class Watched:
    """The answer, its steps, first and cheapest last, and the time of the whole search."""

    solution: Solution
    steps: tuple[Step, ...]
    spent: Spent

    def reached(self, value: float) -> Spent | None:
        """When a schedule of at most this cost was first known; None if never."""
        return next((step.spent for step in self.steps if step.value <= value), None)


def watched(problem: Problem, budget: Budget, objective: Objective) -> Watched:
    """Search within the budget; imports, and machine code that is loaded at its first use, are not in the time."""
    warm()
    steps: list[Step] = []
    stopwatch = Stopwatch()

    def see(progress: Progress) -> None:
        if progress.objective is not None and (not steps or progress.objective < steps[-1].value):
            steps.append(Step(progress.objective, stopwatch.spent()))

    solution = solve(problem, budget, objective, see)
    return Watched(solution, tuple(steps), stopwatch.spent())
