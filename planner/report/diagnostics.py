"""Diagnostics and assumptions as text for people and as JSON for programs."""

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.domain.diagnostics import Assumption, Diagnostic, Rule, Severity, sort_key
from planner.report.wording import count, plain

EXAMPLES = 3
"""How many examples stand for the assumptions of one column."""


@dataclass(frozen=True)
class Finding:
    """All diagnostics of one rule and severity: the advice is said once for them."""

    rule: Rule
    severity: Severity
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class AssumedColumn:
    """All assumptions that stand for blanks of one column."""

    column: str
    assumptions: tuple[Assumption, ...]

    @property
    def examples(self) -> str:
        """The first few, as people read them."""
        first = (f"{plain(a.subject)}: {plain(a.value)}" for a in self.assumptions[:EXAMPLES])
        return "; ".join(first)


def findings(diagnostics: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    """Diagnostics by rule, most severe first."""
    groups: dict[tuple[Severity, str], list[Diagnostic]] = {}
    for diagnostic in sorted(diagnostics, key=sort_key):
        groups.setdefault((diagnostic.severity, diagnostic.rule.id), []).append(diagnostic)
    return tuple(Finding(group[0].rule, severity, tuple(group)) for (severity, _), group in groups.items())


def assumed_columns(assumptions: Iterable[Assumption]) -> tuple[AssumedColumn, ...]:
    """Assumptions by column, the most frequent first."""
    groups: dict[str, list[Assumption]] = {}
    for assumption in assumptions:
        groups.setdefault(assumption.column, []).append(assumption)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(AssumedColumn(column, tuple(group)) for column, group in ordered)


def severity_counts(diagnostics: Iterable[Diagnostic]) -> str:
    """How many there are of each severity: "2 errors, 1 warning"; severities without any are left out."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    return ", ".join(count(counts[severity], severity.word) for severity in Severity if counts[severity])


def diagnostics_text(
    diagnostics: Sequence[Diagnostic], assumptions: Sequence[Assumption], width: int, limit: int | None
) -> str:
    """What is doubtful in the data, wrapped to `width`, at most `limit` lines of each rule (None: all)."""
    if not diagnostics and not assumptions:
        return "Nothing is wrong or doubtful in the data, and nothing had to be assumed.\n"
    paragraphs = [severity_counts(diagnostics)] if diagnostics else []
    paragraphs += [_finding_text(finding, width, limit) for finding in findings(diagnostics)]
    if assumptions:
        paragraphs.append(_assumptions_text(assumptions, width))
    return "\n\n".join(paragraphs) + "\n"


def _finding_text(finding: Finding, width: int, limit: int | None) -> str:
    shown = finding.diagnostics if limit is None else finding.diagnostics[:limit]
    hidden = len(finding.diagnostics) - len(shown)
    lines = [f"{finding.severity.word.upper()}  {finding.rule.title} ({len(finding.diagnostics)})"]
    lines += [paragraph(str(diagnostic), width) for diagnostic in shown]
    if hidden:
        lines.append(f"  ... and {hidden} more of these")
    lines.append(paragraph(f"→ {finding.rule.advice}", width))
    return "\n".join(lines)


def _assumptions_text(assumptions: Sequence[Assumption], width: int) -> str:
    lines = [f"ASSUMED  {count(len(assumptions), 'value')} that nobody typed"]
    lines += [
        paragraph(f"{group.column}: {len(group.assumptions)}, for example {group.examples}", width)
        for group in assumed_columns(assumptions)
    ]
    return "\n".join(lines)


def paragraph(text: str, width: int) -> str:
    """One indented paragraph; cells and ids are never broken."""
    return textwrap.fill(
        plain(text),
        width,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def diagnostics_json(diagnostics: Iterable[Diagnostic], assumptions: Iterable[Assumption]) -> str:
    """Both as one JSON object, most severe first; ends with a newline."""
    content = {
        "version": 1,
        "diagnostics": diagnostic_objects(diagnostics),
        "assumptions": assumption_objects(assumptions),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def diagnostic_objects(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """One JSON object for each diagnostic, most severe first."""
    return [
        {
            "rule": diagnostic.rule.id,
            "severity": diagnostic.severity.word,
            "title": diagnostic.rule.title,
            "message": diagnostic.message,
            "suggestion": diagnostic.suggestion,
            "advice": diagnostic.rule.advice,
            "cells": [str(cell) for cell in diagnostic.cells],
        }
        for diagnostic in sorted(diagnostics, key=sort_key)
    ]


def assumption_objects(assumptions: Iterable[Assumption]) -> list[dict[str, object]]:
    """One JSON object for each assumption, in the order they were made within a column."""
    return [
        {
            "column": assumption.column,
            "subject": assumption.subject,
            "value": assumption.value,
            "cell": str(assumption.cell) if assumption.cell else None,
        }
        for group in assumed_columns(assumptions)
        for assumption in group.assumptions
    ]
