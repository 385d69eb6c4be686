"""The ways to order and to wait that a priced structure suggests: starts at the breakpoints of its cost.

Each is a set of `Orders` for the list schedules; which of them lowers J is for the search to find out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from planner.domain.problem import (
    Coordination,
    Debt,
    FragileHandover,
    InterfaceRelease,
    Precedence,
    Problem,
    Risk,
    Schedule,
    Supersession,
)
from planner.domain.roadmap import Link
from planner.objective.fragile_handover import FIFTHS
from planner.scheduling.local import Structure
from planner.scheduling.sgs import NO_ORDERS, Orders
from planner.scheduling.windows import earliest_start


@dataclass(frozen=True, slots=True)
class Option:
    """Orders to keep, and activities that go to the front of the list, with what comes before them."""

    orders: Orders = NO_ORDERS
    rush: tuple[int, ...] = ()


def options(problem: Problem, structure: Structure, schedule: Schedule) -> tuple[Option, ...]:
    """All options of a structure: to leave it alone first, then every order, as it comes and rushed."""
    orders = tuple(dict.fromkeys(_orders(problem, structure, schedule)))
    rushed = [Option(order, tuple(r.predecessor for r in order.relations)) for order in orders if order.relations]
    repair = structure.repaid_by if isinstance(structure, Debt) else None
    return (
        Option(),
        *(Option(order) for order in orders),
        *rushed,
        *(() if repair is None else (Option(rush=(repair,)),)),
    )


def _orders(problem: Problem, structure: Structure, schedule: Schedule) -> Iterator[Orders]:
    match structure:
        case Supersession():
            yield from _supersession(structure)
        case Risk():
            yield from _risk(problem, structure)
        case InterfaceRelease():
            yield from _releases(structure, schedule)
        case Coordination(first, second):
            yield _after(first, second)
            yield _after(second, first)
        case FragileHandover(predecessor, successor):
            yield _after(predecessor, successor, lag=-(-structure.duration // FIFTHS))
        case Debt():
            yield from _debt(structure)


def _after(first: int, second: int, link: Link = Link.FS, lag: int = 0, launch: bool = False) -> Orders:
    return Orders((Precedence(first, second, link, lag, launch),))


def _supersession(structure: Supersession) -> Iterator[Orders]:
    """The later work finishes first, so that the other builds on it; or the other way round."""
    early, late = structure.early, structure.late
    yield _after(late, early, Link.FF, lag=int(early < late))
    yield _after(early, late, Link.FF)


def _risk(problem: Problem, risk: Risk) -> Iterator[Orders]:
    """Wait for one piece of evidence, or for all; behind a one-way door it is the finish that waits."""
    for link in (Link.FS, Link.FF) if risk.reversal else (Link.FS,):
        single = []
        for evidence in risk.evidence:
            day = evidence.period
            if link is Link.FF:
                day = earliest_start(problem, risk.activity, 0, day)
            wait = Orders(not_before=((risk.activity, day),)) if day else NO_ORDERS
            if evidence.activity is not None:
                wait += _after(evidence.activity, risk.activity, link)
            single.append(wait)
        yield from single
        if len(single) > 1:
            latest = max(day for wait in single for _, day in (*wait.not_before, (0, 0)))
            yield Orders(
                tuple(relation for wait in single for relation in wait.relations), ((risk.activity, latest),)
            )


def _releases(release: InterfaceRelease, schedule: Schedule) -> Iterator[Orders]:
    """A release waits until the next one, or the last one, is within the window; or all wait for the last."""
    queue = sorted(release.activities, key=lambda i: (schedule.launch[i], i))
    together = [_after(last, i, Link.FF, -release.window, launch=True) for i, last in pairwise(queue)]
    yield from together
    if len(queue) > 2:
        yield Orders(tuple(_after(queue[-1], i, Link.FF, -release.window, True).relations[0] for i in queue[:-1]))


def _debt(debt: Debt) -> Iterator[Orders]:
    """Work on the component starts before the debt is there, or after it is repaid: each touch alone, or all."""
    touches = [i for i, _ in debt.touches if i not in (debt.activity, debt.repaid_by)]
    if debt.activity is not None:
        for i in touches:
            yield _after(i, debt.activity, Link.SF, lag=1)
    repaid = debt.repaid_by
    if repaid is None:
        return
    for i in touches:
        yield _after(repaid, i)
    if len(touches) > 1:
        yield Orders(tuple(Precedence(repaid, i) for i in touches))
