"""Sheets as other programs write them: each way of writing is kept, and edited right."""

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from planner.domain.edits import CellEdit, NewRow, OwnSheet, RefusalKind
from planner.domain.errors import UserError
from planner.sheets.ooxml import patch
from tests.sheets.ooxml.books import (
    HEAD,
    MAIN,
    RELATIONS,
    calamine_values,
    hand_made,
    parts_of,
    rich,
    sheet_xml,
    with_parts,
    zipped,
)

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def edited(content: bytes, row: int, column: int, value: str | int = "new") -> str:
    """The XML of the sheet after one edit, which nothing refuses and our reader finds."""
    patched = patch(content, "b.xlsx", [CellEdit("Tasks", row, column, value)])
    assert patched.refused == ()
    assert calamine_values(patched.content, "Tasks")[row - 1][column - 1] == value
    return sheet_xml(patched.content).removeprefix(HEAD)


NEW = "<is><t>new</t></is>"


@pytest.mark.parametrize(
    ("rows", "row", "column", "expected"),
    [
        ("", 2, 2, f'<row r="2"><c r="B2" t="inlineStr">{NEW}</c></row>'),
        ('<row r="2"/>', 2, 2, f'<row r="2"><c r="B2" t="inlineStr">{NEW}</c></row>'),
        ('<row r="2" ht="30" />', 2, 2, f'<row r="2" ht="30"><c r="B2" t="inlineStr">{NEW}</c></row>'),
        ('<row r="2"></row>', 2, 2, f'<row r="2"><c r="B2" t="inlineStr">{NEW}</c></row>'),
        ("<row><c><v>1</v></c><c/></row>", 1, 2, f'<row><c><v>1</v></c><c t="inlineStr">{NEW}</c></row>'),
        ("<row><c><v>1</v></c></row>", 1, 3, f'<row><c><v>1</v></c><c r="C1" t="inlineStr">{NEW}</c></row>'),
        (
            "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>",
            2,
            1,
            f'<row><c><v>1</v></c></row><row><c t="inlineStr">{NEW}</c></row>',
        ),
        (
            '<row r="1"><c r="C1"><v>1</v></c></row>',
            1,
            2,
            f'<row r="1"><c r="B1" t="inlineStr">{NEW}</c><c r="C1"><v>1</v></c></row>',
        ),
        (
            '<row r="5"><c r="A5"><v>1</v></c></row>',
            3,
            1,
            f'<row r="3"><c r="A3" t="inlineStr">{NEW}</c></row><row r="5"><c r="A5"><v>1</v></c></row>',
        ),
        (
            '<row r="1" spans="1:1"><c r="A1"><v>1</v></c></row>',
            1,
            3,
            f'<row r="1" spans="1:3"><c r="A1"><v>1</v></c><c r="C1" t="inlineStr">{NEW}</c></row>',
        ),
        (
            "<row r='1'><c t='e' r='A1' s='0'><v>#N/A</v></c></row>",
            1,
            1,
            f"<row r='1'><c r='A1' s='0' t=\"inlineStr\">{NEW}</c></row>",
        ),
        (
            '<!-- <row r="1"><c r="A1"/></row> --><row r="1"><c r="A1"><!-- </c> --><v>1</v></c></row>',
            1,
            1,
            f'<!-- <row r="1"><c r="A1"/></row> --><row r="1"><c r="A1" t="inlineStr">{NEW}</c></row>',
        ),
    ],
)
def test_ways_to_write_rows_and_cells(rows: str, row: int, column: int, expected: str) -> None:
    content = hand_made(f"<sheetData>{rows}</sheetData>" if rows else "<sheetData/>")
    assert edited(content, row, column) == f'<worksheet xmlns="{MAIN}"><sheetData>{expected}</sheetData></worksheet>'


def test_what_is_said_of_the_old_value_goes_and_extensions_stay() -> None:
    cell = '<c r="A1" s="0" vm="1" cm="1" ph="1"><v>1</v><extLst><ext uri="u"/></extLst></c>'
    content = hand_made(f'<sheetData><row r="1">{cell}</row></sheetData>')
    text = sheet_xml(patch(content, "b.xlsx", [CellEdit("Tasks", 1, 1, 2)]).content)
    assert '<c r="A1" s="0" ph="1"><v>2</v><extLst><ext uri="u"/></extLst></c>' in text


def test_a_prefix_before_every_name_is_used_for_what_is_new() -> None:
    rows = '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    content = hand_made(f"<x:sheetData>{rows}</x:sheetData>", root=f'<x:worksheet xmlns:x="{MAIN}">')
    assert '<x:c r="B1" t="inlineStr"><x:is><x:t>new</x:t></x:is></x:c></x:row>' in edited(content, 1, 2)


def test_a_workbook_part_with_prefix_and_with_relations_declared_on_a_child() -> None:
    workbook = (
        f'<x:workbook xmlns:x="{MAIN}"><x:sheets>'
        f'<x:sheet name="Tasks" sheetId="7" xmlns:q="{RELATIONS}" q:id="rId1"/>'
        "</x:sheets></x:workbook>"
    )
    content = hand_made("<sheetData/>", workbook=workbook)
    patched = patch(content, "b.xlsx", [OwnSheet("Ours", (("a",), (1,)))])
    assert openpyxl.load_workbook(BytesIO(patched.content)).sheetnames == ["Tasks", "Ours"]
    text = parts_of(patched.content)["xl/workbook.xml"].decode()
    assert '<x:sheet xmlns:r="' in text
    assert 'sheetId="8"' in text
    assert "<x:definedNames><x:definedName " in text


def test_strict_files_stay_strict() -> None:
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    content = hand_made("<sheetData/>", root=f'<worksheet xmlns="{STRICT}">')
    parts = {
        name: text.replace(MAIN.encode(), STRICT.encode()).replace(RELATIONS.encode(), strict.encode())
        for name, text in parts_of(content).items()
    }
    patched = patch(
        zipped(parts), "b.xlsx", [OwnSheet("Ours", (("a",), (date(2026, 1, 5),))), CellEdit("Tasks", 1, 1, 5)]
    )
    assert patched.refused == ()
    after = parts_of(patched.content)
    assert STRICT in after["xl/worksheets/sheet2.xml"].decode()
    assert (
        f'Type="{strict}/worksheet" Target="/xl/worksheets/sheet2.xml"'
        in after["xl/_rels/workbook.xml.rels"].decode()
    )
    assert not any(MAIN in text.decode() for text in after.values())


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "iso-8859-1"])
def test_encodings_are_kept(codec: str) -> None:
    declared = HEAD.replace("UTF-8", codec.removesuffix("-sig").removesuffix("-le").removesuffix("-be"))
    text = (
        f'{declared}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>é</v></c></row></sheetData>'
    )
    part = f"{text}</worksheet>".encode(codec)
    content = with_parts(hand_made("<sheetData/>"), {"xl/worksheets/sheet1.xml": part})
    patched = patch(content, "b.xlsx", [CellEdit("Tasks", 1, 2, "ü €")])
    after = parts_of(patched.content)["xl/worksheets/sheet1.xml"]
    said = "ü &#8364;" if codec == "iso-8859-1" else "ü €"
    assert after.decode(codec).startswith(declared)
    assert f'<v>é</v></c><c r="B1" t="inlineStr"><is><t>{said}</t></is></c></row>' in after.decode(codec)
    assert after.startswith(part[:40])


def test_text_with_runs_and_phonetic_hints_is_compared_as_it_is_read() -> None:
    strings = (
        f'{HEAD}<sst xmlns="{MAIN}"><si><r><rPr><b/></rPr><t>To</t></r><r><t xml:space="preserve">kyo </t></r>'
        '<rPh sb="0" eb="2"><t>tookyoo</t></rPh></si></sst>'
    )
    content = hand_made('<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>')
    rels = parts_of(content)["xl/_rels/workbook.xml.rels"].decode()
    lead = f'<Relationship Id="rId5" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    content = with_parts(
        content,
        {
            "xl/sharedStrings.xml": strings,
            "xl/_rels/workbook.xml.rels": rels.replace("</Relationships>", lead),
        },
    )
    assert patch(content, "b.xlsx", [CellEdit("Tasks", 1, 1, "Tokyo ")]).content == content
    assert "Kyoto" in edited(content, 1, 1, "Kyoto")


def test_a_very_large_dimension_stays() -> None:
    content = hand_made('<dimension ref="A1:XFD1048576"/><sheetData/>')
    assert '<dimension ref="A1:XFD1048576"/>' in edited(content, 2, 2)


def test_the_used_range_grows() -> None:
    content = hand_made('<dimension ref="B2:C3"/><sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>')
    assert '<dimension ref="A1:C3"/>' in edited(content, 1, 1)


def test_a_workbook_without_formats_gets_some_for_days() -> None:
    patched = patch(hand_made("<sheetData/>"), "b.xlsx", [CellEdit("Tasks", 1, 1, date(2026, 5, 6))])
    assert openpyxl.load_workbook(BytesIO(patched.content))["Tasks"]["A1"].is_date
    assert calamine_values(patched.content, "Tasks") == [[date(2026, 5, 6)]]


def test_rows_out_of_order_are_refused() -> None:
    content = hand_made('<sheetData><row r="5"/><row r="2"/></sheetData>')
    patched = patch(content, "b.xlsx", [CellEdit("Tasks", 3, 1, 1)])
    assert [refusal.kind for refusal in patched.refused] == [RefusalKind.UNSUPPORTED]


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row></sheetData></worksheet>"}, "damaged"),
        ({"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"/>'}, "no rows"),
        (
            {
                "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>'
                f'<q:row xmlns:q="{MAIN}"/></sheetData></worksheet>'
            },
            "namespace",
        ),
        ({"xl/worksheets/sheet1.xml": b"<?xml version='1.0' encoding='klingon'?><worksheet/>"}, "encoding"),
        ({"xl/worksheets/sheet1.xml": b"\xff\xfe<\x00"}, "damaged"),
        ({"xl/workbook.xml": "<workbook"}, "damaged"),
        ({"xl/workbook.xml": "<spreadsheet/>"}, "something else"),
        ({"_rels/.rels": f'<Relationships xmlns="{MAIN}"/>'}, "missing"),
        ({"[Content_Types].xml": '<Types xmlns="x"/>'}, "format"),
        (
            {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData/>{"<a/>" * 400_000}</worksheet>'},
            "elements",
        ),
    ],
)
def test_a_broken_part_is_one_line_with_a_way_out(parts: dict[str, str | bytes], word: str) -> None:
    content = with_parts(hand_made("<sheetData/>"), parts)
    with pytest.raises(UserError, match=word) as error:
        patch(content, "b.xlsx", [CellEdit("Tasks", 1, 1, 1)])
    assert str(error.value).startswith("b.xlsx: ")
    assert "try again" in str(error.value)


def test_signed_workbooks_are_left() -> None:
    rels = parts_of(hand_made("<sheetData/>"))["_rels/.rels"].decode()
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    lead = f'<Relationship Id="rId9" Type="{kind}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    signed = with_parts(
        hand_made("<sheetData/>"),
        {"_rels/.rels": rels.replace("</Relationships>", lead), "_xmlsignatures/origin.sigs": b""},
    )
    with pytest.raises(UserError, match="signed"):
        patch(signed, "b.xlsx", [])


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)])
def test_other_formats_are_not_written_back(content: bytes) -> None:
    with pytest.raises(UserError, match=r"only \.xlsx"):
        patch(content, "b.xls", [])


def test_archives_keep_their_ways() -> None:
    """Stored parts stay stored, comments, times and extra fields stay, and descriptors behind the data go."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.comment = b"by hand"
        for at, (name, text) in enumerate(parts_of(hand_made("<sheetData/>")).items()):
            about = zipfile.ZipInfo(name, (2020, 1, 1 + at, 10, 20, 30))
            about.compress_type = zipfile.ZIP_STORED if at % 2 else zipfile.ZIP_DEFLATED
            about.extra = b"\x99\x99\x02\x00ab"
            about.comment = name.encode()
            archive.writestr(about, text)
    patched = patch(buffer.getvalue(), "b.xlsx", [CellEdit("Tasks", 1, 1, 1)])
    with zipfile.ZipFile(buffer) as before, zipfile.ZipFile(BytesIO(patched.content)) as after:
        assert after.comment == b"by hand"
        for old, new in zip(before.infolist(), after.infolist(), strict=True):
            for fact in ("filename", "date_time", "compress_type", "extra", "comment"):
                assert getattr(old, fact) == getattr(new, fact)


def test_a_streamed_archive_is_read_and_written() -> None:
    """Sizes behind the data, as programs write that cannot seek."""

    class Stream(BytesIO):
        def seekable(self) -> bool:
            return False

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts_of(rich()).items():
            archive.writestr(name, text)
    patched = patch(stream.getvalue(), "b.xlsx", [NewRow("Plain", 3, {2: "P-9"})])
    assert calamine_values(patched.content, "Plain")[7][1] == "P-9"


def test_the_workbook_part_may_have_another_name() -> None:
    parts = parts_of(hand_made('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'))
    moved = {
        name.replace("xl/workbook.xml", "xl/workbook2.xml").replace("rels/workbook.", "rels/workbook2."): text
        for name, text in parts.items()
    }
    moved["_rels/.rels"] = moved["_rels/.rels"].replace(b"workbook.xml", b"workbook2.xml")
    result = patch(zipped(moved), "book.xlsx", [CellEdit("Tasks", 1, 1, 5)])
    assert "<v>5</v>" in sheet_xml(result.content)


def test_parts_named_with_backslashes() -> None:
    """As some programs on Windows write them; the parts keep their names."""
    before = zipped({name.replace("/", "\\"): text for name, text in parts_of(hand_made("<sheetData/>")).items()})
    patched = patch(before, "b.xlsx", [CellEdit("Tasks", 1, 1, "new"), OwnSheet("Ours", (("a",),))])
    assert patched.refused == ()
    parts = parts_of(patched.content)
    assert b"<t>new</t>" in parts["xl\\worksheets\\sheet1.xml"]
    assert b"<t>a</t>" in parts["xl/worksheets/sheet2.xml"]


def test_a_sheet_of_ours_beside_nothing_but_a_chart() -> None:
    """A workbook without any worksheet gets one."""
    parts = parts_of(hand_made("<sheetData/>"))
    chart = parts.pop("xl/worksheets/sheet1.xml").replace(b"worksheet", b"chartsheet")
    rels, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    for name in (rels, types):
        parts[name] = parts[name].replace(b"worksheets", b"chartsheets").replace(b"worksheet", b"chartsheet")
    before = zipped({**parts, "xl/chartsheets/sheet1.xml": chart})
    patched = patch(before, "b.xlsx", [CellEdit("Tasks", 1, 1, 5), OwnSheet("Ours", (("a",),))])
    assert [refusal.kind for refusal in patched.refused] == [RefusalKind.NO_SHEET]
    assert calamine_values(patched.content, "Ours") == [["a"]]


def test_two_names_that_differ_in_their_slashes() -> None:
    """Programs would disagree about which of them is meant."""
    before = with_parts(hand_made("<sheetData/>"), {"xl\\workbook.xml": "<workbook/>"})
    with pytest.raises(UserError, match="one name"):
        patch(before, "b.xlsx", [CellEdit("Tasks", 1, 1, 5)])
