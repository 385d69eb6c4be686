"""Doubts are grouped by rule, most severe first, the advice once."""

import json
from dataclasses import replace

from planner.domain.diagnostics import Diagnostic
from planner.report.diagnostics import diagnostics_json, diagnostics_text
from tests.report.sample_plan import EXTRA, NO_EFFORT, cell, sample_plan

PLAN = sample_plan()


def test_most_severe_first_and_advice_once() -> None:
    text = diagnostics_text(PLAN.diagnostics[::-1], (), 200, None)
    assert text.startswith("1 error, 2 warnings, 1 note\n\nERROR  Reference to nothing (1)\n")
    assert text.index("ERROR") < text.index("WARNING") < text.index("NOTE")
    assert text.count(NO_EFFORT.advice) == 1
    assert '  q3.xlsx!Tasks!F7: "PAY-2" depends on "LED-33", which is on no sheet; ignored. Did you mean' in text


def test_limit_counts_what_it_hides() -> None:
    many = [Diagnostic(EXTRA, f"message {k}", (cell(k),)) for k in range(1, 11)]
    text = diagnostics_text(many, (), 100, 3)
    assert text.count("message") == 3
    assert "... and 7 more of these" in text


def test_width_is_kept_and_cells_are_not_broken() -> None:
    text = diagnostics_text(PLAN.diagnostics, PLAN.assumptions, 60, None)
    assert max(map(len, text.splitlines())) <= 60
    assert "q3.xlsx!Tasks!F7:" in text


def test_assumptions_are_grouped_by_column_with_three_examples() -> None:
    effort = PLAN.assumptions[0]
    many = [replace(effort, subject=f"T-{k}") for k in range(5)]
    text = diagnostics_text((), (*many, PLAN.assumptions[2]), 100, 3)
    assert "6 values that nobody typed" in text
    assert "Effort: 5, for example T-0: 5 ED; T-1: 5 ED; T-2: 5 ED\n" in text


def test_clean_data_says_so() -> None:
    assert "Nothing is wrong" in diagnostics_text((), (), 100, 3)


def test_strict_turns_warnings_into_errors_in_json() -> None:
    strict = [replace(diagnostic, strict=True) for diagnostic in PLAN.diagnostics]
    content = json.loads(diagnostics_json(strict, PLAN.assumptions))
    assert [d["severity"] for d in content["diagnostics"]] == ["error", "error", "error", "note"]
    assert content["diagnostics"][0]["cells"] == ["q3.xlsx!Tasks!F7"]
    assert len(content["assumptions"]) == 3
