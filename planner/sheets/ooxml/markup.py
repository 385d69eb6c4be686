"""Pieces of XML: escape text, set attributes in the bytes of a tag, splice pieces into a part."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from planner.sheets.ooxml.elements import Element

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>"'/]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_REFERENCE = re.compile(r"&(?:lt|gt|quot|apos|amp|#\d+|#x[0-9A-Fa-f]+);")


class Splice(NamedTuple):
    """These bytes of a part are replaced; start == end inserts."""

    start: int
    end: int
    replacement: bytes


def spliced(text: bytes, splices: Iterable[Splice]) -> bytes:
    """The part after its splices, which do not overlap; those at one place go in as they come."""
    pieces: list[bytes | memoryview] = []
    view = memoryview(text)
    position = 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        pieces += [view[position : splice.start], splice.replacement]
        position = splice.end
    pieces.append(view[position:])
    return b"".join(pieces)


def escape(text: str) -> bytes:
    """Text for an element or a quoted attribute."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;").encode()


def unescape(text: bytes) -> str:
    """Character data as text.

    >>> unescape(b"a &lt; &#98;")
    'a < b'
    """

    def plain(match: re.Match[str]) -> str:
        reference = match[0]
        if reference in _ENTITIES:
            return _ENTITIES[reference]
        return chr(int(reference[3:-1], 16) if reference[2] == "x" else int(reference[2:-1]))

    return _REFERENCE.sub(plain, text.decode()) if b"&" in text else text.decode()


def cell_text(text: str) -> str:
    """Text as a cell stores it: characters that XML 1.0 forbids as _xHHHH_ (ECMA-376, 22.9.2.19, ST_Xstring).

    >>> cell_text("a\\x00b _x0041_")
    'a_x0000_b _x005F_x0041_'
    """
    return _FORBIDDEN.sub(lambda match: f"_x{ord(match[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def plain_text(stored: str) -> str:
    """The inverse of `cell_text`.

    >>> plain_text("a_x0000_b _x005F_x0041_")
    'a\\x00b _x0041_'
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), stored)


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A start tag with an attribute set, or without it.

    >>> with_attribute(b'<c r="A1" s="3"/>', "s", "4"), with_attribute(b'<c r="A1"/>', "s", "4")
    (b'<c r="A1" s="4"/>', b'<c r="A1" s="4"/>')
    >>> with_attribute(b'<c r="A1" t="s">', "t", None)
    b'<c r="A1">'
    """
    written = b"" if value is None else b' %s="%s"' % (name.encode(), escape(value))
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == name.encode():
            return tag[: found.start()] + written + tag[found.end() :]
    end = -2 if tag.endswith(b"/>") else -1
    return tag[:end].rstrip() + written + tag[end:]


def with_child(text: bytes, parent: Element, child: bytes) -> bytes:
    """A part with a new last child of an element, also of one that is written as an empty tag."""
    return spliced(text, [last_child(text, parent, child)])


def last_child(text: bytes, parent: Element, child: bytes) -> Splice:
    """The splice that gives an element a new last child."""
    if not parent.is_empty_tag:
        return Splice(parent.outer, parent.outer, child)
    tag = text[parent.start : parent.inner]
    name = parent.prefix + parent.name.encode()
    return Splice(parent.start, parent.end, tag[:-2].rstrip() + b">" + child + b"</" + name + b">")
