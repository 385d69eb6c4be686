"""What the sources say against what the master has: rows to add, blanks to fill, clashes. Nothing is overwritten."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.edits import CellValue
from planner.domain.intake import Clash
from planner.sheets.columns import columns_of
from planner.sheets.intake.entries import Entry
from planner.sheets.table import Value
from planner.sheets.values import split_list, text_of
from planner.sheets.write import SPOKEN_BLANKS

_SETS = frozenset({"ids", "dependencies", "touches", "settings"})
"""Types of columns whose entries have no order."""


@dataclass(frozen=True)
class Filling:
    """A blank cell of the master that a source knows: the header and the value for the master's row."""

    entry: Entry
    master: Entry
    header: str
    value: Value


@dataclass(frozen=True)
class Taken:
    """What an import does to a master."""

    new: tuple[Entry, ...]
    filled: tuple[Filling, ...]
    clashes: tuple[Clash, ...]


def compare(sources: Sequence[Entry], matches: Mapping[int, Entry]) -> Taken:
    """Rows without a match are new; of the others, blanks are filled and differences clash."""
    filled: list[Filling] = []
    clashes: list[Clash] = []
    for position, master in matches.items():
        entry = sources[position]
        for header, ours, theirs in _differing(entry, master):
            if ours is None:
                filled.append(Filling(entry, master, header, theirs))
            else:
                clashes.append(_clash(entry, master, header, ours, theirs))
    new = tuple(entry for position, entry in enumerate(sources) if position not in matches)
    return Taken(new, tuple(filled), tuple(clashes))


def _differing(entry: Entry, master: Entry) -> Iterator[tuple[str, Value, Value]]:
    """(column, the master's value, the source's) where the source has one and the master another or none."""
    first, *others = columns_of(entry.kind)
    for column in others if entry.id else (first, *others):
        theirs = entry.cells.get(column.name)
        ours = master.cells.get(column.name)
        if _says(entry.kind, column.name, theirs) and _form(column.type, ours) != _form(column.type, theirs):
            yield column.name, ours if _says(entry.kind, column.name, ours) else None, theirs
    for header, text in entry.extra.items():
        if _form("text", master.extra.get(header)) != _form("text", text):
            yield header, master.extra.get(header), text


def _says(kind: str, column: str, value: Value) -> bool:
    return value is not None and value != SPOKEN_BLANKS.get((kind, column))


def _form(kind: str, value: Value) -> Hashable:
    """A value without what people vary: blanks, the order of what has none, the case of what is no prose."""
    if kind in _SETS:
        return frozenset(" ".join(entry.split()).casefold() for entry in split_list(text_of(value)))
    if isinstance(value, int | float):
        return round(value, 9)
    text = " ".join(text_of(value).split())
    return text if kind == "text" else text.casefold()


def _clash(entry: Entry, master: Entry, header: str, ours: Value, theirs: Value) -> Clash:
    return Clash(
        kind=entry.kind,
        id=master.id or text_of(next(iter(master.cells.values()), "")),
        column=header,
        ours=cell_value(ours),
        theirs=cell_value(theirs),
        ours_cell=master.cell(header),
        theirs_cell=entry.cell(header),
    )


def cell_value(value: Value) -> CellValue:
    """A value as a workbook holds it; times of day are texts."""
    return value if value is None or isinstance(value, str | int | float | date) else text_of(value)
