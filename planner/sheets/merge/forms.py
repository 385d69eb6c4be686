"""When two cells say the same: as typed, whatever its spelling by the type of the column, and by what is meant.

As typed, a date equals its ISO text, 5 equals 5.0, "2 w" equals "2w", a list has no order, words of a drop-down no
case; "M" is not 10, and "closed" is not "done": an edit from one to the other is an edit. By meaning these are the
same; that tells a clash from two ways of saying one thing.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from planner.domain.edits import CellValue
from planner.domain.roadmap import id_key
from planner.sheets import rules
from planner.sheets.columns import Column
from planner.sheets.merge.grid import GridColumn
from planner.sheets.table import Value
from planner.sheets.values import (
    Conventions,
    Parsed,
    fold,
    parse_choice,
    parse_cost,
    parse_country,
    parse_date,
    parse_debt,
    parse_dependencies,
    parse_duration,
    parse_effort,
    parse_engineers,
    parse_friction,
    parse_integer,
    parse_number,
    parse_options,
    parse_percent,
    parse_probability,
    parse_settings,
    parse_shares,
    parse_status,
    parse_target,
    parse_touches,
    parse_yesno,
    split_list,
    text_of,
)
from planner.sheets.values.parsed import UNDECIDED
from planner.sheets.values.words import WORDS

Parse = Callable[[Value, Conventions], Parsed[Hashable]]

ORDERED = frozenset({("Tasks", "Team")})
"""Lists whose first entry is special: the owner."""

_TEXTS = frozenset({"text"})
_LISTS = frozenset({"ids", "list"})
_WORDS = frozenset({"choice", "status", "country"})

_NUMBERS: Mapping[str, Parse] = {
    "number": parse_number,
    "integer": parse_integer,
    "duration": parse_duration,
    "percent": parse_percent,
    "probability": parse_probability,
    "yesno": parse_yesno,
    "date": parse_date,
    "target": parse_target,
    "effort": parse_effort,
    "cost": parse_cost,
    "engineers": parse_engineers,
    "friction": parse_friction,
    "shares": parse_shares,
    "options": parse_options,
    "settings": parse_settings,
    "touches": parse_touches,
    "debt": parse_debt,
}
"""Parser by type, where the value that is read tells whether two cells are the same."""

_SETS = frozenset({"shares", "options", "settings", "touches"})
"""Of these the order of the entries says nothing."""


@dataclass(frozen=True)
class Typed:
    """A value with its column, which says how it is read; `form` and `meaning` are None for a blank."""

    value: CellValue
    column: GridColumn | None

    @property
    def is_blank(self) -> bool:
        """Nothing stands there."""
        return self.value is None

    @property
    def form(self) -> Hashable:
        """What was typed, without what spelling varies."""
        return None if self.value is None else _form(self.value, self.column)

    @property
    def meaning(self) -> Hashable:
        """What a plan takes it for."""
        return None if self.value is None else _meaning(self.value, self.column)


def same(one: Typed, other: Typed) -> bool:
    """Whether both were typed alike."""
    if one.value is None or other.value is None:
        return one.value is other.value
    if type(one.value) is type(other.value) and one.value == other.value:
        return True
    return one.form == other.form


def means_same(one: Typed, other: Typed) -> bool:
    """Whether a plan takes both for the same."""
    return same(one, other) or one.meaning == other.meaning


def is_undecided(value: CellValue) -> bool:
    """Whether a cell says that somebody will fill it one day: TBD."""
    return isinstance(value, str) and fold(value) in UNDECIDED


def can_be_read(typed: Typed) -> bool:
    """Whether a plan can make something of a value that is neither blank nor undecided."""
    column = typed.column.column if typed.column else None
    if typed.value is None or typed.column is None or column is None:
        return True
    parse = _parser(column)
    return parse is None or not any(
        problem.rule in (rules.UNREADABLE_VALUE, rules.UNKNOWN_CHOICE, rules.OUT_OF_RANGE)
        for problem in parse(typed.value, typed.column.conventions).problems
    )


def _form(value: CellValue, grid_column: GridColumn | None) -> Hashable:
    column = grid_column.column if grid_column else None
    if grid_column is None or column is None or column.type in _TEXTS:
        return _text(value)
    if column.type == "id":
        return id_key(text_of(value))
    if column.type in _LISTS:
        return _entries(value, column)
    if column.type == "dependencies":
        return _references(value)
    if column.type in _WORDS:
        return fold(text_of(value))
    parsed = _NUMBERS[column.type](value, replace(grid_column.conventions, sizes={}))
    is_certain = not parsed.assumed and all(problem.rule is rules.AMBIGUOUS_DATE for problem in parsed.problems)
    return _read(parsed, column) if is_certain and _says_something(parsed) else fold(text_of(value))


def _meaning(value: CellValue, grid_column: GridColumn | None) -> Hashable:
    column = grid_column.column if grid_column else None
    parse = _parser(column) if column else None
    if grid_column is None or column is None or parse is None:
        return _form(value, grid_column)
    parsed = parse(value, grid_column.conventions)
    return _read(parsed, column) if _says_something(parsed) else _form(value, grid_column)


def _says_something(parsed: Parsed[Hashable]) -> bool:
    return parsed.value not in (None, (), "", (None, ()))


def _read(parsed: Parsed[Hashable], column: Column) -> Hashable:
    value = parsed.value
    if isinstance(value, float):
        return round(value, 9)
    if column.type == "target" and isinstance(value, tuple):
        return tuple((target.first, target.last, target.precision == "release") for target in value)
    return frozenset(value) if column.type in _SETS and isinstance(value, tuple) else value


def _text(value: CellValue) -> str:
    """Text with one kind of line ends; a number or date as it is shown."""
    if isinstance(value, bool):
        return str(value).upper()
    return text_of(value).replace("\r\n", "\n").replace("\r", "\n")


def _entries(value: CellValue, column: Column) -> Hashable:
    found = [id_key(entry) for entry in split_list(text_of(value))]
    return tuple(found) if (column.sheet, column.name) in ORDERED else frozenset(found)


def _references(value: CellValue) -> Hashable:
    return frozenset(
        (id_key(reference.id), reference.link, reference.lag, reference.strength)
        for reference in parse_dependencies(value, lambda _: False).value
    )


@cache
def _parser(column: Column) -> Parse | None:
    """The parser that tells what a cell of the column means; None where its form tells."""
    if column.type == "status":
        return parse_status
    if column.type == "country":
        return parse_country
    if column.type == "choice":
        kind = next(kind for kind in WORDS if set(column.choices) <= {member.value for member in kind})
        return parse_choice(kind)
    return _NUMBERS.get(column.type)
