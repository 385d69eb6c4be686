"""By when to decide, and on whose word: a due date that somebody stated, else what the plan loses by waiting."""

from dataclasses import dataclass
from datetime import date

from planner.domain.decision_draft import Draft, DraftOption
from planner.domain.paper import Cite, Code
from planner.domain.plan import OpenDecision, PlannedTask
from planner.report.decision.evidence import Sources
from planner.report.decision.said import on, quoted
from planner.report.wording import number


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day and its source."""

    day: date
    cite: Cite


def deadline(draft: Draft, sources: Sources) -> Deadline | None:
    """The due date that somebody stated, else the last day that costs nothing, else the due date that is assumed."""
    stated, free = due(draft), draft.decide_by
    if stated and (not stated.due_is_assumed or free is None):
        return Deadline(stated.due, sources.plan(f"decisions[{stated.id}].due", stated.due))
    return Deadline(free, free_until_source(draft, sources)) if free else None


def due(draft: Draft) -> OpenDecision | None:
    """The decision as it is planned, with its due date."""
    decision = draft.decision
    return next((one for one in draft.plan.decisions if decision and one.id == decision.id), None)


def free_until_source(draft: Draft, sources: Sources) -> Cite:
    """Where `decide_by` comes from."""
    if draft.conflict is not None:
        return sources.plan(f"conflicts[{draft.conflict.id}].decide_by", draft.decide_by)
    chosen = draft.chosen
    first = first_discarded(draft, chosen) if chosen else None
    if chosen is None or first is None:
        return sources.plan("as_of", draft.plan.as_of)
    return sources.formula(
        f"Last working day on which no other option throws away less work than {quoted(chosen.name)}: ",
        f"{on(draft.decide_by)}; ",
        Code(f"plan.json tasks[{first.id}]"),
        f": effort {number(first.effort)}, start {first.start}, finish {first.finish}",
    )


def first_discarded(draft: Draft, option: DraftOption) -> PlannedTask | None:
    """The task that starts first of those that an option throws away."""
    at_stake = [task for task in draft.plan.tasks if task.id in option.discards]
    return min(at_stake, key=lambda task: (task.start, task.id), default=None)
