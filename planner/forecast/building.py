"""A formulation, the schedule of a plan and the ranges of its estimates become a `Model`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from math import ceil, sqrt

import numpy as np

from planner.domain.forecast import Kind, Policy
from planner.domain.problem import Activity, Precedence, Problem, Schedule
from planner.domain.roadmap import Hypothesis, Link, Roadmap
from planner.domain.settings import Settings, Uncertainty
from planner.domain.units import MILLI
from planner.forecast.calendars import days, levels
from planner.forecast.model import (
    NONE,
    TOLERANCE,
    Activities,
    Bets,
    Floats,
    Items,
    Luck,
    Model,
    Relations,
    Teams,
    line,
    offsets,
)
from planner.forecast.quantiles import keys, multiple_table
from planner.forecast.ranges import Multiples, multiples
from planner.forecast.waiting import binds_end, for_evidence, for_hand_over, met_at_begin, not_before
from planner.scheduling.experiments import ROLL_BACK, reserved_share
from planner.scheduling.formulate import Formulation
from planner.scheduling.hypotheses import chance, read_beliefs

AXIS_FACTOR, AXIS_SLACK = 0.75, 20
"""The axis is longer than the plan's horizon by so much of what pessimistic estimates add to the longest chain and to
the busiest team (not all are pessimistic at once), and by what the largest of them adds alone."""


@dataclass(frozen=True)
class Bet:
    """A hypothesis that may fail and will be known: its tests, the period of its readout, what relies on it."""

    hypothesis: Hypothesis
    tests: tuple[int, ...]
    readout: int
    relying: tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """An activity of the plan: when it is planned, and how far its estimate may be off."""

    activity: Activity
    planned: int
    ready: int
    multiples: Multiples


@dataclass(frozen=True)
class Built:
    """A model and what its positions mean: `order[k]` is the plan's position of activity k."""

    model: Model
    order: tuple[int, ...]
    bets: tuple[Bet, ...]
    ranges: tuple[Multiples, ...]
    drivers: tuple[tuple[Kind, str, str], ...]
    """Kind, name and title of activities, of teams and of hypotheses, as their sums stand in a tally."""


def build(
    roadmap: Roadmap, formulation: Formulation, schedule: Schedule, settings: Settings, policy: Policy = "list"
) -> Built:
    """The arrays of a plan whose teams work by a policy."""
    problem = formulation.problem
    order = in_sequence(problem, schedule)
    place = {i: k for k, i in enumerate(order)}
    everything = (*formulation.tasks, *formulation.done)
    ranges = multiples(formulation.tasks, everything, settings.defaults, settings.uncertainty)
    begin = not_before(problem, schedule)
    steps = [Step(problem.activities[i], schedule.start[i], begin[i], ranges[i]) for i in order]
    bets = _bets(roadmap, formulation)
    rollbacks = [NONE] * len(bets)
    for h, bet in enumerate(bets):
        rollback = _rollback(formulation, bet)
        if rollback is not None:
            rollbacks[h] = place[rollback]
            steps[rollbacks[h]] = _in_full(steps[rollbacks[h]], reserved_share(bet.hypothesis))
    kept = [*problem.precedences, *for_evidence(problem, schedule)]
    if policy == "chain":
        kept += for_hand_over(problem, schedule)
        steps = [replace(step, activity=replace(step.activity, demands=())) for step in steps]
    relations = [replace(r, predecessor=place[r.predecessor], successor=place[r.successor]) for r in kept]
    axis = _axis(problem, steps, relations)
    model = Model(
        axis=axis,
        planned_end=max(schedule.finish, default=0),
        overlaps=any(r.orders_launches and r.lag < 0 for r in relations),
        activities=_activities(steps, relations, rollbacks),
        luck=_luck(problem, steps, settings.uncertainty),
        on_begin=_grouped([r for r in relations if met_at_begin(r)], len(steps)),
        on_done=_grouped([r for r in relations if not met_at_begin(r)], len(steps)),
        builds=_grouped([_turned(r) for r in relations if r.orders_launches], len(steps)),
        teams=_teams(problem, steps, axis),
        days=days(problem, axis),
        bets=_known(bets, place, rollbacks, len(steps)),
        items=Items(
            first=offsets([len(item.activities) for item in problem.deliverables]),
            member=line([place[i] for item in problem.deliverables for i in item.activities]),
            sunk=line([item.sunk for item in problem.deliverables]),
            target=line([NONE if item.target is None else item.target for item in problem.deliverables]),
        ),
    )
    return Built(
        model,
        order,
        bets,
        tuple(step.multiples for step in steps),
        tuple(_drivers(formulation, steps, bets)),
    )


def _drivers(formulation: Formulation, steps: Sequence[Step], bets: Sequence[Bet]) -> Iterator[tuple[Kind, str, str]]:
    titles = {task.id: task.title for task in formulation.tasks}
    for step in steps:
        yield "task", step.activity.id, titles.get(step.activity.id, "")
    for team in _with_factor(steps):
        yield "team", formulation.problem.resources[team].name, ""
    for bet in bets:
        yield "hypothesis", bet.hypothesis.id, bet.hypothesis.statement


def in_sequence(problem: Problem, schedule: Schedule) -> tuple[int, ...]:
    """The positions in the order in which the plan begins them, and yet nobody before those that it waits for."""
    position = {i: k for k, i in enumerate(problem.order)}
    missing = [len(relations) for relations in problem.predecessors]
    eligible = [(schedule.start[i], position[i], i) for i in problem.order if not missing[i]]
    heapify(eligible)
    found = []
    while eligible:
        i = heappop(eligible)[-1]
        found.append(i)
        for relation in problem.successors[i]:
            missing[relation.successor] -= 1
            if not missing[relation.successor]:
                heappush(
                    eligible, (schedule.start[relation.successor], position[relation.successor], relation.successor)
                )
    return tuple(found)


def _bets(roadmap: Roadmap, formulation: Formulation) -> tuple[Bet, ...]:
    """The open hypotheses that are doubted, that matter to open work, and whose result will be known some day."""
    beliefs = read_beliefs(roadmap)
    found = []
    for hypothesis in beliefs.open.values():
        tests = tuple(formulation.index[test] for test in hypothesis.tested_by if test in formulation.index)
        relying = tuple(i for i, task in enumerate(formulation.tasks) if hypothesis in beliefs.of(task))
        readout = 0 if hypothesis.readout is None else max(0, formulation.calendar.after(hypothesis.readout))
        matters = relying or ROLL_BACK.format(hypothesis.id) in formulation.index
        if chance(hypothesis) < 1 and matters and (tests or hypothesis.readout):
            found.append(Bet(hypothesis, tests, readout, relying))
    return tuple(found)


def _rollback(formulation: Formulation, bet: Bet) -> int | None:
    """The position of our task that rolls a hypothesis back; one that a person typed is work like any other."""
    found = formulation.index.get(ROLL_BACK.format(bet.hypothesis.id))
    is_ours = found is not None and formulation.tasks[found].source == bet.hypothesis.source
    return found if is_ours else None


def _in_full(step: Step, share: float) -> Step:
    """A roll-back of which the plan holds a share in reserve, as much as it is when it is needed."""
    it = step.activity
    work = max(1, round((it.work + TOLERANCE) / share) - TOLERANCE) if it.work else 0
    return replace(step, activity=replace(it, work=work, effort=round(it.effort / share)))


def _axis(problem: Problem, steps: Sequence[Step], relations: Sequence[Precedence]) -> int:
    """Periods that hardly any course needs all of."""
    more = [
        (it.multiples.high - 1) * ((it.activity.work + TOLERANCE) / MILLI + it.activity.wait)
        if it.multiples.high > 1
        else 0.0
        for it in steps
    ]
    chain = list(more)
    for relation in sorted(relations, key=lambda r: r.successor):
        through = chain[relation.predecessor] + more[relation.successor]
        chain[relation.successor] = max(chain[relation.successor], through)
    load = [0.0] * len(problem.resources)
    for step, days_more in zip(steps, more, strict=True):
        for resource, units in step.activity.demands:
            load[resource] += days_more * units / max(1, problem.resources[resource].peak)
    together = AXIS_FACTOR * (max(chain, default=0.0) + max(load, default=0.0))
    return problem.horizon + AXIS_SLACK + ceil(together + max(more, default=0.0))


def _activities(steps: Sequence[Step], relations: Sequence[Precedence], rollbacks: Sequence[int]) -> Activities:
    own = [step.activity for step in steps]
    missing = np.bincount([r.successor for r in relations if not binds_end(r)], minlength=len(steps))
    missing[[k for k in rollbacks if k != NONE]] += 1  # a roll-back waits for the failure
    return Activities(
        work=line([it.work for it in own]),
        wait=line([MILLI * it.wait for it in own]),
        profile=line([it.profile for it in own]),
        wait_profile=line([it.wait_profile for it in own]),
        planned=line([step.planned for step in steps]),
        ready=line([step.ready for step in steps]),
        launch_calendar=line([NONE if it.launch_calendar is None else it.launch_calendar for it in own]),
        effort=np.array([it.effort / MILLI for it in own]),
        missing=line(missing),
        missing_end=line(np.bincount([r.successor for r in relations if binds_end(r)], minlength=len(steps))),
    )


def _luck(problem: Problem, steps: Sequence[Step], uncertainty: Uncertainty) -> Luck:
    shapes = {shape: row for row, shape in enumerate(dict.fromkeys(_shape(step) for step in steps))}
    teams = _with_factor(steps)
    return Luck(
        key=keys(step.activity.id for step in steps),
        table=line([shapes[_shape(step)] for step in steps]),
        multiples=_tables(list(shapes)),
        factor=line([NONE if s.activity.team is None else teams.index(s.activity.team) for s in steps]),
        factor_key=keys(f"team {problem.resources[team].name}" for team in teams),
        common=sqrt(uncertainty.correlation),
        own=sqrt(1 - uncertainty.correlation),
    )


def _with_factor(steps: Sequence[Step]) -> list[int]:
    """The teams that own activities: each errs in its own way."""
    return sorted({step.activity.team for step in steps if step.activity.team is not None})


def _shape(step: Step) -> Multiples:
    return replace(step.multiples, stated=False)


def _tables(shapes: Sequence[Multiples]) -> Floats:
    return np.array([multiple_table(shape) for shape in shapes]) if shapes else np.zeros((0, 1))


def _grouped(relations: Sequence[Precedence], count: int) -> Relations:
    """Relations by predecessor."""
    by: list[list[Precedence]] = [[] for _ in range(count)]
    for relation in relations:
        by[relation.predecessor].append(relation)
    ordered = [relation for group in by for relation in group]
    return Relations(
        first=offsets([len(group) for group in by]),
        to=line([r.successor for r in ordered]),
        lag=line([r.lag for r in ordered]),
        counts_end=line([int(r.launch or r.link in (Link.FS, Link.FF)) for r in ordered]),
        counts_launch=line([int(r.launch) for r in ordered]),
        binds_end=line([int(binds_end(r)) for r in ordered]),
    )


def _turned(relation: Precedence) -> Precedence:
    return replace(relation, predecessor=relation.successor, successor=relation.predecessor)


def _teams(problem: Problem, steps: Sequence[Step], axis: int) -> Teams:
    demands = [step.activity.demands for step in steps]
    sequence = sorted(range(len(steps)), key=lambda k: (steps[k].planned, k))
    peaks = [resource.peak for resource in problem.resources]
    queues: list[list[int]] = [[] for _ in peaks]
    for k in sequence:
        for resource, _ in demands[k]:
            queues[resource].append(k)
    level = levels([resource.capacity for resource in problem.resources], axis)
    changed = np.diff(level, axis=1) != 0
    periods, resources = np.nonzero(changed.T)
    return Teams(
        first_demand=offsets([len(group) for group in demands]),
        resource=line([resource for group in demands for resource, _ in group]),
        units=line([min(units, peaks[resource]) for group in demands for resource, units in group]),
        user=line([k for k, group in enumerate(demands) for _ in group]),
        rank=line(np.argsort(sequence)),
        first_queue=offsets([len(queue) for queue in queues]),
        queue=line([k for queue in queues for k in queue]),
        peak=line(peaks),
        level=level,
        varies=line(changed.any(axis=1)),
        change_period=line(periods + 1),
        change_resource=line(resources),
    )


def _known(bets: Sequence[Bet], place: dict[int, int], rollbacks: Sequence[int], count: int) -> Bets:
    proves: list[list[int]] = [[] for _ in range(count)]
    for h, bet in enumerate(bets):
        for i in bet.tests:
            proves[place[i]].append(h)
    return Bets(
        chance=np.array([chance(bet.hypothesis) for bet in bets], dtype=np.float64),
        key=keys(f"hypothesis {bet.hypothesis.id}" for bet in bets),
        readout=line([bet.readout for bet in bets]),
        tests=line([len(bet.tests) for bet in bets]),
        first_proves=offsets([len(group) for group in proves]),
        proves=line([h for group in proves for h in group]),
        first_relying=offsets([len(bet.relying) for bet in bets]),
        relying=line([place[i] for bet in bets for i in bet.relying]),
        rollback=line(rollbacks),
    )
