"""How good one search was, checked: the figures of a line in the tables."""

from dataclasses import dataclass

from planner.domain.problem import Problem
from planner.domain.units import MILLI
from planner.objective import by_term
from planner.scheduling.costs import Objective, cost
from planner.scheduling.verify import violations
from tests.benchmarks.search import Watched
from tests.benchmarks.stopwatch import peak_memory
from tests.benchmarks.table import row

HEADER = row("", "value", "bound", "above", "first s", "best s", "seconds", "CPU s", "MiB", "verified")


@dataclass(frozen=True)
class Figures:
    """Value and bound in ED or days; seconds to the first, to the best plan and in all; MiB of this process so far.

    `above` is how far the value is above the bound, in parts of the bound; of both only what some plan could avoid
    counts.
    """

    value: float
    bound: float
    above: float
    first: float
    best: float
    seconds: float
    cpu: float
    memory: float
    verified: bool

    def line(self, name: str) -> str:
        """For people."""
        return row(
            name,
            f"{self.value:,.0f}",
            f"{self.bound:,.0f}",
            f"{self.above:.2%}",
            *(f"{seconds:.2f}" for seconds in (self.first, self.best, self.seconds, self.cpu)),
            f"{self.memory:.0f}",
            "yes" if self.verified else "NO",
        )


def figures(problem: Problem, objective: Objective, found: Watched) -> Figures:
    """Recomputed from the schedule; ends the program where there is none."""
    schedule = found.solution.schedule
    if schedule is None:
        raise SystemExit("no plan in this time")
    value, bound = cost(problem, schedule, objective), found.solution.bound
    unavoidable = by_term(problem, schedule)["E"] if objective == "full" else 0
    return Figures(
        value=value / MILLI,
        bound=bound / MILLI,
        above=(value - bound) / max(bound - unavoidable, 1),
        first=found.steps[0].spent.seconds,
        best=found.steps[-1].spent.seconds,
        seconds=found.spent.seconds,
        cpu=found.spent.cpu,
        memory=peak_memory(),
        verified=not violations(problem, schedule),
    )
