"""Read a csv file as people send it: any encoding, any delimiter, quoted line breaks, Excel's `sep=` line."""

import codecs
import csv
from io import StringIO

from planner.domain.errors import UserError
from planner.sheets.grid import Grid
from planner.sheets.guard import MAX_CELLS, PART_BYTES, damaged, too_many_cells

_DELIMITERS = ",;\t|"
_SAMPLE_RECORDS = 50
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROTECTED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
"""How exports keep a text from being run as a formula."""


def read_csv(content: bytes, label: str) -> Grid:
    """The records of a csv file as a grid of texts; `numbers` are the lines on which they start.

    Raises
    ------
    UserError
        If it is no text, too large, or no table.
    """
    if len(content) > PART_BYTES:
        raise UserError(f"{label}: is larger than {PART_BYTES // 2**20} MB. Send the columns that are needed.")
    text = _decode(content)
    if "\0" in text:
        raise UserError(f"{label}: is no text file. Export the table as .csv or .xlsx and try again.")
    skipped, text, delimiter = _separator(text)
    rows = []
    numbers = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        line = skipped + 1
        cells = 0
        for record in reader:
            cells += len(record)
            if cells > MAX_CELLS:
                raise too_many_cells(label, "the file is very large,", cells)
            rows.append([_unprotected(value) for value in record])
            numbers.append(line)
            line = skipped + 1 + reader.line_num
    except csv.Error as error:
        raise damaged(label, f"line {skipped + reader.line_num}: {error}") from error
    return Grid(file=label, sheet="", rows=rows, numbers=numbers)


def _decode(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    half = content[1::2][:1000]
    if half and half.count(0) > len(half) / 2:  # Latin text in UTF-16 without its mark
        return content.decode("utf-16-le", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _separator(text: str) -> tuple[int, str, str]:
    """(lines skipped, the rest, delimiter): what `sep=;` says, else what splits the records most evenly."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip("\r\n")) == len("sep=;"):
        return 1, rest, first[len("sep=")]
    return 0, text, max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """How many of the first records have the commonest number of fields, and that number; 1 field does not count."""
    reader = csv.reader(StringIO(text[:100_000], newline=""), delimiter=delimiter)
    try:
        widths = [len(record) for record, _ in zip(reader, range(_SAMPLE_RECORDS), strict=False) if record]
    except csv.Error:
        return (0.0, 0)
    split = [width for width in widths if width > 1]
    if not split:
        return (0.0, 0)
    commonest = max(set(split), key=lambda width: (split.count(width), width))
    return (split.count(commonest) / len(widths), commonest)


def _unprotected(value: str) -> str:
    return value[1:] if value.startswith(_PROTECTED) else value
