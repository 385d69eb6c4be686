"""The rules of the prose check, in the order of the manual: each a function from a document to its hits."""

from collections.abc import Callable, Iterator

from planner.decisions.rules.long_sentence import long_sentences
from planner.decisions.rules.missing_number import missing_numbers
from planner.decisions.rules.missing_owner import missing_owners
from planner.decisions.rules.passive_voice import passives
from planner.decisions.rules.undefined_acronym import undefined_acronyms
from planner.decisions.rules.vague_date import vague_dates
from planner.decisions.rules.weasel_word import weasel_words
from planner.decisions.text import Document, Hit

RULES: tuple[tuple[str, Callable[[Document], Iterator[Hit]]], ...] = (
    ("weasel-word", weasel_words),
    ("passive-voice", passives),
    ("long-sentence", long_sentences),
    ("undefined-acronym", undefined_acronyms),
    ("vague-date", vague_dates),
    ("missing-number", missing_numbers),
    ("missing-owner", missing_owners),
)
