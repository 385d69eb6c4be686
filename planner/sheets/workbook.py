"""Read the cells of workbooks, in a child process that a broken file may take down."""

import json
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from planner.domain.errors import UserError
from planner.sheets import calamine_child
from planner.sheets.grid import Grid
from planner.sheets.guard import MAX_CELLS, Archive, check_archive, damaged, password_protected, too_many_cells

_SECONDS = 20
_SECONDS_PER_MB = 0.5
"""The reader needs about 0.02 s a MB; a machine that is busy needs longer."""

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"<", "a web page or XML file"),
)


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """A file that passed the guard."""

    path: Path
    label: str
    archive: Archive


def is_workbook(start: bytes) -> bool:
    """Whether the first bytes of a file are those of a workbook, whatever its name ends in."""
    return start.startswith((_ZIP, _OLE))


def check_workbook(path: Path, label: str) -> WorkbookFile:
    """Look at a file before it is read.

    Raises
    ------
    UserError
        If it is no workbook, protected by a password, damaged or built to harm.
    """
    content = path.read_bytes()
    if content.startswith(_ZIP):
        return WorkbookFile(path, label, check_archive(path, label))
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise password_protected(label)
        return WorkbookFile(path, label, Archive(len(content), uses_1904_dates=False))
    if not content.strip():
        raise UserError(f"{label}: is empty. Give a workbook with a table in it.")
    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")
    what = next((name for magic, name in _OTHER_FORMATS if start.startswith(magic)), "something else")
    raise UserError(
        f"{label}: is {what} and no workbook, whatever its name says. "
        "Export the table as .xlsx or .csv and try again."
    )


def read_workbooks(workbooks: Sequence[WorkbookFile]) -> tuple[Grid, ...]:
    """The visible and hidden sheets of all files, in order.

    Raises
    ------
    UserError
        If the reader refuses a file, ends on it, or takes too long.
    """
    if not workbooks:
        return ()
    answers = BytesIO(_run_child(workbooks))
    return tuple(grid for workbook in workbooks for grid in _grids(workbook, answers))


def _run_child(workbooks: Sequence[WorkbookFile]) -> bytes:
    request = {"paths": [str(workbook.path.resolve()) for workbook in workbooks], "max_cells": MAX_CELLS}
    seconds = _SECONDS + _SECONDS_PER_MB * sum(workbook.archive.size for workbook in workbooks) / 2**20
    try:
        return subprocess.run(
            [sys.executable, "-I", calamine_child.__file__],
            input=json.dumps(request).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        ).stdout
    except subprocess.TimeoutExpired as error:
        return error.stdout or b""


def _grids(workbook: WorkbookFile, answers: BytesIO) -> list[Grid]:
    try:
        answer = pickle.load(answers)
    except (EOFError, pickle.UnpicklingError) as error:
        raise damaged(workbook.label, "reading it took too much memory or time") from error
    if isinstance(answer, int):
        raise too_many_cells(workbook.label, "a sheet is very large,", answer)
    if isinstance(answer, str):
        if "password" in answer.casefold():
            raise password_protected(workbook.label)
        raise damaged(workbook.label, answer)
    return [
        Grid(
            file=workbook.label,
            sheet=name,
            rows=rows,
            numbers=range(row + 1, row + 1 + len(rows)),
            first_column=column + 1,
            merged=[(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged],
            uses_1904_dates=workbook.archive.uses_1904_dates,
        )
        for name, row, column, rows, merged in answer
    ]
