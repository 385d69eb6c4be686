"""What became of a baseline: as text, as JSON, and as a paper for the reports."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date

from planner.domain.closing import Calibration, CarriedDebt, Closing, Outcome, Promise, TeamRecord, Waste
from planner.domain.paper import Align, Block, Callout, Column, Heading, Paper, Paragraph, Stamp, Table
from planner.domain.roadmap import id_key
from planner.report.wording import count, day, full_day, listing, number, plain, weeks

MOST = 15
"""Rows of a table on the terminal; the paper and --json have all."""
FEWEST = 5
"""Tasks from which on a team's ratio is worth acting on."""
WORST_FIRST = (Outcome.OVERDUE, Outcome.LATE, Outcome.UNDATED, Outcome.KEPT, Outcome.DROPPED, Outcome.OPEN)

Rows = tuple[tuple[str, ...], ...]


def closing_text(found: Closing, width: int) -> str:
    """Promises kept and broken, how good estimates were, what was wasted, what is owed; ends with a newline."""
    lines = textwrap.wrap(_headline(found), width)
    for title, header, rows in _tables(_worth_a_look(found)):
        if rows:
            lines += ["", title, *_columns(header, rows, width)]
    return "\n".join([*lines, "", *(line for note in _notes(found) for line in textwrap.wrap(note, width))]) + "\n"


def _worth_a_look(found: Closing) -> Closing:
    """Without what is not due yet and ratios of a few tasks; teams that were late most often first."""

    def missed(team: TeamRecord) -> int:
        return team.outcomes[Outcome.OVERDUE] + team.outcomes[Outcome.LATE]

    def is_solid(one: Calibration) -> bool:
        return not one.team or max(one.effort_tasks, one.duration_tasks) >= FEWEST

    return replace(
        found,
        items=tuple(item for item in found.items if item.outcome is not Outcome.OPEN),
        teams=tuple(sorted(found.teams, key=lambda team: (-missed(team), id_key(team.team)))),
        calibration=tuple(filter(is_solid, found.calibration)),
    )


def _headline(found: Closing) -> str:
    counts = ", ".join(
        f"{len(found.items_with(outcome))} {outcome}" for outcome in Outcome if found.items_with(outcome)
    )
    missed = sum(item.missed_target for item in found.items)
    targets = sum(bool(item.target) for item in found.items)
    promised = f"{found.name}, promised on {full_day(found.promised_as_of)}, as of {full_day(found.as_of)}"
    said = f"{promised}: {count(len(found.items), 'item')}: {counts}." if counts else f"{promised}: no item."
    return plain(f"{said} {missed} of {count(targets, 'target')} missed." if targets else said)


def _tables(found: Closing) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    """Title, headers and rows of each table."""
    today = found.as_of
    header: tuple[str, ...] = ("item", "promised", "actual", "days", "outcome", "target", "title")
    yield "ITEMS", header, tuple(_item(item, today) for item in _worst_first(found.items))
    header = ("team", "due", "kept", "late", "overdue", "dropped", "median days late")
    yield "TEAMS", header, tuple(_team(team) for team in found.teams if team.due)
    header = ("team", "effort: actual / P50", "tasks", "spread", "days: actual / planned", "tasks", "spread")
    known = [one for one in found.calibration if one.effort_tasks or one.duration_tasks]
    yield "ESTIMATES", header, tuple(map(_calibration, known))
    header = ("task", "thrown away", "why", "title")
    yield "WORK THAT WAS WASTED", header, tuple(map(_waste, found.waste))
    header = ("task", "principal", "interest", "repaid by")
    yield "DEBT CARRIED", header, tuple(map(_debt, found.debt))


def _worst_first(promises: Sequence[Promise]) -> list[Promise]:
    rank = {outcome: k for k, outcome in enumerate(WORST_FIRST)}
    return sorted(promises, key=lambda p: (rank[p.outcome], -(p.days or 0)))


def _item(item: Promise, today: date) -> tuple[str, ...]:
    target = f"{item.target}{' missed' if item.missed_target else ''}" if item.target else "–"
    return (
        item.id,
        day(item.promised, today),
        day(item.actual, today),
        _signed(item.days),
        str(item.outcome),
        target,
        item.title,
    )


def _signed(days: int | None) -> str:
    return "–" if days is None else f"{days:+d}" if days else "0"


def _team(team: TeamRecord) -> tuple[str, ...]:
    counts = team.outcomes
    days = "–" if team.median_days is None else number(team.median_days)
    shown = (Outcome.KEPT, Outcome.LATE, Outcome.OVERDUE, Outcome.DROPPED)
    return (team.team, str(team.due), *(str(counts[outcome]) for outcome in shown), days)


def _calibration(one: Calibration) -> tuple[str, ...]:
    return (
        one.team or "all",
        _ratio(one.effort),
        str(one.effort_tasks),
        _spread(one.effort_spread),
        _ratio(one.duration),
        str(one.duration_tasks),
        _spread(one.duration_spread),
    )


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _spread(value: float | None) -> str:
    """Two thirds of the tasks lie within a factor."""
    return "–" if value is None else f"x/÷ {value:.2f}"


def _waste(waste: Waste) -> tuple[str, ...]:
    return (waste.task, "?" if waste.effort is None else weeks(waste.effort), waste.why, waste.title)


def _debt(debt: CarriedDebt) -> tuple[str, ...]:
    repaid = listing(debt.repaid_by) if debt.repaid_by else "nobody"
    return (debt.task, weeks(debt.principal), f"{number(debt.interest)} ED a day", repaid)


def _notes(found: Closing) -> Iterator[str]:
    """Throwaway and debt in one sentence each, and what to do about the estimates."""
    real = f"{weeks(found.throwaway_real)} happened" if found.waste else "the sheets tell of none"
    yield f"Throwaway: {weeks(found.throwaway_expected)} were expected, {real}."
    yield f"Debt: {weeks(found.debt_before)} were owed then, {weeks(found.debt_now)} now."
    for one in found.calibration:
        ratio, tasks, what = (
            (one.effort, one.effort_tasks, "effort")
            if one.effort_tasks >= FEWEST
            else (one.duration, one.duration_tasks, "time")
        )
        if ratio is None or tasks < FEWEST or 0.9 <= ratio <= 1.1:
            continue
        whose = f"{plain(one.team)}'s work" if one.team else "Work"
        over = f"geometric mean of {count(tasks, 'task')}"
        yield f"{whose} took {ratio:.2f} times the {what} that was planned ({over})."
    if not any(one.effort_tasks for one in found.calibration):
        yield 'Type what was spent into the column "Actual effort" of the sheet Tasks to calibrate efforts, too.'


def _columns(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    shown = [[plain(cell) for cell in row] for row in (header, *rows[:MOST])]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines = ("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in shown)
    cut = [f"  {line if len(line) <= width - 2 else line[: width - 3] + '…'}" for line in lines]
    more = len(rows) - MOST
    return [*cut, f"  ... and {more} more in close.md"] if more > 0 else cut


def closing_json(found: Closing) -> str:
    """Everything for programs; ends with a newline."""
    content = asdict(found)
    content |= {"throwaway_real": found.throwaway_real, "debt_now": found.debt_now}
    return json.dumps(content, default=_plain, ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is nothing that a closing holds")


def closing_paper(found: Closing, stamp: Stamp) -> Paper:
    """The same as a paper: all items, all teams, all tasks."""
    blocks: list[Block] = [Paragraph(_headline(found)), *(Callout(note) for note in _notes(found))]
    for title, header, rows in (*_tables(found), _all_tasks(found)):
        if rows:
            blocks += [Heading(title.capitalize()), _table(header, rows)]
    return Paper(f"What became of {found.name}", stamp, tuple(blocks))


def _all_tasks(found: Closing) -> tuple[str, tuple[str, ...], Rows]:
    header = ("task", "team", "promised", "actual", "days", "outcome", "title")
    rows = (
        (
            task.id,
            task.teams[0] if task.teams else "–",
            day(task.promised, found.as_of),
            day(task.actual, found.as_of),
            _signed(task.days),
            str(task.outcome),
            task.title,
        )
        for task in _worst_first(found.tasks)
    )
    return "TASKS", header, tuple(rows)


def _table(header: Sequence[str], rows: Rows) -> Table:
    numbers = {k for k, title in enumerate(header) if title in ("days", "due", "kept", "late", "overdue", "dropped")}
    columns = tuple(
        Column(title.capitalize(), 3 if title in ("title", "why") else 1, Align.RIGHT if k in numbers else Align.LEFT)
        for k, title in enumerate(header)
    )
    return Table(columns, rows)
