"""What a plan rests on, as text, JSON and a tornado: the assumptions that change its cost most at the top."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from planner.domain.sensitivity import Flip, Sensitivity, Swing, Tornado
from planner.domain.units import DAYS_PER_WEEK
from planner.report.svg import BLUE, QUIET, SMALL, VERMILION, Drawing
from planner.report.wording import count, day, full_day, listing, plain, weeks

INDENT = 4
WIDTH, ROW, TOP, BOTTOM = 1120, 46, 84, 30
"""Pixels of the drawing, of one bar with its margin, and above and below the bars."""
LEFT, RIGHT, LABEL = 470, 40, 74
"""Pixels left of the plot for what is assumed, right of it, and kept at both ends of the bars for their figures."""
NAME, FIGURE = 11, 10
"""Sizes of text."""
LEGEND = (("half as large", BLUE), ("half as large again", VERMILION))


def tornado_text(tornado: Tornado, top: int, width: int) -> str:
    """The first `top`, each with what both of its other values do and what flips; ends with a newline."""
    end = f", done {day(tornado.finish, tornado.as_of)}" if tornado.finish else ""
    lines = [f"{plain(tornado.title)}: {weeks(tornado.objective)} of cost in all{end}. What it rests on:"]
    for one in tornado.sensitivities[:top]:
        lines += ["", f"{plain(one.title)}: {one.value} ({_origin(one)})"]
        swings = [swing for swing in (one.low, one.high) if swing.value != one.value]
        lines += [_wrap(f"{swing.value}: {_swing(swing, tornado.as_of)}", width) for swing in swings]
    if not tornado.sensitivities:
        lines += ["", "No assumption changes anything."]
    further = tornado.sensitivities[top:]
    rest = [f"Less changes with {count(len(further), 'further assumption')}."] if further else []
    rest += [f"Nothing changes with {count(len(tornado.unmoved), 'other assumption')}."] if tornado.unmoved else []
    rest += [f"No time was left for {listing(tornado.unreached)}."] if tornado.unreached else []
    lines += ["", *(textwrap.fill(plain(text), width) for text in rest)] if rest else []
    return "\n".join(lines) + "\n"


def flip_text(flips: Sequence[Flip]) -> str:
    """What flips: "LED-3 before PAY-7, ASK-3 lands before ASK-9"."""
    return ", ".join(plain(flip.text).rstrip(".") for flip in flips)


def tornado_json(tornado: Tornado) -> str:
    """Everything for programs: costs in ED, days in working days, dates in ISO form; ends with a newline."""
    return json.dumps(asdict(tornado), default=_plain, ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is nothing that a tornado holds")


def _origin(one: Sensitivity) -> str:
    return "stated in roadmap.toml" if one.stated else "assumed"


def _swing(swing: Swing, as_of: date) -> str:
    """What one other value does, in words."""
    if not swing.possible:
        return "no plan is possible"
    said = [_change(swing.cost)]
    if swing.days:
        said.append(f"done {day(swing.finish, as_of)} ({_later(swing.days)})")
    if swing.item_days:
        said.append(f"{swing.item} lands {day(swing.lands, as_of)} ({_later(swing.item_days)})")
    kept = "" if swing.replanned else ", with the plan as it stands"
    flips = f"; flips: {flip_text(swing.flips)}" if swing.flips else ""
    return f"{', '.join(said)}{kept}{flips}"


def _change(cost: float) -> str:
    """`costs 3 engineer-weeks more`."""
    return f"costs {weeks(abs(cost))} {'more' if cost > 0 else 'less'}" if cost else "costs the same"


def _later(days: int) -> str:
    return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _wrap(text: str, width: int) -> str:
    indent = " " * INDENT
    return textwrap.fill(
        plain(text), width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
    )


def tornado_svg(tornado: Tornado, top: int) -> str:
    """Bars from the cheaper to the dearer value around the plan's cost, in engineer-weeks, the longest at the top.

    The figures stand at the ends of the bars, so that nothing rests on colour alone.
    """
    shown = tornado.sensitivities[:top]
    title = f"{tornado.title}: what its cost rests on"
    subtitle = (
        f"Change of the cost in engineer-weeks when an assumption is half as large, or half as large again; now "
        f"{weeks(tornado.objective)}"
    )
    drawing = Drawing(WIDTH, TOP + ROW * len(shown) + BOTTOM)
    drawing.text(20, 26, title, 14, bold=True, room=WIDTH - 40)
    drawing.text(20, 46, subtitle, NAME, fill=QUIET, room=WIDTH - 40)
    for place, (name, colour) in enumerate(LEGEND):
        drawing.rect(20 + 130 * place, 58, 12, 12, colour)
        drawing.text(37 + 130 * place, 68, name, FIGURE)
    zero, scale = _axis(shown)
    for place, one in enumerate(shown):
        _bar(drawing, one, TOP + ROW * place, zero, scale)
    drawing.line(zero, TOP - 4, zero, drawing.height - BOTTOM + 4)
    stamp = f"as of {full_day(tornado.as_of)}"
    drawing.text(WIDTH - 20, drawing.height - 8, stamp, SMALL, anchor="end", fill=QUIET)
    return drawing.svg(title)


def _axis(shown: Sequence[Sensitivity]) -> tuple[float, float]:
    """Where no change stands, and pixels for an engineer-day: the longest bars reach both ends of the plot."""
    costs = [swing.cost for one in shown for swing in (one.low, one.high)]
    less, more = -min(0.0, *costs, 0.0), max(0.0, *costs, 0.0)
    room = WIDTH - LEFT - RIGHT - 2 * LABEL
    scale = room / (less + more) if less + more else 0.0
    return LEFT + LABEL + less * scale, scale


def _bar(drawing: Drawing, one: Sensitivity, top: float, zero: float, scale: float) -> None:
    """What is assumed, two bars that start at no change, their figures, and what flips below."""
    drawing.text(20, top + 15, f"{one.title}: {one.value}", NAME, room=LEFT - 30)
    if one.flips:
        drawing.text(20, top + 30, f"flips: {flip_text(one.flips)}", FIGURE, fill=VERMILION, room=LEFT - 30)
    for swing, colour, y in ((one.low, BLUE, top + 4), (one.high, VERMILION, top + 19)):
        end = zero + swing.cost * scale
        x, length = min(zero, end), max(abs(end - zero), 1.0)
        anchor, beside = ("end", x - 5) if swing.cost < 0 else ("start", x + length + 5)
        said = f"{swing.cost / DAYS_PER_WEEK:+,.1f}" if swing.possible else "impossible"
        drawing.rect(x, y, length, 13, colour)
        drawing.text(beside, y + 10.5, said, FIGURE, anchor=anchor)
