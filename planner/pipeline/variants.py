"""A roadmap and others that differ from it by a fact, all planned again with equal effort from the same plan."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from planner.domain.problem import Problem, Schedule, Solution
from planner.graph.cycles import CyclesBroken
from planner.pipeline.inputs import Checked, PlanOptions
from planner.pipeline.solving import formulated
from planner.scheduling.budget import Meter
from planner.scheduling.formulate import Formulation
from planner.scheduling.variants import searched_alike

Starts = Mapping[str, int]
"""Start periods by task id."""


@dataclass(frozen=True)
class Variant:
    """A roadmap under some facts, and what is known of its plan."""

    checked: Checked
    cycles: CyclesBroken
    formulation: Formulation
    solution: Solution

    @property
    def possible(self) -> bool:
        """Whether a plan was found."""
        return self.solution.schedule is not None

    @property
    def schedule(self) -> Schedule:
        """The plan that was found; not to be asked for where there is none."""
        assert self.solution.schedule is not None, "ask whether it is possible first"
        return self.solution.schedule

    @property
    def starts(self) -> Starts:
        """Start periods by task id."""
        return {task.id: self.schedule.start[i] for i, task in enumerate(self.formulation.tasks)}


def planned_alike(
    base: Variant, others: Iterable[Checked], count: int, options: PlanOptions, meter: Meter, at_least: int = 1
) -> tuple[Variant, tuple[Variant, ...]]:
    """The plan searched on, and the `count` others, made one by one: as many of them as there is time for, in order.

    The first `at_least` are planned even where the clock is over.

    See `scheduling.variants.searched_alike`, which makes sure that a difference is the facts' and not the search's.
    """
    made: list[tuple[Checked, CyclesBroken, Formulation]] = []

    def problems() -> Iterator[Problem]:
        for checked in others:
            cycles, formulation = formulated(checked, options.capacity)
            made.append((checked, cycles, formulation))
            yield formulation.problem

    problem, planned = base.formulation.problem, base.solution
    best, found = searched_alike(problem, planned, problems(), count, meter, options.objective, at_least)
    variants = (Variant(*facts, solution) for facts, solution in zip(made, found, strict=True))
    return replace(base, solution=best), tuple(variants)
