"""Gantt by team: every team's tasks in lanes, the chain that moves the end of the plan marked."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from planner.domain.plan import Plan, PlannedTask, PlannedTeam
from planner.domain.roadmap import Status
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
MOST_LANES = (12, 8, 6, 4)
"""Lanes of one team, the first with which all teams fit on the sheet; what does not fit into them is counted."""

Lanes = tuple[tuple[PlannedTask, ...], ...]
ByTeam = Mapping[str, Lanes]


def gantt_teams(plan: Plan, stamp: str) -> str:
    """The picture: as many teams as fit on a sheet, those with the most work first chosen, drawn by name."""
    lanes = {team.name: _lanes(plan, team) for team in plan.teams}
    busy = [team for team in plan.teams if lanes[team.name]]
    sizes = [(LANDSCAPE, MOST_LANES[0]), *((PORTRAIT, most) for most in MOST_LANES)]
    (width, high), most = next((fit for fit in sizes if _height(busy, lanes, fit[1]) <= fit[0][1]), sizes[-1])
    chosen: list[PlannedTeam] = []
    for team in sorted(busy, key=lambda team: (-team.overload, -team.demand, team.name)):
        if _height([*chosen, team], lanes, most) <= high:
            chosen.append(team)
    shown = [team for team in busy if team in chosen]
    title = _title(plan)
    drawing = sheet(width, _height(shown, lanes, most), title, f"{plan.title}: what each team works on and when")
    if shown:
        _chart(drawing, plan, shown, lanes, most)
    rest = f"{count(len(busy) - len(shown), 'team')} with less work not drawn." if len(shown) < len(busy) else ""
    return finished(drawing, title, stamp, _legend(plan, shown, lanes), rest)


def _legend(plan: Plan, teams: Sequence[PlannedTeam], lanes: ByTeam) -> list[Key]:
    """What occurs in the picture."""
    drawn = [task for team in teams for lane in lanes[team.name] for task in lane]
    legend = [Key("task", PALE), Key("planned from here", INK, "dash")]
    legend += [Key("on the chain that moves the end", VERMILION, "frame")] if any(t.on_chain for t in drawn) else []
    legend += [Key("in progress", BLUE)] if any(_under_way(task) for task in drawn) else []
    legend += [Key("milestone", INK, "diamond")] if any(task.is_milestone for task in drawn) else []
    legend += [Key("the team may not launch", HATCH)] if any(blocks_of(plan.roadmap, team) for team in teams) else []
    return legend


def _title(plan: Plan) -> str:
    """On whom the end of the plan hangs."""
    chain = [task for task in plan.tasks if task.on_chain]
    if not chain or not plan.finish:
        return f"{count(len(plan.teams), 'team')} and what they work on"
    teams = list(dict.fromkeys(team for task in chain for team in task.teams))
    who = listing(teams) or "tasks that nobody has taken"
    what = f"{chain[0].id} of {who}" if len(chain) == 1 else f"{count(len(chain), 'task')} of {who}"
    return f"The end of the plan, {day(plan.finish, plan.as_of)}, hangs on {what}"


def _lanes(plan: Plan, team: PlannedTeam) -> Lanes:
    """The team's milestones in one lane; then its other open tasks, those of the chain above the others."""
    mine = [task for task in plan.tasks if task.sequence and team.name in task.teams]
    milestones = tuple(task for task in mine if task.is_milestone)
    chain = _packed(task for task in mine if task.on_chain and not task.is_milestone)
    others = _packed(task for task in mine if not task.on_chain and not task.is_milestone)
    return (*((milestones,) if milestones else ()), *chain, *others)


def _packed(tasks: Iterable[PlannedTask]) -> Lanes:
    """Each task in the first lane that is free when it starts."""
    lanes: list[list[PlannedTask]] = []
    for task in tasks:
        free = next((lane for lane in lanes if lane[-1].finish < task.start), None)
        if free is None:
            lanes.append([task])
        else:
            free.append(task)
    return tuple(map(tuple, lanes))


def _height(teams: Sequence[PlannedTeam], lanes: ByTeam, most: int) -> float:
    return TOP + HEAD + max(sum(_row(lanes[team.name], most) for team in teams), LANE) + FOOT


def _row(lanes: Lanes, most: int) -> float:
    """Height of a team: two lines for its name at least."""
    return max(min(len(lanes), most) * LANE, 2 * LANE) + GAP


def _chart(drawing: Drawing, plan: Plan, teams: Sequence[PlannedTeam], lanes: ByTeam, most: int) -> None:
    drawn = [task for team in teams for lane in lanes[team.name] for task in lane]
    first = min(plan.as_of, *(task.start for task in drawn))
    axis = TimeAxis(first, max(task.finish for task in drawn), MARGIN + NAMES, drawing.width - MARGIN)
    top, bottom = TOP + HEAD, drawing.height - FOOT
    rows = [_row(lanes[team.name], most) for team in teams]
    tops = tuple(accumulate(rows[:-1], initial=top))
    for team, y, height in zip(teams, tops, rows, strict=True):
        for event in blocks_of(plan.roadmap, team):
            hatch(drawing, axis, event, y, height)
    axis.draw(drawing, top, bottom)
    today_line(drawing, axis, plan.as_of, top, bottom)
    for team, y, height in zip(teams, tops, rows, strict=True):
        _team(drawing, axis, team, lanes[team.name], y, most)
        drawing.line(MARGIN, y + height, axis.right, y + height, FAINT, 0.6)


def _team(drawing: Drawing, axis: TimeAxis, team: PlannedTeam, lanes: Lanes, top: float, most: int) -> None:
    room = NAMES - 10
    drawing.text(MARGIN, top + 11, team.name, TEXT, bold=True, room=room)
    hidden = sum(map(len, lanes[most:]))
    words = "vendor" if team.is_external else f"{percent(team.busy)} busy" if team.demand else "takes no effort"
    words = f"{words}, {hidden} not drawn" if hidden else words
    drawing.text(MARGIN, top + 21, words, SMALL, fill=QUIET, room=room)
    for place, lane in enumerate(lanes[:most]):
        for task in lane:
            _bar(drawing, axis, task, top + place * LANE + 2)


def _under_way(task: PlannedTask) -> bool:
    return task.status == Status.IN_PROGRESS


def _bar(drawing: Drawing, axis: TimeAxis, task: PlannedTask, top: float) -> None:
    """A task with its id where that fits into it."""
    x, end = axis.at(task.start), axis.after(task.finish)
    tip = f"{task.id} {task.title}"
    if task.is_milestone:
        diamond(drawing, x + 5, top + LANE / 2 - 1, VERMILION if task.on_chain else INK, tip)
        return
    under_way = _under_way(task)
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
