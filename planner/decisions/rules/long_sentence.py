"""Sentences that have to be read twice."""

from collections.abc import Iterator

from planner.decisions.text import Document, Hit, Sentence, hit

MOST = 30
"""Words of a sentence."""


def long_sentences(document: Document) -> Iterator[Hit]:
    """Sentences of more than `MOST` words; a quotation or a piece of code counts as one."""
    for sentence in document.sentences:
        count = _length(sentence)
        if count > MOST:
            yield hit(sentence, 0, len(sentence.own), f"{count} words: make two sentences of at most {MOST}")


def _length(sentence: Sentence) -> int:
    """Words of the writer, and one for each run of words of others."""
    places = [sentence.first + word.start() for word in sentence.words]
    others = [(a, b) for a, b in sentence.passage.others if any(a <= place < b for place in places)]
    return sum(not any(a <= place < b for a, b in others) for place in places) + len(others)
