"""Unproven one-way door: a step that cannot be undone is taken before it is known to be right.

Definition: an open one-way task relies on an open hypothesis or on a value of an open decision and does not wait for
what tests or settles it, or names nothing at all that it is proven by. The plan lets every door wait that has not
begun and is not pinned, so what is left is evidence that nobody brings or that waits for the door itself. Data: Door,
Reversal, Hypothesis, Sets, Needs; Hypotheses, Decisions. Severity: (1 - P) times effort and reversal, at most the
effort; a blank probability adds nothing. Ways out: let it wait for the evidence; or name what has to be known first.

    Task ID | Team   | Effort | Door    | Reversal | Hypothesis | Depends on
    TAX-7   | Tax    | 5      |         |          |            |
    TAX-5   | Tax    | 19     | one-way | 40       | H-3        |
    TAX-6   | Tax    | 19     | one-way | 40       | H-2        |

    Hypothesis ID | Statement                | P(success) | Tested by
    H-2           | Registers accept numbers | 0.6        | TAX-7
    H-3           | Nobody wants them back   | 0.6        |
    -> TAX-5
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, listed, named, note
from planner.conflicts.waiting import (
    break_even,
    decided_on,
    known_on,
    open_decisions,
    open_hypotheses,
    settlers,
    share_by,
    tests,
    wait,
    waits_for,
)
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Door, Task, id_key

TYPE = ConflictType(
    "unproven-one-way-door",
    Family.DECISION,
    Severity.WARNING,
    "Cannot be undone, and not proven",
    "Let it wait for the test or decision that it depends on, or name what proves it.",
)


@dataclass(frozen=True)
class _Proof:
    """What has to be known: its id, P that it turns out well, the tasks that bring it, the day."""

    id: str
    probability: float | None
    tasks: tuple[Task, ...]
    known: date | None


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict a task."""
    doors = [task for task in context.open_tasks if task.door is Door.ONE_WAY]
    index = _Index(context) if doors else None
    for task in doors if index else ():
        missing = [p for p in index.proofs(task) if not _is_behind(context, task, p)] if index else []
        if missing or not (task.hypotheses or task.sets or task.needs or task.settles):
            yield _conflict(context, task, missing)


def _is_behind(context: Context, task: Task, proof: _Proof) -> bool:
    """Whether the plan holds a door back until this is known: by a task that brings it, else until a day."""
    return waits_for(context, task, proof.tasks) or (
        task.waits_for_evidence and not proof.tasks and proof.known is not None
    )


class _Index:
    """Open hypotheses and open decisions, by key."""

    def __init__(self, context: Context) -> None:
        self._hypotheses = {
            id_key(h.id): _Proof(h.id, h.probability, found := tests(context, h), known_on(context, found, h.readout))
            for h in open_hypotheses(context)
        }
        settled_by = settlers(context)
        self._context = context
        self._decisions = {id_key(d.key): (d, settled_by.get(id_key(d.id), ())) for d in open_decisions(context)}

    def proofs(self, task: Task) -> Iterator[_Proof]:
        """What a task relies on and nobody knows yet; it does not wait for what it brings about itself."""
        for name in dict.fromkeys(map(id_key, task.hypotheses)):
            if name in self._hypotheses and task not in self._hypotheses[name].tasks:
                yield self._hypotheses[name]
        for key, value in {id_key(s.key): id_key(s.value) for s in (*task.needs, *task.sets)}.items():
            decision, evidence = self._decisions.get(key, (None, ()))
            if decision and task not in evidence:
                chance = {id_key(option): probability for option, probability in decision.options}
                known = decided_on(self._context, decision, evidence)
                yield _Proof(decision.id, chance.get(value), evidence, known)


def _conflict(context: Context, task: Task, missing: list[_Proof]) -> Conflict:
    effort = context.effort.get(task.id, 0.0)
    scale = 1 + (task.reversal or 0.0) / effort if effort else 0.0
    why = f"relies on {listed([p.id for p in missing])}, open as yet" if missing else "names nothing that proves it"
    ways = [way for p in missing if (way := wait(context, [task], p.tasks, p.known))]
    conflict = conflict_of(
        TYPE,
        [task],
        "Door",
        f"{named(task)} is a one-way door ({task.title}) and {why}; planned without waiting, the risk is counted.",
        identity=(task.id,),
        evidence=[f"{p.id} P={p.probability}" for p in missing],
        at_risk=[
            (task.id, min(1.0, (1 - p.probability) * scale * share_by(context, task, p.known)))
            for p in missing
            if p.probability is not None
        ],
        resolutions=ways or [note(f"Name the test or decision that {task.id} waits for, before it begins")],
    )
    unsaid = [break_even(context, task, p.known, p.id) for p in missing if p.probability is None]
    return replace(conflict, break_even="; ".join(filter(None, unsaid)))
