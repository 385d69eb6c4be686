"""Acronyms that the document never spells out."""

import re
from collections.abc import Iterator

from planner.decisions.text import Document, Hit, Kind
from planner.decisions.word_lists import words_of

_ACRONYM = re.compile(r"(?<![\w.@#/-])(?=(?:[0-9&]*[A-Z]){2})([A-Z][A-Z0-9&]{1,6})s?(?![\w/@]|-\d|\.\w)")
_ROMAN = re.compile(r"[IVX]+")
_LABEL = re.compile(r"[A-Z]{1,3}\d+")
"""The number of something: "KR1", "P95"."""
_SHORT_FOR = r"\s*(?:\(|:|=|[-–—]\s|,?\s+(?:is short for|stands for|means|is)\s)"
"""What stands between an acronym and its words."""


def undefined_acronyms(document: Document) -> Iterator[Hit]:
    """The first use of each acronym that neither the document nor `words/acronyms.csv` explains.

    Explained is what stands in brackets behind its words, "payment service provider (PSP)", or before them: "PSP
    (payment service provider)", "PSP: ...". Headings and lines that shout in capitals are no place to ask.
    """
    text = "\n".join(passage.own for passage in document.passages)
    known = set(words_of("acronyms"))
    for passage in document.passages:
        if not (passage.sentences or passage.kind is Kind.HEADING) or passage.own.isupper():
            continue
        for match in _ACRONYM.finditer(passage.own):
            acronym = match.group(1)
            if acronym in known or _ROMAN.fullmatch(acronym) or _LABEL.fullmatch(acronym):
                continue
            known.add(acronym)
            if not _is_defined(acronym, text):
                yield Hit(passage, *match.span(1), f"spell it out once: what does {acronym} stand for?")


def _is_defined(acronym: str, text: str) -> bool:
    """Whether some place gives the words whose initials it is, or puts them in brackets around it."""
    name = re.escape(acronym)
    behind = re.search(rf"[^\W\d_]{{2,}}[\s-]+[^()\n]*?\(\s*(?:an?|the)?\s*{name}s?\s*\)", text)
    before = re.search(rf"\b{name}s?{_SHORT_FOR}[^\n]*?(\w+)", text)
    return bool(behind) or (
        before is not None and _initials_fit(acronym, text[before.end(0) - len(before.group(1)) :])
    )


def _initials_fit(acronym: str, following: str) -> bool:
    """Whether the words that follow begin with the acronym's first letter."""
    return following[:1].casefold() == acronym[0].casefold()
