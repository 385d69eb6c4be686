"""Anytime improvement: shuffle the list and rebuild the schedule, or free a neighbourhood and solve it with CP-SAT.

The first is destroy and repair on the priority list (Ruiz and Stuetzle 2007), the second large neighbourhood
search (Shaw 1998). Both work on the full objective and keep only what is not worse. Where it may pay to wait or to
turn an order round (`options`), the lists also keep `Orders`: every option of every priced structure once, the
costliest structure first, then at random.
"""

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from planner.domain.problem import Problem, Schedule, SolveStatus
from planner.scheduling.budget import Meter
from planner.scheduling.costs import Objective, cost, rank
from planner.scheduling.cpsat import Model, run
from planner.scheduling.local import members, price, structures
from planner.scheduling.options import Option, options
from planner.scheduling.priorities import ancestors
from planner.scheduling.sgs import Generator, Orders
from planner.scheduling.windows import windows_under

FREE = 40
"""Activities in a neighbourhood at first; it grows while they are solved to the end and shrinks when not."""
FREE_RANGE = (10.0, 120.0)
NEIGHBOURHOOD_SECONDS = 2.0
PASS_WORK = 1 / 100
"""Units of work that a list schedule takes per activity."""
LEAST_PASS = 20
"""A list of fewer activities takes as much as one of so many."""
ORDERED_WORK = 84
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


def free_neighbourhoods(
    generator: Generator,
    schedule: Schedule,
    objective: Objective,
    meter: Meter,
    rng: random.Random,
) -> Iterator[Schedule]:
    """Better and better schedules, a neighbourhood solved by CP-SAT at a time, until the meter is over."""
    problem = generator.problem
    best, size = schedule, float(FREE)
    lists = Lists(generator, best, objective, rng)
    while not meter.over:
        free = _neighbourhood(problem, best, int(size), rng)
        best, proven = _solve_free(problem, best, free, objective, meter)
        size = min(max(size * (1.1 if proven else 0.8), FREE_RANGE[0]), FREE_RANGE[1])
        if lists.structures:
            best = _ordered(lists, best, meter)
        yield best


def _ordered(lists: Lists, schedule: Schedule, meter: Meter) -> Schedule:
    """The best of a few lists with orders, from a schedule on."""
    if schedule != lists.best:
        lists.restart(schedule)
        meter.charge(len(schedule.start) * PASS_WORK)
    began = meter.charged
    while not meter.over and meter.charged < began + ORDERED_WORK:
        lists.step(meter)
    return lists.best


def _neighbourhood(problem: Problem, schedule: Schedule, size: int, rng: random.Random) -> frozenset[int]:
    """Activities that touch each other: around a time on related teams, or an item with those it competes with.

    Where there are structures, every other time around the members of one.
    """
    count = len(problem.activities)
    seed = rng.randrange(count)
    teams = {resource for resource, _ in problem.activities[seed].demands}
    priced = structures(problem)
    if priced and rng.random() < 0.5:
        seeds = sorted(members(rng.choice(priced)))
        teams.update(resource for i in seeds for resource, _ in problem.activities[i].demands)
    elif problem.deliverables and rng.random() < 0.5:
        seeds = sorted(ancestors(problem, rng.choice(problem.deliverables).activities))
        teams.update(resource for i in seeds for resource, _ in problem.activities[i].demands)
    else:
        seeds = [seed]
        teams.update(rng.sample(range(len(problem.resources)), min(len(problem.resources), rng.randint(0, 3))))
    centre = schedule.start[rng.choice(seeds)]
    own = set(seeds)

    def distance(i: int) -> tuple[bool, int, float]:
        shares = any(resource in teams for resource, _ in problem.activities[i].demands)
        return i not in own and not shares, abs(schedule.start[i] - centre), rng.random()

    return frozenset(sorted(range(count), key=distance)[:size])


def _solve_free(
    problem: Problem,
    schedule: Schedule,
    free: frozenset[int],
    objective: Objective,
    meter: Meter,
) -> tuple[Schedule, bool]:
    """The best schedule in which all other activities keep their starts, and whether that is proven."""
    held = replace(
        problem,
        activities=tuple(
            it if i in free else replace(it, pinned=schedule.start[i]) for i, it in enumerate(problem.activities)
        ),
    )
    frame = windows_under(held, schedule, objective)
    model = Model(held, frame.earliest, frame.latest)
    goal = model.objective(objective)
    if isinstance(goal, int):
        meter.charge(1)
        return schedule, True
    model.hint(schedule)
    model.model.add(goal <= cost(problem, schedule, objective))
    meter.charge(1)
    limits = meter.part(1.0, at_most=NEIGHBOURHOOD_SECONDS)
    solution = run(model, goal, limits, schedule, objective, charge=meter.charge)
    proven = solution.status is SolveStatus.OPTIMAL
    if solution.schedule is None or rank(problem, solution.schedule, objective) > rank(problem, schedule, objective):
        return schedule, proven
    return solution.schedule, proven
