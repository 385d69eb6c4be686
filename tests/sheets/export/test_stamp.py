"""The mark of an export: found again wherever it still stands."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from planner.domain.errors import UserError
from planner.domain.exports import Export, Receiver, ReceiverKind
from planner.sheets.export.stamp import PROPERTY, SHEET, exported, mark_of
from tests.sheets.workbooks import TASKS, workbook

EXPORT = Export("20260907-0123abcd", Receiver(ReceiverKind.PM, "Ada"))
NAMES = ("Ada", "", 'A "quoted" & <angled> name\'s', "  Ada   Lovelace ", "é" * 400)


def marked(export: Export, as_property: bool, as_cell: bool) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        if as_property:
            book.set_custom_property(PROPERTY, mark_of(export), "text")
        if as_cell:
            book.add_worksheet(SHEET).write_string(0, 0, mark_of(export))
    return stream.getvalue()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("as_property", "as_cell"), [(True, False), (False, True), (True, True)])
def test_known_by_the_property_or_the_hidden_sheet(name: str, as_property: bool, as_cell: bool) -> None:
    receiver = Receiver(ReceiverKind.TEAM, name)
    found = exported(marked(Export("20260907-0123abcd", receiver), as_property, as_cell))
    assert found is not None
    assert found.id == "20260907-0123abcd"
    assert found.receiver.kind is ReceiverKind.TEAM
    assert receiver.key[1].startswith(found.receiver.key[1])


def test_a_workbook_of_somebody_else_has_none(tmp_path: Path) -> None:
    assert exported(workbook(tmp_path / "q3.xlsx", {"Tasks": TASKS}).read_bytes()) is None


def test_what_is_no_archive_is_refused_in_one_line() -> None:
    with pytest.raises(UserError, match=r"ada\.xlsx: the file is damaged"):
        exported(b"PK\x03\x04 and no more", "ada.xlsx")


def test_a_part_without_end_is_not_inflated() -> None:
    stream = BytesIO(marked(EXPORT, as_property=False, as_cell=False))
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("docProps/custom.xml", "w") as part,
    ):
        for _ in range(201):
            part.write(bytes(2**20))
    with pytest.raises(UserError, match=r"docProps/custom\.xml"):
        exported(stream.getvalue())


def test_a_part_behind_a_password_is_refused_in_one_line() -> None:
    content = bytearray(marked(EXPORT, as_property=True, as_cell=False))
    entry = content.find(b"PK\x01\x02")
    content[6] |= 1  # general purpose flag, bit 0: encrypted (APPNOTE 4.4.4)
    content[entry + 8] |= 1
    with pytest.raises(UserError, match=r"ada\.xlsx: is protected by a password"):
        exported(bytes(content), "ada.xlsx")
