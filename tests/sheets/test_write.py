"""A roadmap that was written is read as the same roadmap."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from planner.domain.roadmap import CalendarEvent, EventKind, Item, Roadmap, Target, Task, Team
from planner.domain.settings import Settings
from planner.sheets.columns import all_columns
from planner.sheets.formats import FORMATS
from planner.sheets.read import Read, read_roadmap
from planner.sheets.write import NOUNS, attributes_of, roadmap_workbook
from tests.sheets.roadmaps import NOWHERE, TODAY, roadmaps


def read_back(roadmap: Roadmap) -> Read:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ours.xlsx"
        path.write_bytes(roadmap_workbook(roadmap))
        return read_roadmap([path], Settings(), TODAY)


def without_places(roadmap: Roadmap) -> Roadmap:
    """The roadmap without where anything stood."""
    placed = {
        name: tuple(replace(noun, source=NOWHERE) for noun in getattr(roadmap, name)) for name in NOUNS.values()
    }
    tasks = tuple(
        replace(task, depends_on=tuple(replace(d, cell=None) for d in task.depends_on)) for task in placed["tasks"]
    )
    return replace(roadmap, **placed | {"tasks": tasks}, tables=())


def cell(content: bytes, sheet: str, header: str):
    """The first cell under a header."""
    worksheet = load_workbook(BytesIO(content))[sheet]
    column = next(cell.column for cell in worksheet[2] if cell.value == header)
    return worksheet.cell(3, column)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(roadmaps())
def test_what_was_written_is_read_as_the_same(roadmap):
    assert without_places(read_back(roadmap).roadmap) == without_places(roadmap)


@pytest.mark.parametrize("column", all_columns(), ids=lambda column: f"{column.sheet}-{column.name}")
def test_every_column_has_a_formatter_and_an_attribute(column):
    noun = get_args(get_type_hints(Roadmap)[NOUNS[column.sheet]])[0]
    assert column.type in FORMATS
    assert set(attributes_of(column)) <= set(get_type_hints(noun))


def test_it_is_the_same_bytes_every_time():
    roadmap = Roadmap(tasks=(Task("PAY-7", NOWHERE, "Refund"),))
    assert roadmap_workbook(roadmap) == roadmap_workbook(roadmap)


def test_text_never_becomes_a_formula():
    title = '=HYPERLINK("http://example.com")'
    written = cell(roadmap_workbook(Roadmap(tasks=(Task("=1+1", NOWHERE, title),))), "Tasks", "Title")
    assert (written.value, written.data_type) == (title, "s")


def test_nobody_and_nothing_are_said_where_a_blank_could_mean_the_same_as_above():
    """Three teams over six tasks look like a column that is typed once per group."""
    tasks = tuple(Task(f"T-{n}", NOWHERE, "t", teams=(f"Team {n}",) if n % 2 else ()) for n in range(1, 7))
    read = read_back(Roadmap(tasks=tasks, teams=tuple(Team(f"Team {n}") for n in (1, 3, 5))))
    assert [task.teams for task in read.roadmap.tasks] == [task.teams for task in tasks]


def test_a_target_that_was_no_date_stands_in_its_column_again():
    item = Item("ASK-1", NOWHERE, extra=(("Target", "after the fair"), ("Region", "EMEA")))
    task = Task("PAY-7", NOWHERE, "Refund")
    content = roadmap_workbook(Roadmap(items=(item,), tasks=(task,)))
    assert cell(content, "Roadmap", "Target").value == "after the fair"
    assert read_back(Roadmap(items=(item,), tasks=(task,))).roadmap.items[0].extra == item.extra


def test_targets_are_spelt_in_one_way():
    fair = CalendarEvent("Spring fair", EventKind.RELEASE, date(2027, 4, 12), date(2027, 4, 15), NOWHERE)
    targets = (
        Target(date(2026, 10, 1), date(2026, 12, 31), "quarter", "4th quarter"),
        Target(date(2027, 4, 3), date(2027, 4, 3), "day", "03/04/2027"),
        Target(fair.start, fair.end, "release", "Spring fair"),
    )
    roadmap = Roadmap(items=(Item("ASK-1", NOWHERE, targets=targets),), calendar=(fair,))
    assert cell(roadmap_workbook(roadmap), "Roadmap", "Target").value == "Q4 2026; 2027-04-03; Spring fair"


def test_a_text_that_is_too_long_for_excel_is_cut_and_not_lost():
    roadmap = Roadmap(tasks=(Task("PAY-7", NOWHERE, "Refund", description="x" * 40_000),))
    assert cell(roadmap_workbook(roadmap), "Tasks", "Description").value == "x" * 32_767


def test_unknown_columns_are_sorted_with_their_rows_and_leave_room_for_more():
    """They belong to the table but for one whose header it has already."""
    extra = (("Notes", "a"), ("Region", "EMEA"), ("notes", "b"))
    content = roadmap_workbook(Roadmap(tasks=(Task("PAY-7", NOWHERE, "Refund", extra=extra),)))
    sheet = load_workbook(BytesIO(content))["Tasks"]
    headers = [cell.value for cell in sheet[2]]
    assert headers[-3:] == ["Notes", "Region", "notes"]
    assert sheet.tables["TasksTable"].column_names == headers[:-1]
