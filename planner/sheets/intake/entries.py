"""A row with the values that were typed in it, spelled as a master has them: what is compared and what is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.domain.cells import Cell, Source
from planner.domain.computed import COMPUTED
from planner.domain.roadmap import Roadmap
from planner.sheets.columns import columns_of, sheet_names
from planner.sheets.identifiers import Place
from planner.sheets.table import Row, Table, Value
from planner.sheets.values import fold, text_of
from planner.sheets.values.parsed import NOTHING
from planner.sheets.write import NOUNS, row_of

KEYS: Mapping[str, tuple[str, ...]] = {
    "Capacity": ("Team", "Change", "Start", "End"),
    "Asks": ("Item ID", "Team"),
    "Calendar": ("Name", "Start"),
    "Overrides": ("Task ID", "Block"),
}
"""What tells rows apart where no id does."""

REFERENCES = frozenset({"id", "ids", "dependencies"})
"""Types whose unresolved values stay behind: in the master they could mean another row."""


@dataclass(frozen=True)
class Entry:
    """A noun and its row. `id` is that of the noun, empty where the sheet has none; `typed` is the id cell as text.

    `cells` holds what was typed, by our column, and `extra` by foreign header; a value that nobody can read is as
    it was typed.
    """

    kind: str
    noun: object
    id: str
    typed: str
    title: str
    source: Source
    cells: Mapping[str, Value]
    extra: Mapping[str, str]

    @property
    def place(self) -> Place:
        """The sheet that it stands in."""
        return self.source.file, self.source.sheet

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from other rows of its sheet."""
        names = KEYS.get(self.kind, ())
        return tuple(" ".join(text_of(self.cells.get(name)).split()).casefold() for name in names)

    def cell(self, column: str = "") -> Cell:
        """Where a value stands."""
        return self.source.cell(column)


def entries_of(roadmap: Roadmap, tables: Sequence[Table]) -> tuple[Entry, ...]:
    """Everything that stands in a row, sheet by sheet; what rows only mention has none."""
    rows = {(table.kind, table.file, table.sheet, row.number): (table, row) for table in tables for row in table.rows}
    return tuple(
        _entry(kind, noun, source, rows.get((kind, source.file, source.sheet, source.row)))
        for kind in sheet_names()
        for noun, source in _placed(getattr(roadmap, NOUNS[kind]))
    )


def _placed(nouns: Sequence[object]) -> Iterator[tuple[object, Source]]:
    for noun in nouns:
        source: Source | None = getattr(noun, "source", None)
        if source is not None:
            yield noun, source


def _entry(kind: str, noun: object, source: Source, found: tuple[Table, Row] | None) -> Entry:
    written, extra = row_of(kind, noun)
    first = columns_of(kind)[0].name
    has_id = kind not in KEYS
    values = found[1].values if found else {first: written[first]}
    cells = {
        column.name: value
        for column in columns_of(kind)
        if column.name in values
        and (value := _value(column.type, written.get(column.name), values[column.name])) is not None
    }
    return Entry(
        kind=kind,
        noun=noun,
        id=text_of(written[first]) if has_id else "",
        typed=text_of(values.get(first)) if has_id else "",
        title=text_of(cells.get("Title") or cells.get("Question") or cells.get("Statement")),
        source=source,
        cells=cells,
        extra=_joined(extra),
    )


def _value(kind: str, written: Value, typed: Value) -> Value:
    """What was understood; what was not as it was typed, unless it refers to another row.

    A day stays a day: as text, `2008-03-02` in Effort would be read as a range.
    """
    if written is not None and fold(text_of(written)) not in NOTHING:
        return written
    if kind in REFERENCES or fold(text_of(typed)) in NOTHING:
        return None
    return text_of(typed) if isinstance(typed, str) else typed


def _joined(extra: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Foreign columns by header, those of the same name together; what a plan has written is no fact."""
    joined: dict[str, list[str]] = {}
    for header, text in extra:
        if header not in COMPUTED:
            joined.setdefault(header, []).append(text)
    return {header: "; ".join(texts) for header, texts in joined.items()}
