"""Which open task throws away which other's work when it comes later (T, supersession)."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import permutations

from planner.domain.problem import Supersession
from planner.domain.roadmap import TouchMode
from planner.domain.settings import Weights
from planner.scheduling.open_work import OpenWork, dearest
from planner.scheduling.rules import Notebook

BRIDGE = 1.0
"""theta of a task that another one names in Replaces: all of it is thrown away."""


def supersessions(work: OpenWork, weights: Weights, notebook: Notebook) -> tuple[Supersession, ...]:
    """At most one per ordered pair of open tasks, the dearest; none for an order that cannot happen.

    It costs theta times the remaining effort of the earlier task, less over `horizon_days` of use. Whose tasks
    they are does not matter: throwaway is throwaway.
    """
    costs: dict[tuple[int, int], int] = {}
    for early, late, share in (*_bridges(work), *_on_components(work, weights.supersede)):
        cost = round(share * work.problem.activities[early].effort)
        if cost > costs.get((early, late), 0) and not work.finishes_before(late, early):
            costs[early, late] = cost
    return tuple(
        Supersession(*pair, costs[pair], round(costs[pair] / max(1, weights.horizon_days)))
        for pair in dearest(costs, "throw away each other's work", notebook)
    )


def _bridges(work: OpenWork) -> Iterator[tuple[int, int, float]]:
    """(replaced, replacer, theta) of the column Replaces; what is done or dropped costs nothing any more."""
    for late, task in enumerate(work.tasks):
        for early in work.positions(task.replaces):
            if early != late:
                yield early, late, BRIDGE


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
