"""Conflicts between teams: what was found, what it costs, the ways out, and by when one has to be chosen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.cells import Cell
from planner.domain.diagnostics import Severity


class Family(StrEnum):
    """The five words that people see."""

    CONTRADICTION = "contradiction"
    DUPLICATE = "duplicate"
    DECISION = "waiting for a decision"
    ORDER = "order and date"
    COVERAGE = "coverage and load"


@dataclass(frozen=True, slots=True)
class ConflictType:
    """A kind of conflict: id (`contradicting-values`), family, how bad, what it is called, the way out.

    Types with `hygiene` cost nothing: they are kept out of the ranking by cost.
    """

    id: str
    family: Family
    severity: Severity
    title: str
    advice: str
    hygiene: bool = False


class ChangeKind(StrEnum):
    """What a resolution does to the roadmap; `task` and `other` are task ids where not said otherwise."""

    AFTER = "after"
    """`task` waits for `other` (finish to start)."""
    DROP = "drop"
    """`task` is not done."""
    MERGE = "merge"
    """`task` is done as part of `other`: the share `value` (0..1) of its effort is saved, a hand-off is added."""
    CHOOSE = "choose"
    """`task` is a decision id, `value` the option that is taken."""
    CUT = "cut"
    """The relation of `task` on `other` is dropped."""
    LINK = "link"
    """Like AFTER, for a dependency that is missing in the tables: a proposal to type it."""
    ASSIGN = "assign"
    """`value` is the team that takes `task` (a task or an item)."""
    DUE = "due"
    """`task` has to be done by the day `value`, a hard date."""
    START = "start"
    """`task` may start from the day `value` on; a pinned start is given up."""
    SOFTEN = "soften"
    """The relation of `task` on `other` becomes a soft one."""
    HIRE = "hire"
    """The team `task` has `value` engineers more on the days `other` (`2026-09-07/2026-10-02`, both included)."""
    LIMIT = "limit"
    """The team `task` may have `value` tasks in progress."""
    DECIDE = "decide"
    """`task` is a decision id that is taken by the day `value`, whichever option it is."""
    OVERRIDE = "override"
    """The block named `other` does not keep `task` from launching."""
    NOTE = "note"
    """Nothing that a plan can compute: `value` says what a person does."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the roadmap."""

    kind: ChangeKind
    task: str = ""
    other: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """A change of J in ED: exact where both ends are equal; "no clear difference" where it contains 0."""

    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether its sign is sure."""
        return self.low > 0 or self.high < 0 or self.low == self.high


@dataclass(frozen=True, slots=True)
class Resolution:
    """A way out: a sentence, the changes, whose work it discards, and what it costs besides (ED).

    `delta` is the change in J against the current plan, None until it was priced.
    """

    text: str
    changes: tuple[Change, ...]
    discards: tuple[str, ...] = ()
    extra: float = 0.0
    delta: Interval | None = None


@dataclass(frozen=True, slots=True)
class CostPoint:
    """What the cheapest way out costs in ED of work thrown away when it is chosen so many weeks from now."""

    weeks: int
    cost: float


@dataclass(frozen=True)
class Conflict:
    """One conflict. `tasks` are ids in the order of the sentence; `at_risk` are (task id, share of its effort).

    A detector fills everything down to `resolutions`; `conflicts.price` the rest. `identity` is what makes it
    this conflict and no other (ids of tasks, decisions, components, keys; not rows or files); `id` is made from
    type and identity. `evidence` is what a dismissal depends on: where it changes, the conflict opens again.
    """

    type: ConflictType
    identity: tuple[str, ...]
    message: str
    tasks: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    at_risk: tuple[tuple[str, float], ...] = ()
    evidence: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Matching words, where text made it a candidate."""
    break_even: str = ""
    """Where a probability is blank: "wait only if P(Aurora) < 0.62"."""
    resolutions: tuple[Resolution, ...] = ()
    id: str = ""
    cost: float = 0.0
    """Severity now: ED of engineering time at risk."""
    avoidable: float = 0.0
    """ED that the recommended way out saves if it is taken today instead of never."""
    cost_curve: tuple[CostPoint, ...] = ()
    decide_by: date | None = None
    recommendation: str = ""
    dismissed: bool = False
