"""A master with everything that an export has to take care of, and its plan sent out, for tests."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from planner.domain.exports import ExportRun, ReceiverKind
from planner.domain.settings import Settings
from planner.pipeline import Inputs, PlanOptions, export
from planner.sheets.files import read_tables
from planner.sheets.table import Table, Value
from tests.sheets.workbooks import Rows

AS_OF = date(2026, 9, 7)
SECRETS = ("SEC-1", "SEC-T1", "SEC-T2", "Falcon", "Nimbus", "takeover", "Zorblatt", "Ikarus", "Xanthippe")
"""Words that stand only in reserved rows, or that name them in others."""

ITEMS: Rows = (
    ("Item ID", "Title", "Description", "PM", "Priority", "Target", "Audience", "Risk colour"),
    ("ASK-1", "=Refunds", "two\nlines", "Ada", "P1", datetime(2026, 9, 9), None, "red"),
    ("ASK-2", "+Payouts", "-minus", " ada", None, "2026-Q4", None, None),
    ("ASK-3", "@Ledger", None, "A/B: <C>", "P0", None, "A/B: <C>; Pay", None),
    ("ASK-4", "Nobody's", None, None, None, None, None, None),
    ("SEC-1", "Falcon takeover", "buys Zorblatt", "Ada", "P0", "2026-12", "Xanthippe", "black"),
)
TASKS: Rows = (
    ("Task ID", "Title", "Description", "Item ID(s)", "Team", "Effort", "Depends on", "Due", "Launch", "Touches"),
    ("PAY-1", "=1+1", "as said in SEC-T1", "ASK-1", "Pay", "2-3-8", None, None, "no", None),
    (
        "PAY-2",
        "Screen for Falcon takeover",
        None,
        "ASK-1; ASK-2",
        "Pay; Web",
        "2w",
        "PAY-1; SEC-T1",
        datetime(2026, 9, 8),
        None,
        None,
    ),
    ("00123", "Typed as text", None, "ASK-2", "Web", 5.5, None, "2026-10-01!", None, "web:extend"),
    (77, "Typed as a number", None, "ASK-3", "Web", "M", "PAY-99", None, True, None),
    ("SEC-T1", "Build Ikarus", "for Nimbus", "SEC-1", "Pay", 13, None, None, None, "nimbus:create"),
    ("SEC-T2", "Falcon for refunds", None, "SEC-1; ASK-1", "Web", 4, "SEC-T1", None, None, "nimbus:extend"),
    ("LED-1", "Unestimated", None, "ASK-4", "Ledger", None, "SEC-T2", None, None, None),
    ("LED-2", "For nobody's item", None, None, "Ledger", 3, None, None, None, None),
)
DECISIONS: Rows = (
    ("Decision ID", "Question", "Key", "Options", "Driver"),
    ("DEC-1", "Which store?", "web.store", "Aurora=0.7; Dynamo, the other=0.3", "Ada"),
)
TEAMS: Rows = (("Team", "Engineers"), ("Pay", 3), ("Web", 2), ("Ledger", 1))


def master(folder: Path, **changes: Rows) -> Path:
    """The master, some of its sheets changed; texts are texts, also those that look like formulas."""
    sheets: dict[str, Rows] = {"Roadmap": ITEMS, "Tasks": TASKS, "Decisions": DECISIONS, "Teams": TEAMS}
    path = folder / "master.xlsx"
    with Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
        for name, lines in (sheets | changes).items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    return path


def send(path: Path, kind: ReceiverKind = ReceiverKind.PM, out: str = "out") -> ExportRun:
    """Export beside the master, without a clock."""
    return export(Inputs((path,), as_of=AS_OF), PlanOptions(work=1), kind, path.parent / out)


def tables(path: Path) -> dict[str, Table]:
    """The tables of a file by kind; more than one of a kind is a mistake."""
    found = read_tables([path], Settings()).tables
    assert len({table.kind for table in found}) == len(found)
    return {table.kind: table for table in found}


def rows(table: Table) -> dict[Value, tuple[dict[str, Value], tuple[tuple[str, str], ...]]]:
    """What a table says, by the first column."""
    return {next(iter(row.values.values())): (dict(row.values), row.extra) for row in table.rows}


def inflated(content: bytes) -> bytes:
    """All parts of a workbook, one behind the other."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())
