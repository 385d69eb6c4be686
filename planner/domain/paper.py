"""A text document before it is Markdown, HTML or Word: a title, a stamp, and blocks in reading order.

Texts are raw: each renderer in `report/papers` shows every character that people can see as itself.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that the eye finds first."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """What is typed: a command, a cell, a value."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web or mail address; any other kind of address is shown as text."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Cite:
    """A reference to `Evidence` of the same paper, shown as its id in brackets."""

    evidence: str


Inline = str | Strong | Code | Link | Cite
Text = Inline | tuple[Inline, ...]
"""A line of words, in one piece or several."""


def parts(text: Text) -> tuple[Inline, ...]:
    """The pieces of a line.

    >>> parts("now"), parts(("now ", Strong("or")))
    (('now',), ('now ', Strong(text='or')))
    """
    return text if isinstance(text, tuple) else (text,)


def words(text: Text) -> str:
    """A line as its bare words.

    >>> words(("Decide ", Strong("now"), " ", Cite("E1")))
    'Decide now [E1]'
    """
    return "".join(_bare(part) for part in parts(text))


def _bare(part: Inline) -> str:
    if isinstance(part, str):
        return part
    return f"[{part.evidence}]" if isinstance(part, Cite) else part.text


class Align(StrEnum):
    """Where the words of a column stand; numbers stand right."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (below the title) to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers, in the order that matters."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is its part of the table's width, counted against the other columns'."""

    title: str
    width: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of as many texts as there are columns; the titles are repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One of a few numbers that matter: the number as it is read, what it counts, and what to compare it with."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of ours: SVG, its file name without suffix, and what it shows for those who do not see it."""

    name: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """One picture as wide as the text, or several side by side."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """What must not be overlooked, set apart from the text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a figure comes from: the id that `Cite` names, and the fact with its place."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The list that every `Cite` leads to."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Table | Figures | Pictures | Callout | EvidenceList | PageBreak


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a paper is made from: the plan and its day, the files received, the share of the effort nobody typed."""

    as_of: date
    plan: str
    """The plan's id."""
    files: tuple[str, ...]
    assumed_share: float


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of A4 pages; a `compact` one is set smaller, to fit on one."""

    title: str
    stamp: Stamp
    blocks: tuple[Block, ...]
    compact: bool = False

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture in it."""
        return tuple(each for block in self.blocks if isinstance(block, Pictures) for each in block.pictures)
