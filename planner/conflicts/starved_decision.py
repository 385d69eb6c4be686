"""Starved decision: an open decision that cannot be taken, because nobody, no day or no time is set aside for it.

Definition: an open decision without a driver, or without a due date or an effort where no open task settles it. Data:
Decisions (Driver, Due, Effort), Settles. Severity: none of its own, what builds on it is at risk as
undecided-decision. Ways out: type what is missing.

    Task ID | Team   | Effort | Settles
    LED-2   | Ledger | 3      | DEC-2

    Decision ID | Question      | Key            | Options             | Driver | Due        | Effort
    DEC-1       | Which storage | ledger.storage | Aurora; DynamoDB    | Alma   | 2026-09-25 | 3
    DEC-2       | Which queue   | ledger.queue   | SQS; Kafka          | Alma   |            |
    DEC-3       | Which mailer  | mailer.kind    | service; centre     |        | 2026-09-25 | 1
    -> DEC-3 has no driver
"""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, listed, note
from planner.conflicts.waiting import open_decisions, settlers
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Decision, Task, id_key

TYPE = ConflictType(
    "starved-decision",
    Family.DECISION,
    Severity.WARNING,
    "Nobody is set to decide",
    "Name a driver, a day and the effort that the decision takes.",
)

WORDS = {"Driver": "driver", "Due": "due date", "Effort": "effort"}
"""How a sentence calls the columns that are missing."""


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict a decision."""
    settled_by = settlers(context)
    for decision in open_decisions(context):
        evidence = settled_by.get(id_key(decision.id), ())
        missing = _missing(decision, evidence)
        if missing:
            lacks = listed([f"no {WORDS[column]}" for column in missing])
            conflict = conflict_of(
                TYPE,
                evidence,
                "Settles",
                f'"{decision.id}" ({decision.question or decision.key}) is open and has {lacks}; '
                "planned with what is assumed for blanks.",
                identity=(decision.id,),
                evidence=missing,
                decisions=[decision.id],
                resolutions=[note(f"Type {listed(missing)} of {decision.id}")],
            )
            yield conflict if evidence else replace(conflict, cells=tuple(map(decision.source.cell, missing)))


def _missing(decision: Decision, evidence: tuple[Task, ...]) -> tuple[str, ...]:
    """The columns that would say who decides, when and in which time; a task that settles it says the last two."""
    typed = {
        "Driver": bool(decision.driver),
        "Due": bool(evidence) or decision.due is not None,
        "Effort": bool(evidence) or decision.effort is not None,
    }
    return tuple(column for column, is_typed in typed.items() if not is_typed)
