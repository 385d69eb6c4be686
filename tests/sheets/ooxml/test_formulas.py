"""Formulas that depend on a changed cell lose their cached values, no others do."""

import pytest

from planner.domain.edits import CellEdit
from planner.sheets.ooxml import patch
from planner.sheets.ooxml.references import precedents
from tests.sheets.ooxml.books import MAIN, RELATIONS, cells_of, hand_made, parts_of, rich, sheet_xml


def stale(formulas: str, *edits: CellEdit, workbook: str = "") -> list[str]:
    """The cells, as `B1=formula; ...` with a cached 7 each, that have lost it after the edits."""
    cells = dict(pair.split("=", 1) for pair in formulas.split("; "))
    rows: dict[str, str] = {}
    for place, formula in cells.items():
        row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        rows[row] = rows.get(row, "") + f'<c r="{place}"><f>{formula}</f><v>7</v></c>'
    data = "".join(f'<row r="{row}">{rows[row]}</row>' for row in sorted(rows, key=int))
    content = patch(hand_made(f"<sheetData>{data}</sheetData>", workbook=workbook), "b.xlsx", edits).content
    return [place for place, formula in cells.items() if f"<f>{formula}</f><v>" not in sheet_xml(content)]


A1 = CellEdit("Tasks", 1, 1, 5)


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        ("B1=A1*2; C1=A2*2", ["B1"]),
        ("B1=C1; C1=D1; D1=A1; E1=F1", ["B1", "C1", "D1"]),
        ("B1=SUM($A$1:$A$9); C1=SUM(A2:A9); D1=SUM(A:A); E1=SUM(1:1); F2=SUM(2:3)", ["B1", "D1", "E1"]),
        ("B1=Tasks!A1; C1='Tasks'!A1; D1=Other!A1; E1=[1]Tasks!A1", ["B1", "C1"]),
        ('B1=LEN("A1"); C1=LOG10(3); D1=A10; E1=AA1; F1=MAX(A1,2)', ["F1"]),
        ('B1=INDIRECT("Z9"); C1=OFFSET(Z9,1,1); D1=C9:INDEX(D1:D9,2); E1=Z9', ["B1", "C1", "D1"]),
    ],
)
def test_dependents_are_found_by_their_references(formulas: str, expected: list[str]) -> None:
    assert stale(formulas, A1) == expected


def test_without_a_change_nothing_is_dropped() -> None:
    assert stale("B1=A1; C1=INDIRECT(B1)", CellEdit("Tasks", 1, 1, None)) == []


def test_names_stand_for_their_ranges() -> None:
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Tasks" sheetId="1" r:id="rId1"/></sheets>'
        '<definedNames><definedName name="Here">Tasks!$A$1</definedName><definedName name="There">Tasks!$Z$1'
        '</definedName><definedName name="Again">Here+1</definedName><definedName name="Loop">Loop+1</definedName>'
        '<definedName name="Left">Tasks!A1</definedName></definedNames></workbook>'
    )
    assert stale("B1=Here; C1=There; D1=again*2; E1=Left", A1, workbook=workbook) == ["B1", "D1", "E1"]
    assert stale("B1=Loop", A1, workbook=workbook) == ["B1"]  # in a circle nothing can be told


def test_shared_formulas_move_with_their_cells() -> None:
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="A3"><v>1</v></c><c r="B3"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    patched = patch(hand_made(f"<sheetData>{cells}</sheetData>"), "b.xlsx", [CellEdit("Tasks", 2, 1, 9)])
    text = sheet_xml(patched.content)
    assert '<c r="B2"><f t="shared" si="0"/></c>' in text
    assert text.count("<v>2</v>") == 2


def test_long_chains_upwards_and_downwards() -> None:
    down = "; ".join(f"B{row}=B{row - 1}+A{row}" for row in range(2, 300))
    up = "; ".join(f"D{row}=D{row + 1}" for row in range(2, 299))
    found = stale(f"B1=A1; {down}; {up}; D299=B299; E1=F1", A1)
    assert len(found) == 299 + 298
    assert "E1" not in found


def test_other_sheets_tables_and_names_of_a_rich_workbook() -> None:
    patched = patch(rich(), "b.xlsx", [CellEdit("Tasks", 3, 3, 4)])
    sums = sheet_xml(patched.content, 3)
    assert "<f>SUM(TaskTable[Effort])</f></c>" in sums
    assert "<f>SUM(Plain!C4:C7)</f><v>14</v>" in sums
    assert 'fullCalcOnLoad="1"' in parts_of(patched.content)["xl/workbook.xml"].decode()


def test_formulas_keep_their_text() -> None:
    before = rich()
    after = patch(before, "b.xlsx", [CellEdit("Plain", 4, 3, 2), CellEdit("Tasks", 3, 3, 4)]).content
    old, new = cells_of(before), cells_of(after)
    assert {place for place in old if old[place] != new[place]} == {("Plain", 4, 3), ("Tasks", 3, 3)}


def test_a_workbook_that_does_not_ask_for_calculation_does_so_afterwards() -> None:
    content = hand_made('<sheetData><row r="1"><c r="B1"><f>A1</f><v>7</v></c></row></sheetData>')
    text = parts_of(patch(content, "b.xlsx", [A1]).content)["xl/workbook.xml"].decode()
    assert '</sheets><calcPr fullCalcOnLoad="1"/>' in text


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        ("SUM(Sales[Net])", [("sales", ("net",), False)]),
        ("Sales[[#This Row],[Net]]", [("sales", ("net",), True)]),
        ("SUM(Sales[[Net]:[Tax]])", [("sales", (), False)]),
        ("Sales[#All]", [("sales", (), False)]),
        ("Sales[it''s '[odd']]+1", [("sales", ("it's [odd]",), False)]),
    ],
)
def test_structured_references(formula: str, names: list[tuple[str, tuple[str, ...], bool]]) -> None:
    assert [(use.name, use.columns, use.this_row) for use in precedents(formula).names] == names
