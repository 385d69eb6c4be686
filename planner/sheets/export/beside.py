"""What the plan says beside each row: the computed cells, and a comment on what contradicts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.domain.computed import COMPUTED, LATE, computed_cells
from planner.domain.conflict import Conflict
from planner.domain.edits import CellValue
from planner.domain.merging import RESERVED
from planner.domain.plan import PlannedItem, PlannedTask
from planner.sheets.export.rows import Beside
from planner.sheets.export.veil import Veil

MOST_CONFLICTS = 3
"""Conflicts that the comment of a row names."""


def _comment(conflicts: Iterable[Conflict]) -> str:
    """The first conflicts with their ways out."""
    texts = [f"{conflict.message} {conflict.recommendation}".rstrip() for conflict in conflicts]
    return "\n\n".join(texts[:MOST_CONFLICTS])


def _why(text: str, names: Sequence[str], veil: Veil) -> str:
    """A reason, but for what it says of reserved work."""
    return f"{RESERVED} work comes first" if veil.hides_any(names) or veil.mentions(text) else text


def beside_tasks(tasks: Iterable[PlannedTask], conflicts: Sequence[Conflict], veil: Veil) -> Mapping[str, Beside]:
    """By task id; `conflicts` are those that the receiver may see."""
    by_task: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        for name in conflict.tasks:
            by_task[name].append(conflict)
    return {task.id: _beside_task(task, by_task[task.id], veil) for task in tasks}


def _beside_task(task: PlannedTask, conflicts: Sequence[Conflict], veil: Veil) -> Beside:
    said = replace(task, reason=replace(task.reason, text=_why(task.reason.text, task.reason.tasks, veil)))
    cells = computed_cells(said, conflicts)
    return Beside(cells, _comment(conflicts), task.teams, task.effort)


def beside_items(
    items: Iterable[PlannedItem], tasks: Mapping[str, PlannedTask], conflicts: Sequence[Conflict], veil: Veil
) -> Mapping[str, Beside]:
    """By item id; `tasks` are all that are planned, `conflicts` those that the receiver may see."""
    found = {}
    for item in items:
        own = [c for c in conflicts if item.id in c.items or not set(item.tasks).isdisjoint(c.tasks)]
        starts = [tasks[task].start for task in item.tasks if task in tasks]
        cells = dict.fromkeys(COMPUTED, None) | _item_cells(item, min(starts, default=None), own, veil)
        found[item.id] = Beside(tuple(cells.values()), _comment(own), item.teams, item.effort)
    return found


def _item_cells(
    item: PlannedItem, start: date | None, conflicts: Sequence[Conflict], veil: Veil
) -> dict[str, CellValue]:
    """What the plan says of an item: it begins with its first task and lands with the launch of its last."""
    named = dict.fromkeys(f"{conflict.type.title} ({conflict.id})" for conflict in conflicts)
    reason = item.reason
    days = f"{item.days_late} working day{'' if item.days_late == 1 else 's'}"
    late = f"{days} {LATE} target; " if item.days_late else ""
    why = _why(reason.text, (*reason.tasks, item.last_task), veil) if reason else "nobody has taken it"
    return {
        "Planned start": start,
        "Planned finish": item.finish,
        "Planned launch": item.lands,
        "Conflicts": "; ".join(named) or None,
        "Why": late + why,
    }
