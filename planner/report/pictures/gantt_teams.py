"""Gantt by team: every team's tasks in lanes, the chain that moves the end of the plan marked."""

from collections.abc import Sequence

from planner.domain.plan import Plan, PlannedTask, PlannedTeam
from planner.report.pictures.sheet import (
    FOOT,
    LANDSCAPE,
    MARGIN,
    PORTRAIT,
    TOP,
    Key,
    blocks_of,
    diamond,
    finished,
    hatch,
    sheet,
    today_line,
)
from planner.report.svg import BLUE, FAINT, HATCH, INK, PALE, QUIET, SMALL, TEXT, VERMILION, Drawing
from planner.report.text_width import text_width
from planner.report.time_axis import TimeAxis
from planner.report.wording import count, day, listing, percent

LANE = 11.5
NAMES = 128.0
HEAD = 30.0
GAP = 3.0
"""Between two teams."""
MOST_LANES = 12
"""Lanes of one team; what does not fit into them is counted."""

Lanes = Sequence[Sequence[PlannedTask]]


def gantt_teams(plan: Plan, stamp: str) -> str:
    """The picture: as many teams as fit on a sheet, those with the most work first chosen, drawn by name."""
    lanes = {team.name: _lanes(plan, team) for team in plan.teams}
    busy = [team for team in plan.teams if lanes[team.name]]
    width, most = LANDSCAPE if _height(busy, lanes) <= LANDSCAPE[1] else PORTRAIT
    chosen: list[PlannedTeam] = []
    for team in sorted(busy, key=lambda team: (-team.overload, -team.demand, team.name)):
        if _height([*chosen, team], lanes) <= most:
            chosen.append(team)
    shown = [team for team in busy if team in chosen]
    title = _title(plan)
    drawing = sheet(width, _height(shown, lanes), title, f"{plan.title}: what each team works on and when")
    if shown:
        _chart(drawing, plan, shown, lanes)
    rest = f"{count(len(busy) - len(shown), 'team')} with less work not drawn." if len(shown) < len(busy) else ""
    legend = [
        Key("task", PALE),
        Key("on the chain that moves the end", VERMILION, "frame"),
        Key("in progress", BLUE),
        Key("milestone", INK, "diamond"),
        Key("the team may not launch", HATCH),
    ]
    return finished(drawing, title, stamp, legend, rest)


def _title(plan: Plan) -> str:
    """On whom the end of the plan hangs."""
    chain = [task for task in plan.tasks if task.on_chain]
    if not chain or not plan.finish:
        return f"{count(len(plan.teams), 'team')} and what they work on"
    teams = list(dict.fromkeys(team for task in chain for team in task.teams))
    who = listing(teams) or "tasks that nobody has taken"
    what = f"{chain[0].id} of {who}" if len(chain) == 1 else f"{count(len(chain), 'task')} of {who}"
    return f"The end of the plan, {day(plan.finish, plan.as_of)}, hangs on {what}"


def _lanes(plan: Plan, team: PlannedTeam) -> list[list[PlannedTask]]:
    """The team's open tasks, each in the first lane that is free when it starts."""
    lanes: list[list[PlannedTask]] = []
    for task in plan.tasks:
        if not task.sequence or team.name not in task.teams:
            continue
        free = next((lane for lane in lanes if lane[-1].finish < task.start), None)
        if free is None:
            lanes.append([task])
        else:
            free.append(task)
    return lanes


def _height(teams: Sequence[PlannedTeam], lanes: dict[str, list[list[PlannedTask]]]) -> float:
    rows = sum(_row(lanes[team.name]) for team in teams)
    return TOP + HEAD + max(rows, LANE) + FOOT


def _row(lanes: Lanes) -> float:
    """Height of a team: two lines for its name at least."""
    return max(min(len(lanes), MOST_LANES) * LANE, 2 * LANE) + GAP


def _chart(
    drawing: Drawing, plan: Plan, teams: Sequence[PlannedTeam], lanes: dict[str, list[list[PlannedTask]]]
) -> None:
    drawn = [task for team in teams for lane in lanes[team.name] for task in lane]
    first = min(plan.as_of, *(task.start for task in drawn))
    axis = TimeAxis(first, max(task.finish for task in drawn), MARGIN + NAMES, drawing.width - MARGIN)
    top = y = TOP + HEAD
    bottom = drawing.height - FOOT
    for team in teams:
        for event in blocks_of(plan.roadmap, team):
            hatch(drawing, axis, event, y, _row(lanes[team.name]))
        y += _row(lanes[team.name])
    axis.draw(drawing, top, bottom)
    today_line(drawing, axis, plan.as_of, top, bottom)
    y = top
    for team in teams:
        _team(drawing, axis, team, lanes[team.name], y)
        y += _row(lanes[team.name])


def _team(drawing: Drawing, axis: TimeAxis, team: PlannedTeam, lanes: Lanes, top: float) -> None:
    room = NAMES - 10
    drawing.text(MARGIN, top + 11, team.name, TEXT, bold=True, room=room)
    hidden = sum(len(lane) for lane in lanes[MOST_LANES:])
    words = "vendor" if team.is_external else f"{percent(team.busy)} busy"
    words = f"{words}, {hidden} more" if hidden else words
    drawing.text(MARGIN, top + 21, words, SMALL, fill=QUIET, room=room)
    for place, lane in enumerate(lanes[:MOST_LANES]):
        for task in lane:
            _bar(drawing, axis, task, top + place * LANE + 2)
    y = top + _row(lanes)
    drawing.line(MARGIN, y, axis.right, y, FAINT, 0.6)


def _bar(drawing: Drawing, axis: TimeAxis, task: PlannedTask, top: float) -> None:
    """A task with its id where that fits into it."""
    x, end = axis.at(task.start), axis.after(task.finish)
    tip = f"{task.id} {task.title}"
    if task.is_milestone:
        diamond(drawing, x + 5, top + LANE / 2 - 1, VERMILION if task.on_chain else INK, tip)
        return
    under_way = task.status == "in progress"
    drawing.rect(
        x + 0.4,
        top,
        max(end - x - 0.8, 1.0),
        LANE - 2,
        BLUE if under_way else PALE,
        stroke=VERMILION if task.on_chain else QUIET,
        stroke_width=1.8 if task.on_chain else 0.6,
        tip=tip,
    )
    if text_width(task.id, SMALL) <= end - x - 5:
        fill = "#FFFFFF" if under_way else INK
        drawing.text((x + end) / 2, top + LANE - 4.2, task.id, SMALL, anchor="middle", fill=fill, room=end - x - 4)
