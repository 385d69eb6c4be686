"""What conflicts cost: every figure by hand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.conflicts.context import Context
from planner.conflicts.price import (
    identified,
    price,
    recommended_changes,
    replan_ways_out,
    severities,
    work_done_by,
)
from planner.domain.cells import Source
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Interval, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.plan import Plan, PlannedTask
from planner.domain.roadmap import Roadmap, Task
from planner.domain.settings import Settings
from tests.report.sample_plan import task as planned

MONDAY = date(2026, 9, 7)
TYPE = ConflictType("contradicting-values", Family.CONTRADICTION, Severity.WARNING, "Two values", "Agree.")
TEXT = replace(TYPE, id="probable-duplicate", hygiene=True)
SOURCE = Source("plan.xlsx", "Tasks", 2)
KEEP_A = Resolution("Keep A", (Change(ChangeKind.DROP, "B"),), ("B",))
KEEP_B = Resolution("Keep B", (Change(ChangeKind.DROP, "A"),), ("A",))
TALK = Resolution("Talk", (Change(ChangeKind.NOTE, value="talk"),))


def conflict(*identity: str, **more: object) -> Conflict:
    return Conflict(TYPE, identity, "A and B.", **more)  # type: ignore[arg-type]


def context(*tasks: PlannedTask, **effort: float) -> Context:
    """A plan of these tasks; `effort` in ED by id."""
    plan = Plan("p", MONDAY, 0, "feasible", Roadmap(), (), tasks=tasks)
    roadmap = Roadmap(tasks=tuple(Task(name, SOURCE) for name in effort))
    return Context(roadmap, MONDAY, Settings(), effort, plan)


def two_tasks() -> Context:
    """A: 10 ED over two weeks from the 1st Monday; B: 10 ED over two weeks from the 3rd (21 Sep)."""
    return context(
        planned(2, "A", "a", "X", MONDAY, 11, effort=10.0),
        planned(3, "B", "b", "Y", date(2026, 9, 21), 11, effort=10.0),
        A=10.0,
        B=10.0,
    )


def priced(found: Conflict, where: Context) -> Conflict:
    return price([found], where, work_done_by(where))[0]


def test_an_id_comes_from_type_and_identity_and_nothing_else() -> None:
    first, second = conflict("A", "B"), conflict("A", "C")
    ids = {c.identity: c.id for c in identified([first, second])}
    again = {c.identity: c.id for c in identified([second, replace(first, message="moved", cells=())])}
    assert ids == again
    assert len(set(ids.values())) == 2
    assert identified([conflict("a", " B ")])[0].id == ids["A", "B"]
    assert len(identified([first, first])) == 1


def test_ids_that_would_be_the_same_grow_longer() -> None:
    """Of 10,000 conflicts of one type some share six digits."""
    many = identified(conflict(str(number)) for number in range(10_000))
    assert len({c.id for c in many}) == 10_000
    assert len({len(c.id) for c in many}) == 2


def test_two_conflicts_on_one_task_share_what_they_risk_together() -> None:
    """e = 10; half and a quarter: 10 (1 - 1/2 x 3/4) = 6.25, borne 2 : 1. Alone the second costs 2.5."""
    half, quarter = conflict("1", at_risk=(("A", 0.5),)), conflict("2", at_risk=(("A", 0.25), ("B", 0.5)))
    assert severities([half, quarter], {"A": 10.0, "B": 4.0}) == pytest.approx([25 / 6, 25 / 12 + 2])
    assert severities([replace(quarter, at_risk=(("A", 0.25),))], {"A": 10.0}) == [2.5]


@given(st.lists(st.lists(st.tuples(st.sampled_from("AB"), st.floats(0, 2)), max_size=3), max_size=6))
def test_the_severities_of_a_task_never_exceed_its_effort(risks: list[list[tuple[str, float]]]) -> None:
    found = [conflict(str(k), at_risk=tuple(risk)) for k, risk in enumerate(risks)]
    assert sum(severities(found, {"A": 10.0, "B": 5.0})) <= 15 + 1e-4


def test_hygiene_costs_nothing_and_comes_last() -> None:
    text = replace(conflict("1", at_risk=(("A", 1.0),)), type=TEXT)
    real = conflict("2", at_risk=(("A", 0.1),), resolutions=(KEEP_A,))
    where = two_tasks()
    found = price([text, real], where, work_done_by(where))
    assert [(c.type.id, c.cost) for c in found] == [("contradicting-values", 1.0), ("probable-duplicate", 0.0)]


def test_work_done_grows_by_working_days() -> None:
    """Ten working days for 10 ED: nothing on the first morning, 5 after a week, the weekend adds nothing."""
    done = work_done_by(two_tasks())
    days = [MONDAY, date(2026, 9, 12), date(2026, 9, 14), date(2026, 9, 16), date(2027, 1, 4)]
    assert [done("A", day) for day in days] == [0, 5, 5, 7, 10]
    assert done("C", MONDAY) == 0


def test_work_in_progress_and_done_counts_from_the_past() -> None:
    """12 ED in all, 2 of them left: 10 are done today, 11 after one of two days."""
    where = context(
        planned(2, "A", "a", "X", date(2026, 9, 1), 7, effort=2.0, status="in progress"),
        planned(3, "B", "b", "X", date(2026, 8, 3), 4, effort=0.0, status="done"),
        A=12.0,
        B=3.0,
    )
    done = work_done_by(where)
    assert [done("A", MONDAY), done("A", date(2026, 9, 8)), done("B", MONDAY)] == [10, 11, 3]


def test_the_curve_is_the_cheapest_way_out_by_day() -> None:
    """A is done after two weeks, B after four: dropping A costs 0, 10, 10, 10, dropping B 0, 0, 10, 10."""
    found = priced(conflict("1", at_risk=(("B", 1.0),), resolutions=(KEEP_B, KEEP_A)), two_tasks())
    assert [(point.weeks, point.cost) for point in found.cost_curve] == [(0, 0), (2, 0), (4, 10), (8, 10)]
    assert found.cost == found.avoidable == 10


def test_decide_by_is_the_last_day_on_which_the_best_way_out_is_the_cheapest() -> None:
    """Dropping B never gets dearer than dropping A; against 3 ED at any time it does on the 5th morning of B."""
    risky = conflict("1", at_risk=(("B", 1.0),), resolutions=(KEEP_B, KEEP_A))
    found = priced(risky, two_tasks())
    assert (found.decide_by, found.recommendation) == (None, "Keep A: saves 2 engineer-weeks.")
    extra = priced(replace(risky, resolutions=(KEEP_A, replace(KEEP_B, discards=(), extra=3.0))), two_tasks())
    assert extra.decide_by == date(2026, 9, 24), "3 ED of B are done on the 4th morning, 4 on the next"
    assert extra.recommendation == "Keep A, by 24 Sep: saves 2 engineer-weeks."


def test_a_tie_of_one_morning_is_to_be_decided_on_it() -> None:
    """Both begin today; A is done at 1 ED a day and B, twice as large, at 2: dropping A stays the cheaper way."""
    where = context(planned(2, "A", "a", "X", MONDAY, 11), planned(3, "B", "b", "Y", MONDAY, 11), A=10.0, B=20.0)
    better = replace(KEEP_A, delta=Interval(-5, -5))
    found = priced(conflict("1", at_risk=(("B", 1.0),), resolutions=(KEEP_B, KEEP_A)), where)
    assert (found.recommendation[:6], found.decide_by) == ("Keep B", None)
    found = priced(conflict("1", at_risk=(("B", 1.0),), resolutions=(KEEP_B, better)), where)
    assert (found.recommendation[:6], found.decide_by) == ("Keep A", MONDAY)


def test_nothing_at_risk_has_no_date_and_says_what_to_do() -> None:
    found = priced(conflict("1"), two_tasks())
    assert (found.cost, found.decide_by, found.cost_curve, found.recommendation) == (0, None, (), "Agree.")


def test_a_note_is_recommended_only_where_nothing_can_be_computed() -> None:
    risky = conflict("1", at_risk=(("B", 1.0),))
    assert priced(replace(risky, resolutions=(TALK, KEEP_A)), two_tasks()).recommendation.startswith("Keep A")
    assert priced(replace(risky, resolutions=(TALK,)), two_tasks()).recommendation.startswith("Talk")


def test_the_dearest_are_planned_again_and_a_better_plan_is_recommended() -> None:
    """J is 100, and 98 after as much more work; without B it is 90, without A 99: no clear difference."""
    where = two_tasks()
    outcomes = {(Change(ChangeKind.DROP, "B"),): 90.0, (Change(ChangeKind.DROP, "A"),): 99.0}
    found = price([conflict("1", at_risk=(("B", 1.0),), resolutions=(KEEP_B, KEEP_A))], where, work_done_by(where))
    again = replan_ways_out(found, 100.0, lambda ways: (98.0, [outcomes[way] for way in ways]))
    assert [way.delta for way in again[0].resolutions] == [Interval(-1, 1), Interval(-10, -8)]
    best = price(again, where, work_done_by(where))[0]
    assert best.recommendation == "Keep A: saves 2 engineer-weeks."


def test_ways_out_for_which_time_was_short_are_left_as_they_are() -> None:
    where = two_tasks()
    found = price([conflict("1", at_risk=(("B", 1.0),), resolutions=(KEEP_B, KEEP_A))], where, work_done_by(where))
    again = replan_ways_out(found, 100.0, lambda ways: (98.0, [90.0]))
    assert [way.delta for way in again[0].resolutions] == [Interval(-10, -8), None]


def test_only_five_are_planned_again() -> None:
    where = two_tasks()
    many = [conflict(str(k), at_risk=(("B", 0.1),), resolutions=(KEEP_A,)) for k in range(8)]
    found = price(identified(many), where, work_done_by(where))
    again = replan_ways_out(found, 1.0, lambda ways: (1.0, [1.0] * len(ways)))
    assert sum(way.delta is not None for c in again for way in c.resolutions) == 5


def test_recommended_changes_leave_a_task_alone_that_another_has_changed() -> None:
    where = two_tasks()
    first = conflict("1", at_risk=(("B", 1.0),), resolutions=(KEEP_A,))
    second = conflict("2", at_risk=(("B", 0.1),), resolutions=(replace(KEEP_A, text="again"),))
    gone = replace(conflict("3", at_risk=(("A", 0.1),), resolutions=(KEEP_B,)), dismissed=True)
    found = price([first, second, gone], where, work_done_by(where))
    assert recommended_changes(found, where, work_done_by(where)) == KEEP_A.changes
