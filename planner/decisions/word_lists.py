"""The rules' words as data: `words/*.csv`, one entry a line."""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files


@cache
def rows_of(name: str) -> tuple[Mapping[str, str], ...]:
    """The lines of `words/<name>.csv` by their headers."""
    text = files("planner.decisions").joinpath("words", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def words_of(name: str, kind: str = "") -> frozenset[str]:
    """The words of a list, of one `kind` where it has kinds."""
    return frozenset(row["word"] for row in rows_of(name) if not kind or row["kind"] == kind)


@cache
def _phrases(name: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """One pattern for all phrases of a list, and what to answer instead of each."""
    questions = {row["word"]: row["question"] for row in rows_of(name)}
    longest_first = sorted(questions, key=lambda phrase: (-len(phrase), phrase))
    choices = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])", re.IGNORECASE), questions


def phrases_in(name: str, text: str) -> Iterator[tuple[int, int, str]]:
    """Where phrases of a list stand in a text, and the question that belongs to each."""
    pattern, questions = _phrases(name)
    for match in pattern.finditer(text):
        yield *match.span(), questions[" ".join(match.group().split()).casefold()]
