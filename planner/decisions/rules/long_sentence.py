"""Sentences that have to be read twice."""

from collections.abc import Iterator

from planner.decisions.text import Document, Hit, hit

MOST = 30
"""Words of a sentence."""


def long_sentences(document: Document) -> Iterator[Hit]:
    """Sentences of more than `MOST` words."""
    for sentence in document.sentences:
        count = len(sentence.words)
        if count > MOST:
            yield hit(sentence, 0, len(sentence.own), f"{count} words: make two sentences of at most {MOST}")
