"""The story of `roadmap why` on small tables: every kind of task, what would move it, why it is not elsewhere."""

from datetime import date
from pathlib import Path

import pytest

from planner.domain.errors import UserError
from planner.domain.why import Why
from planner.pipeline import Inputs, Otherwise, PlanOptions, why
from tests.workbooks import write_tables

MONDAY = date(2026, 9, 7)
TEAMS = """Team | Engineers | Operations
           Led | 1 | 0
           Pay | 1 | 0"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes tables, then answers why a task is where it is."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "tables"
    folder.mkdir()

    def ask(task: str, otherwise: Otherwise | None = None, **drawings: str) -> Why:
        write_tables(folder, **{"teams": TEAMS, **drawings})
        return why(task, Inputs((folder,), as_of=MONDAY), PlanOptions(work=60), otherwise)

    return ask


def said(found: Why) -> list[str]:
    return [fact.text for fact in found.because]


def moves(found: Why) -> dict[str, tuple[date | None, int]]:
    """The start of the task, and by how many days it moves, by change."""
    return {change.text: (change.start, change.days) for change in found.what_if}


QUEUE = """Task ID | Title | Item ID | Team | Effort | Depends on
           A | a | I | Led | 4 |
           B | b | I | Led | 3 | A
           C | c | J | Led | 2 |"""
ITEMS = "Item ID | Title | Cost of delay\nI | i | 50\nJ | j | 1"


def test_a_team_holds_a_task_back_to_day_0(asked) -> None:
    """Led does A (4 days), B (3), then C, which is worth less: 4 + 3 days from Monday to the next Wednesday."""
    found = asked("c", tasks=QUEUE, items=ITEMS)
    assert (found.start, found.day) == (date(2026, 9, 16), 7)
    assert said(found) == [f"Led (1 engineer) is busy with {held}" for held in ("B until 15 Sep", "A until 10 Sep")]
    assert [fact.last for fact in found.because] == [True, False]
    assert [(step.task, step.ready, step.days) for step in found.chain] == [("A", 0, 4), ("B", 4, 3), ("C", 7, 0)]


def test_what_would_move_it_is_planned_again(asked) -> None:
    """A second engineer: C at once. Without B: three days earlier, and J no longer pays B's 3 days of effort."""
    found = asked("C", tasks=QUEUE, items=ITEMS)
    assert moves(found) == {"1 more engineer in Led": (MONDAY, -7), "B given up": (date(2026, 9, 11), -3)}
    hired, dropped = found.what_if
    assert [(item.id, item.days) for item in hired.items] == [("J", -7)]
    assert hired.cost == pytest.approx(-7 * 0.2)  # an item of 1 ED a week is out seven days earlier
    assert hired.proven is not None
    assert hired.proven.low == hired.proven.high == pytest.approx(-1.4), "both plans are optimal"
    assert dropped.cost == pytest.approx(-3 - 3 * 10 - 3 * 0.2)
    assert {term.letter: term.value for term in dropped.terms} == pytest.approx({"E": -3, "D": -30.6})


def test_a_predecessor_and_its_team_bind_together(asked) -> None:
    found = asked("B", tasks=QUEUE, items=ITEMS)
    assert said(found) == ["A of Led is done on 10 Sep", "Led (1 engineer) is busy with A until 10 Sep"]
    assert moves(found) == {"1 more engineer in Led": (date(2026, 9, 11), 0)}


def test_a_date_that_was_typed(asked) -> None:
    tasks = (
        "Task ID | Title | Team | Effort | Not before\nA | a | Led | 2 | 2026-09-21\nB | b | Pay | 2 | 2026-09-23!"
    )
    found = asked("A", tasks=tasks)
    assert said(found) == ["it may not start before 21 Sep"]
    assert moves(found) == {"A allowed from 7 Sep on": (MONDAY, -10)}
    pinned = asked("B", tasks=tasks)
    assert said(pinned)[0] == "it is pinned to 23 Sep"
    assert moves(pinned) == {"B allowed from 7 Sep on": (MONDAY, -12)}


def test_a_block_holds_a_launch(asked) -> None:
    found = asked(
        "A",
        items="Item ID | Title | Cost of delay\nI | i | 5",
        tasks="Task ID | Title | Item ID | Team | Effort\nA | a | I | Led | 3",
        calendar="Name | Kind | Start | End | Scope\nFreeze | block | 2026-09-09 | 2026-09-15 | team:Led",
    )
    assert [fact.text for fact in found.launches_because] == ["Freeze keeps it from launching until 15 Sep"]
    assert (found.finish, found.launch) == (date(2026, 9, 9), date(2026, 9, 16))
    (opened,) = found.what_if
    assert opened.text == "override of Freeze for A"
    assert [(item.id, item.after, item.days) for item in opened.items] == [("I", date(2026, 9, 9), -5)]
    assert opened.cost == pytest.approx(-5)


def test_a_wait_for_a_decision(asked) -> None:
    """A loses half of what it has done by Friday, 2 of 4 days, and a day costs 0.2; taken on Monday, half a day."""
    found = asked(
        "A",
        items=ITEMS,
        tasks="Task ID | Title | Item ID | Team | Effort | Sets\nA | a | J | Led | 4 | store=x",
        decisions="Decision ID | Question | Key | Options | Due\nD-1 | which | store | x=0.5; y=0.5 | 2026-09-11",
    )
    (fact,) = found.because
    assert fact.kind == "wait"
    assert fact.text.startswith(
        "it waits on purpose for D-1, though it could start on 7 Sep: that saves 0.4 engineer"
    )
    assert {term.letter: term.value for term in fact.saves} == pytest.approx({"T": 2.0, "D": -1.0})
    assert moves(found) == {"D-1 decided on 7 Sep": (date(2026, 9, 8), -4)}


def test_tasks_that_are_past_or_given_up(asked) -> None:
    tasks = """Task ID | Title | Team | Effort | Status | Actual finish
               A | a | Led | 4 | done | 2026-09-03
               B | b | Led | 4 | dropped |"""
    done, dropped = asked("A", tasks=tasks), asked("B", tasks=tasks)
    assert (done.said, done.start) == ("done on Thu 3 Sep 2026: its dates are past", None)
    assert dropped.said == "dropped: it is kept in the tables and not planned"


def test_a_task_under_way_a_vendor_and_a_milestone(asked) -> None:
    tasks = """Task ID | Title | Team | Effort | Duration | Depends on | Status | Actual start
               A | a | Led | 4 | | | in progress | 2026-09-01
               V | v | external:Acme | | 10 | | |
               M | m | Pay | 0 | | A; V | |"""
    assert said(asked("A", tasks=tasks)) == ["it is under way since 1 Sep"]
    assert said(asked("V", tasks=tasks)) == ["nothing holds it: the plan begins on that day"]
    milestone = asked("M", tasks=tasks)
    assert said(milestone) == ["V of external:Acme is done on 18 Sep"]
    assert milestone.day == 10
    assert "M not after V" in moves(milestone)


def test_a_task_in_a_cycle_that_was_cut(asked) -> None:
    """A waits for B and B for A: the plan cuts one of both, and the other binds."""
    tasks = "Task ID | Title | Team | Effort | Depends on\nA | a | Led | 2 | B\nB | b | Led | 5 | A"
    first, second = sorted((asked("A", tasks=tasks), asked("B", tasks=tasks)), key=lambda found: found.day)
    assert said(first) == ["nothing holds it: the plan begins on that day"]
    assert [(fact.kind, fact.tasks) for fact in second.because] == [("predecessor", ("A",)), ("capacity", ("A",))]
    assert (first.task, second.day) == ("A", 2)


def test_a_wait_for_another_task(asked) -> None:
    """The hand-over of five days of work wants a day of slack, and nothing presses B."""
    found = asked("B", tasks="Task ID | Title | Team | Effort | Depends on\nA | a | Led | 5 |\nB | b | Pay | 5 | A")
    (fact,) = found.because
    assert (fact.kind, fact.tasks, found.day) == ("wait", ("A",), 6)
    assert fact.text.startswith("it waits on purpose for A, though it could start on 14 Sep: that saves")
    assert [(step.task, step.ready, step.waited) for step in found.chain] == [("A", 0, 0), ("B", 5, 1)]
    assert set(moves(found)) == {"A given up"}


def test_why_not_later_costs_what_the_delay_costs(asked) -> None:
    """C ten days later: two weeks of an item worth 1 ED a week, proven."""
    found = asked("C", Otherwise(not_before=date(2026, 9, 30)), tasks=QUEUE, items=ITEMS)
    answer = found.why_not
    assert answer is not None
    assert (answer.start, answer.days) == (date(2026, 9, 30), 10)
    assert answer.cost == pytest.approx(2.0)
    assert answer.proven is not None
    assert (answer.proven.low, answer.proven.high) == pytest.approx((2.0, 2.0))
    assert [(term.letter, term.value) for term in answer.terms] == [("D", pytest.approx(2.0))]
    assert not found.what_if


def test_why_not_before_another(asked) -> None:
    """C goes first of all: it is out seven days earlier, B and its item two days later."""
    answer = asked("C", Otherwise(before="b"), tasks=QUEUE, items=ITEMS).why_not
    assert answer is not None
    assert answer.cost == pytest.approx(2 * 10 - 7 * 0.2)
    assert {task.id: task.days for task in answer.tasks} == {"A": 2, "B": 2, "C": -7}


@pytest.mark.parametrize(
    ("task", "otherwise", "clash"),
    [
        ("B", Otherwise(before="A"), ["B waits for A (FS)"]),
        ("C", Otherwise(before="S"), ["S is under way since Tue 1 Sep 2026"]),
        ("S", Otherwise(not_before=date(2026, 10, 1)), ["S is under way since Tue 1 Sep 2026"]),
        ("C", Otherwise(before="D"), ["D is done"]),
        ("P", Otherwise(not_before=date(2026, 10, 1)), ["P may not start before 2026-10-01", "P is pinned to"]),
        ("H", Otherwise(not_before=date(2026, 10, 1)), ["H may not start before", "H must be done by 2026-09-30"]),
    ],
)
def test_why_not_names_the_facts_that_make_it_impossible(asked, task, otherwise, clash) -> None:
    tasks = """Task ID | Title | Team | Effort | Depends on | Status | Actual start | Not before | Due
               A | a | Led | 2 | | | | |
               B | b | Led | 2 | A | | | |
               C | c | Pay | 2 | | | | |
               S | s | Pay | 2 | | in progress | 2026-09-01 | |
               D | d | Pay | 2 | | done | 2026-09-01 | |
               P | p | Pay | 2 | | | | 2026-09-21! |
               H | h | Pay | 2 | | | | | 2026-09-30!"""
    answer = asked(task, otherwise, tasks=tasks).why_not
    assert answer is not None
    assert answer.cost is None
    assert len(answer.clash) == len(clash)
    for fact, text in zip(answer.clash, clash, strict=True):
        assert fact.text.startswith(text)


@pytest.mark.parametrize(
    ("task", "otherwise", "complaint"),
    [
        ("PAY", None, "no task 'PAY' in this plan"),
        ("A", Otherwise(before="A"), "cannot come before itself"),
        ("A", Otherwise(before="B"), "is done before B begins already"),
        ("B", Otherwise(not_before=MONDAY), "starts on 2026-09-11, which is not before 2026-09-07"),
        ("B", Otherwise(not_before=date(2050, 1, 1)), "beyond the days that the plan knows"),
    ],
)
def test_questions_that_make_no_sense(asked, task, otherwise, complaint) -> None:
    with pytest.raises(UserError, match=complaint):
        asked(task, otherwise, tasks=QUEUE, items=ITEMS)


def test_the_same_work_gives_the_same_answer(asked) -> None:
    assert asked("C", tasks=QUEUE, items=ITEMS) == asked("C", tasks=QUEUE, items=ITEMS)
