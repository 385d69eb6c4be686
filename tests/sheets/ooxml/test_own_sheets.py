"""A sheet of ours in a foreign workbook: added once, replaced as a whole, never taken from anybody."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from planner.domain.edits import OwnSheet, RefusalKind
from planner.sheets.ooxml import patch
from tests.sheets.ooxml.books import MAIN, cells_of, hand_made, parts_of, rich, sheet_xml, with_parts

PLAN = OwnSheet("Roadmap plan", (("Task", "Start"), ("T-1", date(2026, 4, 1)), ("=cmd()", None)), (10, 14))


def test_it_is_added_at_the_end() -> None:
    book = openpyxl.load_workbook(BytesIO(patch(rich(), "b.xlsx", [PLAN]).content))
    sheet = book["Roadmap plan"]
    assert book.sheetnames[-1] == "Roadmap plan"
    assert [[cell.value for cell in row] for row in sheet] == [
        ["Task", "Start"],
        ["T-1", datetime(2026, 4, 1)],
        ["=cmd()", None],
    ]
    assert sheet["A3"].data_type == "s"  # text, no formula
    assert sheet["A1"].font.b
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].width == 14


def test_the_same_again_changes_nothing() -> None:
    once = patch(rich(), "b.xlsx", [PLAN]).content
    assert patch(once, "b.xlsx", [PLAN]).content == once


def test_it_is_replaced_as_a_whole_and_nothing_else_is() -> None:
    once = patch(rich(), "b.xlsx", [PLAN]).content
    patched = patch(once, "b.xlsx", [OwnSheet("Roadmap plan", (("Task",), ("T-2",)))])
    own = {place: value for place, value in cells_of(patched.content).items() if place[0] == "Roadmap plan"}
    assert own == {("Roadmap plan", 1, 1): "Task", ("Roadmap plan", 2, 1): "T-2"}
    assert patched.touched == ("xl/worksheets/sheet5.xml",)


def test_what_people_set_up_on_it_stays() -> None:
    once = patch(hand_made("<sheetData/>"), "b.xlsx", [PLAN]).content
    zoomed = sheet_xml(once, 2).replace("<sheetData>", '<sheetData><row r="9"><c r="A9"><f>A2</f><v>1</v></c></row>')
    zoomed = zoomed.replace("</sheetData>", '</sheetData><pageSetup orientation="landscape"/>')
    edited = with_parts(once, {"xl/worksheets/sheet2.xml": zoomed.replace('width="14"', 'width="40"')})
    text = sheet_xml(patch(edited, "b.xlsx", [PLAN]).content, 2)
    assert '<pageSetup orientation="landscape"/>' in text
    assert 'width="40"' in text
    assert 'r="9"' not in text


def test_formulas_elsewhere_that_read_it_are_calculated_anew() -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><f>\'Roadmap plan\'!A2</f><v>7</v></c></row></sheetData>'
    once = patch(hand_made("<sheetData/>"), "b.xlsx", [PLAN]).content
    reading = with_parts(once, {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'})
    assert patch(reading, "b.xlsx", [PLAN]).content == reading
    other = OwnSheet(PLAN.name, (("Task",), ("T-9",)))
    assert "<v>7</v>" not in sheet_xml(patch(reading, "b.xlsx", [other]).content)


def test_the_list_of_formulas_goes_when_a_formula_goes() -> None:
    once = patch(hand_made("<sheetData/>"), "b.xlsx", [PLAN]).content
    parts = parts_of(once)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    edited = with_parts(
        once,
        {
            "xl/worksheets/sheet2.xml": parts["xl/worksheets/sheet2.xml"].replace(
                b"<is><t>T-1</t></is>", b"<f>1+1</f>"
            ),
            "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="A2" i="2"/></calcChain>',
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(
                b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="c"/></Types>'
            ),
            "xl/_rels/workbook.xml.rels": parts["xl/_rels/workbook.xml.rels"].replace(
                b"</Relationships>",
                f'<Relationship Id="rId77" Type="{relation}" Target="calcChain.xml"/></Relationships>'.encode(),
            ),
        },
    )
    after = parts_of(patch(edited, "b.xlsx", [PLAN]).content)
    assert "xl/calcChain.xml" not in after
    assert not any(b"calcChain" in text for text in after.values())


def test_a_hidden_one_is_very_hidden() -> None:
    content = patch(rich(), "b.xlsx", [OwnSheet("_roadmap", (("id",),), hidden=True)]).content
    assert openpyxl.load_workbook(BytesIO(content))["_roadmap"].sheet_state == "veryHidden"


def test_a_renamed_sheet_of_ours_is_its_owners() -> None:
    once = patch(hand_made("<sheetData/>"), "b.xlsx", [PLAN]).content
    text = parts_of(once)["xl/workbook.xml"].decode().replace("Roadmap plan", "Kept copy")
    again = patch(with_parts(once, {"xl/workbook.xml": text}), "b.xlsx", [PLAN])
    assert openpyxl.load_workbook(BytesIO(again.content)).sheetnames == ["Tasks", "Kept copy", "Roadmap plan"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Tasks", RefusalKind.FOREIGN_SHEET),
        ("tasks", RefusalKind.FOREIGN_SHEET),
        ("Picture", RefusalKind.FOREIGN_SHEET),
        ("a/b", RefusalKind.UNSUPPORTED),
        ("x" * 32, RefusalKind.UNSUPPORTED),
        ("", RefusalKind.UNSUPPORTED),
    ],
)
def test_names_that_are_refused(name: str, kind: RefusalKind) -> None:
    content = rich()
    patched = patch(content, "b.xlsx", [OwnSheet(name, (("a",),))])
    assert patched.content == content
    assert [refusal.kind for refusal in patched.refused] == [kind]
