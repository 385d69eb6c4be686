"""One project for every solver: the scheduling problem of a network, and what any answer is worth in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.problem import Activity, Deliverable, Precedence, Problem, Profile, Resource
from planner.domain.units import MILLI, TENTHS_PER_ENGINEER
from planner.scheduling.costs import Objective
from planner.scheduling.formulate import HORIZON_FACTOR, HORIZON_SLACK
from planner.scheduling.relations import topology
from planner.scheduling.sgs import Generator
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations
from tests.benchmarks.network import Goal, Mode, Network


@dataclass(frozen=True)
class Case:
    """A network in integers. Values are weight times days, makespans days."""

    network: Network
    goals: tuple[Goal, ...]
    problem: Problem
    objective: Objective

    def ends(self, starts: Sequence[int]) -> tuple[int, ...]:
        """When tasks are done that are not interrupted."""
        return tuple(start + days for start, days in zip(starts, self.network.duration, strict=True))

    def listed(self, starts: Sequence[int]) -> tuple[int, ...] | None:
        """The starts of the list schedule that takes the tasks in the order of these starts."""
        schedule = Generator(self.problem).generate(starts, False)
        return None if schedule is None else schedule.start

    def value(self, ends: Sequence[int]) -> int:
        """What it costs that tasks are done then, whoever says so."""
        if self.objective == "makespan":
            return max(ends, default=0)
        return sum(goal.weight * max(ends[i] for i in goal.tasks) for goal in self.goals)

    def faults(self, starts: Sequence[int]) -> tuple[str, ...]:
        """What these starts break."""
        return violations(self.problem, complete(self.problem, starts))


def case_of(network: Network, mode: Mode) -> Case:
    """The case: a day's delay of a goal costs its weight in engineer-days; the horizon is that of `formulate`."""
    relations = tuple(Precedence(i, j) for i, j in network.edges)
    order, before, after = topology(len(network.team), relations)
    horizon = _horizon(network, order)
    goals = network.goals("item" if mode == "makespan" else mode)
    problem = Problem(
        horizon=horizon,
        activities=tuple(
            Activity(f"T-{i}", work=days * MILLI, demands=((team, TENTHS_PER_ENGINEER),), team=team)
            for i, (days, team) in enumerate(zip(network.duration, network.team, strict=True))
        ),
        resources=tuple(
            Resource(f"Team {t}", (TENTHS_PER_ENGINEER * engineers,) * horizon)
            for t, engineers in enumerate(network.engineers)
        ),
        profiles=(Profile(tuple(range(0, MILLI * horizon + 1, MILLI))),),
        precedences=relations,
        deliverables=tuple(Deliverable(f"I-{g}", goal.tasks, goal.weight * MILLI) for g, goal in enumerate(goals)),
        order=order,
        predecessors=before,
        successors=after,
    )
    return Case(network, goals, problem, "makespan" if mode == "makespan" else "full")


def _horizon(network: Network, order: tuple[int, ...]) -> int:
    """Half as much again as the longest chain and the busiest team, and some slack."""
    ends = [0] * len(order)
    load = [0.0] * len(network.engineers)
    for i in order:
        ends[i] = max((ends[j] for j in network.before[i]), default=0) + network.duration[i]
        load[network.team[i]] += network.duration[i] / network.engineers[network.team[i]]
    return HORIZON_SLACK + int(HORIZON_FACTOR * (max(ends, default=0) + max(load, default=0.0)))
