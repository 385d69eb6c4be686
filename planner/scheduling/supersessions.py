"""Which open task throws away which other's work when it comes later (T, supersession)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations

from planner.domain.problem import Supersession
from planner.domain.roadmap import TouchMode
from planner.domain.settings import Weights
from planner.scheduling.open_work import OpenWork, Pair, dearest
from planner.scheduling.rules import Notebook

BRIDGE = 1.0
"""theta of a task that another one names in Replaces: all of it is thrown away."""


def supersessions(work: OpenWork, weights: Weights, notebook: Notebook) -> tuple[Supersession, ...]:
    """At most one per ordered pair of open tasks, the dearest; none for an order that cannot happen.

    It costs theta times the remaining effort of the earlier task, less over `horizon_days` of use; what comes in
    vain costs all of it, whenever it comes. Whose tasks they are does not matter: throwaway is throwaway.
    """
    effort = [activity.effort for activity in work.problem.activities]
    in_vain = _at_most_once(work, ((early, late, effort[i]) for early, late, i in _in_vain(work)))
    lost = _at_most_once(
        work, ((a, b, round(share * effort[a])) for a, b, share in _clashes(work, weights.supersede))
    )
    costs = lost | {pair: max(cost, lost.get(pair, 0)) for pair, cost in in_vain.items()}
    horizon = max(1, weights.horizon_days)
    return tuple(
        Supersession(*pair, costs[pair], 0 if pair in in_vain else round(costs[pair] / horizon))
        for pair in dearest(costs, "throw away each other's work", notebook)
    )


def _at_most_once(work: OpenWork, found: Iterable[tuple[int, int, int]]) -> dict[Pair, int]:
    """The highest cost of each pair whose first can finish first."""
    costs: dict[Pair, int] = {}
    for early, late, cost in found:
        if cost > costs.get((early, late), 0) and not work.finishes_before(late, early):
            costs[early, late] = cost
    return costs


def _clashes(work: OpenWork, theta: Mapping[str, float]) -> Iterator[tuple[int, int, float]]:
    """(early, late, theta) of all pairs whose later task makes the earlier one's work void."""
    for late, early in _named(work, [task.replaces for task in work.tasks]):
        yield early, late, BRIDGE
    yield from _on_components(work, theta)


def _in_vain(work: OpenWork) -> Iterator[tuple[int, int, int]]:
    """(early, late, the one that is in vain): a bridge after its replacement, a repayment before its debt."""
    for replacer, bridge in _named(work, [task.replaces for task in work.tasks]):
        yield replacer, bridge, bridge
    for repayment, owing in _named(work, [task.repays for task in work.tasks]):
        if work.tasks[owing].debt:
            yield repayment, owing, repayment


def _named(work: OpenWork, columns: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """(task, the open task that it names) in a column; what is done or dropped costs nothing any more."""
    for i, names in enumerate(columns):
        for other in work.positions(names):
            if other != i:
                yield i, other


def _on_components(work: OpenWork, theta: Mapping[str, float]) -> Iterator[tuple[int, int, float]]:
    """(early, late, theta) of all pairs on one component whose modes clash in this order."""

    @cache
    def dearest_modes(early: frozenset[TouchMode], late: frozenset[TouchMode]) -> float:
        return max(_theta(theta, a, b) for a in early for b in late)

    for modes in work.touching.values():
        for early, late in permutations(work.largest(modes), 2):
            share = dearest_modes(modes[early], modes[late])
            if share:
                yield early, late, share


def _theta(theta: Mapping[str, float], early: TouchMode, late: TouchMode) -> float:
    """The share for these modes, else for any other earlier one: a second removal throws no removal away."""
    return theta.get(f"{early}>{late}", 0.0 if early is late else theta.get(f"any>{late}", 0.0))
