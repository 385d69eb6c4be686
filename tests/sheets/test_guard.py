"""Every hostile or broken file gets one line that names it and a way out, quickly and without being loaded."""

import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.errors import UserError
from planner.domain.settings import Settings
from planner.sheets import guard
from planner.sheets.files import read_tables
from tests.sheets.workbooks import TASKS, rewritten, with_cells, workbook

SECONDS = 30.0  # a hang, not a speed: each takes a fraction of a second


def pdf(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <<>> endobj")
    return path


def empty_file(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def web_page(path: Path) -> Path:
    path.write_text("<html><table><tr><td>Task ID</td></tr></table></html>")
    return path


def encrypted(path: Path) -> Path:
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    )
    return path


def broken_ole(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000)
    return path


def cut_short(path: Path) -> Path:
    content = workbook(path, {"Tasks": TASKS}).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def flipped_bytes(path: Path) -> Path:
    content = bytearray(workbook(path, {"Tasks": TASKS}).read_bytes())
    content[60:90] = b"\xff" * 30
    path.write_bytes(content)
    return path


def encrypted_zip(path: Path) -> Path:
    content = bytearray(workbook(path, {"Tasks": TASKS}).read_bytes())
    entry = content.find(b"PK\x01\x02")
    struct.pack_into("<H", content, entry + 8, 0x1)
    path.write_bytes(content)
    return path


def archive_of_texts(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return path


def without_workbook_part(path: Path) -> Path:
    return rewritten(workbook(path, {"Tasks": TASKS}), lambda parts: parts.pop("xl/workbook.xml") and None)


def without_sheet_part(path: Path) -> Path:
    return rewritten(workbook(path, {"Tasks": TASKS}), lambda parts: parts.pop("xl/worksheets/sheet1.xml") and None)


def names_in_two_cases(path: Path) -> Path:
    return rewritten(
        workbook(path, {"Tasks": TASKS}), lambda parts: parts.update({"xl/WORKBOOK.xml": b"<workbook/>"})
    )


def billion_laughs(path: Path) -> Path:
    laughs = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'
    return rewritten(workbook(path, {"Tasks": TASKS}), lambda parts: parts.update({"xl/sharedStrings.xml": laughs}))


def laughs_in_utf16(path: Path) -> Path:
    laughs = '<!DOCTYPE lolz [<!ENTITY a "ha">]><sst>&a;</sst>'.encode("utf-16")
    return rewritten(workbook(path, {"Tasks": TASKS}), lambda parts: parts.update({"xl/sharedStrings.xml": laughs}))


def way_out(path: Path) -> Path:
    def change(parts: dict[str, bytes]) -> None:
        name = "xl/_rels/workbook.xml.rels"
        parts[name] = parts[name].replace(b"worksheets/sheet1.xml", b"../../../etc/passwd")

    return rewritten(workbook(path, {"Tasks": TASKS}), change)


def bad_string_index(path: Path) -> Path:
    return with_cells(path, '<row r="9"><c r="A9" t="s"><v>999999</v></c></row>')


def far_cell(path: Path) -> Path:
    return with_cells(path, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def far_cell_without_place(path: Path) -> Path:
    return with_cells(path, '<row r="1048576">' + "<c><v>1</v></c>" * 20 + "</row>")


def cells_in_one_place(path: Path) -> Path:
    return with_cells(path, '<row r="5"><c><v>1</v></c></row>' * (guard.MAX_CELLS + 1))


def row_outside_of_the_sheet(path: Path) -> Path:
    return with_cells(path, '<row r="99999999"><c r="A99999999"><v>1</v></c></row>')


def open_document(path: Path, rows: str) -> Path:
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{names}manifest:1.0"/>')
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
            f'xmlns:text="{names}text:1.0"><office:body><office:spreadsheet><table:table table:name="Tasks">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path


def open_row(*texts: str, repeated: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def repeated_rows(path: Path) -> Path:
    return open_document(path, open_row("ID", "Title", "Team") + open_row("A", "x", "Pay", repeated=1_000_000))


HOSTILE: dict[Callable[[Path], Path], str] = {
    pdf: "is a PDF",
    empty_file: "is empty",
    web_page: "web page",
    encrypted: "password",
    broken_ole: "damaged",
    cut_short: "damaged",
    flipped_bytes: "damaged",
    encrypted_zip: "password",
    archive_of_texts: "without a workbook",
    without_workbook_part: "without a workbook",
    without_sheet_part: "damaged",
    names_in_two_cases: "two of its parts",
    billion_laughs: "document type declaration",
    laughs_in_utf16: "document type declaration",
    way_out: "points out of the file",
    bad_string_index: "damaged",
    far_cell: "XFD1048576",
    far_cell_without_place: "1048576",
    cells_in_one_place: "a sheet holds 2,",
    repeated_rows: "3,000,003 cells",
    row_outside_of_the_sheet: "outside of any sheet",
}


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_hostile_file_is_refused_in_one_line(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path / "q3.xlsx")
    began = time.perf_counter()
    with pytest.raises(UserError) as refused:
        read_tables([path], Settings())
    assert time.perf_counter() - began < SECONDS
    line = str(refused.value)
    assert line.startswith("q3.xlsx: ")
    assert HOSTILE[make] in line
    assert "\n" not in line


def test_open_document_is_read(tmp_path: Path) -> None:
    path = open_document(tmp_path / "q3.ods", open_row("ID", "Title", "Team") + open_row("A", "Ledger", "Pay"))
    (table,) = read_tables([path], Settings()).tables
    assert [row.values for row in table.rows] == [{"Task ID": "A", "Title": "Ledger", "Team": "Pay"}]


def test_hidden_sheets_are_read_and_very_hidden_ones_are_not(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        book = parts["xl/workbook.xml"]
        book = book.replace(b'name="Old tasks"', b'name="Old tasks" state="hidden"')
        parts["xl/workbook.xml"] = book.replace(b'name="Export"', b'name="Export" state="veryHidden"')

    sheets = {"Tasks": TASKS, "Old tasks": TASKS, "Export": TASKS}
    path = rewritten(workbook(tmp_path / "q3.xlsx", sheets), change)
    assert [table.sheet for table in read_tables([path], Settings()).tables] == ["Tasks", "Old tasks"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400), name=st.sampled_from(["q3.csv", "q3.xlsx"]))
def test_any_bytes_are_a_table_or_one_line(content: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"^q3\.(csv|xlsx): "):
        read_tables([path], Settings())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_one_changed_byte_is_a_table_or_one_line(place: float, byte: int, tmp_path: Path) -> None:
    content = bytearray(workbook(tmp_path / "q3.xlsx", {"Tasks": TASKS}).read_bytes())
    content[int(place * len(content))] = byte
    (tmp_path / "q3.xlsx").write_bytes(content)
    try:
        answer = str([len(table.rows) for table in read_tables([tmp_path / "q3.xlsx"], Settings()).tables])
    except UserError as refused:
        answer = str(refused)
    assert answer == "[2]" or answer.startswith("q3.xlsx: ")


def test_one_bad_file_among_good_ones_is_named(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", {"Tasks": TASKS})
    with pytest.raises(UserError, match=r"^bad\.xlsx: "):
        read_tables([good, bad_string_index(tmp_path / "bad.xlsx")], Settings())


def test_bytes_are_counted_while_they_inflate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PART_BYTES", 3 * 2**20)
    bomb = rewritten(
        workbook(tmp_path / "bomb.xlsx", {"Tasks": TASKS}),
        lambda parts: parts.update({"xl/media/a.xml": b" " * (4 * 2**20)}),
    )
    assert bomb.stat().st_size < 50_000
    with pytest.raises(UserError, match="inflate to more than 3 MB"):
        guard.check_archive(bomb, "bomb.xlsx")


def test_all_parts_together_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "ARCHIVE_BYTES", 3 * 2**20)
    many = rewritten(
        workbook(tmp_path / "many.xlsx", {"Tasks": TASKS}),
        lambda parts: parts.update({f"xl/media/{i}.bin": b" " * 2**20 for i in range(4)}),
    )
    with pytest.raises(UserError, match="its parts inflate"):
        guard.check_archive(many, "many.xlsx")


def test_unfinished_tags_take_no_quadratic_time(tmp_path: Path) -> None:
    path = with_cells(tmp_path / "tags.xlsx", "<c " * 300_000)
    began = time.perf_counter()
    with pytest.raises(UserError):
        read_tables([path], Settings())
    assert time.perf_counter() - began < SECONDS


def test_styled_empty_cells_far_below_do_no_harm(tmp_path: Path) -> None:
    path = with_cells(tmp_path / "styled.xlsx", '<row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert [len(table.rows) for table in read_tables([path], Settings()).tables] == [2]


def test_a_merge_over_the_whole_sheet_is_ignored(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        parts[name] = parts[name].replace(b"</sheetData>", merge)

    path = rewritten(workbook(tmp_path / "merged.xlsx", {"Tasks": TASKS}), change)
    (table,) = read_tables([path], Settings()).tables
    assert [row.values["Task ID"] for row in table.rows] == ["PAY-1", "PAY-2"]


def test_dates_since_1904_are_announced(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr ", b'<workbookPr date1904="1" ')

    path = rewritten(workbook(tmp_path / "mac.xlsx", {"Tasks": TASKS}), change)
    assert [table.uses_1904_dates for table in read_tables([path], Settings()).tables] == [True]


def test_an_empty_row_far_away_is_no_far_cell(tmp_path: Path) -> None:
    """Beside cells that do not say where they are; a styled last row is what some programs leave behind."""
    book = with_cells(
        tmp_path / "a.xlsx",
        '<row r="1"><c><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c><v>1</v></c><c/></row>'
        '<row r="1048576" ht="12"><c s="0"/></row>',
    )
    guard.check_archive(book, "a.xlsx")
