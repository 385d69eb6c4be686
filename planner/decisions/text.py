"""A document as the prose check reads it: passages of plain text that know where each character stood.

Words that are not the writer's own (quotations, code, the text of a bare link) and marks that nobody reads aloud
(`[E7]`, `[^1]`) are masked, so that no rule judges them; masking keeps every position.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from planner.decisions.word_lists import words_of

Place = tuple[int, int]
"""Line and column, counted from 1."""

WORD = re.compile(r"[^\W_]+(?:['’.,:/&_+-][^\W_]+)*")
"""A word, a number, a date or an id."""

_QUOTED = re.compile(r"“[^”]{1,300}”|„[^“”]{1,300}[“”]|«[^»]{1,300}»|(?<!\w)\"[^\"]{1,300}\"(?!\w)")
_CITED = re.compile(r"\[(?:\^?\w{1,12}|[A-Z]\d{1,4}(?:\s*[,;–-]\s*[A-Z]\d{1,4})*)\](?!\()")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")


class Kind(Enum):
    """What a passage is in its document; only sentences of a table cell are prose."""

    PARAGRAPH = "paragraph"
    ITEM = "list item"
    HEADING = "heading"
    CELL = "table cell"


@dataclass(frozen=True)
class Passage:
    """A paragraph, list item, heading or table cell: `text`, and for each of its characters the place.

    `foreign` are ranges of characters that are not the writer's words (code); `section` is the heading above.
    """

    kind: Kind
    text: str
    places: tuple[Place, ...]
    foreign: tuple[tuple[int, int], ...] = ()
    section: str = ""

    @cached_property
    def others(self) -> tuple[tuple[int, int], ...]:
        """Where the words of others stand: quotations and code."""
        return (*self.foreign, *(match.span() for match in _QUOTED.finditer(self.text)))

    @cached_property
    def own(self) -> str:
        """The text with what is not the writer's masked, character by character."""
        masked = list(self.text)
        for first, last in self.others:
            masked[first:last] = _masked(self.text[first:last])
        for match in _CITED.finditer("".join(masked)):
            masked[slice(*match.span())] = " " * len(match.group())
        return "".join(masked)

    @cached_property
    def sentences(self) -> tuple["Sentence", ...]:
        """Its sentences; none in a heading, and in a table cell those that end like one, not cut short."""
        if self.kind is Kind.HEADING:
            return ()
        found = tuple(Sentence(self, first, last) for first, last in _spans(self.own))
        found = tuple(sentence for sentence in found if WORD.search(sentence.own))
        return tuple(s for s in found if s.own.rstrip()[-1:] in ".!?") if self.kind is Kind.CELL else found


@dataclass(frozen=True)
class Sentence:
    """Characters `first` up to `last` of a passage."""

    passage: Passage
    first: int
    last: int

    @property
    def own(self) -> str:
        """Its text, masked."""
        return self.passage.own[self.first : self.last]

    @cached_property
    def words(self) -> tuple[re.Match[str], ...]:
        """Its words in order, positions within the sentence."""
        return tuple(WORD.finditer(self.own))


@dataclass(frozen=True)
class Document:
    """The passages of a document, and (line, rule) of the findings that its writer lets pass: line 0 is every line,
    rule "" every rule."""

    passages: tuple[Passage, ...]
    unit: str = "line"
    ignored: frozenset[tuple[int, str]] = field(default=frozenset())

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in order."""
        return (sentence for passage in self.passages for sentence in passage.sentences)


@dataclass(frozen=True, slots=True)
class Hit:
    """Characters `first` up to `last` of a passage that a rule objects to, and what to do about it."""

    passage: Passage
    first: int
    last: int
    advice: str


def hit(sentence: Sentence, first: int, last: int, advice: str) -> Hit:
    """A hit by its positions within a sentence."""
    return Hit(sentence.passage, sentence.first + first, sentence.first + last, advice)


def _masked(text: str) -> str:
    """Words stay words and numbers stay numbers; a full stop ends a sentence only right before the closing quote."""
    inner = re.sub(r"[.!?…](?!.?$)", "x", text)
    return "".join("0" if c.isdigit() else "x" if c.isalpha() else c for c in inner)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end: after . ! ? … before a blank, unless that closes an abbreviation or a number."""
    first = 0
    for match in _END.finditer(text):
        rest = text[match.end() :].lstrip()
        if rest and not _begins(rest, text[first : match.start()], match.group()):
            continue
        yield _trimmed(text, first, match.end())
        first = match.end()
    if text[first:].strip():
        yield _trimmed(text, first, len(text))


def _begins(rest: str, before: str, end: str) -> bool:
    """Whether a new sentence begins with `rest` after `before` and its `end` mark."""
    if end[0] != "." or len(end.rstrip("\"'”’)]")) > 1:
        return not rest[0].islower()
    word = before.rsplit(None, 1)[-1].lstrip("([\"'“‘").casefold() if before.split() else ""
    return not rest[0].islower() and word not in _abbreviations() and not (len(word) == 1 and word.isalpha())


def _abbreviations() -> frozenset[str]:
    return words_of("abbreviations")


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    return first + len(text[first:last]) - len(text[first:last].lstrip()), last


def ranges(characters: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    """Runs of true as (first, last behind).

    >>> ranges([False, True, True, False, True])
    ((1, 3), (4, 5))
    """
    edges = [i for i, (a, b) in enumerate(zip((False, *characters), (*characters, False), strict=True)) if a != b]
    return tuple(zip(edges[::2], edges[1::2], strict=True))
