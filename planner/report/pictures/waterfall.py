"""Capacity waterfall: from everybody there is down to what is planned, for all teams together and for each."""

from collections.abc import Sequence

from planner.domain.plan import Plan, PlannedTeam, Waterfall
from planner.domain.units import DAYS_PER_WEEK
from planner.report.pictures.sheet import FOOT, LANDSCAPE, MARGIN, TOP, Key, finished, sheet
from planner.report.svg import BLUE, FAINT, GRID, INK, ORANGE, PALE, QUIET, SMALL, SUBHEAD, TEXT, YELLOW, Drawing
from planner.report.text_width import text_width
from planner.report.wording import count, day, number, percent

SPLIT = 400.0
"""Width of the waterfall of all teams."""
MOST_TEAMS = 30
MANY = 100
NAMES, SUMS = 128.0, 62.0
AWAY = "#C9C9C9"


def waterfall(plan: Plan, stamp: str) -> str:
    """The picture: left all teams, right each team by the share of its time."""
    teams = sorted(
        (team for team in plan.teams if team.waterfall.gross),
        key=lambda team: (-_used(team.waterfall), team.name),
    )
    shown = teams[:MOST_TEAMS]
    row = min(24.0, (LANDSCAPE[1] - TOP - 40 - FOOT) / max(len(shown), 1))
    height = max(TOP + 40 + row * len(shown) + FOOT, 380.0)
    title = _title(plan.waterfall)
    subtitle = f"{plan.title}: engineer-weeks from {day(plan.as_of, plan.as_of)} to the end of the plan"
    subtitle += f" on {day(plan.finish, plan.as_of)}" if plan.finish else ""
    drawing = sheet(LANDSCAPE[0], height, title, subtitle)
    if shown:
        _steps(drawing, plan.waterfall, height)
        _teams(drawing, shown, row)
    legend = [
        Key("planned", BLUE),
        Key("free", PALE),
        Key("operations", ORANGE),
        Key("on call", YELLOW),
        Key("leave, holidays and other absence", AWAY),
    ]
    rest = (
        f"{count(len(teams) - len(shown), 'team')} with less of their time planned not drawn."
        if len(teams) > len(shown)
        else ""
    )
    return finished(drawing, title, stamp, legend, rest)


def _used(fall: Waterfall) -> float:
    """Planned as a share of what there is for the roadmap."""
    return fall.planned / fall.net if fall.net else 0.0


def _title(fall: Waterfall) -> str:
    if not fall.gross:
        return "No team has engineers"
    left = f"Of {_weeks(fall.gross)} engineer-weeks {_weeks(fall.net)} are left for the roadmap"
    return f"{left}, and {percent(_used(fall))} of these are planned"


def _weeks(engineer_days: float) -> str:
    """Engineer-weeks as a number, whole where they are many."""
    amount = engineer_days / DAYS_PER_WEEK
    return f"{amount:,.0f}" if amount >= MANY else number(amount)


def _steps(drawing: Drawing, fall: Waterfall, height: float) -> None:
    """Six columns; what is taken hangs where the column before ends."""
    left, right, top, base = MARGIN, MARGIN + SPLIT, TOP + 30, height - FOOT - 34
    drawing.text(left, TOP + 8, "All teams", SUBHEAD, bold=True)
    scale = (base - top) / fall.gross
    steps = (
        ("gross", fall.gross, fall.gross, QUIET),
        ("leave", fall.leave, fall.gross, AWAY),
        ("on call", fall.on_call, fall.gross - fall.leave, YELLOW),
        ("operations", fall.operations, fall.gross - fall.leave - fall.on_call, ORANGE),
        ("net", fall.net, fall.net, PALE),
        ("planned", fall.planned, fall.planned, BLUE),
    )
    wide = (right - left) / len(steps)
    drawing.line(left, base, right, base, FAINT)
    for place, (name, amount, ends, fill) in enumerate(steps):
        x, y = left + wide * place, base - ends * scale
        drawing.rect(x + 6, y, wide - 12, max(amount * scale, 0.6), fill, stroke=FAINT, stroke_width=0.6)
        taken = name in ("leave", "on call", "operations")
        said = f"{'−' if taken and amount else ''}{_weeks(amount)}"
        drawing.text(x + wide / 2, y - 5, said, TEXT, anchor="middle", bold=True, room=wide)
        drawing.text(x + wide / 2, base + 14, name, TEXT, anchor="middle", room=wide)
        share = percent(amount / fall.gross)
        drawing.text(x + wide / 2, base + 26, share, SMALL, anchor="middle", fill=QUIET, room=wide)
        if place + 1 < len(steps):
            bottom = y + amount * scale if taken else y
            drawing.line(x + wide - 6, bottom, x + wide + 6, bottom, FAINT, 0.8, "2 2")


def _teams(drawing: Drawing, teams: Sequence[PlannedTeam], row: float) -> None:
    """A bar for each team, as long for each: its parts are shares of the team's time."""
    left = MARGIN + SPLIT + 48
    right = drawing.width - MARGIN - SUMS
    drawing.text(left, TOP + 8, "By team, the fullest first", SUBHEAD, bold=True)
    drawing.text(drawing.width - MARGIN, TOP + 8, "planned of net", SMALL, anchor="end", fill=QUIET)
    start = left + NAMES
    for place, team in enumerate(teams):
        y, fall = TOP + 20 + row * place, team.waterfall
        drawing.text(left, y + row / 2 + 3, team.name, TEXT, room=NAMES - 8)
        free = max(0.0, fall.net - fall.planned)
        parts = (
            (fall.planned, BLUE, "#FFFFFF"),
            (free, PALE, INK),
            (fall.operations, ORANGE, INK),
            (fall.on_call, YELLOW, INK),
            (fall.leave, AWAY, INK),
        )
        whole = sum(amount for amount, _, _ in parts)
        x = start
        for amount, fill, ink in parts:
            wide = (right - start) * amount / whole if whole else 0.0
            if wide <= 0:
                continue
            drawing.rect(x, y + 2, wide, row - 4, fill, stroke="#FFFFFF", stroke_width=0.6)
            said = _weeks(amount)
            if text_width(said, SMALL) <= wide - 4:
                drawing.text(x + wide / 2, y + row / 2 + 3, said, SMALL, anchor="middle", fill=ink)
            x += wide
        drawing.text(drawing.width - MARGIN, y + row / 2 + 3, percent(_used(fall)), TEXT, anchor="end")
        drawing.line(left, y + row, drawing.width - MARGIN, y + row, GRID, 0.4)
