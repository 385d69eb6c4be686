"""A paper as a Word document: real headings, tables, page numbers and core properties; the same bytes every time."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from io import BytesIO
from typing import Any, assert_never
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from planner.domain.paper import (
    Align,
    Block,
    Bullets,
    Callout,
    Cite,
    Code,
    Evidence,
    EvidenceList,
    Figures,
    Heading,
    Inline,
    Link,
    PageBreak,
    Paper,
    Paragraph,
    Pictures,
    Strong,
    Table,
    Text,
    parts,
)
from planner.report.papers.style import (
    FILL,
    FONT,
    INK,
    LINE,
    MARGIN_MM,
    MONO,
    QUIET,
    WARM,
    WARM_LINE,
    WIDTH_MM,
    Sizes,
    percentages,
    sizes,
)
from planner.report.picture import png
from planner.report.wording import full_day, plain, run, safe_url, stamp_line

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can say: the time of every part."""
ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
}


def paper_docx(paper: Paper) -> bytes:
    """The whole paper."""
    writer = _Writer(paper)
    for block in paper.blocks:
        writer.add(block)
    stream = BytesIO()
    writer.document.save(stream)
    return _dated(stream.getvalue())


def _dated(content: bytes) -> bytes:
    """The same package with the parts in their order and no time of writing."""
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(stream, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(ZipInfo(name, EPOCH), before.read(name), ZIP_DEFLATED)
    return stream.getvalue()


class _Writer:
    """A document that is being filled from top to bottom."""

    def __init__(self, paper: Paper) -> None:
        self.size: Sizes = sizes(paper)
        self.document: Document = docx.Document()
        listed = (each for block in paper.blocks if isinstance(block, EvidenceList) for each in block.evidence)
        self.places: Mapping[str, int] = {each.id: place for place, each in enumerate(listed, 1)}
        _page(self.document)
        _styles(self.document, self.size)
        _properties(self.document, paper)
        _footer(self.document, paper, self.size)
        self.document.add_paragraph(plain(paper.title), style="Title")
        stamp = self.document.add_paragraph()
        _small(stamp.add_run(plain(stamp_line(paper.stamp))), self.size)

    def add(self, block: Block) -> None:
        """Write one block below the others."""
        match block:
            case Heading():
                self.document.add_heading(plain(block.text), block.level)
            case Paragraph():
                self.write(self.document.add_paragraph(), block.text)
            case Bullets():
                for item in block.items:
                    self.write(self.document.add_paragraph(style="List Bullet"), item)
            case Table():
                self.table(block)
            case Figures():
                self.figures(block)
            case Pictures():
                self.pictures(block)
            case Callout():
                cell = self.sheet([1.0], 1).cell(0, 0)
                _ground(cell, WARM)
                _edge(cell, "left", WARM_LINE, 24)
                self.write(cell.paragraphs[0], block.text)
                self.gap()
            case EvidenceList():
                for evidence in block.evidence:
                    self.evidence(evidence)
            case PageBreak():
                self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case _:
                assert_never(block)

    def write(self, paragraph: WordParagraph, text: Text) -> None:
        """Words into a paragraph."""
        for part in parts(text):
            self.inline(paragraph, part)

    def inline(self, paragraph: WordParagraph, part: Inline) -> None:
        """One piece of a line."""
        match part:
            case str():
                paragraph.add_run(run(part))
            case Strong():
                paragraph.add_run(run(part.text)).bold = True
            case Code():
                _font(paragraph.add_run(plain(part.text)), MONO)
            case Link():
                url = safe_url(part.url)
                piece = paragraph.add_run(plain(part.text))
                if url:
                    target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                    _link(piece, "r:id", target)
            case Cite():
                piece = paragraph.add_run(f"[{plain(part.evidence)}]")
                if part.evidence in self.places:
                    _link(piece, "w:anchor", _bookmark(self.places[part.evidence]))
            case _:
                assert_never(part)

    def sheet(self, widths: Iterable[float], rows: int) -> WordTable:
        """An empty table as wide as the text, set in the size of tables."""
        shares = percentages(list(widths))
        table: WordTable = self.document.add_table(rows, len(shares))
        table.autofit = False
        whole = OxmlElement("w:tblW")
        _set(whole, {"w:type": "dxa", "w:w": str(round(Mm(WIDTH_MM).pt * 20))})
        properties = table._tbl.tblPr
        for old in properties.findall(qn("w:tblW")):
            properties.replace(old, whole)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Mm(WIDTH_MM * share / 100)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, share in zip(row.cells, shares, strict=True):
                cell.width = Mm(WIDTH_MM * share / 100)
                cell.paragraphs[0].style = "Table Text"
        return table

    def gap(self) -> None:
        """A little room below a table, which Word does not leave by itself."""
        paragraph = self.document.add_paragraph(style="Table Text")
        paragraph.paragraph_format.line_spacing = Pt(self.size.gap)

    def table(self, block: Table) -> None:
        """A table whose head is repeated on every page."""
        table = self.sheet([column.width for column in block.columns], len(block.rows) + 1)
        head, *body = table.rows
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, column in zip(head.cells, block.columns, strict=True):
            _ground(cell, FILL)
            _edge(cell, "bottom", LINE, 6)
            cell.paragraphs[0].add_run(plain(column.title)).bold = True
            cell.paragraphs[0].alignment = ALIGN[column.align]
        for row, texts in zip(body, block.rows, strict=True):
            for cell, column, text in zip(row.cells, block.columns, texts, strict=True):
                _edge(cell, "bottom", FILL, 6)
                self.write(cell.paragraphs[0], text)
                cell.paragraphs[0].alignment = ALIGN[column.align]
        self.gap()

    def figures(self, block: Figures) -> None:
        """Numbers side by side, large, with what they count below."""
        cells = self.sheet([1.0] * len(block.figures), 1).rows[0].cells
        for cell, figure in zip(cells, block.figures, strict=True):
            _ground(cell, FILL)
            _edge(cell, "right", "#ffffff", 24)
            value = cell.paragraphs[0].add_run(plain(figure.value))
            value.bold, value.font.size, value.font.color.rgb = True, Pt(self.size.figure), _colour(LINE)
            cell.add_paragraph(style="Table Text").add_run(plain(figure.label)).bold = True
            _small(cell.add_paragraph(style="Table Text").add_run(plain(figure.note)), self.size)
        self.gap()

    def pictures(self, block: Pictures) -> None:
        """PNGs side by side, with their alternative text."""
        number = len(block.pictures)
        cells = self.sheet([1.0] * number, 1).rows[0].cells
        for cell, picture in zip(cells, block.pictures, strict=True):
            _no_padding(cell)
            shape = cell.paragraphs[0].add_run().add_picture(BytesIO(png(picture.svg)))
            wide = Mm(WIDTH_MM / number - (0 if number == 1 else 2))
            shape.height, shape.width = Emu(round(shape.height * wide / shape.width)), wide
            properties = shape._inline.docPr
            properties.set("descr", plain(picture.alt))
            properties.set("name", plain(picture.name))
        self.gap()

    def evidence(self, evidence: Evidence) -> None:
        """An entry of the list of evidence, where the references lead to."""
        paragraph = self.document.add_paragraph()
        place = self.places[evidence.id]
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        _set(start, {"w:id": str(place), "w:name": _bookmark(place)})
        _set(end, {"w:id": str(place)})
        paragraph._p.append(start)
        paragraph.add_run(plain(evidence.id)).bold = True
        paragraph._p.append(end)
        paragraph.add_run(" ")
        self.write(paragraph, evidence.text)
        for piece in paragraph.runs:
            piece.font.size = Pt(self.size.small)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    section.footer_distance = Mm(7)
    section.header_distance = Mm(7)


def _styles(document: Document, size: Sizes) -> None:
    """Our fonts and sizes under Word's own names of styles."""
    styles = document.styles
    normal = styles["Normal"]
    _font(normal, FONT)
    normal.font.size, normal.font.color.rgb = Pt(size.text), _colour(INK)
    normal.paragraph_format.space_after = Pt(size.gap)
    normal.paragraph_format.line_spacing = 1.08
    for level in (0, 1, 2, 3):
        style = styles[f"Heading {level}" if level else "Title"]
        _font(style, FONT)
        style.font.bold, style.font.color.rgb = True, _colour(LINE)
        style.font.size = Pt(size.heading(level) if level else size.title)
        style.paragraph_format.space_before = Pt(size.gap * 1.5 if level else 0)
        style.paragraph_format.space_after = Pt(size.gap / 2 if level else 2)
        for border in list(style.element.iter(qn("w:pBdr"))):  # the line below Word's Title
            border.getparent().remove(border)
    styles["List Bullet"].paragraph_format.space_after = Pt(size.gap / 3)
    table = styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    table.base_style = normal
    table.font.size = Pt(size.table)
    table.paragraph_format.space_before = table.paragraph_format.space_after = Pt(size.cell)
    table.paragraph_format.line_spacing = 1.0


def _properties(document: Document, paper: Paper) -> None:
    """Who, what and when, as the file's information shows them: the plan's day, not the clock."""
    when = datetime.combine(paper.stamp.as_of, time())
    properties = document.core_properties
    properties.title = plain(paper.title)[:255]
    properties.subject = f"Plan {paper.stamp.plan}, as of {full_day(paper.stamp.as_of)}"
    properties.author = properties.last_modified_by = "roadmap"
    properties.comments = properties.keywords = properties.category = ""
    properties.created = properties.modified = when
    properties.language = "en"
    properties.revision = 1


def _footer(document: Document, paper: Paper, size: Sizes) -> None:
    """The title and "page X of Y", as fields that Word counts."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _small(paragraph.add_run(f"{plain(paper.title)} · page "), size)
    _field(paragraph, "PAGE", size)
    _small(paragraph.add_run(" of "), size)
    _field(paragraph, "NUMPAGES", size)


def _field(paragraph: WordParagraph, code: str, size: Sizes) -> None:
    """A field with 1 as the value that is shown until somebody counts."""
    field = OxmlElement("w:fldSimple")
    _set(field, {"w:instr": code})
    shown = paragraph.add_run("1")
    _small(shown, size)
    field.append(shown._r)
    paragraph._p.append(field)


def _link(piece: Run, attribute: str, value: str) -> None:
    """Make a run a link to another place of the document or of the web."""
    link = OxmlElement("w:hyperlink")
    link.set(qn(attribute), value)
    piece.font.color.rgb, piece.font.underline = _colour(LINE), True
    piece._r.addprevious(link)
    link.append(piece._r)


def _bookmark(place: int) -> str:
    return f"evidence_{place}"


def _font(owner: Any, name: str) -> None:
    """A font for a style or run, in place of the theme's."""
    owner.font.name = name
    fonts = owner.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if key.lower().endswith("theme"):
            del fonts.attrib[key]
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), name)


def _small(piece: Run, size: Sizes) -> None:
    piece.font.size, piece.font.color.rgb = Pt(size.small), _colour(QUIET)


def _colour(text: str) -> RGBColor:
    return RGBColor.from_string(text.removeprefix("#").upper())


def _ground(cell: WordCell, colour: str) -> None:
    """The colour behind a cell."""
    shade = OxmlElement("w:shd")
    _set(shade, {"w:val": "clear", "w:color": "auto", "w:fill": colour.removeprefix("#")})
    cell._tc.get_or_add_tcPr().append(shade)


def _edge(cell: WordCell, side: str, colour: str, eighths: int) -> None:
    """A line at one side of a cell, so many eighths of a point thick; above its ground, as the schema orders them."""
    borders, edge = OxmlElement("w:tcBorders"), OxmlElement(f"w:{side}")
    _set(edge, {"w:val": "single", "w:sz": str(eighths), "w:space": "0", "w:color": colour.removeprefix("#")})
    borders.append(edge)
    properties = cell._tc.get_or_add_tcPr()
    shade = properties.find(qn("w:shd"))
    if shade is None:
        properties.append(borders)
    else:
        shade.addprevious(borders)


def _no_padding(cell: WordCell) -> None:
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        _set(edge, {"w:w": "0", "w:type": "dxa"})
        margins.append(edge)
    cell._tc.get_or_add_tcPr().append(margins)


def _set(element: Any, attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        element.set(qn(name), value)
