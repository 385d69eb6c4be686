"""Claims about more, less, faster or cheaper that do not say by how much."""

import re
from collections.abc import Iterator

from planner.decisions.text import Document, Hit, hit
from planner.decisions.word_lists import phrases_in, words_of

_DIGIT = re.compile(r"\d")


def missing_numbers(document: Document) -> Iterator[Hit]:
    """The first claim word of `words/claims.csv` in each sentence without any number in figures or words."""
    for sentence in document.sentences:
        words = {match.group().casefold() for match in sentence.words}
        if _DIGIT.search(sentence.own) or words & words_of("numbers"):
            continue
        for first, last, question in phrases_in("claims", sentence.own):
            yield hit(sentence, first, last, question)
            break
