"""Propose what foreign headers may mean, as a snippet for roadmap.toml; nothing here is applied by itself."""

import json
import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from planner.sheets.columns import Column, columns_of
from planner.sheets.grid import Grid, as_text, is_blank
from planner.sheets.headers import HEADER_ROWS, HeaderMatch, Lookup, match_headers

IMPORTANT: Mapping[str, tuple[str, ...]] = {
    "Tasks": ("Task ID", "Title", "Team", "Effort", "Depends on"),
    "Roadmap": ("Item ID", "Title", "Priority", "Target"),
    "Teams": ("Team", "Engineers"),
}
"""The columns that a table ought to have; only for these is a proposal made."""

_CLOSE_ENOUGH = 75.0
_SAME_BEGINNING = 87.0
_WORTH_A_MAP = 3
"""An unknown sheet with so many columns that are known or look like ours may be a table of tasks."""


def propose(match: HeaderMatch, header: Mapping[int, str]) -> dict[str, int]:
    """Our missing important column -> offset of the unknown header that looks most like it."""
    missing = [
        column
        for column in columns_of(match.kind)
        if column.name in IMPORTANT.get(match.kind, ()) and column.name not in match.columns
    ]
    pairs = sorted(
        (-_likeness(header[offset], column), offset, column.name)
        for column in missing
        for offset in match.unknown
        if _likeness(header[offset], column) >= _CLOSE_ENOUGH
    )
    proposal: dict[str, int] = {}
    for _, offset, name in pairs:
        if name not in proposal and offset not in proposal.values():
            proposal[name] = offset
    return dict(sorted(proposal.items(), key=lambda pair: pair[1]))


def guess_tasks(grid: Grid, lookup: Lookup) -> HeaderMatch | None:
    """The row that would be the header of a table of tasks if the proposals for it were accepted."""
    best: HeaderMatch | None = None
    most = _WORTH_A_MAP - 1
    for index, row in enumerate(grid.rows[:HEADER_ROWS]):
        header = {offset: as_text(value) for offset, value in enumerate(row) if not is_blank(value)}
        match = match_headers("Tasks", index, header, lookup)
        count = len(match.columns) + len(propose(match, header))
        if count > most and len(header) >= _WORTH_A_MAP:
            best, most = match, count
    return best


def toml_map(grid: Grid, kind: str, proposal: Mapping[str, str]) -> str:
    """A `[[table]]` for roadmap.toml that reads the proposed headers.

    >>> print(toml_map(Grid("q3.csv", "", (), ()), "Tasks", {"Effort": "Est. days"}))
    [[table]]
    file = "q3.csv"
    sheet = "Tasks"
    columns = { "Effort" = ["Est. days"] }
    <BLANKLINE>
    """
    sheet = [f"table_sheet = {_quoted(grid.sheet)}"] if grid.sheet else []
    columns = ", ".join(f"{_quoted(name)} = [{_quoted(header)}]" for name, header in proposal.items())
    lines = ["[[table]]", f"file = {_quoted(grid.file)}", *sheet, f"sheet = {_quoted(kind)}"]
    return "\n".join([*lines, f"columns = {{ {columns} }}", ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _likeness(header: str, column: Column) -> float:
    """0..100: the words of the header against those of the column's name and aliases, in any order."""
    words = _words(header)
    return max(_similarity(words, name) for name in map(_words, _long_names(column)))


def _similarity(words: str, name: str) -> float:
    """Of the words in any order, or of the beginning of the text: "prereqs" is "prerequisites"."""
    beginning = 100 * JaroWinkler.normalized_similarity(words, name)
    return max(
        (fuzz.token_sort_ratio(words, name) + fuzz.token_set_ratio(words, name)) / 2,
        beginning if beginning >= _SAME_BEGINNING else 0.0,
    )


def _long_names(column: Column) -> Sequence[str]:
    """Names of three letters and more: a shorter one is in too many words."""
    return [name for name in (column.name, *column.aliases) if len(name) >= 3]


def _words(text: str) -> str:
    words = re.findall(r"\w+", text.casefold().replace("_", " "))
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in words)
