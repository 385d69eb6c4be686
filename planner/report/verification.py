"""What `roadmap verify` found, for people and for programs."""

import json
from textwrap import fill

from planner.domain.governance import Integrity, Objection, Verification
from planner.report.wording import count, plain


def verification_text(found: Verification, width: int) -> str:
    """Objections by rule, errors first; a last line that says whether it passes."""
    looked = [count(found.planned, "planned launch")] if found.plan else []
    looked.append(count(found.actual, "actual launch"))
    lines = [f"Looked at {' and '.join(looked)} against {count(found.blocks, 'block')}."]
    for objection in found.objections:
        lines += ["", *_lines(objection, width)]
    errors = sum(objection.is_error for objection in found.objections)
    doubts = len(found.objections) - errors
    counted = f"{count(errors, 'objection')}, {count(doubts, 'doubt')}" if found.objections else "nothing to object"
    log = "" if found.state.integrity is Integrity.INTACT else f"; the log of approvals: {found.state.integrity}"
    lines += ["", f"{'PASSED' if found.passes else 'FAILED'}: {counted}{log}."]
    return "\n".join(lines) + "\n"


def _lines(objection: Objection, width: int) -> tuple[str, ...]:
    word = "ERROR" if objection.is_error else "DOUBT"
    where = f"{objection.cells[0]}: " if objection.cells else ""
    return (
        f"{word}  {objection.rule}",
        fill(plain(where + objection.message), width, initial_indent="  ", subsequent_indent="    "),
        fill(plain(objection.advice), width, initial_indent="  → ", subsequent_indent="    "),
    )


def verification_json(found: Verification) -> str:
    """The same for programs."""
    content = {
        "passes": found.passes,
        "plan": found.plan,
        "planned_launches": found.planned,
        "actual_launches": found.actual,
        "blocks": found.blocks,
        "log": {"integrity": str(found.state.integrity), "detail": found.state.detail},
        "objections": [
            {
                "rule": objection.rule,
                "severity": "error" if objection.is_error else "doubt",
                "task": objection.task,
                "day": objection.day.isoformat() if objection.day else None,
                "message": objection.message,
                "advice": objection.advice,
                "cells": [str(cell) for cell in objection.cells],
            }
            for objection in found.objections
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
