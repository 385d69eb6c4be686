"""Plants what is wrong with order and dates, and what only looks like it."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.domain.cells import Source
from planner.domain.roadmap import (
    Ask,
    CalendarEvent,
    Dependency,
    EventKind,
    Override,
    Priority,
    Status,
    Strength,
    Task,
)
from tests.conflicts.builder import FILE, Builder

EARLY, LATE = date(2026, 11, 2), date(2026, 12, 18)


def edit(builder: Builder, name: str, change: Callable[[Task], Task]) -> None:
    """Another version of a task that is there."""
    tasks = tuple(change(task) if task.id == name else task for task in builder.roadmap.tasks)
    builder.roadmap = replace(builder.roadmap, tasks=tasks)


def wait_for(builder: Builder, name: str, other: str, strength: Strength = Strength.HARD) -> None:
    """One more dependency."""
    arc = Dependency(other, strength=strength)
    edit(builder, name, lambda task: replace(task, depends_on=(*task.depends_on, arc)))


def chain(builder: Builder) -> tuple[str, str, str]:
    """Three tasks of one item, each after the one before."""
    team, item = builder.teams(1)[0], builder.item()
    first = builder.task(team, item=item)
    second = builder.task(team, item=item, after=[first])
    return first, second, builder.task(team, item=item, after=[second])


def cycle(builder: Builder, _: random.Random) -> frozenset[str]:
    """Three tasks in a circle."""
    tasks = chain(builder)
    wait_for(builder, tasks[0], tasks[2])
    return frozenset(tasks)


def soft_cycle(builder: Builder, _: random.Random) -> frozenset[str]:
    """A soft relation against a chain."""
    tasks = chain(builder)
    wait_for(builder, tasks[0], tasks[2], Strength.SOFT)
    return frozenset(tasks)


def soft_along_the_chain(builder: Builder, _: random.Random) -> None:
    """A soft relation that says the same as a chain, and no circle."""
    first, _middle, last = chain(builder)
    wait_for(builder, last, first, Strength.SOFT)


def missing_dependency(builder: Builder, _: random.Random) -> frozenset[str]:
    """A value that is needed, set by a task that is not waited for."""
    one, other = builder.teams(2)
    key = f"{builder.component()}.version"
    return frozenset((builder.task(one, sets={key: "2"}), builder.task(other, needs={key: "2"})))


def typed_dependency(builder: Builder, _: random.Random) -> None:
    """The same with the dependency, and one whose value is there already."""
    one, other = builder.teams(2)
    key, ready = f"{builder.component()}.version", f"{builder.component()}.version"
    builder.task(other, needs={key: "2"}, after=[builder.task(one, sets={key: "2"})])
    builder.task(one, sets={ready: "2"}, status=Status.DONE)
    builder.task(other, needs={ready: "2"})


def dangling_reference(builder: Builder, _: random.Random) -> frozenset[str]:
    """A dependency on nothing."""
    return frozenset((builder.task(builder.teams(1)[0], after=["NONE-99"]),))


def redundant_dependency(builder: Builder, _: random.Random) -> frozenset[str]:
    """A shortcut along a chain."""
    first, _middle, last = chain(builder)
    wait_for(builder, last, first)
    return frozenset((first, last))


def lagged_dependency(builder: Builder, _: random.Random) -> None:
    """A shortcut with a lag says more than the chain."""
    first, _middle, last = chain(builder)
    arc = Dependency(first, lag=5)
    edit(builder, last, lambda task: replace(task, depends_on=(*task.depends_on, arc)))


def priority_inversion(builder: Builder, _: random.Random) -> frozenset[str]:
    """P0 waits for P3."""
    one, other = builder.teams(2)
    low = builder.task(one, item=builder.item(Priority.P3))
    return frozenset((low, builder.task(other, item=builder.item(Priority.P0), after=[low])))


def priorities_in_order(builder: Builder, _: random.Random) -> None:
    """P0 waits for P1, P3 for P0."""
    one, other = builder.teams(2)
    high = builder.task(one, item=builder.item(Priority.P1))
    higher = builder.task(other, item=builder.item(Priority.P0), after=[high])
    builder.task(one, item=builder.item(Priority.P3), after=[higher])


def due(builder: Builder, before: date, after: date) -> tuple[str, str]:
    """A task that waits for another, both with dates."""
    one, other = builder.teams(2)
    first = builder.task(one)
    second = builder.task(other, after=[first])
    edit(builder, first, lambda task: replace(task, due=before))
    edit(builder, second, lambda task: replace(task, due=after))
    return first, second


def date_inversion(builder: Builder, _: random.Random) -> frozenset[str]:
    """Due later than what waits for it."""
    return frozenset(due(builder, LATE, EARLY))


def dates_in_order(builder: Builder, _: random.Random) -> None:
    """Due earlier, and on the same day."""
    due(builder, EARLY, LATE)
    due(builder, LATE, LATE)


def window(builder: Builder, last: date) -> str:
    """A task of 12 ED, two days for a team of six, between two dates."""
    name = builder.task(builder.teams(1)[0], effort=12.0)
    edit(builder, name, lambda task: replace(task, not_before=EARLY, due=last))
    return name


def infeasible_window(builder: Builder, _: random.Random) -> frozenset[str]:
    """One day for two days of work."""
    return frozenset((window(builder, EARLY),))


def feasible_window(builder: Builder, _: random.Random) -> None:
    """Exactly two days."""
    window(builder, date(2026, 11, 3))


def launched(builder: Builder, day: date, *, override: bool = False) -> str:
    """A task that was launched, and a block of its component from 10 to 14 August."""
    component = builder.component()
    name = builder.task(builder.teams(1)[0], status=Status.DONE, touches={component: "extend"})
    edit(builder, name, lambda task: replace(task, actual_launch=day))
    row = len(builder.roadmap.calendar) + 2
    block = CalendarEvent(
        f"Freeze {row}",
        EventKind.BLOCK,
        date(2026, 8, 10),
        date(2026, 8, 14),
        Source(FILE, "Calendar", row),
        (f"component:{component}",),
    )
    builder.roadmap = replace(builder.roadmap, calendar=(*builder.roadmap.calendar, block))
    if override:
        opened = Override(name, block.name, Source(FILE, "Overrides", row), approved_by="Ada")
        builder.roadmap = replace(builder.roadmap, overrides=(*builder.roadmap.overrides, opened))
    return name


def launch_in_block(builder: Builder, _: random.Random) -> frozenset[str]:
    """Launched on the last day of a block."""
    return frozenset((launched(builder, date(2026, 8, 14)),))


def launch_beside_block(builder: Builder, _: random.Random) -> None:
    """Launched on the day after, and within with an override."""
    launched(builder, date(2026, 8, 15))
    launched(builder, date(2026, 8, 12), override=True)


def answered_ask(builder: Builder, _: random.Random) -> None:
    """An ask for which the team has a task."""
    one, other = builder.teams(2)
    item = builder.item()
    builder.task(one, item=item)
    builder.task(other, item=item)
    asked = Ask(item, other, Source(FILE, "Asks", len(builder.roadmap.asks) + 2))
    builder.roadmap = replace(builder.roadmap, asks=(*builder.roadmap.asks, asked))


PLANTERS: Mapping[str, Callable[[Builder, random.Random], frozenset[str]]] = {
    "cycle": cycle,
    "soft-cycle": soft_cycle,
    "missing-dependency": missing_dependency,
    "dangling-reference": dangling_reference,
    "redundant-dependency": redundant_dependency,
    "priority-inversion": priority_inversion,
    "date-inversion": date_inversion,
    "infeasible-window": infeasible_window,
    "launch-in-block": launch_in_block,
}
NEAR_MISSES: Sequence[Callable[[Builder, random.Random], None]] = (
    soft_along_the_chain,
    typed_dependency,
    lagged_dependency,
    priorities_in_order,
    dates_in_order,
    feasible_window,
    launch_beside_block,
    answered_ask,
)
