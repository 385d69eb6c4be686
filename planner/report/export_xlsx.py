"""The workbook that one PM or team gets: a table of items and one of tasks to type in, news, questions, a Gantt."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from planner.domain.own_sheets import (
    GANTT_SHEET,
    ITEMS_SHEET,
    NEWS_SHEET,
    QUESTION_COLUMNS,
    QUESTIONS_SHEET,
    TASKS_SHEET,
)
from planner.domain.parcel import Parcel
from planner.report.export_lists import Lists
from planner.report.export_table import write_parcel_table
from planner.report.wording import count, full_day
from planner.report.xlsx import TEXT_OPTIONS
from planner.report.xlsx_gantt import add_gantt
from planner.report.xlsx_table import Field, Kind, Styled, Value, link, styled, write, write_table

CONTENTS = (
    (ITEMS_SHEET, "what was asked for; type into the white cells"),
    (TASKS_SHEET, "the work for it; type into the white cells, add rows below the last one (leave the id blank)"),
    (NEWS_SHEET, "what is not as you were told last"),
    (QUESTIONS_SHEET, "what only you can answer; choose or type into the white cells"),
    (GANTT_SHEET, "your part of the plan over time"),
)
HOW_TO = (
    "White cells are yours: what you change there comes back into the roadmap. Grey cells are computed, "
    "and what is typed there is ignored.",
    "Sort, filter, hide and add columns as you like. Columns that nobody has filled are folded away: "
    "the + above the headers opens them.",
    "A red corner is a remark: what is in doubt or assumed in this cell, or, on a header, what the column means.",
    "A row that you delete is only proposed for deletion. Nobody loses anything in silence.",
    "Save as .xlsx under any name and send it back.",
)
QUESTION_WIDTHS = (12, 11, 12, 24, 12, 62, 26)
QUESTION_FIELDS = (
    *(
        Field(name, width, Kind.WRAPPED if width > 20 else Kind.TEXT)
        for name, width in zip(QUESTION_COLUMNS, QUESTION_WIDTHS, strict=True)
    ),
    Field("More", 48, Kind.WRAPPED),
)
ANSWER = len(QUESTION_COLUMNS) - 1
"""Column of the answers."""
NEWS_FIELDS = (
    Field(NEWS_SHEET, 15),
    Field("About", 26, Kind.WRAPPED),
    Field("Name", 58, Kind.WRAPPED),
    Field("Before", 20, Kind.DATE),
    Field("Now", 20, Kind.DATE),
    Field("Difference", 28, Kind.WRAPPED),
)


def export_xlsx(parcel: Parcel, mark: str, mark_property: str, mark_sheet: str) -> bytes:
    """The workbook's bytes, the same for the same parcel; `mark` is what makes it known again when it comes back."""
    stream = io.BytesIO()
    book = Workbook(stream, TEXT_OPTIONS)
    made = datetime.combine(parcel.plan.as_of, time())
    book.set_properties({"title": f"{parcel.plan.title}: {parcel.export.receiver.shown}", "created": made})
    book.set_custom_property(mark_property, mark, "text")
    style = styled(book)
    rows = {
        "Roadmap": {row.id: number for number, row in enumerate(parcel.items.rows, 1)},
        "Tasks": {row.id: number for number, row in enumerate(parcel.tasks.rows, 1)},
    }
    lists = Lists()
    _read_me(style, parcel)
    write_parcel_table(style, style.sheet(ITEMS_SHEET, "#2F75B5"), parcel, parcel.items, lists)
    write_parcel_table(style, style.sheet(TASKS_SHEET, "#2F75B5"), parcel, parcel.tasks, lists)
    _news(style, parcel, rows)
    _questions(style, parcel, rows, lists)
    add_gantt(style, parcel.plan, rows["Tasks"], target=TASKS_SHEET)
    lists.add_sheet(book)
    _marked(book, mark_sheet, (mark, f"made {parcel.plan.as_of}", f"base {parcel.fingerprint}", *parcel.base))
    book.close()
    return stream.getvalue()


def _read_me(style: Styled, parcel: Parcel) -> None:
    """For whom it is, what to do, where to find what."""
    sheet = style.sheet("Read me", "#1F3864")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 110)
    sheet.fit_to_pages(1, 1)
    plan, receiver = parcel.plan, parcel.export.receiver
    write(style, sheet, 0, 0, f"{plan.title}: for {receiver.shown}", "title")
    sheet.set_row(0, 28)
    mine = f"{count(len(parcel.items.rows), 'item')}, {count(len(parcel.tasks.rows), 'task')}"
    asked = f"{count(len(parcel.questions), 'question')} for you" if parcel.questions else "no question for you"
    lines: list[tuple[Value, Value, str]] = [
        (f"Planned as of {full_day(plan.as_of)}: {mine}, {asked}.", None, "muted"),
        (None, None, Kind.TEXT),
        ("Sheets", None, "heading"),
        *((link(name, name, 0), what, Kind.TEXT) for name, what in CONTENTS),
        (None, None, Kind.TEXT),
        ("How it works", None, "heading"),
        *((text, None, Kind.TEXT) for text in HOW_TO),
    ]
    if parcel.reserved:
        rows = "1 row is" if parcel.reserved == 1 else f"{parcel.reserved} rows are"
        lines += [(f"{rows} reserved: you see who works on it and how much, and no more.", None, Kind.TEXT)]
    lines += [(None, None, Kind.TEXT), (f"Export {parcel.export.id}", None, "muted")]
    for row, (first, second, name) in enumerate(lines, 1):
        write(style, sheet, row, 0, first, name)
        if name == "heading":
            write(style, sheet, row, 1, None, name)
        elif second is not None:
            write(style, sheet, row, 1, second)


def _news(style: Styled, parcel: Parcel, rows: Mapping[str, Mapping[str, int]]) -> None:
    """What changed since the last workbook; a sentence where there is nothing to compare with."""
    sheet = style.sheet(NEWS_SHEET, "#548235")
    last = parcel.last
    if last is None or not parcel.news:
        since = "This is the first workbook that you get: the next one says here what has changed."
        nothing = f"Nothing has changed since {last.made[:10]} (export {last.id})." if last else since
        sheet.set_column(0, 0, 100)
        write(style, sheet, 0, 0, NEWS_SHEET, "title")
        sheet.set_row(0, 28)
        write(style, sheet, 1, 0, nothing)
        return
    places = {"item": (ITEMS_SHEET, rows["Roadmap"]), "task": (TASKS_SHEET, rows["Tasks"])}
    lines: list[tuple[Value, ...]] = []
    for news in parcel.news:
        target, known = places.get(news.what, ("", {}))
        about = link(news.id, target, known[news.id]) if news.id in known else news.id
        lines.append((news.what, about, news.title, news.before, news.now, news.how))
    write_table(style, sheet, NEWS_FIELDS, lines)


def _questions(style: Styled, parcel: Parcel, rows: Mapping[str, Mapping[str, int]], lists: Lists) -> None:
    """One row a question; its answer is a white cell, with a drop-down where there is something to choose."""
    sheet = style.sheet(QUESTIONS_SHEET, "#C55A11")
    places = {"Roadmap": ITEMS_SHEET, "Tasks": TASKS_SHEET}
    lines: list[tuple[Value, ...]] = []
    for question in parcel.questions:
        row = rows.get(question.sheet, {}).get(question.key)
        key = question.key if row is None else link(question.key, places[question.sheet], row)
        asked = (question.id, question.kind, question.sheet, key, question.column, question.wording)
        lines.append((*asked, None, question.why))
    write_table(style, sheet, QUESTION_FIELDS, lines, frozen=0)
    for number, question in enumerate(parcel.questions, 1):
        if question.choices:
            rule = {"validate": "list", "source": lists.place(question.choices), "show_error": False}
            sheet.data_validation(number, ANSWER, number, ANSWER, rule)
    _grey(style, sheet, len(lines))


def _grey(style: Styled, sheet: Worksheet, rows: int) -> None:
    """Everything but the answers is ours."""
    if rows:
        grey = {"type": "no_errors", "format": style.book.add_format({"bg_color": "#F2F2F2"})}
        sheet.conditional_format(1, 0, rows, ANSWER - 1, grey)
        sheet.conditional_format(1, ANSWER + 1, rows, len(QUESTION_FIELDS) - 1, grey)


def _marked(book: Workbook, name: str, lines: Sequence[str]) -> None:
    """The very-hidden sheet: the mark, then the rows as they went out."""
    sheet = book.add_worksheet(name)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
    sheet.very_hidden()
