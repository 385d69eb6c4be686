"""The one screen: the document cut to 40 lines of a terminal, the most important rows kept."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from planner.domain.plan import Plan
from planner.report.document import Document, Section, document
from planner.report.wording import plain

LINES = 40
FIXED_COLUMN = 26
"""Widest that a column of ids or dates may be, in characters."""
KEPT_ROWS = 3
"""A section is cut below this only when no other has more."""
GAP = "  "

TITLE, LEAD, HEADING, ALARM, BODY = "bold", "dim", "bold cyan", "bold yellow", ""


@dataclass(frozen=True)
class Line:
    """One line of the screen and its style in a terminal that has colours."""

    text: str
    style: str = BODY


def screen(plan: Plan, width: int = 100, verbose: bool = False) -> str:
    """At most 40 lines of plain text, none wider than `width` characters but the next command."""
    return "".join(f"{line.text}\n" for line in _lines(plan, width, verbose))


def print_screen(
    plan: Plan, console: Console, verbose: bool = False, page: str = "", notes: Sequence[str] = ()
) -> None:
    """The same in the console's width, with colours where it has them.

    Before the last line stand `notes` and where the `page` for a browser is.
    """
    for line in _lines(plan, console.width, verbose, page, notes):
        console.print(Text(line.text, line.style), no_wrap=True, overflow="ignore", crop=False)


def _lines(plan: Plan, width: int, verbose: bool, page: str = "", notes: Sequence[str] = ()) -> list[Line]:
    content = document(plan, verbose)
    look = [*(Line(text) for text in notes), *([Line(f"Look: {page}", TITLE)] if page else [])]
    shown = _budget(content, width, LINES - len(look))
    first, *further = content.lead
    lines = [Line(plain(f"{content.title}, {first}"), TITLE), *(Line(plain(text), LEAD) for text in further)]
    for section, rows in zip(content.sections, shown, strict=True):
        lines += [Line(""), *_section(section, rows, width)]
    if look or plan.next_command:
        lines += [Line(""), *look]
    if plan.next_command:
        lines.append(Line(f"Next: {plan.next_command}", TITLE))
    return [line if _is_pasted(line) else Line(_fit(line.text, width), line.style) for line in lines]


def _is_pasted(line: Line) -> bool:
    """Whether people copy it to go on: a path or a command that is cut does nothing."""
    return line.text.startswith(("Look: ", "Next: "))


def _budget(content: Document, width: int, most: int) -> list[int]:
    """How many rows each section shows: what it asks for, the later sections cut first until all fit."""
    shown = [min(section.screen_rows, len(section.rows)) for section in content.sections]
    fixed = len(content.lead) + 2  # title with the first line of the lead, the next command after a blank line
    fixed += sum(1 + len(_sentences(section, len(section.rows), width)) for section in content.sections)
    while fixed + sum(shown) > most and any(shown):
        longest = max(range(len(shown)), key=lambda i: (min(shown[i], KEPT_ROWS + 1), i))
        shown[longest] -= 1
    return shown


def _section(section: Section, rows: int, width: int) -> list[Line]:
    """The heading with its sentences, then the rows."""
    first, *further = _sentences(section, len(section.rows) - rows, width)
    heading = Line(first, ALARM if section.alarm else HEADING)
    return [heading, *map(Line, further), *map(Line, _table(section, rows, width))]


def _sentences(section: Section, hidden: int, width: int) -> list[str]:
    """The heading and the first sentence, then the further ones, each on two lines at most."""
    more = [f"... and {hidden} more in sequence.md"] if hidden else []
    first = GAP.join([section.title.upper(), *section.sentences[:1], *more])
    further = [f"{GAP}{text}" for text in section.sentences[1:]]
    return [
        line
        for text in (first, *further)
        for line in textwrap.wrap(text, width, subsequent_indent=GAP, max_lines=2, placeholder=" …")
    ]


def _table(section: Section, rows: int, width: int) -> list[str]:
    """The most important rows in the table's order, each one line."""
    shown = [row for row in section.rows if row.rank < rows]
    columns = [i for i, column in enumerate(section.columns) if not column.detail]
    texts = [[plain(row.cells[i]) for i in columns] for row in shown]
    natural = [max((cell_len(row[k]) for row in texts), default=0) for k in range(len(columns))]
    wide = [section.columns[i].wide for i in columns]
    sizes = _sizes(natural, wide, width)
    return [
        "".join(GAP + set_cell_size(_fit(text, size), size) for text, size in zip(row, sizes, strict=True) if size)
        for row in texts
    ]


def _sizes(natural: list[int], wide: list[bool], width: int) -> list[int]:
    """Column widths: fixed ones as wide as they are, the wide ones share the rest, the shortest first."""
    sizes = [min(size, FIXED_COLUMN) for size in natural]
    order = sorted((i for i, is_wide in enumerate(wide) if is_wide), key=lambda i: natural[i])
    fixed = sum(size for size, is_wide in zip(sizes, wide, strict=True) if not is_wide)
    left = width - fixed - len(GAP) * sum(1 for size in natural if size)
    for place, i in enumerate(order):
        sizes[i] = min(natural[i], max(0, left // (len(order) - place)))
        left -= sizes[i]
    return sizes


def _fit(text: str, width: int) -> str:
    """The text in at most `width` cells, cut with an ellipsis."""
    if cell_len(text) <= width:
        return text.rstrip()
    return set_cell_size(text, width - 1).rstrip() + "…" if width else ""
