"""What the prose check says of a document: findings with their place, and how hard it is to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProseFinding:
    """One place that a reader will stumble over: which rule, which words, what to write instead.

    `line` and `column` count from 1; in a Word document `line` is the number of the paragraph, table cells included.
    """

    line: int
    column: int
    rule: str
    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class Readability:
    """How long and how hard a text is; the three scores are None where it has no sentence.

    `minutes` at 1,700 words in 15 minutes. `flesch` is higher for easier texts (60 is plain English); `grade` and
    `ari` are years of school.
    """

    words: int
    sentences: int
    minutes: float
    flesch: float | None = None
    grade: float | None = None
    ari: float | None = None


@dataclass(frozen=True, slots=True)
class ProseCheck:
    """One document, checked; `unit` is what its lines are: "line" or "paragraph"."""

    file: str
    unit: str
    findings: tuple[ProseFinding, ...]
    readability: Readability
