"""Anytime improvement: shuffle the list and rebuild the schedule (destroy and repair: Ruiz and Stuetzle 2007).

It works on the full objective and keeps only what is not worse. Where it may pay to wait or to turn an order round
(`options`), the lists also keep `Orders`: every option of every priced structure once, the costliest structure
first, then at random.
"""

import random
from collections.abc import Collection, Iterator, Sequence

from planner.domain.problem import Problem, Schedule
from planner.scheduling.budget import Meter
from planner.scheduling.costs import Objective, rank
from planner.scheduling.local import members, price, structures
from planner.scheduling.options import Option, options
from planner.scheduling.priorities import ancestors
from planner.scheduling.sgs import Generator, Orders

PASS_WORK = 1 / 100
"""Units of work that a list schedule takes per activity."""
LEAST_PASS = 20
"""A list of fewer activities takes as much as one of so many."""
ORDERED_WORK = 20
"""Units of work for lists between two neighbourhoods, where there are structures."""


class Lists:
    """The best list schedule so far with the orders that it keeps, and how to find a better one."""

    def __init__(self, generator: Generator, schedule: Schedule, objective: Objective, rng: random.Random):
        self._generator, self._objective, self._rng = generator, objective, rng
        self._problem = generator.problem
        self.structures = structures(self._problem)
        self.restart(schedule)

    def restart(self, schedule: Schedule) -> None:
        """Go on from this schedule: whatever waits in it goes on waiting."""
        self.best, self._rank = schedule, rank(self._problem, schedule, self._objective)
        self._waits = self._generator.waits(schedule)
        self._chosen: dict[int, Orders] = {}

    def each_option(self, meter: Meter) -> Iterator[Schedule]:
        """Try every option of every structure, the costliest first; yields the best after each."""
        for k in self._costliest():
            for option in options(self._problem, self.structures[k], self.best):
                if meter.over:
                    return
                self._try_option(k, option, meter)
                yield self.best

    def _costliest(self) -> list[int]:
        """Positions of the structures, the most expensive first."""
        prices = [price(self._problem, structure, self.best) for structure in self.structures]
        return sorted(range(len(prices)), key=lambda k: -prices[k])

    def step(self, meter: Meter) -> None:
        """One more list: an option of a random structure, or the orders kept and the list shuffled."""
        if self.structures and self._rng.random() < 0.5:
            k = self._rng.randrange(len(self.structures))
            self._try_option(k, self._rng.choice(options(self._problem, self.structures[k], self.best)), meter)
        else:
            self._try(_shuffled(self._problem, self.best, self._rng), self._waits, self._chosen, meter)

    def after(self, schedule: Schedule, meter: Meter) -> Schedule:
        """The best of a few lists with orders, from a schedule on that another search has found."""
        if schedule != self.best:
            self.restart(schedule)
            meter.charge(len(schedule.start) * PASS_WORK)
        began = meter.charged
        while not meter.over and meter.charged < began + ORDERED_WORK:
            self.step(meter)
        return self.best

    def _try_option(self, k: int, option: Option, meter: Meter) -> None:
        """The orders of structure k replaced, its members wait no longer for anything else."""
        own = set(members(self.structures[k]))
        waits = {i: start for i, start in self._waits.items() if i not in own}
        chosen = {**self._chosen, k: option.orders}
        self._try(_rushed(self._problem, self.best, option.rush, own), waits, chosen, meter)

    def _try(self, priority: Sequence[float], waits: dict[int, int], chosen: dict[int, Orders], meter: Meter) -> None:
        meter.charge(max(len(priority), LEAST_PASS) * PASS_WORK)
        orders = sum(chosen.values(), Orders(not_before=tuple(waits.items())))
        found = self._generator.generate(priority, orders=orders)
        if found is None:
            return
        found_rank = rank(self._problem, found, self._objective)
        if found_rank < self._rank:
            self.best, self._rank, self._waits, self._chosen = found, found_rank, waits, chosen


def shuffled_lists(
    generator: Generator, schedule: Schedule, objective: Objective, meter: Meter, rng: random.Random
) -> Iterator[Schedule]:
    """Better and better schedules, the given one first, from shuffled lists until the meter is over."""
    lists = Lists(generator, schedule, objective, rng)
    yield lists.best
    yield from lists.each_option(meter)
    while not meter.over:
        lists.step(meter)
        yield lists.best


def _rushed(problem: Problem, schedule: Schedule, first: Sequence[int], others: Collection[int]) -> list[float]:
    """The order of starts with `first` and all before them ahead of the `others`."""
    priority = [float(start) for start in schedule.start]
    front = min((priority[i] for i in others), default=0.0) - 0.5
    for i in ancestors(problem, tuple(first)):
        priority[i] = min(priority[i], front)
    return priority


def _shuffled(problem: Problem, schedule: Schedule, rng: random.Random) -> list[float]:
    """The order of starts with an item and what comes before it, or a few activities, moved to another time."""
    priority = [float(start) for start in schedule.start]
    span = max(schedule.finish, default=0)
    if problem.deliverables and rng.random() < 0.5:
        chosen = sorted(ancestors(problem, rng.choice(problem.deliverables).activities))
        shift = rng.gauss(0, span / 5)
        for i in chosen:
            priority[i] += shift
    else:
        for i in rng.sample(range(len(priority)), min(len(priority), rng.randint(1, 4))):
            priority[i] += rng.gauss(0, span / 5)
    return priority
