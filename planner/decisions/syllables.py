"""Counts syllables of English words by rule: groups of vowels, less the silent ones, more where two are spoken."""

import re
import unicodedata
from functools import cache

from planner.decisions.word_lists import rows_of

_PARTS = re.compile(r"[a-z]+|[0-9]")
_VOWELS = re.compile(r"[aeiou]+y?|y(?![aeiou])")
_SILENT = (
    re.compile(r"(?:[^aeiou]|[gq]u)e$(?<![^aeiouy]le)"),  # "note", "vague"; not "table"
    re.compile(r"[^aeiouszxcg]es$(?<![cs]hes)(?<![^aeiouy]les)"),  # "notes"; not "stages", "boxes", "tables"
    re.compile(r"[^aeioutd]ed$(?<![^aeiouy]led)"),  # "asked"; not "needed", "handled"
    re.compile(r"[^aeiou]e(?=(?:ly|less|ful|ments?|ness)$)(?<![^aeiouy]le)"),  # "safely"; not "settlement"
    re.compile(r"[^aeiou]e(?=(?:lines?|works?|one|times?|as|fore)$)(?<=\w{3})"),  # "baseline", "someone"
)
_SPOKEN = (
    re.compile(
        r"(?<![ctsg])i(?:a(?!ge)|o(?!n)|u)|(?<![ctsgln])ion|ria(?=ge)(?<!rria)"
    ),  # "trial", "triage"; not "special"
    re.compile(r"(?<![qg])u(?:a|o|e(?=[nt])|i(?=[nd]))"),  # "annual", "fluid"
    re.compile(r"ao|eo(?!u|ple)|(?<![tc])ie(?=n[tc]|t)|eu(?=m)"),  # "video", "client", "quiet"
    re.compile(r"(?:cre|^re|^ide|^are)a(?!ch|d|l(?!i)|m|p|r|s(?!s)|t(?![ei]))"),  # "create", "idea", "area"
    re.compile(r"[aeou]ing"),  # "doing"
    re.compile(r"^coo(?=[pr])|^reu|[st]hm$|[^aeiou]?sm$"),  # "coordinate", "reuse", "rhythm", "prism"
)


@cache
def syllables(word: str) -> int:
    """Syllables of a word; the parts of one with hyphens are added up, a digit is one.

    >>> [syllables(word) for word in ("plan", "table", "decided", "area", "responsibility", "well-tested", "42")]
    [1, 2, 3, 3, 6, 3, 2]
    """
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().casefold().replace("'", "")
    return sum(1 if part.isdigit() else _of_part(part) for part in _PARTS.findall(plain)) or 1


def _of_part(part: str) -> int:
    """By the list of irregular words, else by rule."""
    known = _irregular().get(part)
    if known is not None:
        return known
    count = len(_VOWELS.findall(part))
    count -= sum(bool(rule.search(part)) for rule in _SILENT)
    count += sum(len(rule.findall(part)) for rule in _SPOKEN)
    return max(1, count)


@cache
def _irregular() -> dict[str, int]:
    return {row["word"]: int(row["syllables"]) for row in rows_of("irregular-syllables")}
