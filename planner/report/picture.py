"""DOT text as a picture, through the system's `dot` or without it through the one that pygraphviz brings along."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import graphviz

from planner.domain.errors import UserError

FONT = "DejaVu Sans"
"""The family of `report/fonts`; in a browser that lacks it Verdana has the same widths."""

FIRST_FOREIGN = "\u2e80"
"""From this sign on Unicode holds East Asian writing, and further on the emoji; none of it is in our fonts."""


def render(dot: str, format: str) -> bytes:
    """The picture of a DOT text as "svg" or "png". Raises `UserError` where there is nothing that can draw it."""
    try:
        return bytes(graphviz.Source(dot).pipe(format=format, quiet=True))
    except (graphviz.ExecutableNotFound, graphviz.CalledProcessError):  # none there, or one without this format
        return _bundled(dot, format)


def _bundled(dot: str, format: str) -> bytes:
    """The picture by the libraries inside pygraphviz."""
    try:
        import pygraphviz  # heavy, and not needed where there is a `dot`
    except ImportError as missing:
        raise UserError(
            "Pictures need Graphviz: install its `dot` (https://graphviz.org/download) or the Python package "
            "`pygraphviz`. The diagram is written as .dot text all the same."
        ) from missing
    with _quiet():
        return bytes(pygraphviz.AGraph(string=dot).draw(format=format, prog="dot"))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps what C libraries write to standard error (fontconfig's warnings) off the terminal."""
    keep = os.dup(2)
    with tempfile.TemporaryFile() as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(keep, 2)
            os.close(keep)


def png(svg: str, zoom: float = 2.0) -> bytes:
    """An SVG of ours as PNG, `zoom` pixels to its unit, with the package's own fonts: the same everywhere.

    Where it has East Asian letters or emoji, which these fonts lack, the system's fonts serve too.
    """
    import resvg_py  # heavy, and only where there is something to draw

    fonts = Path(__file__).parent / "fonts"
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=zoom,
            background="#ffffff",
            skip_system_fonts=max(svg) < FIRST_FOREIGN,
            font_dirs=[str(fonts)],
            font_family=FONT,
            sans_serif_family=FONT,
            serif_family=FONT,
            monospace_family=FONT,
        )
    )


def png_size(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, from its first chunk (IHDR)."""
    return int.from_bytes(image[16:20], "big"), int.from_bytes(image[20:24], "big")
