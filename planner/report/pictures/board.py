"""Program board: which team is done with what in which iteration, and what waits for another team's card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from planner.domain.plan import Iteration, Plan, PlannedTask
from planner.report.pictures.sheet import FOOT, LANDSCAPE, MARGIN, TOP, Key, finished, sheet
from planner.report.svg import FAINT, GROUND, PALE, PURPLE, QUIET, SMALL, TEXT, VERMILION, Box, Drawing
from planner.report.text_width import text_width
from planner.report.wording import count, span

MOST_ITERATIONS = 6
"""Twelve weeks, as long as a program increment."""
MOST_ARROWS = 40
NAMES, HEAD = 116.0, 26.0
CARD, PAD, GAP = 13.0, 4.0, 11.0
"""Height of a card with its margin; what a row has above and below its cards, and a column left and right of them."""
ID_SHARE = 0.45
"""Part of a card that an id may take from a title."""
LAYOUTS = ((1, 12), (1, 8), (1, 5), (3, 8), (3, 5), (1, 3), (3, 3), (1, 2))
"""Cards side by side and one below the other in a cell, the first with which all teams fit on the sheet."""

Cells = Mapping[tuple[str, int], Sequence[PlannedTask]]
"""(team, number of the iteration) -> its cards."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Cards side by side and one below the other in a cell, the teams whose rows fit on the sheet, their heights."""

    columns: int
    lines: int
    teams: tuple[str, ...]
    rows: tuple[float, ...]
    cell: float

    @property
    def tops(self) -> tuple[float, ...]:
        """Where each row begins."""
        return tuple(accumulate(self.rows[:-1], initial=TOP + HEAD)) if self.rows else ()

    def left(self, iteration: int) -> float:
        """Where an iteration begins."""
        return MARGIN + NAMES + self.cell * iteration


def board(plan: Plan, stamp: str) -> str:
    """The picture: as many cards as fit, with their titles where there is room for these; the others are counted."""
    shown = plan.iterations[:MOST_ITERATIONS]
    cells = _cells(plan, shown)
    grid = _grid(cells, len(shown))
    arrows = _arrows({task.id: task for tasks in cells.values() for task in tasks})
    title = _title(shown, cells, arrows)
    subtitle = f"{plan.title}: program board, iterations of two weeks; a card stands where its task is done"
    drawing = sheet(LANDSCAPE[0], TOP + HEAD + max(sum(grid.rows), 20.0) + FOOT, title, subtitle)
    _ground(drawing, plan, grid, shown)
    cards, places = _cards(drawing, grid, cells)
    drawn = [pair for pair in arrows if pair[0] in cards and pair[1] in cards][:MOST_ARROWS]
    for before, after in drawn:
        _arrow(drawing, places[before], places[after], cards[before].on_chain and cards[after].on_chain)
    for name, place in places.items():
        _card(drawing, cards[name], place, with_title=grid.columns == 1)
    legend = [
        Key("done in this iteration", PALE),
        Key("on the chain that moves the end", VERMILION, "frame"),
        Key("starts when the other team's card is done", PURPLE, "arrow"),
    ]
    return finished(drawing, title, stamp, legend, _rest(plan, cells, grid, len(arrows) - len(drawn)))


def _title(shown: Sequence[Iteration], cells: Cells, arrows: Sequence[tuple[str, str]]) -> str:
    done = sum(len(iteration.tasks) for iteration in shown)
    if not done:
        return "Nothing is done within the next twelve weeks"
    weeks = 2 * len(shown)
    first = f"{count(done, 'task')} of {count(len({team for team, _ in cells}), 'team')} done in {weeks} weeks"
    if not arrows:
        return first
    waiting = len({after for _, after in arrows})
    return f"{first}; {count(waiting, 'task')} start{'s' if waiting == 1 else ''} only after another team's"


def _cells(plan: Plan, shown: Sequence[Iteration]) -> dict[tuple[str, int], list[PlannedTask]]:
    """The cards of each owner; tasks that nobody has taken have none."""
    tasks = plan.tasks_by_id()
    cells: dict[tuple[str, int], list[PlannedTask]] = {}
    for number, iteration in enumerate(shown):
        for task in (tasks[name] for name in iteration.tasks):
            if task.teams:
                cells.setdefault((task.teams[0], number), []).append(task)
    return cells


def _grid(cells: Cells, iterations: int) -> _Grid:
    """The first layout with which every team has its row; else the last, with the teams that have the most cards."""
    cell = (LANDSCAPE[0] - 2 * MARGIN - NAMES) / max(iterations, 1)
    room = LANDSCAPE[1] - TOP - HEAD - FOOT
    cards: dict[str, int] = {}
    for (team, _), tasks in cells.items():
        cards[team] = cards.get(team, 0) + len(tasks)
    widest = max((text_width(task.id, SMALL) for tasks in cells.values() for task in tasks), default=0.0)
    layouts = [layout for layout in LAYOUTS if layout[0] == 1 or widest < (cell - 2 * GAP) / layout[0] - 7]
    fitting = (layout for layout in layouts if sum(_heights(cells, cards, *layout).values()) <= room)
    columns, lines = next(fitting, layouts[-1])
    heights = _heights(cells, cards, columns, lines)
    chosen, used = set(), 0.0
    for team in sorted(cards, key=lambda team: (-cards[team], team)):
        if used + heights[team] <= room:
            chosen.add(team)
            used += heights[team]
    teams = tuple(sorted(chosen))
    return _Grid(columns, lines, teams, tuple(heights[team] for team in teams), cell)


def _heights(cells: Cells, teams: Mapping[str, int], columns: int, lines: int) -> dict[str, float]:
    """Height of each team's row in a layout."""
    most = dict.fromkeys(teams, 1)
    for (team, _), tasks in cells.items():
        most[team] = min(max(most[team], -(-len(tasks) // columns)), lines)
    return {team: needed * CARD + 2 * PAD for team, needed in most.items()}


def _arrows(cards: Mapping[str, PlannedTask]) -> list[tuple[str, str]]:
    """(card, card that starts only when it is done) between two teams; the chain first, then by sequence."""
    found = [
        (before, task)
        for task in cards.values()
        if task.reason.kind in ("predecessor", "launch")
        for before in task.reason.tasks
        if before in cards and cards[before].teams[0] != task.teams[0]
    ]
    found.sort(key=lambda pair: (not (pair[1].on_chain and cards[pair[0]].on_chain), pair[1].sequence, pair[0]))
    return [(before, task.id) for before, task in found]


def _ground(drawing: Drawing, plan: Plan, grid: _Grid, shown: Sequence[Iteration]) -> None:
    """The rows with the names of the teams, the columns with the days of the iterations."""
    top, bottom = TOP + HEAD, TOP + HEAD + sum(grid.rows)
    for place, (team, height, y) in enumerate(zip(grid.teams, grid.rows, grid.tops, strict=True)):
        if place % 2 == 0:
            drawing.rect(MARGIN, y, drawing.width - 2 * MARGIN, height, GROUND)
        drawing.text(MARGIN + 4, y + height / 2 + 3, team, TEXT, bold=True, room=NAMES - 10)
    room = grid.cell - 10
    for number, iteration in enumerate(shown):
        x = grid.left(number)
        drawing.line(x, TOP + 4, x, bottom, FAINT, 0.8)
        drawing.text(x + 6, TOP + 10, f"Iteration {number + 1}", TEXT, bold=True, room=room)
        days = span(iteration.first, iteration.last, plan.as_of)
        drawing.text(x + 6, top - 5, days, SMALL, fill=QUIET, room=room)


def _cards(drawing: Drawing, grid: _Grid, cells: Cells) -> tuple[dict[str, PlannedTask], dict[str, Box]]:
    """The cards that fit into their cells, those of the chain first, and where they stand; the others are counted."""
    cards, places = {}, {}
    wide, most = (grid.cell - 2 * GAP) / grid.columns, grid.columns * grid.lines
    for team, top in zip(grid.teams, grid.tops, strict=True):
        for number in range(MOST_ITERATIONS):
            tasks = cells.get((team, number), ())
            kept = tasks
            if len(tasks) > most:
                first = sorted(tasks, key=lambda task: not task.on_chain)[: most - 1]
                kept = [task for task in tasks if task in first]
            for k, task in enumerate(kept):
                cards[task.id] = task
                places[task.id] = _place(grid, number, k, wide, top)
            if len(kept) < len(tasks):
                last = _place(grid, number, len(kept), wide, top)
                said = f"+ {len(tasks) - len(kept)} more"
                drawing.text(last.left + 3, last.bottom - 3, said, SMALL, fill=QUIET, room=wide - 5)
    return cards, places


def _place(grid: _Grid, iteration: int, k: int, wide: float, top: float) -> Box:
    """Where the k-th card of a cell stands."""
    x = grid.left(iteration) + GAP + wide * (k % grid.columns)
    y = top + PAD + CARD * (k // grid.columns)
    return Box(x + 1, y + 1, x + wide - 1, y + CARD - 1)


def _card(drawing: Drawing, task: PlannedTask, place: Box, with_title: bool) -> None:
    """A task by its id, and by its title where there is room."""
    wide = place.right - place.left
    drawing.rect(
        place.left,
        place.top,
        wide,
        place.bottom - place.top,
        PALE,
        stroke=VERMILION if task.on_chain else FAINT,
        stroke_width=1.6 if task.on_chain else 0.6,
        radius=2,
        tip=f"{task.id} {task.title}",
    )
    base, room = place.bottom - 3, wide * ID_SHARE if with_title and task.title else wide - 5
    name = drawing.text(place.left + 3, base, task.id, SMALL, bold=with_title, room=room)
    if with_title:
        drawing.text(place.left + 7 + name, base, task.title, SMALL, room=wide - name - 10)


def _arrow(drawing: Drawing, before: Box, after: Box, critical: bool) -> None:
    """From a card to the left edge of the one that waits for it; within a column around its left side."""
    begin = before.right if before.right < after.left else before.left
    drawing.arrow(
        (begin, (before.top + before.bottom) / 2),
        (after.left, (after.top + after.bottom) / 2),
        VERMILION if critical else PURPLE,
        1.8 if critical else 1.0,
        leaves=1 if begin == before.right else -1,
    )


def _rest(plan: Plan, cells: Cells, grid: _Grid, arrows: int) -> str:
    """What is left out."""
    later = sum(len(iteration.tasks) for iteration in plan.iterations[MOST_ITERATIONS:])
    without = len({team for team, _ in cells}) - len(grid.teams)
    parts = [f"{count(later, 'task')} done later"] if later else []
    parts += [f"{count(without, 'team')} with fewer cards"] if without else []
    parts += [f"{count(arrows, 'arrow')}"] if arrows else []
    return f"Not drawn: {', '.join(parts)}." if parts else ""
