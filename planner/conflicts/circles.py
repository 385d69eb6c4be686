"""The circles of dependencies in a roadmap, as the plan cut them."""

from dataclasses import replace

from planner.conflicts.context import Context
from planner.graph.cycles import CyclesBroken, break_cycles


def circles(context: Context) -> CyclesBroken:
    """Circles and what is ignored: as in the plan, which breaks ties by row; before there is one, ties go by id."""
    roadmap = context.roadmap
    if context.plan is None:
        roadmap = replace(roadmap, tasks=tuple(sorted(roadmap.tasks, key=lambda task: task.id)))
    return break_cycles(roadmap, context.effort)
