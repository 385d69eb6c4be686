"""Markdown as passages: prose without its marks, each character with its line and column in the file.

Code blocks, front matter and HTML say nothing; inline code and bare links are words of others. Comments switch
rules off: `<!-- lint: ignore weasel-word -->` for the next line (or its own, behind text), `ignore-block` for the
block that follows, `ignore-file` for the file; without a rule's name, all rules.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from planner.decisions.text import Document, Kind, Passage, Place, ranges

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--\s*lint:\s*(ignore(?:-block|-file)?)\b([\w\s,-]*?)-->")
_NOTE = re.compile(r"[A-Za-z]?\d{1,4}")
"""The text of a link within the document that is a reference, as `[E7]` is."""
_BOX = re.compile(r"\[[ xX]\]\s")


def read_markdown(text: str) -> Document:
    """The passages of a Markdown text in order, and where its comments want no findings."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _FRONT_MATTER.sub(lambda match: "\n" * match.group().count("\n"), text)
    lines = text.split("\n")
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    code = {n for t in tokens if t.type in ("fence", "code_block") and t.map for n in range(*t.map)}
    return Document(tuple(_passages(tokens, lines)), "line", frozenset(_ignored(lines, code)))


def _passages(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Passage]:
    section, row, cursor = "", -1, 0
    for i, token in enumerate(tokens):
        if token.type != "inline" or token.map is None:
            continue
        kind = _kind(tokens, i)
        if kind is Kind.CELL:
            cursor = cursor if token.map[0] == row else 0
            row = token.map[0]
        passage, cursor = _passage(token, kind, lines, cursor if kind is Kind.CELL else 0, section)
        if kind is Kind.HEADING:
            section = passage.text
        yield passage


def _kind(tokens: Sequence[Token], i: int) -> Kind:
    """What the block around an inline token is; the first paragraph of a list item is the item."""
    opened = tokens[i - 1].type
    if opened == "heading_open":
        return Kind.HEADING
    if opened in ("th_open", "td_open"):
        return Kind.CELL
    return Kind.ITEM if tokens[i - 2].type == "list_item_open" else Kind.PARAGRAPH


def _passage(token: Token, kind: Kind, lines: Sequence[str], cursor: int, section: str) -> tuple[Passage, int]:
    """The passage of an inline token, and the column behind it; `cursor`: where to look for it in its first line."""
    assert token.map is not None
    source, where = token.content, _places(token.content, token.map[0], lines, cursor)
    text, places, foreign, at, link = "", list[Place](), list[bool](), 0, ""
    for child in token.children or ():
        if child.type in ("link_open", "link_close"):
            link = "auto" if child.info == "auto" else str(child.attrGet("href") or "")
        piece = _spoken(child)
        found = source.find(piece, at) if piece.strip() else -1
        if link.startswith("#") and _NOTE.fullmatch(piece):
            piece = f"[{piece}]"
        for k in range(len(piece)):
            places.append(where[min(at if found < 0 else found + k, len(source))])
        text += piece
        foreign += [child.type == "code_inline" or link == "auto"] * len(piece)
        at = at if found < 0 else found + len(piece)
    is_task = kind is Kind.ITEM and _BOX.match(text) is not None
    passage = Passage(kind, text, tuple(places), ranges(foreign), f"{section} to do" if is_task else section)
    return passage, where[-1][1]


def _spoken(child: Token) -> str:
    """What is read aloud of a part of an inline token."""
    if child.type in ("text", "code_inline"):
        return child.content
    is_break = child.type in ("softbreak", "hardbreak") or child.content.startswith("<br")
    return " " if is_break else ""


def _places(content: str, first: int, lines: Sequence[str], cursor: int) -> list[Place]:
    """The place of each character of an inline token's source, and one more for its end."""
    where: list[Place] = []
    for k, piece in enumerate(content.split("\n")):
        line = lines[first + k] if first + k < len(lines) else ""
        column = max(0, line.find(piece.strip(), cursor if k == 0 else 0)) - (len(piece) - len(piece.lstrip()))
        where += [(first + k + 1, max(0, column + n) + 1) for n in range(len(piece) + 1)]
    return where


def _ignored(lines: Sequence[str], code: set[int]) -> Iterator[tuple[int, str]]:
    """(line, rule) of what comments switch off; line 0 is the file, rule "" is every rule."""
    for n, line in enumerate(lines):
        for match in () if n in code else _COMMENT.finditer(line):
            names = re.split(r"[\s,]+", match.group(2).strip())
            for number in _lines_meant(match.group(1), lines, n, _COMMENT.sub("", line).strip() == ""):
                yield from ((number, name) for name in names)


def _lines_meant(scope: str, lines: Sequence[str], n: int, is_alone: bool) -> Iterator[int]:
    if scope == "ignore-file":
        yield 0
        return
    if not is_alone and scope == "ignore":
        yield n + 1
        return
    following = next((k for k in range(n + 1, len(lines)) if lines[k].strip()), None)
    while following is not None and following < len(lines) and lines[following].strip():
        yield following + 1
        following = following + 1 if scope == "ignore-block" else None
