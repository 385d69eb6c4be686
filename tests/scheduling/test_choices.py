"""What people decided is obeyed; what they did not decide stays planned."""

from dataclasses import replace

import pytest

from planner.domain.cells import Source
from planner.domain.roadmap import Decision, Hypothesis, Roadmap, Setting, Status, Task
from planner.scheduling.choices import decided
from planner.scheduling.formulate import formulate
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, formulated, rules, task, team

SOURCE = Source("plan.xlsx", "Decisions", 2)
OPEN = Decision("D-1", SOURCE, key="ledger.storage", options=(("Aurora", 0.7), ("DynamoDB", 0.3)))
CHOSEN = replace(OPEN, chosen="Aurora")


def sets(value: str, key: str = "ledger.storage") -> tuple[Setting, ...]:
    return (Setting(key, value),)


def planned(*tasks: Task, decision: Decision = CHOSEN) -> list[str]:
    return list(formulated(*tasks, decisions=(decision,)).index)


def test_what_was_decided_against_is_not_planned_and_it_says_why():
    rows = (task("A", sets=sets("aurora")), task("B", sets=sets("DynamoDB")), task("C", after="B"))
    found = formulated(*rows, decisions=(CHOSEN,))
    assert list(found.index) == ["A", "C"], "who waits for it goes on without it"
    assert rules(found) == ["decided-otherwise", "relation-to-dropped"]
    assert found.diagnostics[0].message == (
        '"B" sets ledger.storage=DynamoDB, but "D-1" chose ledger.storage=Aurora; not planned.'
    )
    made = decided(Roadmap(tasks=rows, decisions=(CHOSEN,)), NO_OPERATIONS)
    assert made.dropped == (("B", '"D-1" chose ledger.storage=Aurora'),)


def test_both_options_of_an_open_decision_stay_planned():
    rows = (task("A", sets=sets("Aurora")), task("B", sets=sets("DynamoDB")))
    assert planned(*rows, decision=OPEN) == ["A", "B"]


@pytest.mark.parametrize(
    "other",
    [
        task("B", sets=sets("DynamoDB"), status=Status.IN_PROGRESS),
        task("B", sets=(*sets("DynamoDB"), *sets("2", "api.version"))),
        task("B", sets=sets("DynamoDB"), settles=("D-2",)),
        task("B", sets=sets("DynamoDB"), repays=("A",)),
        task("B", sets=sets("2", "api.version")),
        task("B", needs=sets("DynamoDB")),
    ],
    ids=["under way", "sets more", "settles", "repays", "another key", "only needs it"],
)
def test_work_that_has_begun_or_has_another_purpose_stays(other):
    assert planned(other) == ["B"]


def test_a_test_stays():
    tested = Hypothesis("H", SOURCE, tested_by=("B",))
    rows = (task("B", sets=sets("DynamoDB")),)
    assert list(formulated(*rows, decisions=(CHOSEN,), hypotheses=(tested,)).index) == ["B"]


def test_a_dropped_duplicate_leaves_a_fifth_and_a_hand_off():
    """6 + 0.2 x 10 + 1 ED."""
    rows = (task("KEEP", 6), task("DUP", 10, duplicate_of=("KEEP",), status=Status.DROPPED))
    found = formulated(*rows)
    assert found.problem.activities[0].effort == 9_000
    assert rules(found) == ["duplicate-merged"]
    assert [(a.column, a.subject, a.value) for a in found.assumptions][:1] == [
        ("Duplicate of", "DUP", "80% of its effort saved")
    ]


@pytest.mark.parametrize("status", [Status.PLANNED, Status.IN_PROGRESS, Status.DONE])
def test_a_duplicate_that_nobody_dropped_is_a_question(status):
    rows = (task("KEEP", 6), task("DUP", 10, duplicate_of=("KEEP",), status=status))
    assert formulated(*rows).problem.activities[-1].effort == 6_000


def test_a_duplicate_of_what_is_done_leaves_nothing():
    rows = (task("KEEP", 6, status=Status.DONE), task("DUP", duplicate_of=("KEEP",), status=Status.DROPPED))
    assert rules(formulated(*rows)) == []


def test_alternatives_stay_planned_until_one_is_dropped():
    rows = (task("A", alternative_to=("B",), status=Status.IN_PROGRESS), task("B"))
    assert list(formulated(*rows).index) == ["A", "B"]


def test_deciding_twice_changes_nothing_more():
    rows = (
        task("A", sets=sets("Aurora")),
        task("B", sets=sets("DynamoDB")),
        task("DUP", 10, duplicate_of=("A",), status=Status.DROPPED),
    )
    once = decided(Roadmap(tasks=rows, decisions=(CHOSEN,)), NO_OPERATIONS)
    twice = decided(once.roadmap, NO_OPERATIONS)
    assert (twice.roadmap, twice.diagnostics, twice.dropped) == (once.roadmap, (), ())


def test_a_plan_without_decisions_is_left_as_it_is():
    roadmap = Roadmap(tasks=(task("A"), task("B", after="A")), teams=(team(),))
    assert decided(roadmap, NO_OPERATIONS).roadmap == roadmap
    assert formulate(roadmap, NO_OPERATIONS, MONDAY).diagnostics == ()
