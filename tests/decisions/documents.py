"""Documents for the tests of the prose check, and what it says of them."""

from planner.decisions.lint import lint
from planner.decisions.reading_markdown import read_markdown

Found = tuple[int, int, str, str]
"""Line, column, rule, text."""


def found(markdown: str) -> list[Found]:
    """The findings of a Markdown text, without their advice."""
    return [(f.line, f.column, f.rule, f.text) for f in lint(read_markdown(markdown), "x.md").findings]


def rules(markdown: str) -> list[str]:
    """The rules that object to a Markdown text."""
    return [rule for _, _, rule, _ in found(markdown)]
