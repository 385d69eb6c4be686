"""The stories of `roadmap conflicts`: list, find one, let it be."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.conflicts.dismissals import dismissal_of, dismissals_csv
from planner.domain.conflict import Conflict
from planner.domain.errors import UserError
from planner.domain.plan import Plan
from planner.domain.roadmap import id_key
from planner.graph.selectors import select
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, PlanOptions, Report, dismissed_file, silent, stored_dismissals
from planner.pipeline.planning import plan


def conflicts(inputs: Inputs, options: PlanOptions, selection: str = "", report: Report = silent) -> Plan:
    """A plan with its conflicts; `selection` keeps those that touch the tasks that it names."""
    return selected(plan(inputs, options, report), selection)


def selected(made: Plan, selection: str) -> Plan:
    """The plan with only those conflicts that touch the selected tasks."""
    if not selection:
        return made
    tasks = set(select(selection, made.roadmap))
    return replace(made, conflicts=tuple(conflict for conflict in made.conflicts if tasks & set(conflict.tasks)))


def find_conflict(made: Plan, name: str) -> Conflict:
    """The conflict of this id, as people type it; raises UserError that names some that exist."""
    for conflict in made.conflicts:
        if id_key(conflict.id) == id_key(name):
            return conflict
    some = ", ".join(conflict.id for conflict in made.conflicts[:3]) or "none"
    raise UserError(
        f"no conflict {name!r} (there are {len(made.conflicts)}: {some} ...); `roadmap conflicts` lists them"
    )


def dismiss(
    inputs: Inputs,
    options: PlanOptions,
    name: str,
    reason: str,
    by: str,
    until: date | None,
    report: Report = silent,
) -> Path:
    """Let a conflict be; returns the file that remembers it. Raises UserError for an error or an unknown id."""
    conflict = find_conflict(plan(inputs, options, report), name)
    added = dismissal_of(conflict, reason, by, until)
    kept = [known for known in stored_dismissals(inputs) if known.conflict != added.conflict]
    path = dismissed_file(inputs)
    path.parent.mkdir(exist_ok=True)
    return write(path, dismissals_csv([*kept, added]).encode())
