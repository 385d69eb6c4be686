"""Phrases of a word list, wherever the writer makes statements: sentences and headings."""

from collections.abc import Iterator

from planner.decisions.text import Document, Hit, Kind, hit
from planner.decisions.word_lists import phrases_in


def phrases(document: Document, name: str) -> Iterator[Hit]:
    """The phrases of `words/<name>.csv`, each with its question; data in table cells states nothing."""
    for passage in document.passages:
        if passage.kind is Kind.HEADING:
            for first, last, question in phrases_in(name, passage.own):
                yield Hit(passage, first, last, question)
        for sentence in passage.sentences:
            for first, last, question in phrases_in(name, sentence.own):
                if not _is_name(sentence.own, first, last):
                    yield hit(sentence, first, last, question)


def _is_name(text: str, first: int, last: int) -> bool:
    """Whether a phrase within a sentence begins with a capital, as names do: "for Various Ltd"."""
    return (
        text[first].isupper()
        and not text[first:last].isupper()
        and text[first - 1 : first] == " "
        and (text[: first - 1].rstrip("*_ ")[-1:].isalnum())
    )
