"""Elements of an XML part with the places of their bytes: read by expat, changed by splicing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

TAG_BODY = rb"""[^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*)*"""
"""What stands between the name of a tag and its ">"; a ">" inside of quotes is no end."""

_TAG = re.compile(rb"<" + TAG_BODY + rb">")
_CHUNK = 2**20
_LONGEST_NUMBER = 12
_MOST_ELEMENTS = 200_000
"""Of a part that is held whole: an honest one has fewer, and more of them would fill the memory."""


class Unreadable(Exception):
    """A part is no well-formed XML, or far too much of it; `str(error)` says why."""


@dataclass(slots=True, eq=False)
class Element:
    """An element: `start` of its tag, `inner` behind the tag, `outer` before the end tag, `end` behind everything.

    An empty-element tag has inner == outer == end. Attributes by "namespace name", or name where they have none.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    start: int
    inner: int
    outer: int
    end: int
    prefix: bytes
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written `<name/>`."""
        return self.inner == self.end

    def get(self, name: str) -> str | None:
        """An attribute without namespace."""
        return self.attributes.get(name)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number of an attribute; the default where there is none that any sheet could have."""
        text = self.attributes.get(name, "")
        return int(text) if text.isdecimal() and len(text) < _LONGEST_NUMBER else default

    def relation(self) -> str | None:
        """The id of the relationship that it names, in transitional and strict files."""
        return next((value for key, value in self.attributes.items() if key.endswith("/relationships id")), None)

    def walk(self) -> Iterator["Element"]:
        """It and everything in it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def child(self, name: str) -> "Element | None":
        """The first child of this name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list["Element"]:
        """The children of this name."""
        return [child for child in self.children if child.name == name]


def parse(text: bytes) -> Element:
    """The root element of a part in UTF-8.

    Raises
    ------
    Unreadable
        If it is not well-formed, or too large to be held.
    """
    return _Reader(text).root()


def check_well_formed(text: bytes) -> None:
    """Raise Unreadable where a part in UTF-8 is not well-formed."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    view = memoryview(text)
    try:
        for start in range(0, len(text), _CHUNK):
            parser.Parse(view[start : start + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable(str(error)) from error


class _Reader:
    """Handlers that build the tree."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def root(self) -> Element:
        try:
            self._parser.Parse(self._text, True)
        except expat.ExpatError as error:
            raise Unreadable(str(error)) from error
        if self._root is None:
            raise Unreadable("no element found")
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise Unreadable(f"more than {_MOST_ELEMENTS:,} elements")
        start = self._parser.CurrentByteIndex
        tag = _TAG.match(self._text, start)
        end = tag.end() if tag else start
        namespace, _, local = name.rpartition(" ")
        colon = self._text.find(b":", start, start + 1 + self._text[start : start + 80].find(local.encode()))
        prefix = self._text[start + 1 : colon + 1] if colon >= 0 else b""
        element = Element(local, namespace, attributes, start, end, end, end, prefix)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if self._text[element.inner - 2 : element.inner] == b"/>":
            return
        element.outer = self._parser.CurrentByteIndex
        element.end = self._text.index(b">", element.outer) + 1

    def _characters(self, text: str) -> None:
        self._open[-1].text += text
