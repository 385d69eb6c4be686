"""Days that every reader will understand differently, or not at all in a month."""

from collections.abc import Iterator

from planner.decisions.rules.phrases import phrases
from planner.decisions.text import Document, Hit


def vague_dates(document: Document) -> Iterator[Hit]:
    """Every phrase of `words/vague-dates.csv` in the writer's own words."""
    return phrases(document, "vague-dates")
