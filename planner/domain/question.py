"""A fact that nobody has stated: whom to ask, and how far the plan moves with its answer."""

from dataclasses import dataclass
from datetime import date

from planner.domain.cells import Cell


@dataclass(frozen=True, slots=True)
class Answer:
    """A plausible answer: what it says, the change of J in ED against the plan as it is, when the item then lands.

    `possible` is False where no plan was found with it.
    """

    value: str
    cost: float = 0.0
    lands: date | None = None
    possible: bool = True


@dataclass(frozen=True)
class MissingFact:
    """What to ask whom, and where to type the answer.

    `kind` is "estimate", "team", "touches", "decision", "priority", "target", "team size" or "chance".
    `wording` ends in a question mark; `whom` is a name (empty where the tables name nobody) and `role` what they are.
    """

    kind: str
    subject: str
    wording: str
    whom: str
    role: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Question(MissingFact):
    """A missing fact with plausible answers and what they do.

    `item` is the one whose landing moves most, by `days` working days between the answers. `cost` in ED is how far
    answers about work are apart in J; an answer that only weighs (priority, target) counts by what a better sequence
    for it saves.
    """

    answers: tuple[Answer, ...]
    item: str = ""
    days: int = 0
    cost: float = 0.0


@dataclass(frozen=True)
class Questions:
    """The questions whose answers move the plan most, first; `others` are missing, too, and move it less."""

    title: str
    as_of: date
    questions: tuple[Question, ...]
    others: int
    next_command: str
