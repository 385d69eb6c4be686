"""Dismissed conflicts: somebody has looked at them and lets them be, until a day or until their evidence changes."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import sha256

from planner.domain.cells import Source
from planner.domain.conflict import Conflict
from planner.domain.diagnostics import Severity
from planner.domain.errors import UserError
from planner.domain.roadmap import Dismissal, id_key

COLUMNS = ("Conflict ID", "Reason", "By", "Until", "Evidence")
"""The columns of the sheet Dismissed, and the evidence as it was."""


def dismissal_of(conflict: Conflict, reason: str, by: str, until: date | None) -> Dismissal:
    """The dismissal of a conflict as it stands; raises UserError for an error, which nobody can let be."""
    if conflict.type.severity is Severity.ERROR:
        raise UserError(f"{conflict.id} is an error and cannot be dismissed. {conflict.type.advice}")
    return Dismissal(conflict.id, Source("", "", 0), reason, by, until, evidence_hash(conflict))


def apply_dismissals(
    conflicts: Iterable[Conflict], dismissals: Iterable[Dismissal], as_of: date
) -> tuple[Conflict, ...]:
    """Mark the dismissed conflicts: those with a dismissal that still holds and speaks of the same evidence.

    A dismissal typed into the sheet without evidence holds until its day.
    """
    holding = {
        (id_key(dismissal.conflict), dismissal.evidence)
        for dismissal in dismissals
        if dismissal.until is None or dismissal.until >= as_of
    }
    return tuple(
        replace(conflict, dismissed=bool(holding & {(conflict.id, ""), (conflict.id, evidence_hash(conflict))}))
        for conflict in conflicts
    )


def evidence_hash(conflict: Conflict) -> str:
    """What a dismissal depends on, in few characters; the order of the facts does not matter."""
    return sha256("\0".join(sorted(conflict.evidence)).encode()).hexdigest()[:16]


def dismissals_csv(dismissals: Iterable[Dismissal]) -> str:
    """Dismissals as a table with a header."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for dismissal in dismissals:
        until = dismissal.until.isoformat() if dismissal.until else ""
        rows.writerow((dismissal.conflict, dismissal.reason, dismissal.by, until, dismissal.evidence))
    return text.getvalue()


def read_dismissals(text: str, file: str) -> tuple[Dismissal, ...]:
    """The table that `dismissals_csv` wrote; raises UserError that names the line which a person has spoilt."""
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise UserError(f"{file}: the columns must be {', '.join(COLUMNS)}; mend the first line or delete the file")
    return tuple(_dismissal(row, Source(file, "", rows.line_num)) for row in rows)


def _dismissal(row: dict[str, str | None], source: Source) -> Dismissal:
    conflict, reason, by, until, evidence = ((row[column] or "").strip() for column in COLUMNS)
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError:
        raise UserError(f"{source.file}, line {source.row}: Until must be a day such as 2026-10-12") from None
    return Dismissal(conflict, source, reason, by, day, evidence)
