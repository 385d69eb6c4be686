"""Large neighbourhood search (Shaw 1998): some activities are free, all others keep their starts, CP-SAT solves it.

With several workers as many neighbourhoods are solved at once, which share no team, no item and no relation.
"""

import os
import random
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain

from planner.domain.problem import Schedule, SolveStatus
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.costs import Objective, cost, rank
from planner.scheduling.cpsat import Model, run
from planner.scheduling.improve import Lists
from planner.scheduling.local import members, structures
from planner.scheduling.priorities import ancestors
from planner.scheduling.sgs import Generator
from planner.scheduling.subproblem import Subproblem, Subproblems

FREE = 40
"""Activities in a neighbourhood at first; it grows while they are solved to the end and shrinks when not."""
FREE_RANGE = (10.0, 120.0)
NEIGHBOURHOOD_SECONDS = 0.4
MODEL_WORK = 1.0
"""Units of work that it takes to make a model."""
WALK_SHARE = 0.2
"""Part of the neighbourhoods that are walks."""
TRIES = 5
"""How often another neighbourhood is looked for that may be solved at the same time."""


class Neighbourhoods:
    """Better and better schedules of one problem."""

    def __init__(self, generator: Generator, objective: Objective, rng: random.Random):
        self._generator, self._objective, self._rng = generator, objective, rng
        self._problem = generator.problem
        self._parts = Subproblems(self._problem)
        self._structures = structures(self._problem)
        self._size = float(FREE)

    def search(self, schedule: Schedule, meter: Meter) -> Iterator[Schedule]:
        """The best so far after every round, until the meter is over."""
        lists = None
        if self._structures and self._generator.machine is None:
            lists = Lists(self._generator, schedule, self._objective, self._rng)
        best = schedule
        with ThreadPoolExecutor(_workers(meter)) as pool:
            while not meter.over:
                best = self._round(best, meter, pool)
                if lists is not None:
                    best = lists.after(best, meter)
                yield best

    def _round(self, schedule: Schedule, meter: Meter, pool: ThreadPoolExecutor) -> Schedule:
        """Solve some neighbourhoods at once."""
        groups = self._apart(schedule, _workers(meter))
        limits = replace(meter.part(1.0, at_most=NEIGHBOURHOOD_SECONDS), workers=1)
        parts = [self._parts.around(schedule, free, self._objective) for free in groups]
        charged: list[float] = []
        for part, (found, proven) in zip(
            parts, pool.map(lambda part: _solved(part, self._objective, limits, charged.append), parts), strict=True
        ):
            self._size = min(max(self._size * (1.1 if proven else 0.8), FREE_RANGE[0]), FREE_RANGE[1])
            if found is not None:
                schedule = part.spread(found, schedule)
        meter.charge(sum(charged) + MODEL_WORK * len(parts))
        return schedule

    def _apart(self, schedule: Schedule, count: int) -> list[frozenset[int]]:
        """Up to so many neighbourhoods that do not touch each other."""
        groups = [self._neighbourhood(schedule)]
        taken = self._touched(groups[0])
        for _ in range(TRIES if count > 1 else 0):
            more = self._neighbourhood(schedule)
            touched = self._touched(more)
            if taken.isdisjoint(touched):
                groups.append(more)
                taken |= touched
            if len(groups) == count:
                break
        return groups

    def _touched(self, free: Collection[int]) -> set[tuple[str, int]]:
        """The teams, items, activities and structures that a neighbourhood has to do with."""
        return set(
            chain.from_iterable(
                (
                    *(("team", r) for r, _ in self._problem.activities[i].demands),
                    *(("activity", j) for j in self._parts.neighbours(i)),
                )
                for i in free
            )
        )

    def _neighbourhood(self, schedule: Schedule) -> frozenset[int]:
        """Activities that touch each other: around a time on related teams, or an item with those it competes with.

        Where there are structures, every other time around the members of one; now and then a walk from one
        activity to another.
        """
        problem, rng, size = self._problem, self._rng, int(self._size)
        if rng.random() < WALK_SHARE:
            return self._walk(size)
        seed = rng.randrange(len(problem.activities))
        teams = {resource for resource, _ in problem.activities[seed].demands}
        if self._structures and rng.random() < 0.5:
            seeds = sorted(members(rng.choice(self._structures))) or [seed]  # a debt of done work may have none
            teams.update(resource for i in seeds for resource, _ in problem.activities[i].demands)
        elif problem.deliverables and rng.random() < 0.5:
            seeds = sorted(ancestors(problem, rng.choice(problem.deliverables).activities)) or [seed]
            teams.update(resource for i in seeds for resource, _ in problem.activities[i].demands)
        else:
            seeds = [seed]
            teams.update(rng.sample(range(len(problem.resources)), min(len(problem.resources), rng.randint(0, 3))))
        centre = schedule.start[rng.choice(seeds)]
        own = set(seeds)
        near = own.union(*(self._parts.users[resource] for resource in teams))
        if len(near) < size:
            near = set(range(len(problem.activities)))

        def distance(i: int) -> tuple[bool, int, float]:
            shares = any(resource in teams for resource, _ in problem.activities[i].demands)
            return i not in own and not shares, abs(schedule.start[i] - centre), rng.random()

        return frozenset(sorted(sorted(near), key=distance)[:size])

    def _walk(self, size: int) -> frozenset[int]:
        """Activities tied to each other, or of one team, at whatever time."""
        rng = self._rng
        found = [rng.randrange(len(self._problem.activities))]
        for _ in range(TRIES * size):
            i = rng.choice(found)
            teams = [resource for resource, _ in self._problem.activities[i].demands]
            near = sorted(self._parts.neighbours(i))
            j = rng.choice(self._parts.users[rng.choice(teams)] if teams and rng.random() < 0.5 else near)
            if j not in found:
                found.append(j)
            if len(found) == size:
                break
        return frozenset(found)


def _workers(meter: Meter) -> int:
    """How many neighbourhoods to solve at once."""
    return meter.threads or os.cpu_count() or 1


def _solved(
    part: Subproblem, objective: Objective, limits: Budget, charge: Callable[[float], None]
) -> tuple[Schedule | None, bool]:
    """A better schedule of the small problem, if there is one, and whether the best is known."""
    frame = part.windows
    if frame.impossible:
        return None, True
    model = Model(part.problem, frame.earliest, frame.latest, part.used)
    goal = model.objective(objective)
    if isinstance(goal, int):
        return None, True
    model.hint(part.schedule)
    model.model.add(goal <= cost(part.problem, part.schedule, objective))
    solution = run(model, goal, limits, part.schedule, objective, charge=charge)
    proven = solution.status is SolveStatus.OPTIMAL
    if solution.schedule is None:
        return None, proven
    better = rank(part.problem, solution.schedule, objective) < rank(part.problem, part.schedule, objective)
    return solution.schedule if better else None, proven
