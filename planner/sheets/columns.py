"""`columns.csv` as data: the one place that lists the columns of every sheet."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one sheet; `type` is the name of a parser in `sheets.values`, `choices` those of a choice."""

    sheet: str
    name: str
    aliases: tuple[str, ...]
    type: str
    choices: tuple[str, ...]
    unit: str
    default: str
    required: bool
    group: str
    help: str


@cache
def all_columns() -> tuple[Column, ...]:
    """Every column of every sheet, in the order of the file."""
    text = files("planner.sheets").joinpath("columns.csv").read_text(encoding="utf-8")
    return tuple(_column(line) for line in csv.DictReader(text.splitlines()))


def _column(line: dict[str, str]) -> Column:
    kind, _, choices = line["type"].partition(":")
    return Column(
        sheet=line["sheet"],
        name=line["name"],
        aliases=tuple(alias.strip() for alias in line["aliases"].split(";") if alias.strip()),
        type=kind,
        choices=tuple(choices.split("|")) if choices else (),
        unit=line["unit"],
        default=line["default"],
        required=line["required"] == "yes",
        group=line["group"],
        help=line["help"],
    )


@cache
def sheet_names() -> tuple[str, ...]:
    """The sheets of ours, in order: Roadmap, Tasks, Teams, ..."""
    return tuple(dict.fromkeys(column.sheet for column in all_columns()))


@cache
def columns_of(sheet: str) -> tuple[Column, ...]:
    """The columns of one sheet, in order."""
    return tuple(column for column in all_columns() if column.sheet == sheet)
