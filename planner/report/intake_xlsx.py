"""What an import did as a workbook: every source sheet as it stands, coloured, with a comment for each problem."""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from planner.domain.cells import Cell
from planner.domain.diagnostics import Diagnostic
from planner.domain.edits import CellValue
from planner.domain.intake import Brought, Intake, Outcome, SourceSheet
from planner.report.diagnostics import findings
from planner.report.intake import CLASH_HEADS, ID_HEADS, clash_cells, clash_text, id_cells, summary, value_text
from planner.report.wording import plain
from planner.report.xlsx_table import LONGEST_TEXT, Field, Kind, Styled, Value, link, styled, write, write_table

MADE = datetime(2026, 1, 1)
"""A fixed day, so that the bytes do not depend on the clock."""
TEXT_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
COMMENT = {"width": 380, "height": 130, "author": "roadmap"}
MOST_REMARKS = 4
"""Problems that one comment names; the sheet Problems has them all."""
LONGEST_NAME = 31
"""Characters of a sheet's name in Excel."""
_LEADING = 3
"""Columns before those of the source: its row, the id in the master, the outcome."""
_WIDEST, _NARROWEST = 46, 8

TITLE = "Import report of roadmap"
"""Its property of that name, by which the next import knows it for no source."""

COLOURS: Mapping[str, tuple[str, str]] = {
    "error": ("#F8CBAD", "a problem that loses something, or contradicts itself"),
    "warning": ("#FFE699", "a problem under a stated assumption"),
    "note": ("#DDEBF7", "read in one of several ways, probably right"),
    "clash": ("#E4C7F5", "says something else than the master, whose value stayed"),
    Outcome.NEW: ("#C6E0B4", "a row that is new in the master"),
    Outcome.UPDATED: ("#E2EFDA", "a row whose blanks were filled in the master"),
    Outcome.KNOWN: ("#EDEDED", "a row that the master has, and says the same"),
}
"""Mark -> its colour and what it means; a row with a clash has the colour of a clash."""


@dataclass(frozen=True)
class _Remark:
    """A problem of one cell: how bad, and in words."""

    mark: str
    text: str


Remarks = Mapping[tuple[str, str], Mapping[tuple[int, int], Sequence[_Remark]]]
"""(file, sheet) -> (row, column) -> problems, the worst first."""


def intake_xlsx(intake: Intake) -> bytes:
    """The workbook's bytes: the same import gives the same bytes."""
    stream = io.BytesIO()
    book = Workbook(stream, TEXT_OPTIONS)
    book.set_properties({"title": TITLE, "created": MADE})
    style = styled(book)
    names = _sheet_names(intake.sheets)
    _read_me(style, intake, names)
    _problems(style, intake)
    _clashes(style, intake)
    _other_ids(style, intake)
    _duplicates(style, intake)
    _rows(style, intake)
    remarks = _remarks(intake)
    fills = {
        mark: book.add_format({"valign": "top", "bg_color": colour, "text_wrap": True})
        for mark, (colour, _) in COLOURS.items()
    }
    for sheet in intake.sheets:
        _Source(style, fills, intake, sheet, remarks.get((sheet.file, sheet.sheet), {})).write(names[sheet.name])
    book.close()
    return stream.getvalue()


def _sheet_names(sheets: Sequence[SourceSheet]) -> dict[str, str]:
    """A name that Excel takes for each source sheet, no two the same; ours come first."""
    used = {"read me", "problems", "clashes", "other ids", "duplicates", "rows"}
    several = len({sheet.file for sheet in sheets}) > 1
    names: dict[str, str] = {}
    for sheet in sheets:
        stem = sheet.file.rpartition(".")[0]
        wanted = " ".join(filter(None, (stem if several or not sheet.sheet else "", sheet.sheet)))
        name = "".join("-" if letter in "[]:*?/\\" else letter for letter in plain(wanted)).strip("'")[:LONGEST_NAME]
        number, free = 1, name or "Sheet"
        while free.casefold() in used:
            number += 1
            free = f"{name[: LONGEST_NAME - 4]} ({number})"
        used.add(free.casefold())
        names[sheet.name] = free
    return names


def _read_me(style: Styled, intake: Intake, names: Mapping[str, str]) -> None:
    sheet = style.sheet("Read me", "#1F3864")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    write(style, sheet, 0, 0, f"Import into {intake.master}", "title")
    sheet.set_row(0, 28)
    write(style, sheet, 1, 0, summary(intake, written=True), "muted")
    lines: list[tuple[Value, str]] = [
        (link("Problems", "Problems", 0), "everything that is wrong or doubtful, with its cell and the way out"),
        (link("Clashes", "Clashes", 0), "where a source and the master differ; decide, and type it into the master"),
        (link("Other ids", "Other ids", 0), "rows that the master calls by another id than their source"),
        (link("Duplicates", "Duplicates", 0), "tasks that read alike; decide whether they are the same"),
        (link("Rows", "Rows", 0), "where every row of the master came from"),
    ]
    row = _lines(style, sheet, 3, "Sheets", lines)
    places: list[tuple[Value, str]] = [(link(names[s.name], names[s.name], 0), s.name) for s in intake.sheets]
    row = _lines(style, sheet, row + 1, "The sources as they came, coloured; hover over a coloured cell", places)
    write(style, sheet, row + 1, 0, "Colours", "heading")
    write(style, sheet, row + 1, 1, None, "heading")
    for place, (mark, (colour, meaning)) in enumerate(COLOURS.items(), row + 2):
        sheet.write_string(place, 0, mark, style.book.add_format({"bg_color": colour, "valign": "top"}))
        write(style, sheet, place, 1, meaning)


def _lines(style: Styled, sheet: Worksheet, row: int, heading: str, lines: Sequence[tuple[Value, str]]) -> int:
    """A heading with lines of two cells; returns the row behind them."""
    write(style, sheet, row, 0, heading, "heading")
    write(style, sheet, row, 1, None, "heading")
    for place, (first, second) in enumerate(lines, row + 1):
        write(style, sheet, place, 0, first)
        write(style, sheet, place, 1, second)
    return row + 1 + len(lines)


def _problems(style: Styled, intake: Intake) -> None:
    fields = (
        Field("Severity", 10),
        Field("Kind", 34, Kind.WRAPPED),
        Field("Where", 36, Kind.WRAPPED),
        Field("What", 64, Kind.WRAPPED),
        Field("Suggestion", 30, Kind.WRAPPED),
        Field("Way out", 44, Kind.WRAPPED),
    )
    rows = [
        (d.severity.word, found.rule.title, _places(d.cells), d.message, d.suggestion, found.rule.advice)
        for found in findings(intake.diagnostics)
        for d in found.diagnostics
    ]
    write_table(style, style.sheet("Problems", "#BF8F00"), fields, rows)


def _places(cells: Sequence[Cell]) -> str:
    more = f" and {len(cells) - MOST_REMARKS} more" if len(cells) > MOST_REMARKS else ""
    return ", ".join(map(str, cells[:MOST_REMARKS])) + more


def _clashes(style: Styled, intake: Intake) -> None:
    widths = (12, 18, 18, 34, 34, 26, 30)
    fields = [Field(title, width, Kind.WRAPPED) for title, width in zip(CLASH_HEADS, widths, strict=True)]
    rows = list(map(clash_cells, intake.clashes))
    rows += [(r.cell.sheet, "", r.kind, "", r.message, str(r.cell), "") for r in intake.refused]
    write_table(style, style.sheet("Clashes", "#7030A0"), fields, rows)


def _other_ids(style: Styled, intake: Intake) -> None:
    widths = (12, 18, 26, 60, 36)
    fields = [Field(title, width, Kind.WRAPPED) for title, width in zip(ID_HEADS, widths, strict=True)]
    write_table(style, style.sheet("Other ids", "#548235"), fields, list(map(id_cells, intake.renamed)))


def _duplicates(style: Styled, intake: Intake) -> None:
    fields = (
        Field("One", 20),
        Field("Other", 20),
        Field("What reads alike", 80, Kind.WRAPPED),
        Field("Words in common", 34, Kind.WRAPPED),
        Field("If they are the same", 44, Kind.WRAPPED),
    )
    rows = [
        (*pair.tasks[:2], pair.message, ", ".join(pair.words), "; ".join(way.text for way in pair.resolutions))
        for pair in intake.duplicates
    ]
    write_table(style, style.sheet("Duplicates", "#C55A11"), fields, rows)


def _rows(style: Styled, intake: Intake) -> None:
    fields = (
        Field("Sheet", 12),
        Field("ID in the master", 24),
        Field("Title", 60, Kind.WRAPPED),
        Field("Outcome", 11),
        Field("ID in the source", 18),
        Field("File", 30),
        Field("Source sheet", 18),
        Field("Row", 8, Kind.COUNT),
    )
    rows = [
        (r.kind, r.id, r.title, r.outcome.value, r.typed, r.cell.file, r.cell.sheet, r.cell.row) for r in intake.rows
    ]
    write_table(style, style.sheet("Rows", "#2F75B5"), fields, rows, frozen=2)


def _remarks(intake: Intake) -> Remarks:
    """The problems of every cell, clashes first; a problem of a whole row stands at its first column."""
    found: dict[tuple[str, str], dict[tuple[int, int], list[_Remark]]] = defaultdict(lambda: defaultdict(list))
    for clash in intake.clashes:
        cell = clash.theirs_cell
        found[cell.file, cell.sheet][cell.row, cell.column].append(_Remark("clash", clash_text(clash)))
    for diagnostic in intake.diagnostics:
        for cell in diagnostic.cells:
            remark = _Remark(diagnostic.severity.word, _said(diagnostic))
            found[cell.file, cell.sheet][cell.row, cell.column].append(remark)
    return found


def _said(diagnostic: Diagnostic) -> str:
    return " ".join(filter(None, (diagnostic.message, diagnostic.suggestion, f"→ {diagnostic.rule.advice}")))


@dataclass(frozen=True)
class _Source:
    """Draws one sheet of a source."""

    style: Styled
    fills: Mapping[str, Format]
    intake: Intake
    sheet: SourceSheet
    remarks: Mapping[tuple[int, int], Sequence[_Remark]]

    def write(self, name: str) -> None:
        """The rows as they stand below each other, headers frozen; blank columns are left out."""
        page = self.style.sheet(name, "#A6A6A6")
        columns = [column for column in self._columns() if self._says_something(column)]
        places = {column: place for place, column in enumerate(columns, _LEADING)}
        for place, (title, width) in enumerate((("Row", 9), ("Now", 18), ("Outcome", 10))):
            page.set_column(place, place, width)
            write(self.style, page, 0, place, title, "header")
        for column, place in places.items():
            page.set_column(place, place, min(_WIDEST, max(_NARROWEST, self._width(column) + 2)))
            write(self.style, page, 0, place, None, "header")
        brought = self._brought()
        for line, number in enumerate(self.sheet.rows, 1):
            self._row(page, line, number, places, brought.get(number, ()))
        header = list(self.sheet.rows).index(self.sheet.header_row) + 1 if self.sheet.header_row else 0
        page.freeze_panes(header + 1, _LEADING)
        if len(self.sheet.rows) > header:
            page.autofilter(header, 0, len(self.sheet.rows), _LEADING + len(columns) - 1)

    def _row(
        self, page: Worksheet, line: int, number: int, places: Mapping[int, int], brought: Sequence[Brought]
    ) -> None:
        is_header = number == self.sheet.header_row
        write(self.style, page, line, 0, number, Kind.COUNT)
        if is_header:
            for place in (1, 2):
                write(self.style, page, line, place, None, "header")
        if brought:
            worst = max(brought, key=lambda row: list(Outcome).index(row.outcome)).outcome
            page.write_string(line, 1, plain(", ".join(row.id for row in brought))[:LONGEST_TEXT])
            page.write_string(line, 2, worst.value, self.fills[worst.value])
        elif not is_header and any(value not in (None, "") for value in self.sheet.rows[number]):
            write(self.style, page, line, 2, "not a row", "muted")
        for column, place in places.items():
            remarks = self.remarks.get((number, column), ())
            value = self._value(number, column)
            if remarks or value not in (None, ""):
                form = (
                    self.fills[remarks[0].mark]
                    if remarks
                    else self.style.formats["header" if is_header else Kind.WRAPPED]
                )
                _write(page, line, place, value, form)
            if remarks:
                page.write_comment(line, place, _comment(remarks), COMMENT)
        if whole := self.remarks.get((number, 0), ()):
            page.write_comment(line, 2, _comment(whole), COMMENT)

    def _columns(self) -> Iterator[int]:
        widest = max(map(len, self.sheet.rows.values()), default=0)
        return iter(range(self.sheet.first_column, self.sheet.first_column + widest))

    def _value(self, number: int, column: int) -> CellValue:
        cells = self.sheet.rows[number]
        place = column - self.sheet.first_column
        return cells[place] if place < len(cells) else None

    def _says_something(self, column: int) -> bool:
        """Whether there is anything in a column, besides its header."""
        body = (number for number in self.sheet.rows if number != self.sheet.header_row)
        return any(self._value(number, column) not in (None, "") for number in body)

    def _width(self, column: int) -> int:
        """Characters of the longest value of a column."""
        return max(len(value_text(self._value(number, column))) for number in self.sheet.rows)

    def _brought(self) -> Mapping[int, Sequence[Brought]]:
        rows: dict[int, list[Brought]] = defaultdict(list)
        for row in self.intake.rows:
            if (row.cell.file, row.cell.sheet) == (self.sheet.file, self.sheet.sheet):
                rows[row.cell.row].append(row)
        return rows


def _comment(remarks: Sequence[_Remark]) -> str:
    texts = list(dict.fromkeys(f"{remark.mark.upper()}: {plain(remark.text)}" for remark in remarks))
    more = [f"... and {len(texts) - MOST_REMARKS} more"] if len(texts) > MOST_REMARKS else []
    return "\n\n".join((*texts[:MOST_REMARKS], *more))[:LONGEST_TEXT]


def _write(page: Worksheet, row: int, column: int, value: CellValue, form: Format) -> None:
    """One cell of a source: numbers stay numbers, days are shown as ISO text, text is never a formula."""
    if value in (None, ""):
        page.write_blank(row, column, None, form)
    elif isinstance(value, bool | str | date):
        page.write_string(row, column, value_text(value)[:LONGEST_TEXT], form)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, form)
