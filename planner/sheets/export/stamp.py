"""The marks by which a workbook of ours is known again when it comes back, whichever program has saved it."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import unescape

from planner.domain.exports import Export, Receiver, ReceiverKind
from planner.sheets.guard import check_archive

PROPERTY = "Roadmap export"
"""The custom document property that holds the mark."""
SHEET = "_roadmap"
"""The very-hidden sheet that holds it too: some programs drop custom properties."""
_LONGEST_NAME = 150
"""A document property holds 255 characters."""

_MARK = re.compile(
    rf"roadmap-export ([0-9]{{8}}-[0-9a-f]{{8}}) (pm|team) \"([^\r\n]{{0,{_LONGEST_NAME}}}?)\" end-of-mark"
)
_CARRIERS = re.compile(r"docProps/custom\.xml|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def mark_of(export: Export) -> str:
    """One line that says which export this is, and for whom."""
    name = " ".join(export.receiver.name.split())[:_LONGEST_NAME]
    return f'roadmap-export {export.id} {export.receiver.kind} "{name}" end-of-mark'


def exported(content: bytes, label: str = "the workbook") -> Export | None:
    """Which export a workbook is; None where it carries no mark of ours.

    Raises
    ------
    UserError
        If it is no workbook that can be read, is protected by a password or built to harm (see `sheets.guard`).
    """
    check_archive(BytesIO(content), label)
    return next(_marks(content), None)


def _marks(content: bytes) -> Iterator[Export]:
    """The marks of all parts that may carry one, the document property first."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = sorted((part for part in archive.infolist() if _CARRIERS.fullmatch(part.filename)), key=_is_cells)
        for part in parts:
            text = archive.read(part).decode("utf-8", "replace")
            for match in _MARK.finditer(unescape(text, {"&quot;": '"', "&apos;": "'"})):
                yield Export(match[1], Receiver(ReceiverKind(match[2]), match[3]))


def _is_cells(part: zipfile.ZipInfo) -> bool:
    """Whether a part holds cells: these are larger, and read only where the document property is gone."""
    return not part.filename.lower().startswith("docprops/")
