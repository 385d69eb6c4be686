"""What all diagrams in DOT share: the house style, shapes and lines with a meaning, labels, the legend.

Nothing rests on colour alone: the critical chain has a double border, kinds have shapes, relations have line
styles, states are written out. Colours are Okabe and Ito's (2008), distinct for colour-blind readers.
"""

import textwrap
from collections.abc import Iterable, Mapping, Sequence

import graphviz

from planner.report.svg import NOT_IN_XML
from planner.report.wording import plain

TITLE_WIDTH = 22
TITLE_LINES = 3

INK = "#333333"
QUIET = "#767676"
CRITICAL = "#D55E00"
UNDER_WAY = "#DCEEF9"
DONE = "#E6E6E6"
GROUND = "#F6F6F2"
LOADS = ((1.0, "#F5C9A8"), (0.8, "#FBE8C8"), (0.0, "#FFFFFF"))
"""Share of a team's capacity that is planned or promised, whichever is more -> fill."""

GRAPH = {
    "rankdir": "LR",
    "ranksep": "0.7",
    "nodesep": "0.18",
    "splines": "spline",
    "labelloc": "t",
    "labeljust": "l",
    "fontsize": "16",
    "pad": "0.25",
    "size": "46,32",  # at most A0, so that no renderer runs out of canvas
}
FONT = {"fontname": "Helvetica,Arial,sans-serif"}
TASK_NODE = {"shape": "box", "style": "rounded,filled", "fillcolor": "white", "color": INK, "fontsize": "10"}
TASK_EDGE = {"color": QUIET, "fontsize": "9", "fontcolor": INK, "arrowsize": "0.7"}

CRITICAL_NODE = {"peripheries": "2", "color": CRITICAL, "penwidth": "1.6"}
MILESTONE = {"shape": "diamond", "style": "filled", "margin": "0.02"}
VENDOR = {"shape": "parallelogram", "style": "filled", "margin": "0.02,0.05"}
FINISHED = {"shape": "folder", "style": "filled", "fillcolor": DONE, "color": QUIET, "fontcolor": "#4D4D4D"}
STARTED = {"fillcolor": UNDER_WAY}

Samples = Sequence[tuple[str, Mapping[str, str], str, Mapping[str, str]]]
"""A legend's nodes with their looks, and the edges to the next node with theirs."""

CROSS_TEAM = {"penwidth": "2.4", "color": INK}
CRITICAL_EDGE = {"color": CRITICAL, "arrowhead": "normalnormal"}
SOFT = {"style": "dashed"}
LAUNCH = {"style": "dotted"}
CLASH_COLOUR = "#8F3A66"
CLASH = {"style": "bold", "color": CLASH_COLOUR, "fontcolor": CLASH_COLOUR, "arrowhead": "tee", "arrowtail": "tee"}
"""Between two that clash: a line with a bar at both ends."""


def digraph(*title: str) -> graphviz.Digraph:
    """An empty diagram in the house style; its title in one line or several."""
    return graphviz.Digraph(
        "roadmap",
        graph_attr={**GRAPH, **FONT, "label": _left(title), "tooltip": label(title)},
        node_attr={**FONT, **TASK_NODE},
        edge_attr={**FONT, **TASK_EDGE},
    )


def frame_around(title: str) -> dict[str, str]:
    """The frame around a team."""
    return {
        "label": label([title]),
        "tooltip": label([title]),
        "style": "rounded,filled",
        "color": "#BDBDB5",
        "fillcolor": GROUND,
        "fontsize": "13",
        "margin": "10",
    }


def legend(dot: graphviz.Digraph, samples: Samples) -> None:
    """A framed row of (node, its looks, the edge to the next, its looks)."""
    with dot.subgraph(name="cluster_legend") as frame:
        frame.attr(**{**frame_around("Legend"), "fillcolor": "white"})
        for number, (text, looks, _, _) in enumerate(samples):
            frame.node(f"legend{number}", label=text, tooltip=text, **looks)
        for number, (_, _, text, looks) in enumerate(samples[:-1]):
            frame.edge(f"legend{number}", f"legend{number + 1}", label=text, tooltip=text, **looks)


def wrapped(text: str, width: int = TITLE_WIDTH, lines: int = TITLE_LINES) -> list[str]:
    """A title on a few lines, the rest left out with an ellipsis."""
    return textwrap.wrap(plain(text), max(width, TITLE_WIDTH), max_lines=lines, placeholder=" …")


def _left(lines: Iterable[str]) -> graphviz.quoting.NoHtml:
    r"""Lines that begin below each other: DOT's `\l` ends a line that does."""
    return graphviz.nohtml("".join(f"{label([line])}\\l" for line in lines))


def label(lines: Iterable[str]) -> graphviz.quoting.NoHtml:
    """Lines as a DOT label that shows them as they are: no markup, no escapes, no entities."""
    escaped = (plain(line).translate(NOT_IN_XML).replace("\\", "\\\\").replace("&", "&amp;") for line in lines)
    return graphviz.nohtml("\\n".join(escaped))
