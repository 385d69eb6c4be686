"""Who is asked what."""

from datetime import date

from planner.domain.cells import Source
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.exports import Receiver, ReceiverKind
from planner.domain.plan import OpenDecision, Plan
from planner.domain.question import Answer, Question
from planner.domain.roadmap import Decision, Item, Roadmap, Task
from planner.sheets.export.asked import Concern, asked
from planner.sheets.export.veil import Veil

HERE = Source("q3.xlsx", "Tasks", 2)
ROADMAP = Roadmap(
    items=(Item("ASK-1", HERE), Item("SEC-1", HERE, audience=("Erin",))),
    tasks=(Task("PAY-1", HERE, items=("ASK-1",)), Task("SEC-T1", HERE, items=("SEC-1",))),
    decisions=(
        Decision("D-1", HERE, "Which store?", options=(("Aurora", 0.7), ("Dynamo", None)), driver="Zoe"),
        Decision("D-2", HERE, "Which bank?", driver="ada"),
        Decision("D-3", HERE, "Whom to buy?", driver="Ada"),
    ),
)
PLAN = Plan(
    title="q3",
    as_of=date(2026, 9, 7),
    seed=0,
    status="feasible",
    roadmap=ROADMAP,
    files=("q3.xlsx",),
    decisions=(
        OpenDecision("D-1", "", date(2026, 9, 25), True, "Zoe", ("PAY-1",)),
        OpenDecision("D-2", "", date(2026, 9, 25), False, "ada", ()),
        OpenDecision("D-3", "", date(2026, 9, 25), False, "Ada", ("SEC-T1",)),
    ),
)


def conflict(name: str, severity: Severity, hygiene: bool = False, decisions: tuple[str, ...] = ()) -> Conflict:
    type_ = ConflictType(name, Family.ORDER, severity, name, "", hygiene)
    return Conflict(type_, (name,), f"{name} it is.", tasks=("PAY-1",), decisions=decisions, id=name, cost=10)


CONFLICTS = (
    conflict("warning", Severity.WARNING),
    conflict("error", Severity.ERROR),
    conflict("hygiene", Severity.NOTE, hygiene=True),
    conflict("undecided", Severity.WARNING, decisions=("D-1",)),
)
FACTS = (
    Question("estimate", "PAY-1", "how large is PAY-1?", "Bo", "manager of Pay", (), (Answer("5 ED"),)),
    Question("priority", "ASK-1", "how urgent is ASK-1?", "Ada", "PM of ASK-1", (), (Answer("P0"), Answer("P3"))),
    Question("team", "ASK-1", "who takes ASK-1?", "Ada", "PM of ASK-1", (), (Answer("Pay"),)),
    Question("team size", "Pay", "how many engineers has Pay?", "Pay", "team", (), ()),
    Question("estimate", "SEC-T1", "how large is SEC-T1?", "Ada", "PM of SEC-1", (), ()),
)


def questions(kind: ReceiverKind, name: str, items: tuple[str, ...]) -> list[tuple[str, ...]]:
    receiver = Receiver(kind, name)
    concern = Concern(receiver, items, ("pay-1",))
    found = asked(PLAN, CONFLICTS, FACTS, concern, Veil(ROADMAP, receiver))
    assert len({question.id for question in found}) == len(found)
    return [(question.kind, question.sheet, question.key, question.column) for question in found]


def test_a_pm_is_asked_for_his_decisions_facts_and_conflicts() -> None:
    assert questions(ReceiverKind.PM, "Ada", ("ask-1",)) == [
        ("decision", "Decisions", "D-1", "Chosen"),
        ("decision", "Decisions", "D-2", "Chosen"),
        ("fact", "Tasks", "PAY-1", "Effort"),
        ("fact", "Roadmap", "ASK-1", "Priority"),
        ("dismissal", "Dismissed", "warning", "Reason"),
    ]


def test_a_team_is_asked_for_its_tasks_and_itself() -> None:
    assert questions(ReceiverKind.TEAM, "PAY", ()) == [
        ("decision", "Decisions", "D-1", "Chosen"),
        ("fact", "Tasks", "PAY-1", "Effort"),
        ("fact", "Teams", "Pay", "Engineers"),
        ("dismissal", "Dismissed", "warning", "Reason"),
    ]
