"""Load heat map: the share of each team's week that is planned, in figures and as colour."""

from calendar import month_name
from collections.abc import Sequence
from datetime import date, timedelta

from planner.domain.plan import Plan, PlannedTeam, WeekLoad
from planner.report.pictures.sheet import FOOT, LANDSCAPE, MARGIN, TOP, Key, finished, sheet
from planner.report.svg import BLUE, GRID, HATCH, INK, PURPLE, QUIET, SMALL, TEXT, VERMILION, Drawing
from planner.report.text_width import text_width
from planner.report.time_axis import TimeAxis
from planner.report.wording import count, day, listing, percent

NAMES, SUMS = 130.0, 74.0
"""Widths of the columns left and right of the weeks."""
HEAD = 30.0
MOST_WEEKS = 53
ROWS = (19.0, 15.0, 12.0)
"""Heights of a row: the first with which all teams fit on the sheet."""
WIDEST = 34.0
"""Width of a week at most."""

STEPS = ((1.15, PURPLE, INK), (0.9, BLUE, "#FFFFFF"), (0.6, "#6FAFD8", INK), (0.3, "#B7D7EC", INK))
"""Share of the week from which on, its fill, the ink on it. The first occurs only where capacity is not kept: efforts
that do not divide into days make less of a difference."""
LOW = ("#E9F2F9", INK)


def load(plan: Plan, stamp: str) -> str:
    """The picture: the busiest teams that fit on a sheet, a year at most."""
    teams = sorted(
        (team for team in plan.teams if team.demand and team.weeks and not team.is_external),
        key=lambda team: (-team.overload, -team.busy, team.name),
    )
    weeks = sorted({week.week for team in teams for week in team.weeks})[:MOST_WEEKS]
    width, most = LANDSCAPE
    row = next((row for row in ROWS if _height(len(teams), row) <= most), ROWS[-1])
    shown = teams[: int((most - TOP - HEAD - FOOT) // row)]
    title = _title(plan, teams)
    subtitle = (
        f"{plan.title}: planned work as a percentage of what the team has in the week, after leave and operations"
    )
    if not shown:
        return finished(sheet(width, TOP + FOOT, title, subtitle), title, stamp)
    drawing = sheet(width, _height(len(shown), row), title, subtitle)
    _chart(drawing, shown, weeks, row)
    most_share = max((week.share for team in shown for week in team.weeks), default=0.0)
    legend = [Key("under 30 %", LOW[0])]
    legend += [Key(f"{percent(share)} and more", fill) for share, fill, _ in STEPS[::-1] if share <= most_share]
    legend.append(Key("nobody there", HATCH))
    if any(team.overload_first for team in shown):
        legend.append(Key("more is promised by then than there is", VERMILION, "frame"))
    return finished(drawing, title, stamp, legend, _rest(teams, shown, weeks))


def _height(teams: int, row: float) -> float:
    return TOP + HEAD + row * teams + FOOT


def _rest(teams: Sequence[PlannedTeam], shown: Sequence[PlannedTeam], weeks: Sequence[date]) -> str:
    """What is left out."""
    further = len({week.week for team in teams for week in team.weeks}) - len(weeks)
    parts = [f"{count(len(teams) - len(shown), 'less busy team')}"] if len(shown) < len(teams) else []
    parts += [count(further, "later week")] if further else []
    return f"Not drawn: {', '.join(parts)}." if parts else ""


def _title(plan: Plan, teams: Sequence[PlannedTeam]) -> str:
    """Who is over its capacity and when; else who is the busiest."""
    over = [team for team in teams if team.overload_first and team.overload_last]
    if len(over) == 1:
        return (
            f"{over[0].name} is over its capacity {_when(over[0], plan.as_of)}: {percent(over[0].overload)} promised"
        )
    if over:
        names = listing([f"{team.name} ({_when(team, plan.as_of)})" for team in over])
        return f"{count(len(over), 'team')} are over their capacity: {names}"
    if not teams:
        return "No team has a load: what is planned takes time, not engineers"
    return f"No promise asks for more than a team has; {teams[0].name} is the busiest with {percent(teams[0].busy)}"


def _when(team: PlannedTeam, today: date) -> str:
    """`in December`, or from one month to another."""
    first, last = team.overload_first, team.overload_last
    if first is None or last is None:
        return ""
    if (first.year, first.month) == (last.year, last.month):
        return f"in {month_name[first.month]}{f' {first.year}' if first.year != today.year else ''}"
    return f"{day(first, today)} – {day(last, today)}"


def _chart(drawing: Drawing, teams: Sequence[PlannedTeam], weeks: Sequence[date], row: float) -> None:
    left, right = MARGIN + NAMES, drawing.width - MARGIN - SUMS
    right = min(right, left + WIDEST * len(weeks))
    top = TOP + HEAD
    axis = TimeAxis(weeks[0], weeks[-1] + timedelta(days=6), left, right)
    axis.draw(drawing, top, top + row * len(teams))
    drawing.text(right + SUMS, top - 4, "whole plan", SMALL, anchor="end", fill=QUIET)
    for place, team in enumerate(teams):
        y = top + row * place
        drawing.line(MARGIN, y + row, right, y + row, GRID, 0.6)
        drawing.text(MARGIN, y + row / 2 + 3, team.name, TEXT, room=NAMES - 8, bold=bool(team.overload_first))
        by_week = {week.week: week for week in team.weeks}
        for monday in weeks:
            if monday in by_week:
                _cell(drawing, axis, team, by_week[monday], y, row)
        if team.overload_first and team.overload_last and team.overload_first <= axis.last:
            first, last = team.overload_first, team.overload_last  # in whole weeks, as the cells
            x = axis.at(first - timedelta(days=first.weekday()))
            end = axis.after(last + timedelta(days=6 - last.weekday()))
            drawing.rect(x, y + 0.5, end - x, row - 1, "none", stroke=VERMILION, stroke_width=2.5)
        words = percent(team.busy)
        drawing.text(right + SUMS, y + row / 2 + 3, words, TEXT, anchor="end", fill=QUIET, room=SUMS)


def _cell(drawing: Drawing, axis: TimeAxis, team: PlannedTeam, week: WeekLoad, top: float, row: float) -> None:
    x, wide = axis.at(week.week), 7 * axis.per_day
    tip = f"{team.name}, week of {week.week}: {week.planned:g} of {week.capacity:g} engineer-days"
    if not week.capacity:
        drawing.rect(x + 0.5, top + 0.5, wide - 1, row - 1, HATCH, tip=tip)
        return
    if not week.planned:
        return
    fill, ink = next(((fill, ink) for share, fill, ink in STEPS if week.share >= share), LOW)
    drawing.rect(x + 0.5, top + 0.5, wide - 1, row - 1, fill, tip=tip)
    said = f"{week.share * 100:.0f}"
    if text_width(said, SMALL) <= wide - 1:
        drawing.text(x + wide / 2, top + row / 2 + 3, said, SMALL, anchor="middle", fill=ink)
