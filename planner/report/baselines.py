"""Baselines: the one that was saved, and all there are, as text and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from planner.domain.baseline import Baseline
from planner.report.wording import count, day, full_day, listing, plain


def saved_text(baseline: Baseline) -> str:
    """What is kept of a plan from now on."""
    kept = f"the plan as of {full_day(baseline.as_of)} ({count(baseline.items, 'item')}, until {_end(baseline)})"
    files = listing([plain(file.label) for file in baseline.files])
    return f"Saved {plain(baseline.name)}: {kept}, with copies of {files}.\n"


def _end(baseline: Baseline) -> str:
    return full_day(baseline.finish) if baseline.finish else "no date"


def baselines_text(found: Sequence[Baseline]) -> str:
    """One line each, the oldest first; ends with a newline."""
    if not found:
        return "There is no baseline yet.\n"
    rows = [
        (
            plain(one.name),
            f"as of {full_day(one.as_of)}",
            f"ends {day(one.finish, one.as_of)}",
            count(one.items, "item"),
            f"saved {one.saved[:10]} by {plain(one.who)}",
        )
        for one in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"


def baselines_json(found: Sequence[Baseline]) -> str:
    """The same for programs; ends with a newline."""
    return json.dumps([asdict(one) for one in found], default=str, ensure_ascii=False, indent=1) + "\n"
