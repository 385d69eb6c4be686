"""A `domain.paper.Paper` as Markdown, HTML and Word: one renderer a file; what a paper says is not their matter.

In: a `Paper`. Out: bytes. `RENDERERS` lists the formats by the suffix of their files. Markdown names its pictures
(`NAME.png`, to lie beside it), HTML and Word carry them inside. To add a block, write its noun in `domain/paper.py`
and a function for it in each renderer; mypy names the renderer that was forgotten.
"""

from collections.abc import Callable, Mapping

from planner.domain.paper import Paper
from planner.report.papers.html import paper_html
from planner.report.papers.markdown import paper_markdown

__all__ = ["RENDERERS", "paper_docx", "paper_html", "paper_markdown"]


def paper_docx(paper: Paper) -> bytes:
    """The paper as a Word document, the same bytes for the same paper."""
    from planner.report.papers.word import paper_docx as render  # heavy, and only where Word is asked for

    return render(paper)


RENDERERS: Mapping[str, Callable[[Paper], bytes]] = {
    "md": lambda paper: paper_markdown(paper).encode(),
    "html": lambda paper: paper_html(paper).encode(),
    "docx": paper_docx,
}
