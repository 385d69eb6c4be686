"""What a parser takes and returns: conventions in, a value with its problems out."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Generic, TypeVar

from planner.domain.diagnostics import Rule
from planner.sheets.table import Value

T = TypeVar("T", covariant=True)

NOTHING = frozenset(
    ["", "none", "n/a", "na", "n.a", "-", "--", "–", "—", "./", "nil", "null", "nothing", "no", "keine"]
)
"""Words that mean the same as a blank cell."""

UNDECIDED = frozenset(
    [
        "tbd",
        "tbc",
        "tba",
        "?",
        "??",
        "???",
        "unknown",
        "to be decided",
        "to be defined",
        "to be confirmed",
        "later",
        "todo",
        "to do",
        "open",
        "xx",
        "xxx",
        "not sure",
        "unclear",
        "pending",
        "unassigned",
        "nobody",
    ]
)
"""Words that mean: somebody will fill this cell one day."""

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
"""Characters that travel with copied text and that nobody sees."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """How the cells of one column are read, where the value alone does not tell.

    `day_first` is how 03/04/2026 is read, `day_first_certain` whether other cells of the column prove it;
    `whole_percent` whether a bare 1 is one per cent (else it is the whole); `in_seconds` whether large numbers
    are seconds, as Jira exports its estimates; `releases` maps the folded name of a release to its first and
    last day.
    """

    today: date
    day_first: bool = True
    day_first_certain: bool = False
    whole_percent: bool = False
    in_seconds: bool = False
    uses_1904_dates: bool = False
    sizes: Mapping[str, float] = field(default_factory=dict)
    releases: Mapping[str, tuple[date, date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Trouble with one value: `text` continues a sentence that begins with the value, and says what is done."""

    rule: Rule
    text: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """A value, what is wrong with the cell, and what was assumed about it in words (empty: nothing)."""

    value: T
    problems: tuple[Problem, ...] = ()
    assumed: str = ""


def text_of(value: Value) -> str:
    """A cell as people see it: trimmed NFC text; 7.0 is `7`, a midnight is its ISO day.

    >>> text_of(7.0), text_of("  PAY-7\\u200b ")
    ('7', 'PAY-7')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip() if value.isascii() else unicodedata.normalize("NFC", value.translate(INVISIBLE)).strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def fold(text: str) -> str:
    """Text for looking up words: lower case, single blanks, straight apostrophes, no full stop at the end."""
    return " ".join(text.casefold().replace("’", "'").split()).rstrip(".!") or text.strip()
