"""What a decision document is made of: the question, each option as it was planned again, and what hangs on it."""

from dataclasses import dataclass
from datetime import date

from planner.domain.conflict import Conflict, Interval
from planner.domain.plan import Plan, TermValue
from planner.domain.roadmap import Decision


@dataclass(frozen=True, slots=True)
class ItemMove:
    """An item that lands on another day with an option; None where it lands never."""

    item: str
    before: date | None
    after: date | None
    days: int
    """Working days by which it lands later; negative: earlier."""


@dataclass(frozen=True, slots=True)
class Lost:
    """ED of work that an option throws away if it is taken on a day."""

    day: date
    effort: float


@dataclass(frozen=True, slots=True)
class DraftOption:
    """One answer, planned again. Efforts and costs in ED.

    `objective` is J with it and `delta` the change against the plan (both None where nothing was computed): `low`
    against the plan as it was written, `high` against it searched on for as long. `terms` are the changes of the
    terms, which sum to `high`. `drops` are tasks that leave the plan, `builds` those that bring it about, `rewrites`
    those that need another answer, `unprovided` those that need this one although no task brings it.
    """

    name: str
    text: str
    """As a sentence: "Choose relational in DEC-1"."""
    chance: float | None = None
    possible: bool = True
    objective: float | None = None
    delta: Interval | None = None
    terms: tuple[TermValue, ...] = ()
    drops: tuple[str, ...] = ()
    builds: tuple[str, ...] = ()
    rewrites: tuple[str, ...] = ()
    unprovided: tuple[str, ...] = ()
    moves: tuple[ItemMove, ...] = ()
    lost: tuple[Lost, ...] = ()

    @property
    def discards(self) -> tuple[str, ...]:
        """Tasks whose work it throws away as far as that is done."""
        return tuple(dict.fromkeys((*self.drops, *self.rewrites)))


@dataclass(frozen=True)
class Draft:
    """A question that somebody has to decide, with what the plan knows about it.

    `plan` has its roadmap and the figures of the `plan.json` called `plan_id`. `best` is the position of the option
    that is recommended, None where the plan cannot tell. `searched_on` is J of the unchanged roadmap after as much
    search as the options had. `tasks` are those that hang on the answer, by start.
    """

    id: str
    question: str
    plan: Plan
    plan_id: str
    stem: str
    """What its files are called."""
    options: tuple[DraftOption, ...]
    best: int | None
    searched_on: float
    tasks: tuple[str, ...]
    decision: Decision | None = None
    conflict: Conflict | None = None
    """The one that was asked about."""
    conflicts: tuple[Conflict, ...] = ()
    """All open ones about this question, the one that was asked about too, the dearest first."""
    decide_by: date | None = None
    """The last day on which the recommended option is still the cheapest; None where that is every day."""

    @property
    def chosen(self) -> DraftOption | None:
        """The recommended option."""
        return None if self.best is None else self.options[self.best]

    @property
    def others(self) -> tuple[DraftOption, ...]:
        """The options that are not recommended."""
        return tuple(option for k, option in enumerate(self.options) if k != self.best)
