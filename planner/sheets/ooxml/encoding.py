"""XML parts as UTF-8 without a byte order mark, and back in the encoding that they came in."""

import codecs
import re
from dataclasses import dataclass

_DECLARED = re.compile(rb"""^\s*<\?xml[^<>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Encoding:
    """The codec of a part and the byte order mark before it."""

    codec: str
    mark: bytes

    def decoded(self, raw: bytes) -> bytes:
        """The part in UTF-8; the declaration inside keeps its words."""
        body = raw[len(self.mark) :]
        return body if self.codec == "utf-8" else body.decode(self.codec).encode()

    def encoded(self, text: bytes) -> bytes:
        """The inverse; what the codec cannot say becomes a character reference."""
        if self.codec == "utf-8":
            return self.mark + text if self.mark else text
        return self.mark + text.decode().encode(self.codec, "xmlcharrefreplace")


def encoding_of(raw: bytes) -> Encoding:
    """The encoding by the byte order mark, else by the first bytes, else by the declaration.

    Raises
    ------
    LookupError
        If Python does not know the declared one.
    """
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return Encoding(codec, mark)
    for start, codec in _UNMARKED:
        if raw.startswith(start):
            return Encoding(codec, b"")
    declared = _DECLARED.match(raw[:200])
    codec = codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    return Encoding("utf-8" if codec == "ascii" else codec, b"")
