"""Anytime improvement: shuffle the list and rebuild the schedule, or free a neighbourhood and solve it with CP-SAT.

The first is destroy and repair on the priority list (Ruiz and Stuetzle 2007), the second large neighbourhood
search (Shaw 1998). Both work on the full objective and keep only what is not worse.
"""

import random
from collections.abc import Iterator
from dataclasses import replace

from planner.domain.problem import Problem, Schedule, SolveStatus
from planner.scheduling.budget import Meter
from planner.scheduling.costs import Objective, cost, rank
from planner.scheduling.cpsat import Model, run
from planner.scheduling.priorities import ancestors
from planner.scheduling.sgs import Generator
from planner.scheduling.windows import windows_under

FREE = 40
"""Activities in a neighbourhood at first; it grows while they are solved to the end and shrinks when not."""
FREE_RANGE = (10.0, 120.0)
NEIGHBOURHOOD_SECONDS = 2.0
PASS_WORK = 1 / 100
"""Units of work that a list schedule takes per activity."""


def shuffled_lists(
    generator: Generator, schedule: Schedule, objective: Objective, meter: Meter, rng: random.Random
) -> Iterator[Schedule]:
    """Better and better schedules, the given one first, from shuffled lists until the meter is over."""
    problem = generator.problem
    best, best_rank = schedule, rank(problem, schedule, objective)
    count = len(problem.activities)
    yield best
    while not meter.over:
        meter.charge(count * PASS_WORK)
        found = generator.generate(_shuffled(problem, best, rng))
        if found is None:
            continue
        found_rank = rank(problem, found, objective)
        if found_rank < best_rank:
            best, best_rank = found, found_rank
        yield best


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
    problem: Problem,
    schedule: Schedule,
    objective: Objective,
    meter: Meter,
    rng: random.Random,
) -> Iterator[Schedule]:
    """Better and better schedules, a neighbourhood solved by CP-SAT at a time, until the meter is over."""
    best, size = schedule, float(FREE)
    while not meter.over:
        free = _neighbourhood(problem, best, int(size), rng)
        best, proven = _solve_free(problem, best, free, objective, meter)
        size = min(max(size * (1.1 if proven else 0.8), FREE_RANGE[0]), FREE_RANGE[1])
        yield best


def _neighbourhood(problem: Problem, schedule: Schedule, size: int, rng: random.Random) -> frozenset[int]:
    """Activities that touch each other: around a time on related teams, or an item with those it competes with."""
    count = len(problem.activities)
    seed = rng.randrange(count)
    teams = {resource for resource, _ in problem.activities[seed].demands}
    if problem.deliverables and rng.random() < 0.5:
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
