"""Experiments: what is tested until when, what hangs on it, and what its result did. Efforts in ED."""

from dataclasses import dataclass
from datetime import date

from planner.domain.cells import Cell


@dataclass(frozen=True, slots=True)
class Hanging:
    """A task that relies on a hypothesis: what of it is done when the result is known, as planned."""

    task: str
    title: str
    teams: tuple[str, ...]
    items: tuple[str, ...]
    start: date | None
    finish: date | None
    effort: float
    done_by_then: float


@dataclass(frozen=True, slots=True)
class Experiment:
    """A hypothesis with what the plan makes of it.

    `known` is the day of its result as planned: its last test, not before its readout; None where nobody tests it.
    `break_even` is the probability below which waiting for the result pays; None where nothing begins before it.
    """

    id: str
    statement: str
    treatment_group: str
    metric: str
    ramp: str
    probability: float | None
    result: str
    readout: date | None
    known: date | None
    tests: tuple[str, ...]
    hanging: tuple[Hanging, ...]
    rollback: float | None
    break_even: float | None
    cells: tuple[Cell, ...] = ()

    @property
    def at_risk(self) -> float:
        """What is thrown away if it fails, as planned."""
        return sum(one.done_by_then for one in self.hanging)

    @property
    def throwaway(self) -> float | None:
        """What is thrown away on average; None where nobody said how likely it is."""
        return None if self.probability is None else (1 - self.probability) * self.at_risk


@dataclass(frozen=True, slots=True)
class ExperimentResult:
    """A result that was recorded, and what follows from it.

    `thrown_away` is what was really done of the work that stops; `before` is the experiment as it was planned.
    """

    before: Experiment
    holds: bool
    stopped: tuple[Hanging, ...]
    released: tuple[Hanging, ...]
    thrown_away: float
    follows: tuple[tuple[str, float], ...]
    """What there is to do now: our task and its effort."""
    where: str
    """The cell."""
