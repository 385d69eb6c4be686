"""The design structure matrix of the teams: who waits for whom how often, providers first."""

from collections.abc import Sequence

from planner.domain.plan import Plan
from planner.report.pictures.sheet import FOOT, LANDSCAPE, MARGIN, TOP, Key, finished, sheet
from planner.report.svg import FAINT, GROUND, INK, ORANGE, PALE, QUIET, SMALL, SUBHEAD, TEXT, Drawing
from planner.report.text_width import text_width
from planner.report.wording import count

MOST_TEAMS = 40
NAMES, HEAD = 150.0, 116.0
"""Room for the names of the rows, and of the columns, which are written upwards."""
WIDEST, NARROWEST = 30.0, 13.0
"""Width of a cell."""
TINY = 6.0
"""Size of a figure that is wider than its cell."""
LISTED = 6
SIDE = 250.0
"""Room for the lists beside the matrix."""

Matrix = Sequence[Sequence[int]]


def dsm(plan: Plan, stamp: str) -> str:
    """The picture: of many teams those with the most dependencies on others, in the order of the matrix."""
    teams, counts = plan.dsm.teams, plan.dsm.counts
    places = range(len(teams))
    weight = [sum(counts[k][j] + counts[j][k] for j in places if j != k) for k in places]
    joined = [k for k in places if weight[k]]
    shown = sorted(sorted(joined, key=lambda k: (-weight[k], teams[k]))[:MOST_TEAMS])
    room = LANDSCAPE[1] - TOP - HEAD - FOOT
    cell = min(WIDEST, max(NARROWEST, min(room, LANDSCAPE[0] - 2 * MARGIN - NAMES - SIDE) / max(len(shown), 1)))
    back = sum(counts[k][j] for k in places for j in places if j > k)
    across = sum(counts[k][j] for k in places for j in places if j != k)
    title = _title(across, back)
    if not shown:
        return finished(sheet(LANDSCAPE[0], TOP + FOOT, title, _subtitle(plan)), title, stamp)
    side = HEAD + 2 * (LISTED + 1.6) * 16
    drawing = sheet(LANDSCAPE[0], TOP + max(HEAD + cell * len(shown), side) + FOOT, title, _subtitle(plan))
    _matrix(drawing, [teams[k] for k in shown], [[counts[k][j] for j in shown] for k in shown], cell)
    left = MARGIN + NAMES + cell * len(shown) + 36
    waits = {team: sum(row) - row[k] for k, (team, row) in enumerate(zip(teams, counts, strict=True))}
    provides = {team: sum(row[k] for row in counts) - counts[k][k] for k, team in enumerate(teams)}
    _ranking(drawing, left, TOP + HEAD, "Waits most for others", waits)
    _ranking(drawing, left, TOP + HEAD + (LISTED + 1.6) * 16, "Is waited for most", provides)
    fewer, alone = len(joined) - len(shown), len(teams) - len(joined)
    parts = [f"{count(fewer, 'team')} with fewer dependencies"] if fewer else []
    parts += [f"{count(alone, 'team')} without any on others"] if alone else []
    rest = f"Not drawn: {', '.join(parts)}." if parts else ""
    legend = [Key("the row's team waits for the column's", PALE), Key("against the order: both wait", ORANGE)]
    return finished(drawing, title, stamp, [*legend, Key("within the team", GROUND)], rest)


def _title(across: int, back: int) -> str:
    if not across:
        return "No team waits for another"
    first = f"{count(across, 'dependency')} cross{'es' if across == 1 else ''} teams"
    return (
        f"{first}; {back} of them run against the order, so that teams wait for each other"
        if back
        else (f"{first}, and none runs against the order")
    )


def _subtitle(plan: Plan) -> str:
    return f"{plan.title}: design structure matrix, dependencies of each row's team on each column's, providers first"


def _matrix(drawing: Drawing, teams: Sequence[str], counts: Matrix, cell: float) -> None:
    left, top = MARGIN + NAMES, TOP + HEAD
    for k, name in enumerate(teams):
        drawing.text(left - 6, top + cell * (k + 0.5) + 3, name, TEXT, anchor="end", room=NAMES - 8)
        drawing.text(left + cell * (k + 0.5) + 3, top - 6, name, TEXT, room=HEAD - 12, upward=True)
        for j, amount in enumerate(counts[k]):
            x, y = left + cell * j, top + cell * k
            fill = GROUND if j == k else (ORANGE if j > k else PALE) if amount else "#FFFFFF"
            tip = f"{name} waits for {teams[j]}: {amount}" if amount and j != k else ""
            drawing.rect(x, y, cell, cell, fill, stroke=FAINT, stroke_width=0.4, tip=tip)
            if amount:
                ink = QUIET if j == k else INK
                bold = j != k and text_width(str(amount), SMALL, bold=True) < cell - 1
                size = SMALL if text_width(str(amount), SMALL, bold) < cell - 1 else TINY
                drawing.text(x + cell / 2, y + cell / 2 + 3, str(amount), size, anchor="middle", fill=ink, bold=bold)


def _ranking(drawing: Drawing, left: float, top: float, title: str, amounts: dict[str, int]) -> None:
    """The teams with the largest amounts, as bars."""
    ranked = sorted((pair for pair in amounts.items() if pair[1]), key=lambda pair: (-pair[1], pair[0]))[:LISTED]
    right = drawing.width - MARGIN
    drawing.text(left, top, title, SUBHEAD, bold=True, room=right - left)
    for place, (team, amount) in enumerate(ranked):
        y = top + 16 * (place + 1)
        drawing.text(left, y, team, TEXT, room=120)
        wide = (right - left - 160) * amount / ranked[0][1]
        drawing.rect(left + 128, y - 8, wide, 10, PALE)
        drawing.text(left + 133 + wide, y, str(amount), TEXT)
