"""The sample workbooks: made anew the committed ones, with everything that was planted; both tell one story."""

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
import xlsxwriter

from planner.domain.roadmap import Origin, Status
from planner.domain.settings import Settings
from planner.pipeline import Inputs, PlanOptions, plan
from planner.report.screen import screen
from planner.sheets.files import read_tables
from planner.sheets.grid import as_text
from planner.sheets.read import Read, read_roadmap

DATA = Path(__file__).parent.parent / "data"
AS_OF = date(2026, 9, 7)


@pytest.fixture(scope="module")
def makers():
    """The modules beside the samples, which are no package."""
    sys.path.insert(0, str(DATA))
    import commerce
    import intake
    import quillon

    yield {"commerce": commerce, "intake": intake, "quillon": quillon}
    sys.path.remove(str(DATA))


@pytest.fixture(scope="module")
def commerce() -> Read:
    return read_roadmap([DATA / "commerce-platform.xlsx"], Settings(), AS_OF)


@pytest.fixture(scope="module")
def intake() -> Read:
    return read_roadmap([DATA / "intake-messy.xlsx"], Settings(), AS_OF)


def test_the_committed_workbooks_are_what_the_script_makes(makers: dict[str, ModuleType]) -> None:
    story = makers["quillon"].read_story()
    assert makers["commerce"].commerce_workbook(story) == (DATA / "commerce-platform.xlsx").read_bytes()
    assert makers["intake"].intake_workbook(story) == (DATA / "intake-messy.xlsx").read_bytes()


def test_it_is_as_large_as_a_real_organisation(commerce: Read) -> None:
    roadmap = commerce.roadmap
    assert sum(team.source is not None and not team.is_external for team in roadmap.teams) == 24
    assert len(roadmap.items) == 45
    assert sum(item.origin is Origin.OPERATIONS for item in roadmap.items) == 4
    assert 200 <= len(roadmap.tasks) <= 240
    blank = sum(task.estimate is None for task in roadmap.tasks) / len(roadmap.tasks)
    assert 0.10 <= blank <= 0.14
    assert {task.status for task in roadmap.tasks} == {Status.PLANNED, Status.IN_PROGRESS, Status.DONE}


def test_every_planted_id_is_there(commerce: Read, makers: dict[str, ModuleType]) -> None:
    planted = {id_ for cases in makers["quillon"].PLANTED.values() for case in cases for id_ in case}
    known = {row.id for rows in (commerce.roadmap.tasks, commerce.roadmap.items) for row in rows}
    assert planted - known == {hypothesis.id for hypothesis in commerce.roadmap.hypotheses}


def test_its_dirt_is_found_and_nothing_else(commerce: Read) -> None:
    found = Counter(diagnostic.rule.id for diagnostic in commerce.diagnostics)
    assert found == {
        "dangling-reference": 1,
        "duplicate-id": 1,
        "excel-date": 1,
        "unknown-team": 1,
    }
    dunning = commerce.roadmap.tasks_by_id()["DUN-6"]
    assert dunning.not_before == date(2027, 1, 15)  # typed as text


def test_the_planted_contradictions_are_in_the_data(commerce: Read) -> None:
    tasks = commerce.roadmap.tasks_by_id()
    assert tasks["LED-3"].sets[0].key == tasks["REC-4"].sets[0].key
    assert tasks["LED-3"].sets[0].value != tasks["REC-4"].sets[0].value
    assert tasks["REF-2"].needs[0] not in {setting for task in tasks.values() for setting in task.sets}
    assert tasks["DUN-4"].replaces == tasks["CON-8"].replaces == ("SUB-2",)
    assert tasks["SUB-5"].touches[0].component == tasks["INV-2"].touches[0].component == "invoice-api"
    assert tasks["MET-6"].touches[0].component == tasks["EXP-5"].touches[0].component == "batch-meter"
    assert tasks["WAL-3"].duplicate_of == ("REF-4",)


def test_the_intake_tells_the_same_tasks(commerce: Read, intake: Read) -> None:
    told = Counter(task.title for task in intake.roadmap.tasks)
    assert told == Counter(task.title for task in commerce.roadmap.tasks)
    assert len(intake.roadmap.tables) == 12
    assert all(table.kind == "Tasks" for table in intake.roadmap.tables)


def test_the_intake_keeps_the_dependencies(commerce: Read, intake: Read) -> None:
    def arcs(read: Read) -> set[tuple[str, str]]:
        titles = {task.id: task.title for task in read.roadmap.tasks}
        return {
            (titles[dependency.predecessor], task.title)
            for task in read.roadmap.tasks
            for dependency in task.depends_on
            if dependency.predecessor in titles
        }

    told, meant = arcs(intake), arcs(commerce)
    lamar = {task.title for task in intake.roadmap.tasks if task.source.sheet == "Lamar"}
    assert {arc for arc in meant - told if arc[1] not in lamar} == set()  # who refers to others by title
    assert {arc for arc in told - meant if arc[1] not in lamar} == set()


def test_ids_of_the_intake_are_used_again_and_again(intake: Read) -> None:
    sources = {task.source.sheet for task in intake.roadmap.tasks if task.id.endswith(":T-1")}
    assert len(sources) == 10


def test_the_intake_plans_with_the_five_core_columns_alone(tmp_path: Path) -> None:
    """Cut down to Task ID, Title, Team, Effort, Depends on it still becomes a plan, its doubts cited by cell."""
    core = ("Task ID", "Title", "Team", "Effort", "Depends on")
    with xlsxwriter.Workbook(tmp_path / "five.xlsx") as book:
        for table in read_tables((DATA / "intake-messy.xlsx",), Settings()).tables:
            sheet = book.add_worksheet(table.sheet)
            sheet.write_row(0, 0, core)
            for number, row in enumerate(table.rows, 1):
                sheet.write_row(number, 0, [as_text(row.values.get(name)) for name in core])
    made = plan(Inputs((tmp_path / "five.xlsx",), as_of=AS_OF), PlanOptions(work=0))
    assert len(made.tasks) == 213
    assert made.verified
    assert len(screen(made).splitlines()) <= 40
    assert all(diagnostic.cells for diagnostic in made.diagnostics)
