"""The example in a detector's docstring: tables of a roadmap, then a line `-> LED-3, REC-4` for each conflict."""

from datetime import date
from types import ModuleType

from planner.conflicts.context import Context
from planner.domain.conflict import Conflict
from planner.domain.settings import Settings
from planner.scheduling.estimates import planned_effort
from planner.sheets.roadmap import build_roadmap
from tests.sheets.tables import table

AS_OF = date(2026, 9, 7)
SHEETS = {
    "Task ID": "Tasks",
    "Item ID": "Roadmap",
    "Team": "Teams",
    "Component": "Components",
    "Decision ID": "Decisions",
    "Hypothesis ID": "Hypotheses",
    "Name": "Calendar",
}
"""First header of a table -> its sheet."""


def read_example(text: str) -> tuple[Context, set[frozenset[str]]]:
    """The roadmap drawn in a text, and the tasks of the conflicts that the text says are in it."""
    drawings: dict[str, list[str]] = {}
    expected: set[frozenset[str]] = set()
    sheet = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("->"):
            expected.add(frozenset(task.strip() for task in line.removeprefix("->").split(",")))
        elif " |" in line:
            sheet = SHEETS.get(line.split("|")[0].strip(), sheet)
            drawings.setdefault(sheet, []).append(line)
    tables = [table("\n".join(lines), sheet) for sheet, lines in drawings.items()]
    roadmap = build_roadmap(tables, Settings(), AS_OF).roadmap
    return Context(roadmap, AS_OF, Settings(), planned_effort(roadmap, Settings())), expected


def detected(module: ModuleType, text: str) -> tuple[Conflict, ...]:
    """What a detector finds in a drawn roadmap."""
    return tuple(module.detect(read_example(text)[0]))
