"""Workbooks of other people: rich ones by XlsxWriter and openpyxl, odd ones written by hand as XML."""

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005000"
    "1ff89994d0000000049454e44ae426082"
)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Name -> bytes of every part."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes | str]) -> bytes:
    """A workbook with parts replaced or added."""
    return zipped({**parts_of(content), **parts})


def cells_of(content: bytes) -> dict[tuple[str, int, int], object]:
    """(sheet, row, column) -> value or formula of every cell that holds one, by openpyxl."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        (sheet.title, cell.row, cell.column): getattr(cell.value, "text", cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def calamine_values(content: bytes, sheet: str) -> list[list[object]]:
    """The rows of a sheet as our reader gets them."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def hand_made(
    sheet: str,
    *,
    root: str = f'<worksheet xmlns="{MAIN}">',
    workbook: str = "",
    others: Mapping[str, bytes | str] | None = None,
    overrides: str = "",
    sheet_rels: str = "",
) -> bytes:
    """A workbook with one sheet "Tasks" whose XML stands between `root` and its end tag."""
    name = root.split(maxsplit=1)[0][1:]
    workbook = workbook or (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Tasks" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    )
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"{HEAD}{root}{sheet}</{name}>",
    }
    if sheet_rels:
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{sheet_rels}</Relationships>'
        )
    return zipped({**parts, **(others or {})})


def sheet_xml(content: bytes, number: int = 1) -> str:
    """The XML of a sheet."""
    return parts_of(content)[f"xl/worksheets/sheet{number}.xml"].decode()


def rich(options: Mapping[str, object] | None = None) -> bytes:
    """A workbook with everything that XlsxWriter knows: chart, picture, notes, table with rules, filter, macros.

    "Tasks": a table A2:F5 under a title, with rules and drop-downs; "Plain": a filtered block with sums in "Sums".
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, dict(options or {})) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy", "bg_color": "#FFF2CC"})
        bold = book.add_format({"bold": True})
        tasks = book.add_worksheet("Tasks")
        tasks.merge_range("A1:F1", "Tasks of the year", bold)
        rows = [["T-1", "Ledger", 3, date(2026, 1, 5), "yes", 6], ["T-2", "Refunds", 5, date(2026, 2, 2), "no", 10]]
        rows.append(["T-3", "Search", 8, date(2026, 3, 2), "no", 16])
        columns = [{"header": name} for name in ("Task ID", "Title", "Effort", "Start", "Done")]
        columns[3]["format"] = day
        tasks.add_table(
            "A2:F5",
            {
                "name": "TaskTable",
                "data": [row[:5] for row in rows],
                "columns": [*columns, {"header": "Twice", "formula": "=TaskTable[[#This Row],[Effort]]*2"}],
            },
        )
        for at, row in enumerate(rows):
            tasks.write_formula(2 + at, 5, "=TaskTable[[#This Row],[Effort]]*2", None, row[5])
        tasks.conditional_format("A3:H5", {"type": "formula", "criteria": "=$C3>4", "format": bold})
        tasks.conditional_format("C3:C5", {"type": "data_bar", "data_bar_2010": True})
        tasks.data_validation("E3:E5", {"validate": "list", "source": ["yes", "no"]})
        tasks.write_comment("B3", "a note")
        tasks.insert_image("H2", "dot.png", {"image_data": BytesIO(PICTURE)})
        tasks.set_column("A:A", 14)
        tasks.set_column("G:XFD", None, None, {"hidden": True})
        plain = book.add_worksheet("Plain")
        plain.write_row("B3", ["ID", "Size", "Owner"], bold)
        for at in range(4):
            plain.write_row(3 + at, 1, [f"P-{at}", at + 1.5, "Ann"])
        plain.autofilter("B3:D7")
        plain.filter_column("D", "x == Ann")
        plain.set_row(4, None, None, {"hidden": True})
        plain.write_rich_string("F3", "two ", bold, "faces")
        sums = book.add_worksheet("Sums")
        sums.write_formula("A1", "=SUM(Plain!C4:C7)", None, 14)
        sums.write_formula("A2", "=A1*2", None, 28)
        sums.write_formula("A3", "=SUM(TaskTable[Effort])", None, 16)
        sums.write_formula("A4", "=Sizes", None, 2.5)
        sums.write_formula("A5", '=LEN("Plain!C4")', None, 8)
        sums.write_array_formula("C1:C2", "{=TRANSPOSE(Plain!C4:D4)}", None, 1.5)
        book.define_name("Sizes", "=Plain!$C$5")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Plain!$C$4:$C$7"})
        sums.insert_chart("E2", chart)
        hidden = book.add_worksheet("Hidden")
        hidden.write("A1", "secret")
        hidden.very_hidden()
        hidden.protect("word")
        line = book.add_chart({"type": "line"})
        line.add_series({"values": "=Plain!$C$4:$C$7"})
        book.add_chartsheet("Picture").set_chart(line)
    return buffer.getvalue()
