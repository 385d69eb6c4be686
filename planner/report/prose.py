"""What the prose check found, for people (FILE:LINE:COLUMN, as editors open it) and for programs."""

import json
from collections.abc import Sequence

from planner.domain.prose import ProseCheck, Readability
from planner.report.wording import count, number, plain


def prose_text(checks: Sequence[ProseCheck]) -> str:
    """A line for each finding, and a line for each document with how long and how hard it is; ends with a newline."""
    return "".join(f"{line}\n" for check in checks for line in _lines(check))


def _lines(check: ProseCheck) -> list[str]:
    lines = [
        f"{check.file}:{finding.line}:{finding.column}: {finding.rule}: {plain(finding.text)} – {finding.advice}"
        for finding in check.findings
    ]
    found = count(len(check.findings), "finding") if check.findings else "nothing to mend"
    note = "; the numbers are of paragraphs and their characters" if check.unit == "paragraph" and lines else ""
    return [*lines, f"{check.file}: {found}; {readability_words(check.readability)}{note}."]


def readability_words(measured: Readability) -> str:
    """How long and how hard a text is, in words.

    >>> readability_words(Readability(340, 20, 3.0, 61.24, 8.06, 9.5))
    '340 words, 3 minutes to read; Flesch reading ease 61.2, Flesch-Kincaid grade 8.1, ARI 9.5'
    """
    minutes = (
        f"{count(round(measured.minutes), 'minute')} to read" if measured.minutes >= 0.5 else "under 1 minute to read"
    )
    length = f"{count(measured.words, 'word')}, {minutes}"
    if measured.flesch is None or measured.grade is None or measured.ari is None:
        return length
    scores = f"{number(measured.flesch)}, Flesch-Kincaid grade {number(measured.grade)}, ARI {number(measured.ari)}"
    return f"{length}; Flesch reading ease {scores}"


def prose_json(checks: Sequence[ProseCheck]) -> str:
    """A list with an object for each document; `unit` says what `line` counts; ends with a newline."""
    return json.dumps([_object(check) for check in checks], ensure_ascii=False, indent=1) + "\n"


def _object(check: ProseCheck) -> dict[str, object]:
    measured = check.readability
    scores = {"flesch_reading_ease": measured.flesch, "flesch_kincaid_grade": measured.grade, "ari": measured.ari}
    return {
        "file": check.file,
        "unit": check.unit,
        "words": measured.words,
        "sentences": measured.sentences,
        "minutes": round(measured.minutes, 2),
        **{name: None if score is None else round(score, 2) for name, score in scores.items()},
        "findings": [
            {
                "line": finding.line,
                "column": finding.column,
                "rule": finding.rule,
                "text": finding.text,
                "advice": finding.advice,
            }
            for finding in check.findings
        ],
    }
