"""How far an assumption carries: what moves and flips when it is half as large, or half as large again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Ranking(StrEnum):
    """What can flip, in the words that people see."""

    CONFLICTS = "dearest conflicts"
    WAY_OUT = "recommended way out"
    LANDING = "order of landing"
    PAIR = "order of two tasks"


@dataclass(frozen=True, slots=True)
class Flip:
    """One ranking that turns out differently: "ASK-3 lands before ASK-9"; `ids` are what it is about."""

    ranking: Ranking
    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Swing:
    """What one other value of an assumption does.

    `cost` is the change of J in ED; `days` that of the last day of the plan, `finish`, in working days; `item` lands
    `item_days` later (negative: earlier) on `lands`, no other item moves further. `replanned` is False where the plan
    was kept as it stands, put right where it no longer fits; `possible` where no plan was found at all.
    """

    value: str
    cost: float = 0.0
    days: int = 0
    finish: date | None = None
    item: str = ""
    item_days: int = 0
    lands: date | None = None
    flips: tuple[Flip, ...] = ()
    replanned: bool = False
    possible: bool = True


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """One assumption, what is assumed and both swings. `key` is the setting in roadmap.toml, or the column."""

    key: str
    title: str
    value: str
    stated: bool
    """Whether roadmap.toml gives another value than the default."""
    low: Swing
    high: Swing

    @property
    def reach(self) -> float:
        """The larger change of J in ED, whatever its sign."""
        return max(abs(self.low.cost), abs(self.high.cost))

    @property
    def flips(self) -> tuple[Flip, ...]:
        """What flips either way, each once."""
        return tuple(dict.fromkeys((*self.low.flips, *self.high.flips)))


@dataclass(frozen=True)
class Tornado:
    """All assumptions that change anything, those that change J most first; `unmoved` change nothing at all."""

    title: str
    as_of: date
    objective: float
    finish: date | None
    sensitivities: tuple[Sensitivity, ...]
    unmoved: tuple[str, ...]
    unreached: tuple[str, ...] = ()
    """Titles of those for which there was no time."""

    def flips(self, *names: str) -> tuple[tuple[Sensitivity, Flip], ...]:
        """What flips about one of these ids, and on which assumption it hangs: for reports that show the ranking."""
        return tuple((s, flip) for s in self.sensitivities for flip in s.flips if set(names) & set(flip.ids))
