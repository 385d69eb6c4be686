"""What a receiver is asked: open decisions, conflicts that wait for a word, facts that nobody has stated."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from planner.domain.conflict import Conflict
from planner.domain.diagnostics import Severity
from planner.domain.exports import Receiver
from planner.domain.parcel import AskedQuestion
from planner.domain.plan import OpenDecision, Plan
from planner.domain.question import Question
from planner.domain.roadmap import Decision, id_key
from planner.domain.units import DAYS_PER_WEEK
from planner.sheets.columns import columns_of
from planner.sheets.export.veil import Veil
from planner.sheets.merge.answers import QuestionKind
from planner.sheets.template import choices_of

CELLS: Mapping[str, tuple[str, str]] = {
    "estimate": ("Tasks", "Effort"),
    "team": ("Tasks", "Team"),
    "touches": ("Tasks", "Touches"),
    "priority": ("Roadmap", "Priority"),
    "target": ("Roadmap", "Target"),
    "team size": ("Teams", "Engineers"),
    "chance": ("Hypotheses", "P(success)"),
}
"""Kind of a missing fact -> the sheet and column that its answer fills."""

ITEM_FACTS = frozenset({"priority", "target"})
"""Kinds of missing facts that are about items."""

ESTIMATES = ("S", "M", "L")
CHANCES = ("10%", "25%", "50%", "75%", "90%")


@dataclass(frozen=True)
class Concern:
    """What a receiver has to do with: keys of his rows that he may see, and he himself."""

    receiver: Receiver
    items: Collection[str]
    tasks: Collection[str]

    def has(self, conflict: Conflict) -> bool:
        """Whether a conflict is about one of his rows."""
        return self.has_task(*conflict.tasks) or any(id_key(item) in self.items for item in conflict.items)

    def has_task(self, *ids: str) -> bool:
        """Whether one of these tasks is his."""
        return any(id_key(task) in self.tasks for task in ids)

    def has_subject(self, fact: Question) -> bool:
        """Whether a missing fact is one of his rows', or his to know."""
        rows = self.items if fact.kind in ITEM_FACTS else self.tasks
        return id_key(fact.subject) in rows or self.is_named(fact.subject, fact.whom)

    def is_named(self, *names: str) -> bool:
        """Whether one of these names is his."""
        return bool(self.receiver.name) and id_key(self.receiver.name) in map(id_key, names)


def asked(
    plan: Plan, conflicts: Sequence[Conflict], missing: Sequence[Question], concern: Concern, veil: Veil
) -> tuple[AskedQuestion, ...]:
    """All questions for a receiver, decisions first; none that names what he may not see. `conflicts` are his."""
    decisions = tuple(_decisions(plan, concern, veil))
    asked_for = {decision.key for decision in decisions}
    found = (*decisions, *_facts(plan, missing, concern), *_dismissals(conflicts, asked_for))
    return tuple(
        question
        for question in found
        if not any(map(veil.mentions, (question.key, question.wording, question.why, *question.choices)))
    )


def _question(
    kind: QuestionKind, place: tuple[str, str, str], wording: str, why: str, choices: Sequence[str]
) -> AskedQuestion:
    """A question whose id is the same in every export, as it is made of what it is about."""
    sheet, key, column = place
    digest = sha256("\0".join((kind, sheet, id_key(key), column)).encode()).hexdigest()[:6]
    return AskedQuestion(f"Q-{digest}", kind, sheet, key, column, wording, why, tuple(choices))


def _decisions(plan: Plan, concern: Concern, veil: Veil) -> Iterator[AskedQuestion]:
    """Those that he drives or approves, or that his tasks hang on."""
    by_id = {decision.id: decision for decision in plan.roadmap.decisions}
    for waiting in plan.decisions:
        decision = by_id[waiting.id]
        if concern.is_named(decision.driver, decision.approver) or concern.has_task(*waiting.tasks):
            if waiting.tasks and all(veil.hides_any([task]) for task in waiting.tasks):
                continue
            wording = decision.question or f"Which {decision.key}?"
            names = [name for name, _ in decision.options]
            yield _question(
                QuestionKind.DECISION,
                ("Decisions", decision.id, "Chosen"),
                wording,
                _why_decide(waiting, decision),
                names,
            )


def _why_decide(waiting: OpenDecision, decision: Decision) -> str:
    """`by 2026-09-25; Alma drives it; 2 tasks hang on it`."""
    due = f"by {waiting.due.isoformat()}{' (assumed)' if waiting.due_is_assumed else ''}"
    driver = f"{decision.driver} drives it" if decision.driver else "nobody drives it"
    tasks = f"{len(waiting.tasks)} task{'' if len(waiting.tasks) == 1 else 's'}"
    return f"{due}; {driver}; {tasks} hang{'s' if len(waiting.tasks) == 1 else ''} on it"


def _facts(plan: Plan, missing: Sequence[Question], concern: Concern) -> Iterator[AskedQuestion]:
    """Cells that nobody has filled, those that may move the plan most first."""
    tasks = plan.roadmap.tasks_by_id()
    for fact in missing:
        place = CELLS.get(fact.kind)
        is_open_item = fact.kind == "team" and fact.subject not in tasks  # answered by a new row, not by a cell
        if place is None or is_open_item or not concern.has_subject(fact):
            continue
        wording = fact.wording[:1].upper() + fact.wording[1:]
        whom = f"{fact.whom} may know ({fact.role})" if fact.whom and not concern.is_named(fact.whom) else ""
        yield _question(QuestionKind.FACT, (place[0], fact.subject, place[1]), wording, whom, _answers(fact, *place))


def _answers(fact: Question, sheet: str, column: str) -> Sequence[str]:
    """What a drop-down offers; anything else may be typed."""
    if column == "Team":
        return [answer.value for answer in fact.answers]
    if column == "Effort":
        return ESTIMATES
    if column == "P(success)":
        return CHANCES
    return next(choices_of(known) for known in columns_of(sheet) if known.name == column)


def _dismissals(conflicts: Sequence[Conflict], decided: Collection[str]) -> Iterator[AskedQuestion]:
    """Conflicts that may stay if somebody says why; an error may not, and hygiene asks nobody.

    What only waits for decisions that he is asked for anyway is not asked twice.
    """
    for conflict in conflicts:
        if conflict.type.hygiene or conflict.type.severity is Severity.ERROR:
            continue
        if not (conflict.decisions and set(conflict.decisions) <= set(decided)):
            wording = f"{conflict.message} May it stay? Then say why."
            yield _question(
                QuestionKind.DISMISSAL, ("Dismissed", conflict.id, "Reason"), wording, _why_settle(conflict), ()
            )


def _why_settle(conflict: Conflict) -> str:
    """What it costs, by when, and the way out."""
    risk = f"{conflict.cost / DAYS_PER_WEEK:.1f} engineer-weeks at risk" if conflict.cost else ""
    by = f"decide by {conflict.decide_by.isoformat()}" if conflict.decide_by else ""
    return "; ".join(filter(None, (risk, by, conflict.recommendation)))
