"""Ways to make an impossible plan possible: what is given up, how far at least, and what the plan then costs."""

from dataclasses import dataclass
from datetime import date

from planner.domain.cells import Cell
from planner.domain.conflict import Change
from planner.domain.units import DAYS_PER_WEEK


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One or several facts given up; a verified plan was found with these `changes`.

    `days` is by how many working days typed dates move, at least; `engineer_weeks` is what is added to teams;
    `gives_up` are tasks that are not done. `objective` is J of the plan in ED, `finish` its last day worked.
    """

    text: str
    changes: tuple[Change, ...]
    cells: tuple[Cell, ...] = ()
    days: int = 0
    engineer_weeks: float = 0.0
    gives_up: tuple[str, ...] = ()
    objective: float = 0.0
    finish: date | None = None

    @property
    def cost(self) -> float:
        """ED: J of the plan, and the time of those who are added."""
        return self.objective + DAYS_PER_WEEK * self.engineer_weeks
