"""The prose check of one document: every rule asked, what the writer has let pass left out, the text measured."""

from collections.abc import Iterator

from planner.decisions.readability import readability
from planner.decisions.rules import RULES
from planner.decisions.text import Document, Hit
from planner.domain.prose import ProseCheck, ProseFinding

LONGEST = 80
"""Characters of a finding's text."""


def lint(document: Document, file: str) -> ProseCheck:
    """Findings in the order of the text, each with the rule that made it; `file` is the name to be shown."""
    findings = sorted(_findings(document), key=lambda finding: (finding.line, finding.column, finding.rule))
    return ProseCheck(file, document.unit, tuple(findings), readability(document))


def _findings(document: Document) -> Iterator[ProseFinding]:
    for rule, find in RULES:
        for hit in find(document):
            finding = _finding(rule, hit)
            if not {(line, name) for line in (0, finding.line) for name in ("", rule)} & document.ignored:
                yield finding


def _finding(rule: str, hit: Hit) -> ProseFinding:
    line, column = hit.passage.places[hit.first]
    text = " ".join(hit.passage.text[hit.first : hit.last].split())
    return ProseFinding(line, column, rule, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…", hit.advice)
