"""The plan as one page for a browser: no network, opens from disk, prints, answers to clicks and keys.

In: a `domain.plan.Plan`. Out: one HTML text. `data.py` gathers what the page knows (a part of plan.json and what the
page needs besides, nothing computed); `page.html` is the frame, `page.css` its looks, each `*.js` one job. They are
put together when a plan is written; there is no build step and no library. Scripts are laid out as prettier does it
in 118 columns.

The scripts share one scope and are read in the order of `SCRIPTS`: a later one may use the earlier ones. To add a
part of the page, write its script with an object that has `mount()`, name it below and call it in `main.js`.
"""

import base64
import hashlib
import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from planner.domain.pareto import ParetoFront
from planner.domain.plan import Plan
from planner.report.page.data import front_data, page_data
from planner.report.wording import plain

SCRIPTS = (
    "wording.js",
    "dom.js",
    "model.js",
    "filter.js",
    "selection.js",
    "overview.js",
    "gantt_rows.js",
    "gantt_draw.js",
    "gantt_labels.js",
    "gantt_arrows.js",
    "gantt_legend.js",
    "gantt.js",
    "heat.js",
    "layers.js",
    "graph_draw.js",
    "matrix.js",
    "graph.js",
    "curve.js",
    "conflicts.js",
    "front.js",
    "doubts.js",
    "details_parts.js",
    "details_task.js",
    "details_others.js",
    "details.js",
    "printing.js",
    "main.js",
)
FRONT_OPEN, FRONT_CLOSE = '<script type="application/json" id="front-data">', "</script><!-- front -->"
"""What stands around the Pareto front, which comes later than the plan."""


def page_html(plan: Plan) -> str:
    """The page of a plan; the same plan gives the same text."""
    script = "\n".join(['"use strict";', *(_file(name) for name in SCRIPTS)])
    parts = {
        "title": escape(plain(plan.title)),
        "digest": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "style": _file("page.css"),
        "plan": _embedded(page_data(plan)),
        "front": f"{FRONT_OPEN}null{FRONT_CLOSE}",
        "script": script,
    }
    frame = _file("page.html")
    pieces = frame.split("{{")
    filled = [parts[name] + rest for name, rest in (piece.split("}}", 1) for piece in pieces[1:])]
    return "".join([pieces[0], *filled])


def with_front(page: str, front: ParetoFront) -> str:
    """A page that was written before, with this Pareto front in it; text that is no page of ours stays as it is."""
    before, opened, rest = page.partition(FRONT_OPEN)
    _, closed, after = rest.partition(FRONT_CLOSE)
    if not (opened and closed):
        return page
    return before + opened + _embedded(front_data(front)) + closed + after


@cache
def _file(name: str) -> str:
    """A part of the page as it stands in this folder."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _embedded(content: Any) -> str:
    """JSON that cannot end its script element, whatever people have typed into a cell."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
