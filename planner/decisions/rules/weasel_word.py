"""Words that say less than they seem to: each has a question whose answer belongs in its place."""

from collections.abc import Iterator

from planner.decisions.rules.phrases import phrases
from planner.decisions.text import Document, Hit


def weasel_words(document: Document) -> Iterator[Hit]:
    """Every phrase of `words/weasel-words.csv` in the writer's own words."""
    return phrases(document, "weasel-words")
