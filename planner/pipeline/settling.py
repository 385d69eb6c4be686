"""Scenarios whose broken promises can be kept at less cost than their plans have: those plans are theirs then.

The search for a scenario's plan may end before the best; asking what would keep its promises searches once more.
What comes out of that must not stand beside a dearer plan as if the scenario had to break them.
"""

from collections.abc import Sequence
from dataclasses import replace

from planner.domain.plan import Plan, PlannedItem
from planner.domain.problem import Solution
from planner.pipeline.current import Current
from planner.pipeline.inputs import Report
from planner.pipeline.planning import framed
from planner.pipeline.promises import cheaper, plan_that_keeps
from planner.pipeline.variants import Variant
from planner.scheduling.assemble import assemble
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.variants import made_alike

Promised = tuple[str, tuple[str, ...]]
"""The name of a scenario and the items that it breaks."""
ROUNDS = 3
"""Searches for what keeps the promises of a scenario, at most."""


def plan_of(now: Current, variant: Variant) -> Plan | None:
    """Everything that is said of a variant with a plan."""
    if not variant.possible:
        return None
    frame = framed(variant.checked, now.inputs, now.options, variant.cycles)
    return assemble(frame, variant.formulation, variant.solution)


def broken_by(base: Plan, made: Plan) -> tuple[str, ...]:
    """Items that are late here and not in the base."""
    before = base.items_by_id()
    return tuple(i for i, item in made.items_by_id().items() if item.days_late and not _is_late(before.get(i)))


def _is_late(item: PlannedItem | None) -> bool:
    """Whether a promise was broken before; an item that the base does not have broke none."""
    return item is not None and bool(item.days_late)


def settled(
    now: Current,
    base: Variant,
    others: list[Variant],
    names: Sequence[str],
    share: Budget,
    meter: Meter,
    report: Report,
) -> tuple[Variant, list[Variant], dict[Promised, Solution]]:
    """Look for plans that keep what the scenarios break; one that is cheaper than a scenario's own replaces it.

    All are made alike again then, and asked again for what they break now. Also returns the plans that keep promises,
    by scenario and what it broke.
    """
    known: dict[Promised, Solution] = {}
    for _ in range(ROUNDS):
        first, found = plan_of(now, base), list(others)
        for i, variant in enumerate(others):
            made = plan_of(now, variant)
            broken = broken_by(first, made) if first and made else ()
            if broken and (names[i], broken) not in known and not share.stop():
                report(f"asking what would keep the promises of {names[i]}")
                known[names[i], broken] = plan_that_keeps(variant, broken, now.options, share)
                found[i] = cheaper(variant, known[names[i], broken], now.options)
        if all(one is other for one, other in zip(found, others, strict=True)):
            break
        base, others = _alike(now, base, found, meter)
    return base, others, known


def _alike(now: Current, base: Variant, found: list[Variant], meter: Meter) -> tuple[Variant, list[Variant]]:
    """What was found for one, tried on the others."""
    possible = [i for i, variant in enumerate(found) if variant.possible]
    pairs = [(found[i].formulation.problem, found[i].solution) for i in possible]
    own, alike = made_alike(base.formulation.problem, base.solution, pairs, meter, now.options.objective)
    solutions = dict(zip(possible, alike, strict=True))
    every = [replace(it, solution=solutions.get(i, it.solution)) for i, it in enumerate(found)]
    return replace(base, solution=own), every
