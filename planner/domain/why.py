"""The answer to "why is this task here": what binds it, the chain back to the planning start, what would move it.

Dates are inclusive, days are working days, costs ED. Reporters compute nothing.
"""

from dataclasses import dataclass
from datetime import date

from planner.domain.conflict import Interval
from planner.domain.plan import ClashFact, TermValue


@dataclass(frozen=True, slots=True)
class Because:
    """A fact that binds: a clause ("LED-3 of Ledger is done on 12 Oct") and the other tasks that it names.

    `kind` is that of `domain.plan.Reason`. Where not `last`, it forbids only starts before those that the others
    forbid. `saves` is what a wait spares by term, below 0 what it costs.
    """

    kind: str
    text: str
    tasks: tuple[str, ...] = ()
    last: bool = True
    saves: tuple[TermValue, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A task of the chain that leads to the start: on working day `ready` (0 is the planning start) nothing held it.

    Then it `waited` by its own choice; its `days` of work, the days it was `held` until its launch, the `lag` of the
    relation and the `gap` (days off of the next task; below 0: days by which both overlap) lead to the next step.
    """

    task: str
    title: str
    team: str
    start: date
    finish: date
    why: str
    ready: int
    waited: int
    days: int
    held: int
    lag: int
    gap: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A task's start or an item's landing that changes; `days` later, below 0 earlier."""

    id: str
    title: str
    before: date
    after: date
    days: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change, planned again, against the plan as it is searched on with the same effort.

    `start` is that of the task asked about, None where it is not done any more or there is no plan: then `clash` says
    why, empty where none was found in time. `cost` is the change in J that was found, `proven` what it is for sure:
    both are equal where both plans are optimal. With the objective makespan they are days to the end instead.
    `items` and `tasks` that move most come first.
    """

    text: str
    start: date | None = None
    finish: date | None = None
    days: int = 0
    items: tuple[Moved, ...] = ()
    tasks: tuple[Moved, ...] = ()
    terms: tuple[TermValue, ...] = ()
    cost: float | None = None
    proven: Interval | None = None
    clash: tuple[ClashFact, ...] = ()


@dataclass(frozen=True)
class Why:
    """One task: its dates, why it starts and launches then, how it came to that, and what would move it.

    A task that is done or dropped has `status` and `said` alone. `searched_on` is set where searching on found a
    better plan without any change: then what the changes do is compared with that one.
    """

    task: str
    title: str
    teams: tuple[str, ...]
    items: tuple[str, ...]
    status: str
    as_of: date
    said: str = ""
    start: date | None = None
    finish: date | None = None
    launch: date | None = None
    day: int = 0
    """Working days from the planning start to its start: what the chain adds up to."""
    because: tuple[Because, ...] = ()
    launches_because: tuple[Because, ...] = ()
    chain: tuple[ChainStep, ...] = ()
    what_if: tuple[WhatIf, ...] = ()
    why_not: WhatIf | None = None
    searched_on: WhatIf | None = None
    objective_kind: str = "full"
