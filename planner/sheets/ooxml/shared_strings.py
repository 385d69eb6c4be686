"""The texts that cells share: looked up one by one, never changed."""

import re
from array import array

from planner.sheets.ooxml.elements import TAG_BODY, check_well_formed
from planner.sheets.ooxml.markup import plain_text, unescape

_ITEM = re.compile(rb"<(?:[\w.-]+:)?si(?=[\s/>])" + TAG_BODY + rb">")
_PHONETIC = re.compile(rb"<((?:[\w.-]+:)?rPh)(?=[\s>]).*?</\1\s*>", re.DOTALL)
_TEXT = re.compile(rb"<((?:[\w.-]+:)?t)(?=[\s>])" + TAG_BODY + rb"(?<!/)>(.*?)</\1\s*>", re.DOTALL)


def joined_text(item: bytes) -> str:
    """The text of a string item or inline string: its runs, without the phonetic hints."""
    return plain_text("".join(unescape(match[2]) for match in _TEXT.finditer(_PHONETIC.sub(b"", item))))


class SharedStrings:
    """The part in UTF-8, empty where there is none; items are found when the first of them is asked for.

    Raises
    ------
    Unreadable
        If it is not well-formed.
    """

    def __init__(self, text: bytes) -> None:
        if text:
            check_well_formed(text)
        self._text = text
        self._starts: array[int] | None = None
        self._known: dict[int, str] = {}

    def __getitem__(self, index: int) -> str | None:
        """The text of an item; None where there is no such item."""
        if index in self._known:
            return self._known[index]
        if self._starts is None:
            self._starts = array("q", (match.start() for match in _ITEM.finditer(self._text)))
        if not 0 <= index < len(self._starts):
            return None
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
        self._known[index] = joined_text(self._text[self._starts[index] : end])
        return self._known[index]
