"""A paper as Markdown: tables with pipes, pictures by name, every other character masked."""

import re
from collections.abc import Iterable, Sequence
from typing import assert_never

from planner.domain.paper import (
    Align,
    Block,
    Bullets,
    Callout,
    Cite,
    Code,
    EvidenceList,
    Figures,
    Heading,
    Inline,
    Link,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Pictures,
    Strong,
    Table,
    Text,
    parts,
)
from planner.report.markdown import code, escape, marked
from planner.report.wording import plain, run, safe_url, stamp_line

MARKER = re.compile(r"^(?=[-+=]|\d+[.)])(\d*)")
"""What would make a list, a rule or a heading of a line that begins with it."""
RULES = {Align.LEFT: "---", Align.RIGHT: "---:", Align.CENTER: ":---:"}


def paper_markdown(paper: Paper) -> str:
    """The whole paper; ends with a newline."""
    blocks = [f"# {escape(paper.title)}", escape(stamp_line(paper.stamp)), *map(_block, paper.blocks)]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {escape(block.text)}"
        case Paragraph():
            return _line(block.text)
        case Bullets():
            return "\n".join(f"* {_line(item)}" for item in block.items)
        case Table():
            titles = [escape(column.title) for column in block.columns]
            return _table(titles, [RULES[c.align] for c in block.columns], (map(_cell, row) for row in block.rows))
        case Figures():
            figures = block.figures
            rows = [[escape(f.label) for f in figures], [escape(f.note) for f in figures]]
            return _table([f"**{escape(f.value)}**" for f in figures], ["---"] * len(figures), rows)
        case Pictures():
            return "\n\n".join(map(_picture, block.pictures))
        case Callout():
            return f"> {_line(block.text)}"
        case EvidenceList():
            return "\n".join(
                f'* <a id="{_anchor(s.id)}"></a>**{escape(s.id)}** {_text(s.text)}' for s in block.evidence
            )
        case PageBreak():
            return ""
        case _:
            assert_never(block)


def _table(titles: Sequence[str], rules: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (titles, rules, *rows))


def _picture(picture: Picture) -> str:
    return f"![{escape(picture.alt)}]({picture.name}.png)"


def _line(text: Text) -> str:
    """A text as a line of its own: what it begins with is no list."""
    return MARKER.sub(r"\1\\", _text(text))


def _cell(text: Text) -> str:
    """A text within a table."""
    return "".join(_cell_code(p.text) if isinstance(p, Code) else _inline(p) for p in parts(text)).strip()


def _cell_code(text: str) -> str:
    r"""A code span within a table, where a pipe ends the cell even inside code.

    >>> _cell_code("a|b")
    '`a\\|b`'
    """
    if r"\|" in text:  # no way to write this as code that all readers of Markdown agree on
        return escape(text)
    return code(text).replace("|", r"\|")


def _text(text: Text) -> str:
    return "".join(map(_inline, parts(text))).strip()


def _inline(part: Inline) -> str:
    match part:
        case str():
            return marked(run(part))
        case Strong():
            before, middle, after = run(part.text).partition(plain(part.text))
            return f"{before}**{marked(middle)}**{after}" if middle else before
        case Code():
            return code(part.text)
        case Link():
            url = safe_url(part.url)
            return f"[{escape(part.text)}](<{url}>)" if url else escape(part.text)
        case Cite():
            return f"[{escape(part.evidence)}](#{_anchor(part.evidence)})"
        case _:
            assert_never(part)


def _anchor(id: str) -> str:
    """An id as the name of a place: letters, digits and hyphens.

    >>> _anchor("E 1<b>")
    'e-1-b-'
    """
    return re.sub(r"[^a-z0-9-]", "-", plain(id).lower())
