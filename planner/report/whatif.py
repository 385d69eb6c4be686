"""Scenarios side by side, and one that was adopted, for people and for programs."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from rich.cells import set_cell_size

from planner.domain.relaxation import Relaxation
from planner.domain.scenario import Adopted, Compared, ComparedItem, Comparison, ItemOutcome
from planner.domain.units import DAYS_PER_WEEK
from planner.report.columns import aligned
from planner.report.wording import count, day, full_day, listing, number, percent, plain, weeks

VERSION = 1
MOST_ITEMS, MOST_TEAMS, TITLE = 15, 6, 34
"""Rows that the text shows, and how much of a title; programs get all."""


def comparison_text(found: Comparison, width: int) -> str:
    """What each scenario costs, which promises it breaks and what would keep them, what lands when, who is busy."""
    lines = [f"{plain(found.title)}, as of {full_day(found.as_of)}", "", *_totals(found)]
    for one in found.scenarios[1:]:
        lines.append("")
        for sentence in _sentences(one, found):
            lines += textwrap.wrap(plain(sentence), width, subsequent_indent="  ")
    lines += ["", *_landings(found), *_busy(found), ""]
    lines += textwrap.wrap(
        f"The plans are searched with equal effort; {weeks(found.within)} of the base's cost are not proven to be "
        "needed, so small differences may be the search's.",
        width,
    )
    if found.interrupted:
        lines.append("Interrupted: the best plans so far; what would keep the promises was not asked for all.")
    return "\n".join(lines) + "\n"


def _totals(found: Comparison) -> list[str]:
    """One column a scenario."""
    every = found.scenarios
    rows = [("", *(plain(one.name) for one in every))]
    rows.append(("done", *(day(one.finish, found.as_of) for one in every)))
    rows.append(("cost in engineer-weeks", *(_weeks(one, one.cost) for one in every)))
    for term in every[0].terms:
        values = ({t.letter: t.value for t in one.terms}.get(term.letter, 0.0) for one in every)
        rows.append((f"  {term.name}", *(_weeks(one, value) for one, value in zip(every, values, strict=True))))
    rows.append(("items late", *(str(one.late) if one.possible else "–" for one in every)))
    rows.append(("promises broken", "", *(str(len(one.broken)) if one.possible else "–" for one in every[1:])))
    return aligned(rows)


def _weeks(one: Compared, value: float) -> str:
    return number(value / DAYS_PER_WEEK) if one.possible else "no plan"


def _sentences(one: Compared, found: Comparison) -> list[str]:
    """What one scenario means: its title, its cost, its promises."""
    head = f"{one.name}: {one.title}."
    if not one.possible:
        said = [f"{head} It is impossible: {'; '.join(one.clash)}."]
        return [*said, *_ways("Fits only if", one.fits)]
    more = weeks(abs(one.change))
    cost = f"costs {more} {'more' if one.change > 0 else 'less'}" if abs(one.change) >= 0.05 else "costs the same"
    said = [f"{head} It {cost}; {_broken(one)}{_kept(one)}."]
    if one.fits_at is not None:
        price = f"for {weeks(one.fits_at)} of delay and rework elsewhere" if one.fits_at >= 0.25 else "at no cost"
        said.append(f"{_they(one)} can be kept {price}.")
    return [*said, *_ways(f"{_they(one)} can be kept only if", one.fits)]


def _broken(one: Compared) -> str:
    if not one.broken:
        return "it breaks no promise"
    return f"it breaks {count(len(one.broken), 'promise')}: {listing(one.broken, 6)}"


def _they(one: Compared) -> str:
    return "It" if len(one.broken) == 1 else "They"


def _kept(one: Compared) -> str:
    return f", and keeps {listing(one.kept, 6)} that the base breaks" if one.kept else ""


def _ways(start: str, ways: Sequence[Relaxation]) -> list[str]:
    """The cheapest ways, one a line."""
    if not ways:
        return []
    first, *rest = (f"{way.text[:1].lower()}{way.text[1:]}" for way in ways)
    return [f"{start} you {first}.", *(f"  or {way}." for way in rest)]


def _landings(found: Comparison) -> list[str]:
    """Items that land on another day somewhere; scenarios without a plan have no column."""
    possible = [i for i, one in enumerate(found.scenarios) if one.possible]
    items = [replace(row, outcomes=tuple(row.outcomes[i] for i in possible)) for row in found.items]
    moving = [row for row in items if _differs(row)]
    if not moving:
        return ["Every item lands on the same day in all of them."]
    rows = [("lands", "", *(plain(found.scenarios[i].name) for i in possible), "target")]
    rows += [
        (
            row.id,
            set_cell_size(plain(row.title), TITLE).rstrip(),
            *(_landing(one, found.as_of) for one in row.outcomes),
            " ".join(filter(None, (row.target, row.commitment))),
        )
        for row in moving[:MOST_ITEMS]
    ]
    lines = aligned(rows, (0, 1, len(rows[0]) - 1))
    more, same = len(moving) - MOST_ITEMS, len(items) - len(moving)
    if more > 0:
        lines.append(f"... and {count(more, 'item')} more that move less; --json has all")
    if same:
        lines.append(f"{count(same, 'item')} {'lands' if same == 1 else 'land'} on the same day in all of them.")
    return lines


def _differs(row: ComparedItem) -> bool:
    return len({one.lands for one in row.outcomes}) > 1


def _landing(one: ItemOutcome, today: date) -> str:
    """A day, how far it has moved, and a mark where it is late."""
    if one.lands is None:
        return "–"
    moved = f" {one.moved:+d}" if one.moved else ""
    return f"{day(one.lands, today)}{moved}{' late' if one.days_late else ''}"


def _busy(found: Comparison) -> list[str]:
    """The teams whose load changes most; scenarios without a plan have no column."""
    possible = [i for i, one in enumerate(found.scenarios) if one.possible]
    shares = [replace(team, busy=tuple(team.busy[i] for i in possible)) for team in found.teams]
    teams = [team for team in shares if max(team.busy) - min(team.busy) >= 0.005][:MOST_TEAMS]
    if not teams:
        return []
    rows = [("busy until its last task", *(plain(found.scenarios[i].name) for i in possible))]
    rows += [(plain(team.name), *(percent(share) for share in team.busy)) for team in teams]
    return ["", *aligned(rows)]


def comparison_json(found: Comparison) -> str:
    """Everything; costs in ED, dates ISO."""
    return _json({"version": VERSION, **asdict(found)})


def adopted_text(done: Adopted) -> str:
    """Every cell that was written."""
    lines = [f"{done.name} is in {', '.join(done.workbooks)} now; the old file stays as .bak."]
    lines += [
        f"  {cell.cell}  {plain(cell.column)}: {_before(cell.before)}{_after(cell.after)}" for cell in done.cells
    ]
    return "\n".join(lines) + "\n"


def _before(text: str) -> str:
    return f"{plain(text)} → " if text else ""


def _after(text: str) -> str:
    return plain(text) or "blank"


def adopted_json(done: Adopted) -> str:
    """The same for programs."""
    return _json({"version": VERSION, **asdict(done)})


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, default=lambda value: value.isoformat()) + "\n"
