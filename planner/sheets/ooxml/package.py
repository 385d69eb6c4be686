"""The archive: parts are read by name, and whatever is not replaced goes out with the very bytes that came in."""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from io import BytesIO

from planner.sheets.guard import damaged, part_name
from planner.sheets.ooxml.encoding import Encoding, encoding_of

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_HAS_DESCRIPTOR = 0x8
_UTF8_NAME = 0x800
_ZIP64 = 0x1
_LEVEL = 4
"""Of compression: 6 takes twice as long for a tenth less."""
_MOST_PARTS = 0xFFFF


@dataclass(frozen=True, slots=True)
class _Entry:
    """One part as it goes out: its directory entry and its compressed bytes."""

    about: zipfile.ZipInfo
    data: bytes | memoryview

    def inflated(self) -> bytes | None:
        """The part itself; None where it is not what its entry says."""
        if self.about.compress_type == zipfile.ZIP_STORED:
            raw = bytes(self.data)
        else:
            try:
                raw = zlib.decompress(self.data, -zlib.MAX_WBITS, max(self.about.file_size, 1))
            except zlib.error:
                return None
        return raw if zlib.crc32(raw) == self.about.CRC else None


class Package:
    """The parts of a workbook, in the order of the archive, held compressed; XML is handed out in UTF-8.

    Raises
    ------
    UserError
        If a part is damaged or in an encoding that cannot be kept, or there are more parts than an archive can name.
    """

    def __init__(self, content: bytes, label: str) -> None:
        self.label = label
        self._content = content
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self._comment = archive.comment
            self._entries = {about.filename: self._given(about) for about in archive.infolist()}
        self._folded = {part_name(name).casefold(): name for name in self._entries}
        self._encodings: dict[str, Encoding] = {}
        self._touched: dict[str, None] = {}
        if len(self._entries) >= _MOST_PARTS:
            raise damaged(label, "it has too many parts")

    def _given(self, about: zipfile.ZipInfo) -> _Entry:
        lengths = _LOCAL.unpack_from(self._content, about.header_offset)[-2:]
        start = about.header_offset + _LOCAL.size + sum(lengths)
        return _Entry(about, memoryview(self._content)[start : start + about.compress_size])

    def __iter__(self) -> Iterator[str]:
        yield from self._entries

    def find(self, name: str) -> str | None:
        """The part of this name as the archive spells it; names differ in case between a target and its part."""
        found = self._folded.get(name.lstrip("/").casefold())
        return found if found in self._entries else None

    def size(self, name: str) -> int:
        """Inflated bytes of a part."""
        return self._entries[name].about.file_size

    def read(self, name: str) -> bytes:
        """A part as it is by now, in UTF-8."""
        raw = self._entries[name].inflated()
        if raw is None:
            raise damaged(self.label, f'the part "{name}" is broken')
        try:
            encoding = encoding_of(raw)
            text = encoding.decoded(raw)
            kept = encoding.codec == "utf-8" or encoding.encoded(text) == raw
        except (LookupError, UnicodeError) as error:
            raise damaged(self.label, f'the part "{name}" is in an unknown encoding') from error
        if not kept:
            raise damaged(self.label, f'the part "{name}" cannot be written as it was read')
        self._encodings[name] = encoding
        return text

    def write(self, name: str, text: bytes) -> None:
        """Replace a part, which was read before, in its place, or add one at the end."""
        if name in self._entries:
            entry = _compressed(self._entries[name].about, self._encodings[name].encoded(text))
        else:
            fresh = zipfile.ZipInfo(name, next(iter(self._entries.values())).about.date_time)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            entry = _compressed(fresh, text)
            self._encodings[name] = Encoding("utf-8", b"")
            self._folded[part_name(name).casefold()] = name
        self._entries[name] = entry
        self._touched[name] = None

    def remove(self, name: str) -> None:
        """Leave a part out."""
        del self._entries[name]
        self._touched[name] = None

    @property
    def touched(self) -> tuple[str, ...]:
        """The parts that were replaced, added or left out."""
        return tuple(self._touched)

    def untouched(self, names: Set[str]) -> list[tuple[str, int, int, bytes | memoryview]]:
        """Name, checksum, method and compressed bytes of all parts but these, in their order."""
        return [
            (name, entry.about.CRC, entry.about.compress_type, entry.data)
            for name, entry in self._entries.items()
            if name not in names
        ]

    def build(self) -> bytes:
        """The archive, whose untouched parts have the compressed bytes that came in."""
        return _archive(list(self._entries.values()), self._comment)


def _compressed(about: zipfile.ZipInfo, raw: bytes) -> _Entry:
    """A part by the method of its entry."""
    fresh = zipfile.ZipInfo(about.filename, about.date_time)
    fresh.compress_type, fresh.flag_bits = about.compress_type, about.flag_bits
    fresh.create_system, fresh.create_version = about.create_system, about.create_version
    fresh.external_attr, fresh.internal_attr = about.external_attr, about.internal_attr
    fresh.extract_version, fresh.extra, fresh.comment = about.extract_version, about.extra, about.comment
    data = raw
    if about.compress_type != zipfile.ZIP_STORED:
        fresh.compress_type = zipfile.ZIP_DEFLATED
        packer = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
        data = packer.compress(raw) + packer.flush()
    fresh.CRC, fresh.file_size, fresh.compress_size = zlib.crc32(raw), len(raw), len(data)
    return _Entry(fresh, data)


def _archive(entries: list[_Entry], comment: bytes) -> bytes:
    """From APPNOTE.TXT, 4.3: local headers with sizes (no descriptors behind the data), directory, end."""
    out = bytearray()
    directory = bytearray()
    for entry in entries:
        about = entry.about
        flags = about.flag_bits & ~_HAS_DESCRIPTOR
        name = about.orig_filename.encode("utf-8" if flags & _UTF8_NAME else "cp437")
        extra = _without_zip64(about.extra)
        year, month, day, hour, minute, second = about.date_time
        facts = (
            flags,
            about.compress_type,
            hour << 11 | minute << 5 | second // 2,
            (year - 1980) << 9 | month << 5 | day,
            about.CRC,
            about.compress_size,
            about.file_size,
            len(name),
            len(extra),
        )
        made_by = about.create_system << 8 | about.create_version
        behind = (len(about.comment), 0, about.internal_attr, about.external_attr, len(out))
        directory += _CENTRAL.pack(b"PK\x01\x02", made_by, about.extract_version, *facts, *behind)
        directory += name + extra + about.comment
        out += _LOCAL.pack(b"PK\x03\x04", about.extract_version, *facts) + name + extra
        out += entry.data
    start = len(out)
    out += directory
    out += _END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), start, len(comment)) + comment
    return bytes(out)


def _without_zip64(extra: bytes) -> bytes:
    """Sizes stand in the header itself; the other extra fields are kept."""
    kept = bytearray()
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind != _ZIP64:
            kept += extra[: 4 + length]
        extra = extra[4 + length :]
    return bytes(kept)
