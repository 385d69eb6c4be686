"""A paper in Markdown, HTML and Word: the same words in each, whatever people write into a sheet."""

import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from planner.domain.paper import (
    Align,
    Bullets,
    Callout,
    Cite,
    Code,
    Column,
    Evidence,
    EvidenceList,
    Figure,
    Figures,
    Heading,
    Link,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Pictures,
    Stamp,
    Strong,
    Table,
)
from planner.report.papers import RENDERERS, paper_docx, paper_html, paper_markdown
from planner.report.papers.style import MARGIN_MM
from planner.report.wording import plain

STAMP = Stamp(date(2026, 9, 7), "0a1b2c3d4e5f", ("q3.xlsx",), 0.13)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100"/></svg>'
HOSTILE = (
    '<script>alert("x")</script> | a\\|b \'"&amp; \n# no heading\x00\x0b\x1b\ufffe 🎉 שלום '
    "`c``d` *e* _f_ [g](http://h) $i$"
)


def paper(word: str = "plain") -> Paper:
    """One block of each kind, with a word in every place where a name can stand."""
    columns = (Column(word, 3), Column("Lands", 1, Align.RIGHT))
    row = ((word, " ", Strong(word), " ", Code(word)), "12 Oct")
    return Paper(
        f"Paper {word}",
        STAMP,
        (
            Figures((Figure("38", word, word), Figure("4", "late"))),
            Heading(f"Heading {word}"),
            Paragraph((word, " see ", Cite("E1"), Link(word, "https://example.org/a b|<c>"))),
            Heading("Lower", 2),
            Bullets((word, (Strong("b "), word))),
            Table(columns, (row, row)),
            Pictures((Picture("one", SVG, word), Picture("two", SVG, "second"))),
            Callout((Strong("Decide now. "), word)),
            PageBreak(),
            EvidenceList((Evidence("E1", (word, Code(word))),)),
        ),
    )


class Page(HTMLParser):
    """Elements, their attributes and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def document(made: Paper) -> docx.document.Document:
    return docx.Document(BytesIO(paper_docx(made)))


def all_text(word: docx.document.Document) -> str:
    return "".join(node.text or "" for node in word.element.body.iter(qn("w:t")))


def test_html_shows_a_hostile_name_as_text():
    page, harmless = Page(paper_html(paper(HOSTILE))), Page(paper_html(paper()))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in harmless.elements]
    assert page.text.count(plain(HOSTILE)) == harmless.text.count("plain")
    assert page.all("img")[0]["alt"] == plain(HOSTILE)


def test_word_shows_a_hostile_name_as_text():
    word, harmless = document(paper(HOSTILE)), document(paper())
    assert all_text(word).count(plain(HOSTILE)) == all_text(harmless).count("plain")
    assert len(word.paragraphs) == len(harmless.paragraphs)
    assert word.core_properties.title.startswith("Paper <script>")


def test_markdown_keeps_its_lines_and_cells_whatever_is_written():
    hostile, harmless = paper_markdown(paper(HOSTILE)).splitlines(), paper_markdown(paper()).splitlines()
    assert len(hostile) == len(harmless)
    for ours, theirs in zip(hostile, harmless, strict=True):
        if theirs.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", ours.replace(r"\\", ""))) == theirs.count("|")
        outside_code = re.sub(r"(`+).*?\1(?!`)", "", ours.replace(r"\`", ""))
        assert "<script" not in outside_code
    assert not re.search(r"[\x00-\x09\x0b-\x1f\ufffe]", "\n".join(hostile))


@pytest.mark.parametrize("start", ["- no list", "1. no list", "+ no list", "=== no heading"])
def test_markdown_lines_begin_no_list(start: str):
    made = paper_markdown(Paper("T", STAMP, (Paragraph(start), Callout(start), Bullets((start,)))))
    assert made.splitlines()[4:] == [
        re.sub(r"^(\d*)", r"\1\\", start),
        "",
        "> " + re.sub(r"^(\d*)", r"\1\\", start),
        "",
        "* " + re.sub(r"^(\d*)", r"\1\\", start),
    ]


def test_html_is_one_file_that_can_be_pasted():
    text = paper_html(paper())
    page = Page(text)
    assert not page.all("script")
    assert not page.all("link")
    assert all(str(image["src"]).startswith("data:image/png;base64,") for image in page.all("img"))
    assert all(image["width"] and image["height"] for image in page.all("img"))
    assert "class=" not in text
    assert all(
        attributes.get("style") for tag, attributes in page.elements if tag in ("h1", "p", "table", "td", "th")
    )


@pytest.mark.parametrize("render", [paper_html, paper_markdown])
def test_references_lead_to_their_evidence(render):
    page = Page(render(paper()))
    targets = re.findall(r'\(#([^)]+)\)|href="#([^"]+)"', render(paper()))
    places = {attributes.get("id") for _, attributes in page.elements}
    assert targets
    assert {a or b for a, b in targets} <= places


def test_links_that_run_something_are_text():
    made = Paper("T", STAMP, (Paragraph((Link("press", "javascript:alert(1)"),)),))
    assert not Page(paper_html(made)).all("a")
    assert "press" in paper_markdown(made)
    assert "javascript" not in paper_markdown(made)
    assert not document(made).element.body.findall(".//" + qn("w:hyperlink"))


def test_word_has_real_headings_tables_pages_and_properties():
    word = document(paper())
    assert [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith(("Title", "Heading"))] == [
        ("Title", "Paper plain"),
        ("Heading 1", "Heading plain"),
        ("Heading 2", "Lower"),
    ]
    assert [p.text for p in word.paragraphs if p.style.name == "List Bullet"] == ["plain", "b plain"]
    headed = [t for t in word.tables if t.rows[0]._tr.findall(".//" + qn("w:tblHeader"))]
    assert [[cell.text for cell in row.cells] for row in headed[0].rows] == [
        ["plain", "Lands"],
        ["plain plain plain", "12 Oct"],
        ["plain plain plain", "12 Oct"],
    ]
    fields = [f.get(qn("w:instr")) for f in word.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == ["plain", "second"]
    properties = word.core_properties
    assert (properties.title, properties.author, properties.language) == ("Paper plain", "roadmap", "en")
    assert properties.created.date() == date(2026, 9, 7)
    anchors = {link.get(qn("w:anchor")) for link in word.element.body.iter(qn("w:hyperlink"))} - {None}
    assert anchors == {mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))}


@pytest.mark.parametrize("compact", [True, False])
def test_no_table_is_wider_than_the_text(compact: bool):
    made = paper()
    word = document(Paper(made.title, made.stamp, made.blocks, compact))
    text = Mm(210 - 2 * MARGIN_MM)
    for table in word.tables:
        assert abs(sum(column.width for column in table.columns) - text) < Mm(1)


def test_the_same_paper_is_the_same_bytes():
    made = paper(HOSTILE)
    for render in RENDERERS.values():
        assert render(made) == render(paper(HOSTILE))
    with ZipFile(BytesIO(paper_docx(made))) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_markdown_of_a_small_paper():
    made = Paper(
        "Weekly",
        STAMP,
        (
            Heading("Late"),
            Table((Column("Item"), Column("Days", align=Align.RIGHT)), (("A|1", "3"), (Code("a|b"), "4"))),
            Paragraph(("Ask ", Strong("Ledger"), " about ", Code("LED-3"), " ", Cite("E1"), ".")),
            EvidenceList((Evidence("E1", "plan.json"),)),
        ),
    )
    assert paper_markdown(made).splitlines() == [
        "# Weekly",
        "",
        "As of Mon 7 Sep 2026 · plan 0a1b2c3d4e5f · from q3.xlsx · assumed: 13 % of the effort",
        "",
        "## Late",
        "",
        "| Item | Days |",
        "| --- | ---: |",
        r"| A\|1 | 3 |",
        r"| `a\|b` | 4 |",
        "",
        "Ask **Ledger** about `LED-3` [E1](#e1).",
        "",
        '* <a id="e1"></a>**E1** plan.json',
    ]
