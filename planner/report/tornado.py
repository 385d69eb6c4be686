"""What a plan rests on, as text, JSON and a tornado: the assumptions that change its cost most at the top."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from html import escape

from planner.domain.sensitivity import Flip, Sensitivity, Swing, Tornado
from planner.domain.units import DAYS_PER_WEEK
from planner.report.wording import count, day, listing, plain, weeks

INDENT = 4
WIDTH, ROW, TOP, BOTTOM = 1120, 46, 84, 30
"""Pixels of the drawing, of one bar with its margin, and above and below the bars."""
LEFT, RIGHT, LABEL = 470, 40, 74
"""Pixels left of the plot for what is assumed, right of it, and kept at both ends of the bars for their figures."""
INK, QUIET, LESS, MORE = "#333333", "#767676", "#0072B2", "#D55E00"
LEGEND = (("half as large", LESS), ("half as large again", MORE))
LETTERS = 68
"""Characters of a label that fit left of the plot."""


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
    height = TOP + ROW * len(shown) + BOTTOM
    title = escape(f"{plain(tornado.title)}: what its cost rests on")
    subtitle = escape(
        f"Change of the cost in engineer-weeks when an assumption is half as large, or half as large again; now "
        f"{weeks(tornado.objective)}"
    )
    zero, scale = _axis(shown)
    rows = [line for place, one in enumerate(shown) for line in _bar(one, TOP + ROW * place, zero, scale)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
            f' viewBox="0 0 {WIDTH} {height}" font-family="Helvetica,Arial,sans-serif" font-size="12" fill="{INK}">',
            f"<title>{title}</title>",
            f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
            f'<text x="20" y="26" font-size="14" font-weight="bold">{title}</text>',
            f'<text x="20" y="46" fill="{QUIET}">{subtitle}</text>',
            *_legend(),
            *rows,
            f'<line x1="{zero:.1f}" y1="{TOP - 4}" x2="{zero:.1f}" y2="{height - BOTTOM + 4}" stroke="{INK}"/>',
            "</svg>\n",
        ]
    )


def _axis(shown: Sequence[Sensitivity]) -> tuple[float, float]:
    """Where no change stands, and pixels for an engineer-day: the longest bars reach both ends of the plot."""
    costs = [swing.cost for one in shown for swing in (one.low, one.high)]
    less, more = -min(0.0, *costs, 0.0), max(0.0, *costs, 0.0)
    room = WIDTH - LEFT - RIGHT - 2 * LABEL
    scale = room / (less + more) if less + more else 0.0
    return LEFT + LABEL + less * scale, scale


def _bar(one: Sensitivity, top: float, zero: float, scale: float) -> list[str]:
    """What is assumed, two bars that start at no change, their figures, and what flips below."""
    lines = [f'<text x="20" y="{top + 15}">{escape(_cut(f"{plain(one.title)}: {one.value}"))}</text>']
    if one.flips:
        flips = escape(_cut(f"flips: {flip_text(one.flips)}"))
        lines.append(f'<text x="20" y="{top + 30}" font-size="11" fill="{MORE}">{flips}</text>')
    for swing, colour, y in ((one.low, LESS, top + 4), (one.high, MORE, top + 19)):
        end = zero + swing.cost * scale
        x, length = min(zero, end), max(abs(end - zero), 1.0)
        anchor, beside = ("end", x - 5) if swing.cost < 0 else ("start", x + length + 5)
        said = f"{swing.cost / DAYS_PER_WEEK:+,.1f}" if swing.possible else "impossible"
        lines += [
            f'<rect x="{x:.1f}" y="{y}" width="{length:.1f}" height="13" fill="{colour}"/>',
            f'<text x="{beside:.1f}" y="{y + 11}" font-size="11" text-anchor="{anchor}">{said}</text>',
        ]
    return lines


def _legend() -> list[str]:
    return [
        part
        for place, (name, colour) in enumerate(LEGEND)
        for part in (
            f'<rect x="{20 + 130 * place}" y="58" width="12" height="12" fill="{colour}"/>',
            f'<text x="{37 + 130 * place}" y="68">{name}</text>',
        )
    ]


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1].rstrip()}…"
