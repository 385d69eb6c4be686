"""Scenarios: a small TOML file becomes rows, and the rows change the tables as if somebody had typed them there.

title = "A big bank signs"

[[add.roadmap]]            # a sheet of ours, a value for each column
"Item ID" = "ASK-90"
Priority = "P0"

[[change.teams]]           # the id column says which row, the rest what changes
Team = "Ledger"
Engineers = 6

[drop]                     # ids; a dropped task or item stays on its sheet, marked as dropped
tasks = ["WEB-3"]
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from planner.domain.errors import UserError
from planner.domain.roadmap import id_key
from planner.domain.scenario import Act, Scenario, ScenarioRow, ScenarioValue
from planner.sheets.columns import columns_of, sheet_names
from planner.sheets.grid import as_text
from planner.sheets.headers import normal
from planner.sheets.table import Row, Table

KEYS = {
    "Roadmap": "Item ID",
    "Tasks": "Task ID",
    "Teams": "Team",
    "Components": "Component",
    "Decisions": "Decision ID",
    "Hypotheses": "Hypothesis ID",
    "Calendar": "Name",
}
"""The id column of the sheets whose rows can be changed or dropped."""

WITH_STATUS = ("Roadmap", "Tasks")
"""A dropped row of these stays, with this status."""
DROPPED = "dropped"
WORDS = {"items": "Roadmap", "item": "Roadmap", "task": "Tasks", "team": "Teams"}
"""What people call sheets besides their names."""


def read_scenario(text: str, name: str, file: str) -> Scenario:
    """A scenario from TOML.

    Raises
    ------
    UserError
        If the text is no TOML, or names an act, a sheet or a column that there is not; says what is meant.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f'{file}: this is no TOML: {error}. A scenario begins like: title = "A bank signs"') from None
    title = content.pop("title", name)
    if not isinstance(title, str):
        raise UserError(f"{file}: title has to be a text in quotes")
    rows: list[ScenarioRow] = []
    for act, sheets in content.items():
        if act not in list(Act) or not isinstance(sheets, dict):
            raise UserError(f"{file}: {act!r} is nothing that a scenario does (must be one of add, change, drop)")
        for word, entries in sheets.items():
            sheet = _sheet(word, file)
            for entry in entries if isinstance(entries, list) else [entries]:
                rows.append(_row(Act(act), sheet, entry, len(rows) + 1, file))
    return Scenario(name, title, file, tuple(rows))


def _sheet(word: str, file: str) -> str:
    known = {name.casefold(): name for name in sheet_names()} | WORDS
    found = known.get(word.casefold())
    if found is None:
        close = get_close_matches(word.casefold(), known, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else f" There are: {', '.join(sheet_names())}."
        raise UserError(f"{file}: {word!r} is no sheet of ours.{hint}")
    return found


def _row(act: Act, sheet: str, entry: Any, number: int, file: str) -> ScenarioRow:
    where = f"{file}: {act}.{sheet.lower()}, entry {number}"
    key_column = KEYS.get(sheet)
    if act is not Act.ADD and key_column is None:
        raise UserError(f"{where}: rows of {sheet} have no id, they can only be added")
    if act is Act.DROP and isinstance(entry, str):
        entry = {key_column: entry}
    if not isinstance(entry, dict):
        raise UserError(f"{where}: has to be a table of columns and values" + (" or an id" * (act is Act.DROP)))
    values = {_column(sheet, header, where): _value(value, header, where) for header, value in entry.items()}
    key = str(values.get(key_column, "")).strip() if key_column else ""
    if key_column and not key:
        raise UserError(f"{where}: says no {key_column}")
    return ScenarioRow(act, sheet, key, values, number)


def _column(sheet: str, header: str, where: str) -> str:
    """Our name of a column, by its name or an alias."""
    known: dict[str, str] = {}
    for column in columns_of(sheet):
        for name in (column.name, *column.aliases):
            known.setdefault(normal(name), column.name)
    found = known.get(normal(header))
    if found is None:
        names = [column.name for column in columns_of(sheet)]
        close = get_close_matches(header, names, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else f" There are: {', '.join(names)}."
        raise UserError(f"{where}: {header!r} is no column of {sheet}.{hint}")
    return found


def _value(value: Any, header: str, where: str) -> ScenarioValue:
    if isinstance(value, list):
        return "; ".join(str(_value(part, header, where)) for part in value)
    if isinstance(value, str | int | float | date | datetime):
        return value
    raise UserError(f"{where}: {header!r} has to be a text, a number, a date or a list of them")


def with_scenario(tables: Sequence[Table], scenario: Scenario) -> tuple[Table, ...]:
    """The tables as they would be with the scenario.

    Raises
    ------
    UserError
        If it adds an id or a row that is there, or changes or drops one that is not.
    """
    known = list(tables)
    for row in scenario.rows:
        if row.act is Act.ADD:
            _refuse_known(known, row, scenario)
        else:
            place, line = placed(known, row, scenario.file)
            known[place] = _with_row(known[place], line, row)
    return (*known, *_added(scenario, tables))


def placed(tables: Sequence[Table], row: ScenarioRow, file: str) -> tuple[int, Row]:
    """The table, by position, and the row that a scenario changes or drops; raises UserError where there is none."""
    found = _find(tables, row)
    if found is None:
        known = [as_text(line.values.get(KEYS[row.sheet])) for t in tables if t.kind == row.sheet for line in t.rows]
        close = get_close_matches(row.key, known, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise UserError(f"{file}: {row.act}s {row.key!r}, which is not on the sheet {row.sheet}.{hint}")
    return found


def _find(tables: Sequence[Table], row: ScenarioRow) -> tuple[int, Row] | None:
    key, column = id_key(row.key), KEYS[row.sheet]
    return next(
        (
            (place, line)
            for place, table in enumerate(tables)
            if table.kind == row.sheet
            for line in table.rows
            if id_key(as_text(line.values.get(column))) == key
        ),
        None,
    )


def _refuse_known(tables: Sequence[Table], row: ScenarioRow, scenario: Scenario) -> None:
    if row.sheet in KEYS and _find(tables, row):
        raise UserError(f"{scenario.file}: adds {row.key!r}, which is on the sheet {row.sheet} already: change it")
    if row.sheet not in KEYS and _stands(tables, row):
        raise UserError(
            f"{scenario.file}: entry {row.number} adds a row that stands on the sheet {row.sheet}: was it adopted?"
        )
    if row.sheet == "Roadmap" and not any(table.kind == "Roadmap" for table in tables):
        raise UserError(f"{scenario.file}: adds an item, and there is no sheet Roadmap: add one first")


def _stands(tables: Sequence[Table], row: ScenarioRow) -> bool:
    """Whether a row with all these values is there; rows of this sheet have no id to know them by."""
    wanted = {name: id_key(as_text(value)) for name, value in _filled(row.values).items()}
    return any(
        all(id_key(as_text(line.values.get(name))) == value for name, value in wanted.items())
        for table in tables
        if table.kind == row.sheet
        for line in table.rows
    )


def _with_row(table: Table, line: Row, row: ScenarioRow) -> Table:
    """The table with one row changed, marked as dropped, or gone."""
    rows = []
    for known in table.rows:
        if known.number != line.number:
            rows.append(known)
        elif row.act is Act.CHANGE:
            changed = {name: value for name, value in _filled(row.values).items() if name != KEYS[row.sheet]}
            rows.append(replace(known, values={**known.values, **changed}))
        elif row.sheet in WITH_STATUS:
            rows.append(replace(known, values={**known.values, "Status": DROPPED}))
    return replace(table, rows=tuple(rows))


def _filled(values: Mapping[str, ScenarioValue]) -> Mapping[str, ScenarioValue | None]:
    """Values as a reader gives them: an empty text is a blank cell."""
    return {name: None if value == "" else value for name, value in values.items()}


def _added(scenario: Scenario, tables: Sequence[Table]) -> tuple[Table, ...]:
    """The rows that are added, one table a sheet.

    They stand below the last row of the first table of their sheet, where `adopt` puts them: ids mean the same there,
    and doubts about them are cited by those rows. Where no file has the sheet yet, they are cited by the scenario.
    """
    added = []
    for sheet in dict.fromkeys(row.sheet for row in scenario.rows if row.act is Act.ADD):
        rows = [row for row in scenario.rows if row.act is Act.ADD and row.sheet == sheet]
        names = tuple(dict.fromkeys(name for row in rows for name in row.values))
        first = next((table for table in tables if table.kind == sheet), None)
        below = max((row.number for row in first.rows), default=first.header_row) if first else 0
        added.append(
            Table(
                file=first.file if first else scenario.file,
                sheet=first.sheet if first else "",
                kind=sheet,
                header_row=first.header_row if first else 0,
                columns=first.columns if first else {},
                headers={**{name: name for name in names}, **(first.headers if first else {})},
                rows=tuple(Row(below + place, _present(row.values)) for place, row in enumerate(rows, 1)),
            )
        )
    return tuple(added)


def _present(values: Mapping[str, ScenarioValue]) -> Mapping[str, ScenarioValue]:
    return {name: value for name, value in values.items() if value != ""}
