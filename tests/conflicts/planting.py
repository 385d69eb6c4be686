"""Seeded synthetic plans with known conflicts: every declared type alone, several, or all together.

A planter adds one conflict of its type and returns the ids of the tasks in it. A near miss adds what looks like the
conflict and is none; every plan has the near misses of all types. A family brings both as plain dicts by type id.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.roadmap import Roadmap
from tests.conflicts import planters_contradictions, planters_coverage, planters_decisions, planters_order
from tests.conflicts.builder import Builder

Planter = Callable[[Builder, random.Random], frozenset[str]]
NearMiss = Callable[[Builder, random.Random], None]

FAMILIES = (planters_contradictions, planters_decisions, planters_order, planters_coverage)
PLANTERS: Mapping[str, Planter] = {type_: plant for family in FAMILIES for type_, plant in family.PLANTERS.items()}
NEAR_MISSES: Sequence[NearMiss] = tuple(near_miss for family in FAMILIES for near_miss in family.NEAR_MISSES)

Expected = frozenset[tuple[str, frozenset[str]]]
"""(type id, ids of the tasks in it) of each conflict."""


@dataclass(frozen=True)
class Planted:
    """A roadmap and exactly what is wrong with it."""

    roadmap: Roadmap
    expected: Expected


def plant(types: Sequence[str], seed: int) -> Planted:
    """A plan of about 60 clean tasks, the near misses of all types and one conflict of each of `types`."""
    rng = random.Random(seed)
    builder = Builder(rng)
    for near_miss in NEAR_MISSES:
        near_miss(builder, rng)
    expected = frozenset((type_, PLANTERS[type_](builder, rng)) for type_ in types)
    return Planted(shuffled(builder.roadmap, rng), expected)


def shuffled(roadmap: Roadmap, rng: random.Random) -> Roadmap:
    """The same rows in another order."""
    return replace(
        roadmap,
        items=tuple(rng.sample(roadmap.items, len(roadmap.items))),
        tasks=tuple(rng.sample(roadmap.tasks, len(roadmap.tasks))),
        components=tuple(rng.sample(roadmap.components, len(roadmap.components))),
        decisions=tuple(rng.sample(roadmap.decisions, len(roadmap.decisions))),
        hypotheses=tuple(rng.sample(roadmap.hypotheses, len(roadmap.hypotheses))),
    )
