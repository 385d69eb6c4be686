"""How papers look, in one place for HTML and Word: an A4 page, two sizes of type, few colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.domain.paper import Paper

MARGIN_MM = 14
WIDTH_MM = 210 - 2 * MARGIN_MM
"""Width of the text."""
WIDTH_PT, HEIGHT_PT = WIDTH_MM / 25.4 * 72, (297 - 2 * MARGIN_MM) / 25.4 * 72
"""Of the text on a page."""
WIDTH_PX = round(WIDTH_MM / 25.4 * 96)
FONT, MONO = "Arial", "Consolas"
"""Fonts that every office has; each format names a fallback."""
INK, QUIET = "#222222", "#5f6b76"
LINE, FILL = "#1f3b57", "#eef2f6"
"""Headings and rules; the ground of table heads and figures. All text on them has a contrast of 4.5 or more."""
WARM, WARM_LINE = "#fff6e0", "#b35c00"
"""Ground and edge of a callout."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of type and gaps in points."""

    title: float
    text: float
    table: float
    small: float
    figure: float
    gap: float
    cell: float
    """Above and below the text of a table's cell."""

    def heading(self, level: int) -> float:
        """Of a heading of level 1 to 3."""
        return self.text + (3.5, 1.5, 0.5)[level - 1]


ROOMY = Sizes(title=20, text=10.5, table=9.5, small=8.5, figure=20, gap=6, cell=2.5)
COMPACT = Sizes(title=15, text=8.5, table=7.5, small=7, figure=14, gap=3.5, cell=1.2)


def sizes(paper: Paper) -> Sizes:
    """What a paper is set in."""
    return COMPACT if paper.compact else ROOMY


def percentages(widths: Sequence[float]) -> list[float]:
    """Widths as percentages, to a tenth, that sum to 100.

    >>> percentages([1, 1, 1]), percentages([2, 1, 1])
    ([33.3, 33.4, 33.3], [50.0, 25.0, 25.0])
    """
    total = sum(widths)
    ends = [round(1000 * sum(widths[:place]) / total) for place in range(len(widths) + 1)]
    return [(after - before) / 10 for before, after in pairwise(ends)]
