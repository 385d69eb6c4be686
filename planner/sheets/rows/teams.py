"""Rows of the sheets Teams, Capacity and Components."""

from planner.domain.roadmap import CapacityChange, Component, Team
from planner.sheets import rules
from planner.sheets.rows.context import Context
from planner.sheets.rows.reader import RowReader
from planner.sheets.values import (
    DateMark,
    Shares,
    parse_choice,
    parse_country,
    parse_date,
    parse_first_date,
    parse_friction,
    parse_integer,
    parse_list,
    parse_number,
    parse_percent,
    parse_shares,
)
from planner.sheets.values.words import ComponentStatus

_parse_component_status = parse_choice(ComponentStatus)


def read_team(reader: RowReader, context: Context) -> Team:
    """The team of a row that has a name."""
    reader.subject = reader.text("Team")
    friction, friction_by_team = reader.read("Friction", parse_friction, (None, ()))
    return Team(
        name=reader.subject,
        source=reader.source,
        formerly=reader.read("Formerly", parse_list, ()),
        org=reader.text("Org"),
        manager=reader.text("Manager"),
        engineers=reader.amount("Engineers"),
        on_call=reader.amount("On call"),
        operations=reader.read("Operations", parse_percent, None),
        country=reader.read("Calendar", parse_country, ""),
        wip_limit=reader.read("WIP limit", parse_integer, None),
        friction=friction,
        friction_by_team=_named(friction_by_team, reader, "Friction", context),
        extra=reader.row.extra,
    )


def read_capacity(reader: RowReader, context: Context) -> tuple[CapacityChange, ...]:
    """One change for each team of the row; none where team or change is missing."""
    reader.subject = reader.text("Team") or reader.subject
    teams = context.team_cell(reader, "Team")
    change = reader.read("Change", parse_number, None)
    if not teams or change is None:
        missing = "Team" if not teams else "Change"
        reader.set_aside(f"has no usable {missing}", missing)
        return ()
    start = reader.read("Start", parse_first_date, DateMark()).day
    end = reader.read("End", parse_date, DateMark()).day
    if start and end and end < start:
        reader.report(
            rules.REVERSED_DATES, f"has an End ({end}) before its Start ({start}); swapped.", "Start", "End"
        )
        start, end = end, start
    return tuple(CapacityChange(team, change, reader.source, start, end, reader.text("Note")) for team in teams)


def read_component(reader: RowReader, context: Context) -> Component:
    """The component of a row that has a name."""
    reader.subject = reader.text("Component")
    status = reader.read("Status", _parse_component_status, None)
    return Component(
        name=reader.subject,
        source=reader.source,
        owner=next(iter(context.team_cell(reader, "Owner")), ""),
        status=(status or ComponentStatus.ACTIVE).value,
        retires_on=reader.read("Retires on", parse_date, DateMark()).day,
        consumers=_named(reader.read("Consumers", parse_shares, ()), reader, "Consumers", context),
        extra=reader.row.extra,
    )


def _named(shares: Shares, reader: RowReader, column: str, context: Context) -> Shares:
    """Shares under the teams' names."""
    return tuple((context.team(typed, reader.cell(column)), amount) for typed, amount in shares)
