"""Cost curves: what the dearest contradictions throw away, the later they are decided the more."""

from collections.abc import Sequence

from planner.domain.conflict import Conflict
from planner.domain.plan import Plan
from planner.report.conflicts import ranked
from planner.report.cost_curve import draw_curve
from planner.report.pictures.sheet import FOOT, LANDSCAPE, MARGIN, TOP, Key, finished, sheet
from planner.report.svg import GRID, INK, QUIET, SMALL, TEXT, VERMILION, Box, Drawing
from planner.report.text_width import broken
from planner.report.wording import count, day, listing, weeks

MOST = 6
GAP, PANEL = 26.0, 312.0
"""Between two curves, and the height of one with its words."""
WORDS = 70.0
"""Height of the words above a curve."""


def costs(plan: Plan, stamp: str) -> str:
    """The picture: those of the conflicts that get dearer with time, the dearest first."""
    rising = [c for c in ranked(plan.conflicts) if c.cost_curve and c.cost_curve[-1].cost > c.cost_curve[0].cost]
    dearest = sorted(rising, key=lambda conflict: -conflict.cost_curve[-1].cost)
    shown = dearest[:MOST]
    title = _title(plan, shown, len(rising))
    subtitle = f"{plan.title}: engineer-weeks thrown away, by when it is decided"
    if not shown:
        return finished(sheet(LANDSCAPE[0], TOP + FOOT, title, subtitle), title, stamp)
    columns = 3 if len(shown) in (3, 5, 6) else min(len(shown), 2)
    rows = -(-len(shown) // columns)
    most = max(conflict.cost_curve[-1].cost for conflict in shown)
    drawing = sheet(LANDSCAPE[0], TOP + PANEL * rows + FOOT, title, subtitle)
    wide = (drawing.width - 2 * MARGIN - GAP * (columns - 1)) / columns
    for place, conflict in enumerate(shown):
        left = MARGIN + (place % columns) * (wide + GAP)
        top = TOP + (place // columns) * PANEL
        _panel(drawing, plan, conflict, Box(left, top, left + wide, top + PANEL - GAP), most)
    missing = len(rising) - len(shown)
    rest = f"{count(missing, 'cheaper conflict')} not drawn: `roadmap conflicts --all`." if missing else ""
    legend = [Key("thrown away when decided then", VERMILION, "line"), Key("decide by", INK, "dash")]
    return finished(drawing, title, stamp, legend, rest)


def _title(plan: Plan, shown: Sequence[Conflict], rising: int) -> str:
    if not shown:
        return "Nothing gets dearer by waiting"
    dearest = max(conflict.cost_curve[-1].cost for conflict in shown)
    due = min((conflict.decide_by for conflict in shown if conflict.decide_by), default=None)
    who = "1 contradiction gets" if rising == 1 else f"{count(rising, 'contradiction')} get"
    first = f"{who} dearer by waiting, up to {weeks(dearest)}{' each' if rising > 1 else ''}"
    return f"{first}; the first is due on {day(due, plan.as_of)}" if due else first


def _panel(drawing: Drawing, plan: Plan, conflict: Conflict, place: Box, most: float) -> None:
    """What clashes between whom, by when to decide, and the curve, `most` ED high."""
    room = place.right - place.left
    drawing.rect(place.left - 8, place.top - 2, room + 16, place.bottom - place.top + 10, "none", stroke=GRID)
    who = listing(conflict.teams)
    drawing.text(place.left, place.top + 12, who or conflict.type.title, TEXT, bold=True, room=room)
    lines = broken(conflict.message, room, SMALL, 3)
    for number, line in enumerate(lines):
        drawing.text(place.left, place.top + 25 + 11 * number, line, SMALL)
    until = f"decide by {day(conflict.decide_by, plan.as_of)}" if conflict.decide_by else ""
    words = " · ".join(filter(None, (until, conflict.id)))
    drawing.text(place.left, place.top + 27 + 11 * len(lines), words, SMALL, fill=QUIET, room=room)
    draw_curve(drawing, conflict, plan.as_of, Box(place.left, place.top + WORDS, place.right, place.bottom), most)
