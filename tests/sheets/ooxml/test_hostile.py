"""Files that were built to harm: each is one typed line, quickly, in little memory."""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.domain.edits import CellEdit, NewRow, OwnSheet
from planner.domain.errors import UserError
from planner.sheets.ooxml import patch
from tests.sheets.ooxml.books import MAIN, RELATIONS, hand_made, parts_of, sheet_xml, with_parts, zipped

EDITS = (CellEdit("Tasks", 2, 2, 5), NewRow("Tasks", 1, {1: "x"}), OwnSheet("Ours", (("a",), (1,))))
MEMORY = 400 * 2**20
"""Address space that one patch gets beyond what Python itself takes; a harmful file wants gigabytes."""


def far_cell() -> bytes:
    return hand_made(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )


def row_outside() -> bytes:
    return hand_made('<sheetData><row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>')


def bomb() -> bytes:
    return with_parts(hand_made("<sheetData/>"), {"xl/media/zeros.bin": bytes(201 * 2**20)})


def long_sheet() -> bytes:
    return hand_made("<sheetData/>" + " " * (97 * 2**20))


def long_list_of_parts() -> bytes:
    part = f'<Relationships xmlns="{MAIN}">{"<Relationship/>" * 400_000}</Relationships>'
    return with_parts(hand_made("<sheetData/>"), {"xl/_rels/workbook.xml.rels": part})


def doctype() -> bytes:
    laughs = f'<!DOCTYPE x [<!ENTITY a "ha">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    return with_parts(hand_made("<sheetData/>"), {"xl/worksheets/sheet1.xml": laughs})


def names_in_two_cases() -> bytes:
    return with_parts(hand_made("<sheetData/>"), {"xl/WORKBOOK.xml": "<workbook/>"})


def way_out() -> bytes:
    rels = parts_of(hand_made("<sheetData/>"))["xl/_rels/workbook.xml.rels"].decode()
    return with_parts(
        hand_made("<sheetData/>"),
        {"xl/_rels/workbook.xml.rels": rels.replace("worksheets/sheet1.xml", "../../../etc/passwd")},
    )


def cut_short() -> bytes:
    content = hand_made("<sheetData/>")
    return content[: len(content) // 2]


def no_parts() -> bytes:
    return zipped({})


@pytest.mark.parametrize(
    "make",
    [
        far_cell,
        row_outside,
        bomb,
        long_sheet,
        long_list_of_parts,
        doctype,
        names_in_two_cases,
        way_out,
        cut_short,
        no_parts,
    ],
)
def test_a_harmful_file_is_one_line(make: Callable[[], bytes]) -> None:
    with pytest.raises(UserError) as error:
        patch(make(), "b.xlsx", EDITS)
    assert str(error.value).startswith("b.xlsx: ")
    assert "\n" not in str(error.value)


def merge_over_everything() -> bytes:
    return hand_made('<sheetData/><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')


def endless_table() -> bytes:
    table = (
        f'<table xmlns="{MAIN}" id="1" name="T" displayName="T" ref="A1:XFD1048576"><tableColumns count="1">'
        '<tableColumn id="1" name="a"/></tableColumns></table>'
    )
    return hand_made(
        f'<sheetData/><tableParts xmlns:r="{RELATIONS}"><tablePart r:id="rId1"/></tableParts>',
        others={"xl/tables/table1.xml": table},
        sheet_rels=f'<Relationship Id="rId1" Type="{RELATIONS}/table" Target="../tables/table1.xml"/>',
    )


def endless_array() -> bytes:
    return hand_made(
        '<sheetData><row r="9"><c r="Z9"><f t="array" ref="A1:XFD1048576">B2</f><v>1</v></c></row></sheetData>'
    )


def numbers_that_are_none() -> bytes:
    return hand_made(
        '<cols><col min="x" max="-1" width="9"/></cols><sheetData><row r="00000000000000000000009" s="99999999999">'
        '<c r="A9" s="1e9" t="s"><v>99999999999999999999</v></c></row></sheetData>'
    )


def names_in_circles() -> bytes:
    names = "".join(f'<definedName name="n{at}">n{at + 1}+n{at + 1}+n{at}</definedName>' for at in range(60))
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Tasks" sheetId="1" r:id="rId1"/>'
        f"</sheets><definedNames>{names}</definedNames></workbook>"
    )
    return hand_made('<sheetData><row r="9"><c r="A9"><f>n0</f><v>1</v></c></row></sheetData>', workbook=workbook)


def brackets_without_end() -> bytes:
    return hand_made(f'<sheetData><row r="9"><c r="A9"><f>{"T[" * 20_000}</f><v>1</v></c></row></sheetData>')


@pytest.mark.parametrize(
    "make",
    [
        merge_over_everything,
        endless_table,
        endless_array,
        numbers_that_are_none,
        names_in_circles,
        brackets_without_end,
    ],
)
def test_an_odd_file_is_edited_or_refused_without_harm(make: Callable[[], bytes], tmp_path: Path) -> None:
    """In a process of its own with little memory: what it would take to believe the file is not there."""
    path = tmp_path / "odd.xlsx"
    path.write_bytes(make())
    script = (
        "import resource, sys; from tests.sheets.ooxml.test_hostile import EDITS, limited; limited();"
        "from planner.sheets.ooxml import patch; p = patch(open(sys.argv[1], 'rb').read(), 'b.xlsx', EDITS);"
        "print(len(p.placed) + len(p.refused) >= 3)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, timeout=30, check=False
    )
    assert answer.stdout.strip() == "True", answer.stderr


def limited() -> None:
    """Give this process little more memory than it has."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))


def test_a_shared_text_that_is_not_there_is_no_value() -> None:
    content = hand_made('<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData>')
    assert "<v>5</v>" in sheet_xml(patch(content, "b.xlsx", [CellEdit("Tasks", 1, 1, 5)]).content)
