"""A Word document as passages: every paragraph of its body and of its tables, numbered in the order of the text."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document as open_document
from docx.oxml.ns import qn
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph

from planner.decisions.text import Document, Kind, Passage, ranges
from planner.decisions.word_lists import words_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


def read_word(content: bytes) -> Document:
    """The passages of a .docx file; lines count paragraphs, columns their characters.

    Raises
    ------
    ValueError
        If the bytes are no Word document.
    """
    try:
        document = open_document(BytesIO(content))
    except Exception as error:  # python-docx passes on whatever zip, XML and package parsing raise
        raise ValueError("is no Word document (.docx)") from error
    return Document(tuple(_passages(document)), "paragraph")


def _passages(document: "WordDocument") -> Iterator[Passage]:
    section = ""
    for number, element in enumerate(document.element.body.iter(qn("w:p")), 1):
        paragraph = Paragraph(element, document)
        text, code = _text(paragraph)
        kind = _kind(paragraph)
        if kind is Kind.HEADING:
            section = text
        if text.strip():
            places = tuple((number, k + 1) for k in range(len(text)))
            yield Passage(kind, text, places, ranges(code), section)


def _text(paragraph: Paragraph) -> tuple[str, list[bool]]:
    """The text of a paragraph, and which of its characters are code: set in a font of fixed width."""
    text, code = "", list[bool]()
    for piece in paragraph.iter_inner_content():
        for run in piece.runs if isinstance(piece, Hyperlink) else (piece,):
            words = run.text.replace("\n", " ").replace("\t", " ")
            text += words
            code += [(run.font.name or "") in words_of("fixed-width-fonts")] * len(words)
    return text, code


def _kind(paragraph: Paragraph) -> Kind:
    element = paragraph._p
    if any(True for _ in element.iterancestors(qn("w:tc"))):
        return Kind.CELL
    style = (paragraph.style.name if paragraph.style else "") or ""
    if style.startswith(("Heading", "Title", "Subtitle", "TOC", "Caption")):
        return Kind.HEADING
    is_numbered = element.pPr is not None and element.pPr.numPr is not None
    return Kind.ITEM if is_numbered or style.startswith("List") else Kind.PARAGRAPH
