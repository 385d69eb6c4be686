"""What the page knows of a plan: parts of plan.json as they are, and what people typed that plan.json leaves out."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from planner.domain.pareto import ParetoFront
from planner.domain.plan import Plan, PlannedTask
from planner.domain.roadmap import CalendarEvent, Status, Task, Team, id_key
from planner.domain.scopes import covers, scopes_of_task
from planner.report.document import CLASH, QUALITY, WAYS_OUT, Section, document
from planner.report.pareto import certainty, pareto_json, plans, sentence
from planner.report.plan_json import plain_value, plan_id, plan_object

SHARED = (
    "title",
    "as_of",
    "status",
    "finish",
    "objective",
    "objective_kind",
    "assumed_share",
    "files",
    "tasks",
    "items",
    "decisions",
    "untaken",
    "cycles",
    "conflicts",
    "dsm",
    "headline",
    "diagnostics",
    "assumptions",
)
"""The parts of plan.json that the page takes over, each under its name there."""
UNSHOWN = ("holds",)
"""Fields of a team that plan.json has and the page does not need."""
EVERYBODY = frozenset({"all"})
"""The scope of a calendar entry that applies to every task."""


def page_data(plan: Plan) -> dict[str, Any]:
    """One object of types that JSON knows; dates are ISO, efforts ED. Every figure is one of the plan."""
    stored = plan_object(plan)
    said = document(plan)
    return {
        **{name: stored[name] for name in SHARED},
        "id": plan_id(plan),
        "lead": list(said.lead),
        "quality": [line for section in said.sections if section.title == QUALITY for line in section.sentences],
        "impossible": [_table(section) for section in said.sections if section.title in (CLASH, WAYS_OUT)],
        "forecast": plain_value(plan.forecast),
        "teams": [{name: value for name, value in team.items() if name not in UNSHOWN} for team in stored["teams"]],
        "shares": {team.name: [plain_value(week.share) for week in team.weeks] for team in plan.teams},
        "events": [
            {
                "name": event.name,
                "kind": event.kind.value,
                "start": event.start.isoformat(),
                "end": event.end.isoformat(),
                "scopes": list(event.scopes),
                "for_all": covers(event, EVERYBODY),
            }
            for event in plan.roadmap.calendar
        ],
        "kinds": {conflict.type.id: conflict.type.title for conflict in plan.conflicts},
        "typed_tasks": _typed_tasks(plan),
        "typed_items": {
            item.id: {"title": item.title, "description": item.description, "evidence": item.evidence}
            for item in plan.roadmap.items
        },
    }


def front_data(front: ParetoFront) -> dict[str, Any]:
    """What `roadmap pareto --json` says of a front, and the sentences that it prints."""
    return {
        **json.loads(pareto_json(front)),
        "certainty": certainty(front),
        "sentences": {plan.name: sentence(front, plan) for plan in plans(front)},
    }


def _table(section: Section) -> dict[str, Any]:
    """A section of the document: its heading, sentences, column titles and rows."""
    return {
        "title": section.title,
        "sentences": list(section.sentences),
        "columns": [column.title for column in section.columns],
        "rows": [list(row.cells) for row in section.rows],
    }


def _typed_tasks(plan: Plan) -> dict[str, Any]:
    """What people typed about the planned tasks, by id, where their effort comes from, and their own blocks."""
    typed = plan.roadmap.tasks_by_id()
    teams = {id_key(team.name): team for team in plan.roadmap.teams}
    local = [(k, event) for k, event in enumerate(plan.roadmap.calendar) if not covers(event, EVERYBODY)]
    return {
        task.id: {**_typed_task(task, typed.get(task.id)), "events": _events(typed.get(task.id), local, teams)}
        for task in plan.tasks
    }


def _events(task: Task | None, local: Sequence[tuple[int, CalendarEvent]], teams: Mapping[str, Team]) -> list[int]:
    """The places of the calendar entries that apply to a task and not to everybody."""
    if task is None or not local:
        return []
    scopes = scopes_of_task(task, teams) - EVERYBODY
    return [place for place, event in local if covers(event, scopes)]


def _typed_task(task: PlannedTask, typed: Task | None) -> dict[str, Any]:
    """`effort` is "measured" for done work, "stated" where a person typed it, else "assumed"."""
    measured = task.status == Status.DONE and typed is not None and typed.actual_finish is not None
    estimate = typed.estimate if typed and typed.estimate and typed.estimate.is_range else None
    return {
        "effort": "measured" if measured else "stated" if task.estimated else "assumed",
        "estimate": [estimate.optimistic, estimate.likely, estimate.pessimistic] if estimate else None,
        "description": typed.description if typed else "",
        "touches": [f"{touch.component}: {touch.mode.value}" for touch in typed.touches] if typed else [],
    }
