"""Rows as aligned columns of plain text, for answers that are no document."""

from collections.abc import Collection, Sequence

from rich.cells import cell_len

GAP = "  "


def aligned(rows: Sequence[Sequence[str]], left: Collection[int] = (0,)) -> list[str]:
    """The rows as lines; the columns in `left` begin at the left, the others end at the right.

    >>> aligned([("", "base", "bank"), ("Done", "4 Jan", "18 Jan")])
    ['       base    bank', 'Done  4 Jan  18 Jan']
    """
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return [GAP.join(_cell(text, widths[k], k in left) for k, text in enumerate(row)).rstrip() for row in rows]


def _cell(text: str, width: int, is_left: bool) -> str:
    blanks = " " * (width - cell_len(text))
    return text + blanks if is_left else blanks + text
