"""The five numbers of a plan, one of them against the plan that the same data gives in plain priority order."""

from collections.abc import Mapping
from datetime import timedelta

from planner.domain.plan import Headline, Plan, PlannedItem, PlannedTask
from planner.domain.problem import Problem, Schedule
from planner.domain.roadmap import Commitment, Origin, Status, id_key, natural_key
from planner.domain.units import engineer_days
from planner.objective import by_term
from planner.scheduling.formulate import Formulation
from planner.scheduling.sgs import serial
from planner.scheduling.verify import violations

SOON = timedelta(days=14)
"""From as-of, how far a director looks for decisions."""


def headline(plan: Plan, formulation: Formulation) -> Headline:
    """The five numbers of an assembled plan; raises AssertionError where the plain plan breaks its own rules."""
    problem = formulation.problem
    plain = serial(problem, plain_priority(plan, formulation))
    costs = None if plain is None else _verified_costs(problem, plain)
    done = _delivered(plan)
    ahead = [item for item in plan.items if id_key(item.id) not in done]
    dated = [item for item in ahead if item.target and item.lands]
    late = sum(item.days_late > 0 for item in dated)
    return Headline(
        on_track=len(dated) - late,
        late=late,
        undated=len(ahead) - len(dated),
        throwaway=sum(term.value for term in plan.terms if term.letter == "T"),
        throwaway_plain=None if costs is None else engineer_days(costs["T"]),
        objective_plain=None if costs is None else engineer_days(sum(costs.values())),
        decisions_due=tuple(decision.id for decision in plan.decisions if decision.due <= plan.as_of + SOON),
        operations_roadmap=_operations(plan),
        operations_capacity=plan.waterfall.operations_share,
    )


def plain_priority(plan: Plan, formulation: Formulation) -> list[float]:
    """The place of each activity in the list that people would work through: smaller numbers go first.

    Items by priority, commitment and id, the tasks of each by id; a task of several items goes with the first, one
    without an item after all others.
    """
    commitments = [str(commitment) for commitment in Commitment]
    items = sorted(plan.items, key=lambda i: (i.priority, _place(commitments, i.commitment), natural_key(i.id)))
    place = {id_key(item.id): rank for rank, item in enumerate(items)}
    keys = [
        (min((place.get(id_key(item), len(items)) for item in task.items), default=len(items)), natural_key(task.id))
        for task in formulation.tasks
    ]
    rank = {position: float(k) for k, position in enumerate(sorted(range(len(keys)), key=keys.__getitem__))}
    return [rank[position] for position in range(len(keys))]


def _place(names: list[str], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _verified_costs(problem: Problem, schedule: Schedule) -> Mapping[str, int]:
    """Each letter of J of a schedule in milli ED, once it is verified."""
    broken = violations(problem, schedule)
    if broken:
        raise AssertionError(f"the plain plan breaks its own rules, please report this: {broken[0]}")
    return by_term(problem, schedule)


def _delivered(plan: Plan) -> frozenset[str]:
    """Keys of the items that are done: said so, or with nothing left to plan and something done."""
    said = {id_key(item.id) for item in plan.roadmap.items if item.status is Status.DONE}
    finished = {id_key(item) for task in plan.tasks if not task.sequence for item in task.items}
    landing = {id_key(item.id) for item in plan.items if item.lands}
    return frozenset(said | (finished - landing))


def _operations(plan: Plan) -> float:
    """Share of the planned effort that operations' items ask for; a task of several items counts for each alike."""
    items = {id_key(item.id): item for item in plan.items}
    planned = [task for task in plan.tasks if task.sequence]
    effort = sum(task.effort for task in planned)
    return sum(task.effort * _share(task, items) for task in planned) / effort if effort else 0.0


def _share(task: PlannedTask, items: Mapping[str, PlannedItem]) -> float:
    """The part of a task's items that operations asks for."""
    asked = [items[key] for key in dict.fromkeys(map(id_key, task.items)) if key in items]
    return sum(item.origin == Origin.OPERATIONS for item in asked) / len(asked) if asked else 0.0
