"""A genetic algorithm on activity lists, compiled: crossover, mutation and selection around `justify`.

Hartmann (1998): an individual is an activity list, which the serial scheme turns into a schedule; a child takes a
stretch of one parent and the rest in the order of the other. Valls, Ballestin, Quintanilla (2008): every child is
justified, and its list is then that of the justified starts. A child replaces the worse of its parents only, and
never doubles another (deterministic crowding, Mahfoud 1992): what is found in many places at once stays apart for
long, which matters more here than pressure.
"""

from typing import NamedTuple

import numpy as np

from planner.scheduling.compiled.arrays import NONE, Arrays, Integers
from planner.scheduling.compiled.jit import compiled, leaf
from planner.scheduling.compiled.justify import Desk, Tables, arrange, forward, justify

SWAPS = 20
"""Of 1,000 neighbours in a child's list so many change places."""
SHORTEST, LONGEST = 0.1, 0.6
"""How much of the father's list a child takes."""


class Population(NamedTuple):
    """Individuals by row, and the room that one thread needs to breed them."""

    lists: Integers
    """Activity lists, predecessors first: (individuals, activities)."""
    spans: Integers
    """Makespans."""
    prints: Integers
    """A number made of all starts, to know a double by."""
    random: Integers
    """State of the random numbers: one number, never 0."""
    child: Integers
    key: Integers
    taken: Integers


def population(a: Arrays, d: Desk, size: int, starts: Integers, span: int, seed: int) -> Population:
    """Everybody is the list of these starts, in a schedule of that makespan."""
    arrange(a, starts, d)
    count = len(a.work)
    return Population(
        lists=np.tile(d.sequence, (size, 1)),
        spans=np.full(size, span),
        prints=np.zeros(size, np.int64),
        random=np.array([2 * seed + 1], dtype=np.int64),
        child=np.zeros(count, np.int64),
        key=np.zeros(count, np.int64),
        taken=np.zeros(count, np.int64),
    )


@leaf
def draw(state: Integers, below: int) -> int:
    """A random number of `0..below-1` (xorshift, Marsaglia 2003)."""
    x = state[0]
    x ^= x << 13
    x ^= (x >> 7) & 0x1FFFFFFFFFFFFFF
    x ^= x << 17
    state[0] = x
    return int(((x >> 31) & 0x7FFFFFFF) % below)


@compiled
def seeds(a: Arrays, t: Tables, d: Desk, p: Population, first: int, last: int) -> None:
    """Individuals `first..last-1` anew: lists by latest start, disturbed a little or much."""
    least, most = a.latest[0], a.earliest[0]
    for i in range(len(p.key)):
        least = min(least, a.latest[i])
        most = max(most, a.earliest[i])
    for at in range(first, last):
        noise = 1 + draw(p.random, most + 1)
        for i in range(len(p.key)):
            p.key[i] = min(a.latest[i] - least + draw(p.random, noise), a.horizon)
        arrange(a, p.key, d)
        for k in range(len(p.key)):
            p.child[k] = d.sequence[k]
        span = _improved(a, t, d, p)
        if span != NONE:
            _keep(a, d, p, at, span)


@compiled
def evolve(a: Arrays, t: Tables, d: Desk, p: Population, children: int) -> None:
    """So many children, one after the other."""
    size, count = len(p.spans), len(p.key)
    for _ in range(children):
        mother, father = draw(p.random, size), draw(p.random, size - 1)
        if father >= mother:
            father += 1
        shortest = max(1, int(SHORTEST * count))
        width = shortest + draw(p.random, max(1, int(LONGEST * count) - shortest))
        first = draw(p.random, count + width) - width
        _cross(p, mother, father, max(0, first), min(count, first + width))
        _mutate(a, p)
        span = _improved(a, t, d, p)
        worse = mother if p.spans[mother] > p.spans[father] else father
        if span != NONE and span <= p.spans[worse] and not _known(p, span, _print(d)):
            _keep(a, d, p, worse, span)


@leaf
def decoded(a: Arrays, t: Tables, d: Desk, p: Population, at: int) -> int:
    """The schedule of an individual on the desk; its makespan."""
    for k in range(len(p.key)):
        d.sequence[k] = p.lists[at, k]
    return forward(a, t, d)


@leaf
def _cross(p: Population, mother: int, father: int, first: int, last: int) -> None:
    """The mother's list up to `first`, then what is left of the father's up to `last`, then the rest of hers."""
    count = len(p.key)
    for i in range(count):
        p.taken[i] = 0
    size = 0
    for parent, end in ((mother, first), (father, last), (mother, count)):
        for k in range(count):
            if size == end:
                break
            i = p.lists[parent, k]
            if not p.taken[i]:
                p.taken[i] = 1
                p.child[size] = i
                size += 1


@leaf
def _mutate(a: Arrays, p: Population) -> None:
    """Some neighbours of the child's list change places, unless the second waits for the first."""
    for k in range(len(p.child) - 1):
        if draw(p.random, 1000) < SWAPS:
            i, j = p.child[k], p.child[k + 1]
            waits = False
            for q in range(a.first_before[j], a.first_before[j + 1]):
                waits = waits or a.before[q] == i
            if not waits:
                p.child[k], p.child[k + 1] = j, i


@leaf
def _improved(a: Arrays, t: Tables, d: Desk, p: Population) -> int:
    """The child's list as a justified schedule on the desk, or as it is where that is no gain; NONE if neither."""
    for k in range(len(p.child)):
        d.sequence[k] = p.child[k]
    span = forward(a, t, d)
    if span == NONE:
        return NONE
    justified = justify(a, t, d, span)
    if justified != NONE and justified <= span:
        return justified
    for k in range(len(p.child)):
        d.sequence[k] = p.child[k]
    return forward(a, t, d)


@leaf
def _print(d: Desk) -> int:
    """The starts as one number."""
    total = 0
    for i in range(len(d.starts)):
        total = total * 31 + d.starts[i]
    return int(total)


@leaf
def _known(p: Population, span: int, starts: int) -> bool:
    """Whether somebody has this very schedule."""
    for at in range(len(p.spans)):  # noqa: SIM110 (numba knows no `any` of a generator)
        if p.spans[at] == span and p.prints[at] == starts:
            return True
    return False


@leaf
def _keep(a: Arrays, d: Desk, p: Population, at: int, span: int) -> None:
    """The schedule on the desk becomes individual `at`."""
    p.spans[at], p.prints[at] = span, _print(d)
    arrange(a, d.starts, d)
    for k in range(len(d.sequence)):
        p.lists[at, k] = d.sequence[k]
