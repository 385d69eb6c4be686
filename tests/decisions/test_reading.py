from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.decisions.lint import lint
from planner.decisions.reading_markdown import read_markdown
from planner.decisions.reading_word import read_word
from planner.decisions.text import Kind
from tests.decisions.documents import found, rules


def test_front_matter_code_and_html_say_nothing():
    blocks = [
        "---\ntitle: many\n---",
        "```\nmany\n```",
        "    many",
        "<div>many</div>",
        "One `many` <https://many.example>",
    ]
    text = "\n\n".join([*blocks, "Go [here](http://many)."])

    assert found(text) == []


def test_lines_count_behind_front_matter_and_windows_line_ends():
    assert found("---\r\na: b\r\n---\r\n\r\nMany wait.\r\n") == [(5, 1, "weasel-word", "Many")]


def test_cells_are_data_unless_they_are_sentences():
    assert found("| a | b |\n| - | - |\n| many | Many wait. |\n") == [(3, 10, "weasel-word", "Many")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<!-- lint: ignore weasel-word -->\nMany wait.\nMany wait.\n", [3]),
        ("<!-- lint: ignore -->\n\nMany wait.\nMany wait.\n", [4]),
        ("<!-- lint: ignore-block weasel-word -->\nMany wait.\nMany wait.\n\nMany wait.\n", [5]),
        ("Many wait.\n\n<!-- lint: ignore-file weasel-word -->\n", []),
        ("Many wait. <!-- lint: ignore vague-date, weasel-word -->\nMany wait.\n", [2]),
        ("<!-- lint: ignore passive-voice -->\nMany wait.\n", [2]),
        ("```\n<!-- lint: ignore-file -->\n```\n\nMany wait.\n", [5]),
    ],
)
def test_comments_let_pass(text, lines):
    assert [line for line, _, _, _ in found(text)] == lines


def test_sentences_end_where_they_end():
    text = (
        "It costs 3.5 weeks, e.g. in May. Dr. Berg asks. “What. Now.” is a title. J. Doe waits! Is it 1.2? [E7] No."
    )
    (passage,) = read_markdown(text).passages

    assert [sentence.own.split()[0] for sentence in passage.sentences] == ["It", "Dr.", "“xxxxx", "J.", "Is", "No."]


def test_word_paragraphs_are_numbered_table_cells_included():
    document = docx.Document()
    document.add_heading("Plan", 1)
    document.add_paragraph("Many wait.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "many", "Many wait."
    document.add_paragraph("")
    document.add_paragraph("We launch soon.", style="List Bullet")
    stream = BytesIO()
    document.save(stream)

    read = read_word(stream.getvalue())

    assert [passage.kind for passage in read.passages] == [
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.CELL,
        Kind.CELL,
        Kind.ITEM,
    ]
    checked = lint(read, "x.docx")
    assert checked.unit == "paragraph"
    assert [(f.line, f.column, f.text) for f in checked.findings] == [(2, 1, "Many"), (4, 1, "Many"), (6, 11, "soon")]


def test_what_is_no_word_document_is_said():
    with pytest.raises(ValueError, match="no Word document"):
        read_word(b"PK\x03\x04 nothing")


@pytest.mark.parametrize("text", ["", "\n", "|", "``", "<script>", "**", "[E1]", "\u202e", "🙂" * 50, "---\n"])
def test_odd_texts_are_read(text):
    assert rules(text) == []


WORDS = st.lists(
    st.sampled_from(["many", "*many*", "`many`", "soon", "We", "wait.", "“many”", "PSP", "is", "moved."]), min_size=1
)
MARKS = st.sampled_from(["", "- ", "> ", "# ", "1. ", "> - ", "    ", "| "])


@given(st.lists(st.tuples(MARKS, WORDS, st.sampled_from(["\n", "\n\n"])), min_size=1, max_size=8))
def test_every_finding_stands_where_it_says(blocks):
    text = "".join(f"{mark}{' '.join(words)}{end}" for mark, words, end in blocks)
    lines = text.split("\n")

    for line, column, _, said in found(text):
        assert lines[line - 1][column - 1 :].startswith(said.split()[0]), (text, line, column, said)


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    lint(read_markdown(text), "x.md")
