"""Refuse a hostile or broken archive before any reader of workbooks opens it.

Readers of workbooks trust what a file says of itself: they allocate the rectangle up to the last value, follow
entities, inflate without end. Every limit here is counted on the bytes themselves, while they are inflated.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import IO

from planner.domain.cells import column_letter
from planner.domain.errors import UserError

PART_BYTES = 200 * 2**20
"""Most that one part may inflate to; the largest honest file that was measured holds 57 MB."""
ARCHIVE_BYTES = 512 * 2**20
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELLS = 2_000_000
"""Cells in the rectangle of all values, 100,000 rows of 20 columns: readers hold it whole."""

_CHUNK = 2**20
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_WORKBOOK = re.compile(r"(?:[^/]+/)*workbook\d*\.(xml|bin)|content\.xml", re.IGNORECASE)
_SHEET = re.compile(r"(?:[^/]+/)*worksheets/[^/]+\.xml", re.IGNORECASE)
# no pattern crosses a "<": a chunk of unfinished tags must not take quadratic time
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*?\s)?r=["\']([A-Z]+)(\d+)["\'][^<>]*(?<!/)>')
_CELL_WITHOUT_PLACE = re.compile(rb'<(?:\w+:)?c(?:\s+(?!r=)[\w:]+=["\'][^<"\']*["\'])*\s*>')
_ROW = re.compile(rb'<(?:\w+:)?row(?=[\s/>])(?:[^<>]*?\sr=["\'](\d+)["\'])?')
_ROW_OR_CELL_WITHOUT_PLACE = re.compile(_ROW.pattern + rb"|" + _CELL_WITHOUT_PLACE.pattern)
_DATE_1904 = re.compile(rb'<(?:\w+:)?workbookPr\b[^<>]*\bdate1904=["\'](?:1|true)["\']')
_RELATIONSHIP = re.compile(rb'<(?:\w+:)?Relationship\s[^<>]*\bTarget=["\']([^"\']*)["\'][^<>]*>')


@dataclass(frozen=True, slots=True)
class Archive:
    """What was learned about a workbook that passed: its inflated size in bytes, and how it counts its dates."""

    size: int
    uses_1904_dates: bool


def check_archive(file: Path | IO[bytes], label: str) -> Archive:
    """Inflate every part of a zipped workbook (.xlsx, .xlsm, .xlsb, .ods) once and look for what harms a reader.

    Raises
    ------
    UserError
        If it is broken, protected by a password, no workbook, too large, or built to harm; one line with a way out.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _check_names(archive.infolist(), label)
            return _check_parts(archive, label)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise damaged(label, str(error)) from error


def damaged(label: str, reason: str) -> UserError:
    """The error for a file that no reader can open."""
    return UserError(f"{label}: the file is damaged ({reason}). Open it in Excel, save it anew and try again.")


def password_protected(label: str) -> UserError:
    """The error for an encrypted file."""
    return UserError(
        f"{label}: is protected by a password. Save a copy without one "
        "(File > Info > Protect Workbook > Encrypt with Password, empty the box) and try again."
    )


def too_many_cells(label: str, what: str, cells: int) -> UserError:
    """The error for more cells than a roadmap can have."""
    return UserError(
        f"{label}: {what} {cells:,} cells; at most {MAX_CELLS:,} are read. "
        "Delete what stands far away from the table, save and try again."
    )


def part_name(name: str) -> str:
    """The name of a part as relationships spell it; some programs on Windows write backslashes into the archive."""
    return name.replace("\\", "/")


def _check_names(parts: Sequence[zipfile.ZipInfo], label: str) -> None:
    if any(part.flag_bits & 0x1 for part in parts):
        raise password_protected(label)
    names = [part_name(part.filename) for part in parts]
    if len({name.casefold() for name in names}) < len(parts):
        raise damaged(label, "two of its parts have one name, so programs disagree about what it says")
    if not any(_WORKBOOK.fullmatch(name) for name in names):
        raise UserError(
            f"{label}: is an archive without a workbook in it, perhaps a document or a damaged file. "
            "Give a .xlsx, .xlsm or .csv file."
        )


def _check_parts(archive: zipfile.ZipFile, label: str) -> Archive:
    size = 0
    uses_1904_dates = False
    for part in archive.infolist():
        name = part_name(part.filename)
        extent = _Extent()
        for block in _inflate(archive, part, label):
            size += len(block)
            if size > ARCHIVE_BYTES:
                raise _too_large(label, "its parts", ARCHIVE_BYTES)
            if name.lower().endswith((".xml", ".rels", ".vml")):
                _refuse_doctype(block, label)
            if name.lower().endswith(".rels"):
                _refuse_way_out(block, name, label)
            if _WORKBOOK.fullmatch(name):
                uses_1904_dates |= _DATE_1904.search(block) is not None
            if _SHEET.fullmatch(name):
                extent.add(block)
                extent.check(label)
    return Archive(size, uses_1904_dates)


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, label: str) -> Iterator[bytes]:
    """The bytes of a part in blocks that end before a tag, so that no tag is cut in two."""
    total = 0
    carry = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            total += len(chunk)
            if total > PART_BYTES:
                raise _too_large(label, f'its part "{part.filename}"', PART_BYTES)
            block = carry + chunk
            cut = block.rfind(b"<")
            # what holds no tag for a whole chunk is no tag
            carry = block[cut:] if cut >= 0 and len(block) - cut < _CHUNK else b""
            yield block[: len(block) - len(carry)]
    yield carry


def _too_large(label: str, what: str, limit: int) -> UserError:
    return UserError(
        f"{label}: {what} inflate to more than {limit // 2**20} MB. "
        "Copy the tables into a new workbook and try again."
    )


def _refuse_doctype(block: bytes, label: str) -> None:
    """A document type declaration is the door of entity attacks, and no spreadsheet program writes one."""
    if any(mark in block for mark in _DOCTYPES):
        raise UserError(
            f"{label}: holds a document type declaration, which can harm its reader and which no spreadsheet program "
            "writes. Copy the tables into a new workbook and try again."
        )


def _refuse_way_out(block: bytes, name: str, label: str) -> None:
    """A relationship inside the package must not lead out of it."""
    for match in _RELATIONSHIP.finditer(block):
        target = match[1].decode("utf-8", "replace")
        if b'"External"' in match[0] or b"'External'" in match[0]:
            continue
        if normpath(join(dirname(dirname(name)), target)).startswith(".."):
            raise damaged(label, f'"{name}" points out of the file, to "{target}"')


class _Extent:
    """The rectangle around all values of one sheet, grown block by block; styled but empty cells do not count."""

    def __init__(self) -> None:
        self._rows: set[int] = set()
        self._columns: set[int] = set()
        self._cells = 0
        self._row = 0
        """The last one that was met; cells without a place stand in it, one beside the other."""

    def add(self, block: bytes) -> None:
        """Grow by the cells of a block."""
        cells = _FILLED_CELL.findall(block)
        self._cells += len(cells)
        rows = {int(row) for row in {row for _, row in cells}}
        self._rows = _ends(self._rows | rows)
        self._columns = _ends(self._columns | {_column_number(letters) for letters in {cell[0] for cell in cells}})
        if _CELL_WITHOUT_PLACE.search(block):
            self._add_without_places(block)
        else:
            self._row = max(self._row, *rows) if rows else self._row

    def _add_without_places(self, block: bytes) -> None:
        column = widest = 0
        rows: set[int] = set()
        for found in _ROW_OR_CELL_WITHOUT_PLACE.finditer(block):
            if found[0].endswith(b">"):
                column += 1
                self._cells += 1
                widest = max(widest, column)
                rows.add(self._row)
            else:
                self._row = int(found[1]) if found[1] else self._row + 1
                column = 0
        self._rows = _ends(self._rows | rows)
        self._columns = _ends(self._columns | {1, widest})

    def check(self, label: str) -> None:
        """Refuse what cannot be in a sheet, or cannot be held in memory."""
        if self._cells > MAX_CELLS:  # also those that claim to stand in one place
            raise too_many_cells(label, "a sheet holds", self._cells)
        if not self._rows or not self._columns:
            return
        last = f"{column_letter(max(self._columns))}{max(self._rows)}"
        if max(self._rows) > MAX_ROWS or max(self._columns) > MAX_COLUMNS:
            raise damaged(label, f"a cell claims to stand at {last}, outside of any sheet")
        height = max(self._rows) - min(self._rows) + 1
        width = max(self._columns) - min(self._columns) + 1
        if height * width > MAX_CELLS:
            raise too_many_cells(label, f"a sheet reaches out to {last},", height * width)


def _ends(numbers: set[int]) -> set[int]:
    return {min(numbers), max(numbers)} if numbers else numbers


def _column_number(letters: bytes) -> int:
    """1-based column of its letters; a name longer than any column is beyond the last.

    >>> _column_number(b"AB"), _column_number(b"XFD")
    (28, 16384)
    """
    number = 0
    for letter in letters[:6]:
        number = number * 26 + letter - 64
    return number
