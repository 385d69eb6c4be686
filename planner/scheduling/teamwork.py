"""What it costs that teams work on the same things: interface releases (T), co-ordination and hand-overs (R)."""

from collections.abc import Sequence
from itertools import combinations

from planner.domain.problem import Coordination, FragileHandover, InterfaceRelease
from planner.domain.roadmap import Component, Link, TouchMode, id_key
from planner.domain.settings import Weights
from planner.domain.units import MILLI, milli
from planner.scheduling.crew import Crew
from planner.scheduling.open_work import WRITES, OpenWork, dearest
from planner.scheduling.relations import friction_between
from planner.scheduling.rules import Notebook

BREAKING = frozenset({TouchMode.REPLACE, TouchMode.REMOVE})
"""What the consumers of a component have to follow."""

FIFTHS = 5
"""A hand-over wants a fifth of the predecessor's days as slack; it is counted in fifths of a day."""


def releases(work: OpenWork, components: Sequence[Component], weights: Weights) -> tuple[InterfaceRelease, ...]:
    """One per component that has consumers and open tasks that replace or remove it."""
    found = []
    for component in components:
        touching = work.touching.get(id_key(component.name), {})
        breaking = tuple(i for i, modes in touching.items() if modes & BREAKING)
        cost = milli(sum(effort for _, effort in component.consumers))
        if breaking and cost:
            found.append(InterfaceRelease(component.name, breaking, cost, weights.release_window))
    return tuple(found)


def coordinations(work: OpenWork, crew: Crew, weights: Weights, notebook: Notebook) -> tuple[Coordination, ...]:
    """One per pair of tasks of different owners that write one component and may run at the same time."""
    price: dict[tuple[str, str], int] = {}
    owners = [id_key(task.owner) for task in work.tasks]
    most: dict[tuple[int, int], int] = {}
    for modes in work.touching.values():
        writers = [i for i in work.largest(modes) if modes[i] & WRITES and owners[i] and work.days(i)]
        for pair in combinations(writers, 2):
            teams = owners[pair[0]], owners[pair[1]]
            if pair in most or teams[0] == teams[1] or work.are_ordered(*pair):
                continue
            if teams not in price:
                friction = friction_between(crew, *teams, weights)
                price[teams] = milli(weights.coordination) * (MILLI + friction) // MILLI
            most[pair] = price[teams] * min(map(work.days, pair))
    return tuple(
        Coordination(i, j, price[owners[i], owners[j]])
        for i, j in dearest({pair: cost for pair, cost in most.items() if cost}, "share a component", notebook)
    )


def handovers(work: OpenWork, weights: Weights) -> tuple[FragileHandover, ...]:
    """One per finish-to-start relation without lag between two teams: phi of the successor's burn a day missing."""
    found = []
    for relation in work.problem.precedences:
        if relation.cross_team and relation.link is Link.FS and not (relation.launch or relation.lag):
            cost = round(weights.fragile * work.burn(relation.successor) / FIFTHS)
            days = work.days(relation.predecessor)
            if cost and days:
                found.append(FragileHandover(relation.predecessor, relation.successor, cost, days))
    return tuple(found)
