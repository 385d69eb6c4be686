"""Rows of the sheets Roadmap and Asks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from planner.domain.roadmap import Ask, Commitment, Item, Origin, Priority, Status, Target
from planner.sheets import rules
from planner.sheets.rows.context import Context
from planner.sheets.rows.reader import RowReader
from planner.sheets.table import Value
from planner.sheets.values import (
    Conventions,
    Effort,
    Parsed,
    parse_choice,
    parse_cost,
    parse_effort,
    parse_list,
    parse_status,
    parse_target,
)

Releases = Mapping[str, tuple[date, date]]
"""Folded name of a release -> its first and last day."""

_parse_origin = parse_choice(Origin)
_parse_priority = parse_choice(Priority)
_parse_commitment = parse_choice(Commitment)


def read_item(reader: RowReader, releases: Releases) -> Item:
    """The item of a row whose id (`reader.subject`) is known; a target that is no date stays as text in `extra`."""

    def parse(value: Value, conventions: Conventions) -> Parsed[tuple[Target, ...]]:
        return parse_target(value, replace(conventions, releases=releases))

    targets = reader.read("Target", parse, ())
    as_text = (("Target", reader.text("Target")),) if reader.has("Target") and not targets else ()
    return Item(
        id=reader.subject,
        source=reader.source,
        title=reader.text("Title"),
        description=reader.text("Description"),
        origin=reader.read("Source", _parse_origin, None),
        customer=reader.text("Customer"),
        evidence=reader.text("Evidence"),
        pm=reader.text("PM"),
        priority=reader.read("Priority", _parse_priority, None),
        cost_of_delay=reader.read("Cost of delay", parse_cost, None),
        targets=targets,
        commitment=reader.read("Commitment", _parse_commitment, None),
        status=reader.read("Status", parse_status, None) or Status.PLANNED,
        audience=reader.read("Audience", parse_list, ()),
        extra=as_text + reader.row.extra,
    )


def read_asks(reader: RowReader, context: Context) -> tuple[Ask, ...]:
    """One ask for each team of the row; none where the item or the team is missing or unknown."""
    reader.subject = reader.text("Item ID") or reader.subject
    missing = [column for column in ("Item ID", "Team") if not reader.has(column)]
    if missing:
        reader.set_aside(f"has no {' and no '.join(missing)}", *missing)
        return ()
    item = context.reference(context.items, reader.text("Item ID"), reader, "Item ID", rules.UNKNOWN_ITEM)
    if item is None:
        return ()
    size = reader.read("Size", parse_effort, Effort()).estimate
    teams = context.team_cell(reader, "Team")
    return tuple(Ask(item, team, reader.source, size, reader.text("Note")) for team in teams)
