"""A document of one page: columns as wide as their texts ask, and as many rows as the page holds.

Heights and widths are estimated in points with the widest font that a paper may be shown in (DejaVu Sans; Arial is an
eighth narrower), so that no office sets more lines than were counted. Widths of columns are those of automatic tables
in browsers: each its longest word, and of what is left its share by its longest text (CSS 2.1, section 17.5.2.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from planner.domain.paper import (
    Block,
    Bullets,
    Callout,
    Column,
    Figures,
    Heading,
    Paper,
    Paragraph,
    Pictures,
    Stamp,
    Strong,
    Table,
    Text,
    parts,
    words,
)
from planner.report.papers.style import COMPACT, HEIGHT_PT, WIDTH_PT
from planner.report.picture import png, png_size
from planner.report.text_width import text_width
from planner.report.wording import plain, stamp_line

PADDING = 12.5
"""Left and right of the text of a cell, with a little for rounding."""
LEADING = 1.25
RULE = 1.0
"""Below each row."""
RESERVE = 12.0
"""Left free at the foot."""
WIDEST_WORD = 0.24
"""Of the table's width: a longer word is broken."""
UNBROKEN = 12
"""Letters of a text, such as a date, that stays on one line where such texts leave the others enough."""
ENOUGH, WIDEST = 0.25, 0.4
"""Parts of the table's width: what is left for breaking lines, and as what the longest text counts at most."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and a table of `least` to `most` of the rows, the most important first.

    `places` say where each of the rows stands among those that are shown; without them the order is theirs. The
    heading counts the rows where there are more, and says `elsewhere` they stand.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    least: int
    most: int
    places: tuple[int, ...] = ()
    elsewhere: str = "the rest in sequence.md"

    def blocks(self, shown: int) -> tuple[Block, ...]:
        """With the first rows, and without columns that are empty in all of them; nothing without rows."""
        order = sorted(range(min(shown, len(self.rows))), key=lambda k: self.places[k] if self.places else k)
        rows = [self.rows[k] for k in order]
        if not rows:
            return ()
        more = f" ({shown} of {len(self.rows)}, {self.elsewhere})" if shown < len(self.rows) else ""
        kept = [k for k in range(len(self.columns)) if any(words(row[k]) for row in rows)]
        cells = tuple(tuple(row[k] for k in kept) for row in rows)
        widths = _widths([self.columns[k].title for k in kept], cells)
        columns = (replace(self.columns[k], width=wide) for k, wide in zip(kept, widths, strict=True))
        return (Heading(f"{self.title}{more}"), Table(tuple(columns), cells))


def one_page(title: str, stamp: Stamp, content: Sequence[Block | Section]) -> Paper:
    """The document; rows are added to its sections in turn, the first section first, until the page is full."""
    sections = [part for part in content if isinstance(part, Section)]
    shown = {id(section): min(section.least, len(section.rows)) for section in sections}
    room = HEIGHT_PT - RESERVE - _head(title, stamp)
    room -= sum(_height(part) for part in content if not isinstance(part, Section))
    heights = {id(section): _height_of(section.blocks(shown[id(section)])) for section in sections}
    growing = sections
    while growing:
        still = []
        for section in growing:
            key, more = id(section), shown[id(section)] + 1
            if more > min(section.most, len(section.rows)):
                continue
            taller = _height_of(section.blocks(more))
            if sum(heights.values()) - heights[key] + taller <= room:
                shown[key], heights[key] = more, taller
                still.append(section)
        growing = still
    blocks: list[Block] = []
    for part in content:
        blocks += part.blocks(shown[id(part)]) if isinstance(part, Section) else [part]
    return Paper(title, stamp, tuple(blocks), compact=True)


def _widths(titles: Sequence[str], rows: Sequence[Sequence[Text]]) -> list[float]:
    """Widths in points that sum to the text's."""
    columns = [[Strong(title), *(row[k] for row in rows)] for k, title in enumerate(titles)]
    least = [_least(texts, UNBROKEN) for texts in columns]
    if sum(least) > (1 - ENOUGH) * WIDTH_PT:
        least = [_least(texts, 0) for texts in columns]
    most = [
        max(low, min(WIDEST * WIDTH_PT, PADDING + max(map(_width, texts))))
        for low, texts in zip(least, columns, strict=True)
    ]
    left, asked = WIDTH_PT - sum(least), sum(most) - sum(least)
    if left < 0:
        return [wide * WIDTH_PT / sum(least) for wide in least]
    if asked <= left:  # all fit on one line: what is over goes to each by its width
        return [wide * WIDTH_PT / sum(most) for wide in most]
    return [low + (high - low) * left / asked for low, high in zip(least, most, strict=True)]


def _least(texts: Sequence[Text], unbroken: int) -> float:
    """The least width of a column: its longest word, or text of at most so many letters."""
    pieces = (
        (piece, _is_bold(text))
        for text in texts
        for line in (plain(words(text)),)
        for piece in ([line] if len(line) <= unbroken else line.split())
    )
    widest = max((text_width(piece, COMPACT.table, bold) for piece, bold in pieces), default=0.0)
    return PADDING + min(WIDEST_WORD * WIDTH_PT, widest)


def _width(text: Text) -> float:
    return text_width(plain(words(text)), COMPACT.table, _is_bold(text))


def _is_bold(text: Text) -> bool:
    return any(isinstance(part, Strong) for part in parts(text))


def lines(text: str, room: float, size: float, bold: bool = False) -> int:
    """Lines that a text takes, broken at blanks, a long word anywhere.

    >>> lines("one two three", 45, 10), lines("one", 45, 10), lines("", 45, 10)
    (2, 1, 1)
    """
    count, used, blank = 1, 0.0, text_width(" ", size, bold)
    for word in plain(text).split():
        wide = text_width(word, size, bold)
        if used and used + blank + wide > room:
            count, used = count + 1, 0.0
        if wide <= room:
            used += (blank if used else 0.0) + wide
            continue
        line = max(room - wide / len(word), 1.0)  # a letter does not fit in part
        further = ceil(wide / line) - 1
        count, used = count + further, wide - further * line
    return count


def _head(title: str, stamp: Stamp) -> float:
    size = COMPACT
    above = lines(title, WIDTH_PT, size.title, bold=True) * size.title * 1.2
    return above + lines(stamp_line(stamp), WIDTH_PT, size.small) * size.small * LEADING + 2 + size.gap


def _height_of(blocks: Sequence[Block]) -> float:
    return sum(map(_height, blocks))


def _height(block: Block) -> float:
    """Points that a block takes, the room below it included."""
    size = COMPACT
    match block:
        case Heading():
            tall = size.heading(block.level)
            return lines(block.text, WIDTH_PT, tall, bold=True) * tall * 1.2 + 2 * size.gap
        case Table():
            return _table(block) + 2 * size.gap
        case Figures():
            return _figures(block) + 2 * size.gap
        case Pictures():
            tallest = max(high / wide for wide, high in (png_size(png(p.svg, 1.0)) for p in block.pictures))
            return WIDTH_PT / len(block.pictures) * tallest + 2 * size.gap + 4
        case Callout():
            return _text(block.text, 24) + 4 * size.gap
        case Paragraph():
            return _text(block.text, 0) + size.gap
        case Bullets():
            return sum(_text(item, 18) + size.gap / 3 for item in block.items) + size.gap
        case _:
            raise ValueError(f"a document of one page has no {type(block).__name__}")


def _text(text: Text, indent: float) -> float:
    return lines(words(text), WIDTH_PT - indent, COMPACT.text) * COMPACT.text * LEADING


def _table(table: Table) -> float:
    size = COMPACT
    total = sum(column.width for column in table.columns)
    rooms = [WIDTH_PT * column.width / total - PADDING for column in table.columns]
    rows = [tuple(Strong(column.title) for column in table.columns), *table.rows]
    return sum(
        max(lines(words(cell), room, size.table, _is_bold(cell)) for cell, room in zip(row, rooms, strict=True))
        * size.table
        * LEADING
        + 2 * size.cell
        + RULE
        for row in rows
    )


def _figures(block: Figures) -> float:
    size = COMPACT
    room = WIDTH_PT / len(block.figures) - 2 * PADDING
    tall = [
        lines(figure.label, room, size.table, True) * size.table * LEADING
        + lines(figure.note, room, size.small) * size.small * LEADING
        for figure in block.figures
    ]
    return size.figure * 1.25 + max(tall) + 14
