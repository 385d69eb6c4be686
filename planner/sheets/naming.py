"""First pass over the tables: which rows are entries, and what the things in them are called.

References can be resolved only when all ids and team names are known; so this comes before any row is read.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from planner.domain.roadmap import NaturalKey, id_key, natural_key
from planner.sheets import rules
from planner.sheets.columns import columns_of
from planner.sheets.identifiers import Claim, Namespace, Place, abbreviate
from planner.sheets.rows.reader import EXAMPLES, Findings, RowReader, column_conventions
from planner.sheets.table import Table
from planner.sheets.team_names import TeamNames
from planner.sheets.values import Conventions, fold, split_list

TOTALS = frozenset(("total", "totals", "sum", "subtotal", "sub-total", "grand total", "summe", "gesamt"))
"""A row that is called so is the foot of a table."""

ID_AND_NAME = {
    "Roadmap": ("Item ID", "Title"),
    "Tasks": ("Task ID", "Title"),
    "Teams": ("Team",),
    "Components": ("Component",),
    "Decisions": ("Decision ID", "Question"),
    "Hypotheses": ("Hypothesis ID", "Statement"),
}
"""Columns of which at least one must be filled for a row to be an entry, the id first."""

FILLED_DOWN = ("choice", "status", "yesno", "percent")
"""Types of columns whose value alone is no sign that somebody has typed a row."""

TEAM_COLUMNS = {"Tasks": "Team", "Capacity": "Team", "Asks": "Team", "Components": "Owner"}
"""Where teams are named, besides the sheet Teams."""

ANYWHERE: Place = ("", "")
"""The source of items that stand on no sheet of their own."""


class Sheets:
    """The rows of all tables, by our sheet names; headings and totals are left out, junk is set aside."""

    def __init__(self, tables: Sequence[Table], base: Conventions, findings: Findings):
        self._rows: dict[str, tuple[RowReader, ...]] = {}
        for kind in dict.fromkeys(table.kind for table in tables):
            readers = [reader for table in tables if table.kind == kind for reader in _readers(table, base, findings)]
            self._rows[kind] = tuple(reader for reader in readers if _is_entry(reader, findings))

    def has(self, kind: str) -> bool:
        """Whether there is a table of this kind."""
        return kind in self._rows

    def rows(self, kind: str) -> tuple[RowReader, ...]:
        """The entries of all tables of this kind, in order."""
        return self._rows.get(kind, ())


def _readers(table: Table, base: Conventions, findings: Findings) -> list[RowReader]:
    """A reader for each row of a table."""
    conventions = column_conventions(table, base)
    return [RowReader(table, row, conventions, findings) for row in table.rows]


def _is_entry(reader: RowReader, findings: Findings) -> bool:
    """Whether a row is an entry; blank ones are not, a heading or total is noted, one without any name set aside."""
    if not reader.row.values:
        return False
    names = ID_AND_NAME.get(reader.table.kind, (columns_of(reader.table.kind)[0].name,))
    texts = [reader.text(column) for column in names]
    first = next((text for text in texts if text), "")
    repeats_header = bool(texts[0]) and id_key(texts[0]) == id_key(reader.table.headers.get(names[0], names[0]))
    if repeats_header or fold(first).rstrip(":") in TOTALS or _is_heading(reader, texts):
        findings.report(rules.SKIPPED_ROW, f'"{first}" is a heading or a total; skipped.', reader.cell(names[0]))
        return False
    if first or reader.table.kind not in ID_AND_NAME:
        return True
    if _is_filled_down(reader):
        return False
    reader.set_aside(f"has no {' and no '.join(names)}", *names)
    return False


def _is_filled_down(reader: RowReader) -> bool:
    """Whether a row holds only what is copied down a sheet before anything is typed: zeros and drop-down values."""
    types = {column.name: column.type for column in columns_of(reader.table.kind)}
    return all(value == 0 or types[column] in FILLED_DOWN for column, value in reader.row.values.items())


def _is_heading(reader: RowReader, texts: Sequence[str]) -> bool:
    """Whether a row holds nothing but words in its id column, as `Phase one` across a table does."""
    alone = len(texts) > 1 and len(reader.row.values) == 1 and not reader.row.extra
    return alone and " " in texts[0] and not any(map(str.isdigit, texts[0]))


def name_rows(
    rows: Sequence[RowReader], column: str, title: str, findings: Findings, teams: TeamNames | None = None
) -> Namespace:
    """The ids of rows, given to the readers as their subjects; repeated and missing ids are reported."""
    namespace = Namespace([_claim(row, column, title, teams) for row in rows])
    shared: dict[str, list[RowReader]] = defaultdict(list)
    for position, (row, claim, final) in enumerate(zip(rows, namespace.claims, namespace.ids, strict=True)):
        row.subject = final
        _report_id(row, claim, column)
        first = namespace.first_of.get(position)
        if first is not None:
            text = f'is the new name of the repeated "{claim.typed}"; references mean "{namespace.ids[first]}".'
            row.report(rules.DUPLICATE_ID, text, column)
        elif final != claim.typed and claim.typed:
            shared[id_key(claim.typed)].append(row)
    together: dict[tuple[Place, ...], list[list[RowReader]]] = defaultdict(list)
    for same in shared.values():
        together[tuple(sorted({row.place for row in same}))].append(same)
    for groups in together.values():
        _report_shared(groups, column, findings)
    return namespace


def _claim(row: RowReader, column: str, title: str, teams: TeamNames | None) -> Claim:
    """What a row wants to be called; the content that tells blank ones apart is made for these only."""
    typed = row.text(column)
    if typed:
        return Claim(row.place, row.row.number, typed)
    owner = next(iter(teams.split(row.text("Team"))), "") if teams else ""
    name = (teams.shown(owner) if teams and owner else "") or row.table.file.rpartition(".")[0] or row.table.file
    content = "\n".join([row.text(title), *(f"{key}={row.text(key)}" for key in sorted(row.row.values))])
    return Claim(row.place, row.row.number, "", abbreviate(name), content)


def _report_id(row: RowReader, claim: Claim, column: str) -> None:
    """Say what became of an id that is missing or a date."""
    if not claim.typed:
        row.report(rules.MISSING_ID, f"is the id made up for a row that has none ({column}).", column)
    elif isinstance(row.row.values.get(column), date):
        row.report(rules.EXCEL_DATE, "is an id that Excel took for a date; used as it stands.", column)


def _report_shared(groups: Sequence[Sequence[RowReader]], column: str, findings: Findings) -> None:
    """Say, once for all ids that the same sources use, how the rows are called now."""
    ordered = sorted((sorted(rows, key=lambda row: row.subject) for rows in groups), key=_first_typed(column))
    typed = [f'"{rows[0].text(column)}"' for rows in ordered]
    named = ", ".join(typed[:EXAMPLES])
    more = f" and {len(typed) - EXAMPLES} more" if len(typed) > EXAMPLES else ""
    names = ", ".join(f'"{row.subject}"' for row in ordered[0])
    sources = len({row.place for row in ordered[0]})
    text = f"{named}{more} {'stands' if len(typed) == 1 else 'stand'} in {sources} sources; now called {names}"
    cells = [row.cell(column) for rows in ordered[:EXAMPLES] for row in rows]
    findings.report(rules.DUPLICATE_ID, f"{text}{'' if len(typed) == 1 else ' and so on'}.", *cells)


def _first_typed(column: str) -> Callable[[Sequence[RowReader]], NaturalKey]:
    """Sorts groups of rows by the id that they share."""
    return lambda rows: natural_key(rows[0].text(column))


def name_items_of_tasks(sheets: Sheets, findings: Findings) -> Namespace:
    """Items by what tasks and asks call them, where there is no sheet Roadmap; their spelling first in order."""
    typed = {
        entry
        for kind, column in (("Tasks", "Item ID(s)"), ("Asks", "Item ID"))
        for text in {row.text(column) for row in sheets.rows(kind)}
        for entry in split_list(text)
    }
    spelled = {id_key(entry): entry for entry in sorted(typed, reverse=True)}
    if spelled:
        findings.assume("Item ID(s)", "items without a sheet Roadmap", f"{len(spelled)} items as the tasks name them")
    return Namespace([Claim(ANYWHERE, 0, entry) for _, entry in sorted(spelled.items())])


def name_teams(sheets: Sheets, findings: Findings) -> TeamNames:
    """All teams: those of the sheet Teams, and those that other sheets name."""
    listed = [row.text("Team") for row in sheets.rows("Teams")]
    formerly: Mapping[str, tuple[str, ...]] = {
        row.text("Team"): split_list(row.text("Formerly")) for row in sheets.rows("Teams") if row.has("Formerly")
    }
    cells = {row.text(column) for kind, column in TEAM_COLUMNS.items() for row in sheets.rows(kind)}
    names = TeamNames(listed, formerly, cells - {""})
    if not names.any_listed and names.count:
        findings.assume("Team", "teams without a sheet Teams", f"{names.count} teams as the rows name them")
    return names
