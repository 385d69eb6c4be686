"""What pricing looks up: open tasks by id and by component, their days and burn, and who finishes before whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest

from planner.domain.problem import Precedence, Problem
from planner.domain.roadmap import Link, Task, TouchMode, id_key
from planner.domain.units import MILLI
from planner.scheduling.rules import PRICED_IN_PART, Notebook
from planner.scheduling.windows import windows

WRITES = frozenset({TouchMode.CREATE, TouchMode.EXTEND, TouchMode.CHANGE, TouchMode.REPLACE, TouchMode.REMOVE})
"""What changes a component for those who use it."""

MOST_TASKS = 100
"""Tasks of one component, the largest, of which pairs are made; keeps 10,000 tasks within a second."""

MOST_PAIRS = 5_000
"""Priced pairs of one kind, the dearest, that a search can carry."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class OpenWork:
    """Read-only; `tasks` by activity position of `problem`."""

    problem: Problem
    tasks: tuple[Task, ...]

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Position by task id."""
        return {task.id: i for i, task in enumerate(self.tasks)}

    @cached_property
    def touching(self) -> Mapping[str, Mapping[int, frozenset[TouchMode]]]:
        """By component key the positions that touch it, and how."""
        found: dict[str, dict[int, frozenset[TouchMode]]] = defaultdict(dict)
        for i, task in enumerate(self.tasks):
            for touch in task.touches:
                modes = found[id_key(touch.component)]
                modes[i] = modes.get(i, frozenset()) | {touch.mode}
        return found

    def largest(self, positions: Iterable[int]) -> list[int]:
        """The positions of the largest remaining efforts, in order of position."""
        return sorted(nlargest(MOST_TASKS, positions, key=lambda i: (self.problem.activities[i].effort, -i)))

    def positions(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Positions of those of the ids that are open, each once."""
        return tuple(dict.fromkeys(self.index[task] for task in ids if task in self.index))

    def days(self, i: int) -> int:
        """Full-speed days of the remaining work; of a task that only waits, its waiting days."""
        activity = self.problem.activities[i]
        return -(-activity.work // MILLI) or activity.wait

    def burn(self, i: int) -> int:
        """Milli ED per day worked, rounded down: it never adds up to more than the effort; 0 for a milestone."""
        days = self.days(i)
        return self.problem.activities[i].effort // days if days else 0

    def finishes_before(self, i: int, j: int) -> bool:
        """Whether i finishes before j in every schedule, because a chain of relations says so."""
        return bool(self._before[j] >> i & 1)

    def are_ordered(self, i: int, j: int) -> bool:
        """Whether one of the two always finishes before the other."""
        return self.finishes_before(i, j) or self.finishes_before(j, i)

    def last(self, positions: Iterable[int]) -> int | None:
        """The one that can finish last when nobody waits for engineers, the first of equals; None of none."""
        found = tuple(positions)
        if len(found) < 2:
            return next(iter(found), None)
        return max(found, key=lambda i: (self._early_finish[i], -i))

    @cached_property
    def _before(self) -> list[int]:
        """By position a set of bits: those that finish before it."""
        before = [0] * len(self.tasks)
        for i in self.problem.order:
            for relation in self.problem.predecessors[i]:
                if _orders_finishes(relation):
                    before[i] |= before[relation.predecessor] | 1 << relation.predecessor
        return before

    @cached_property
    def _early_finish(self) -> tuple[int, ...]:
        return windows(self.problem).finish


def _orders_finishes(relation: Precedence) -> bool:
    """Whether the predecessor is finished when the successor is: work of a day or more lies between, or a lag."""
    if relation.link is Link.FF:
        return relation.lag > 0
    return relation.link is Link.FS and relation.lag >= 0


def note_crowded(work: OpenWork, notebook: Notebook) -> None:
    """Say which components have more tasks than pairs are made of."""
    names = {id_key(touch.component): touch.component for task in work.tasks for touch in task.touches}
    for key, modes in sorted(work.touching.items()):
        if len(modes) > MOST_TASKS:
            notebook.report(
                PRICED_IN_PART,
                f'{len(modes):,} open tasks touch "{names[key]}"; the sequence weighs what the {MOST_TASKS} largest '
                "of them do to each other.",
            )


def dearest(costs: Mapping[Pair, int], what: str, notebook: Notebook) -> list[Pair]:
    """The dearest pairs in order of position; says so where some are left out."""
    if len(costs) <= MOST_PAIRS:
        return sorted(costs)
    notebook.report(
        PRICED_IN_PART,
        f"{len(costs):,} pairs of tasks {what}; the sequence weighs the {MOST_PAIRS:,} dearest of them.",
    )
    return sorted(nlargest(MOST_PAIRS, costs, key=lambda pair: (costs[pair], -pair[0], -pair[1])))
