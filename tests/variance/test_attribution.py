"""Slips and their causes: by hand, and over random edits."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.roadmap import Decision, Dependency, Estimate, Item, Priority, Roadmap, Setting
from planner.domain.variance import RESIDUAL, SOLVER, Cause, Slip, Variance
from planner.variance.attribution import ANSWER, Side, variance
from planner.variance.facts import Facts
from planner.variance.replay import holds
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, SOURCE, change, task, team
from tests.variance.changes import EDITS, planned, random_facts, side

seeds = st.integers(0, 10**6)


PAY = team()


def facts(*tasks, teams=(PAY,), items=("ASK-1", "ASK-2"), **more) -> Facts:
    named = tuple(Item(name, SOURCE, f"Item {name}") for name in items)
    return Facts(Roadmap(tasks=tasks, teams=teams, items=named, **more), NO_OPERATIONS, MONDAY)


def compared(before: Facts, now: Facts, is_planned: bool = True) -> Variance:
    """Both planned by the order of their ids."""
    return variance(
        side("a", before, planned(before)), side("b", now, planned(now) if is_planned else None), lambda _: None
    )


def parts(found: Variance, item: str = "ASK-1") -> dict[str, float]:
    slip = next(slip for slip in found.items if slip.id == item)
    return {label: round(days, 6) for label, days in slip.parts}


FIRST = task("A", 5, items=("ASK-1",))
SECOND = task("B", 3, after="A", items=("ASK-2",))


def test_an_estimate_that_grows_by_two_days_moves_what_comes_after_by_two() -> None:
    found = compared(facts(FIRST, SECOND), facts(replace(FIRST, estimate=Estimate(7, 7, 7)), SECOND))
    assert found.items == (
        Slip("ASK-1", "", date(2026, 9, 11), date(2026, 9, 15), 2, (("estimate", 2.0),)),
        Slip("ASK-2", "", date(2026, 9, 16), date(2026, 9, 18), 2, (("estimate", 2.0),)),
    )
    assert [change.text for change in found.changes] == ["A Effort 5 ED → 7 ED"]
    assert found.whole is not None
    assert (found.whole.days, found.whole.parts) == (2, (("estimate", 2.0),))


def test_an_estimate_and_a_leave_that_hit_the_same_task_share_what_they_do_together() -> None:
    """5 ED alone: day 5. One leave day (the 8th): 6. 7 ED: 7. Both: 8. Estimate 2, leave 1, in whatever order.

    With the leave on day 6 (Mon 14 Sep) it hurts only the larger task: 5, 5, 7, 8: estimate 2.5, leave 0.5.
    """
    larger = replace(FIRST, estimate=Estimate(7, 7, 7))
    for day, growth, away in ((8, 2.0, 1.0), (14, 2.5, 0.5)):
        leave = (change(-1, date(2026, 9, day), date(2026, 9, day)),)
        found = parts(compared(facts(FIRST), facts(larger, capacity=leave)))
        assert found == {
            "estimate": growth,
            "capacity or leave": away,
        }


def test_another_order_of_the_rows_is_no_difference() -> None:
    for seed in range(20):
        rng = Random(seed)
        before = random_facts(rng)
        shuffled = {
            name: tuple(rng.sample(rows, len(rows)))
            for name in ("items", "tasks", "teams", "capacity", "calendar", "decisions")
            if (rows := getattr(before.roadmap, name))
        }
        dates = planned(before, rng)
        now = replace(before, roadmap=replace(before.roadmap, **shuffled))
        for after in (dates, None):
            assert variance(side("a", before, dates), side("b", now, after), lambda _: None).is_empty


def test_two_rows_of_one_id_that_change_places_are_told_apart_by_their_titles() -> None:
    """The reader calls the second of them A#2."""
    one, two = task("A", 5, title="Refunds"), task("A#2", 2, title="Payouts")
    before = facts(one, two, items=())
    now = facts(replace(two, id="A"), replace(one, id="A#2"), items=())
    assert variance(side("a", before, planned(before)), side("b", now, None), lambda _: None).is_empty


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_a_plan_is_what_its_own_sequence_makes(seed: int) -> None:
    rng = Random(seed)
    before = random_facts(rng)
    assert holds(before, planned(before, rng))


@settings(max_examples=25, deadline=None)
@given(seeds, st.sampled_from(sorted(EDITS)))
def test_edits_of_one_cause_are_that_causes(seed: int, cause: Cause) -> None:
    """At least 95 % of all the days that facts move; what the search then does is shown apart."""
    rng = Random(seed)
    before = random_facts(rng)
    now = before
    for _ in range(1 if cause is Cause.PROGRESS else rng.randint(1, 3)):
        now = rng.choice(EDITS[cause])(now, rng)
    for dates in (None, planned(now, rng)):
        found = variance(side("a", before, planned(before, Random(seed))), side("b", now, dates), lambda _: None)
        assert {change.cause for change in found.changes} <= {cause}
        slips = (*found.items, *found.tasks)
        total = sum(abs(days) for slip in slips for label, days in slip.parts if label != SOLVER)
        own = sum(abs(days) for slip in slips for label, days in slip.parts if label == cause)
        assert own >= 0.95 * total
        if dates is None:
            assert not any(label in (SOLVER, RESIDUAL) for slip in slips for label, _ in slip.parts)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_the_parts_of_many_causes_add_up(seed: int) -> None:
    rng = Random(seed)
    before = random_facts(rng)
    now = before
    for edits in rng.sample(list(EDITS.values()), 4):
        now = rng.choice(edits)(now, rng)
    found = variance(side("a", before, planned(before, rng)), side("b", now, planned(now, rng)), lambda _: None)
    for slip in (*found.items, *found.tasks, *filter(None, [found.whole])):
        assert sum(days for _, days in slip.parts) == pytest.approx(slip.days, abs=1e-6)


def test_a_renamed_team_is_the_same_team() -> None:
    now = facts(
        *(replace(task, teams=("Billing",)) for task in (FIRST, SECOND)), teams=(team("Billing", formerly=("Pay",)),)
    )
    assert compared(facts(FIRST, SECOND), now).is_empty
    assert compared(now, facts(FIRST, SECOND)).is_empty


def test_a_split_task_is_followed_and_what_its_parts_are_more_is_estimate() -> None:
    """A (6 ED) becomes A (2) and A2 (10) of the same lane: six days later, all of it growth."""
    whole = task("A", 6, items=("ASK-1",))
    rest, part = task("A", 2, items=("ASK-1",)), task("A2", 10, items=("ASK-1",), split_from=("A",))
    found = compared(facts(whole, items=("ASK-1",)), facts(rest, part, items=("ASK-1",)))
    assert parts(found) == {"estimate": 6.0}
    texts = [change.text for change in found.changes]
    assert texts == ["A with what was split from it 6 ED → 12 ED", "A2 was split from A"]
    elsewhere = facts(
        rest, replace(part, teams=("Led",), estimate=Estimate(4, 4, 4)), teams=(team(), team("Led")), items=("ASK-1",)
    )
    assert parts(compared(facts(whole, teams=(team(), team("Led")), items=("ASK-1",)), elsewhere)) == {
        "moved or split task": -2.0
    }


def test_what_waited_for_a_split_task_waits_for_its_parts() -> None:
    whole = task("A", 6, items=("ASK-1",))
    parts_ = (task("A1", 3, split_from=("A",)), task("A2", 3, split_from=("A",)))
    second = replace(SECOND, depends_on=(Dependency("A1"), Dependency("A2")))
    found = compared(facts(whole, SECOND), facts(*parts_, second))
    assert {change.cause for change in found.changes} == {Cause.MOVED}


def test_a_late_decision_moves_what_waits_for_it() -> None:
    """B waits on purpose until DEC-1 is taken on the 14th; taken a week later, it waits a week longer."""
    waiting = task("B", 2, items=("ASK-1",), needs=(Setting("store", "sql"),))
    decision = Decision("DEC-1", SOURCE, key="store", options=(("sql", 0.5), ("kv", 0.5)), due=date(2026, 9, 14))
    before = facts(waiting, decisions=(decision,))
    end = {"B": date(2026, 9, 16)}
    later = replace(planned(before), start={"B": date(2026, 9, 15)}, finish=end, launch=end)
    assert holds(before, later)
    now = facts(waiting, decisions=(replace(decision, due=date(2026, 9, 21)),))
    found = variance(side("a", before, later), side("b", now, None), lambda _: None)
    assert parts(found) == {"decision or experiment": 5.0}


def test_priorities_move_their_items_and_what_the_search_does_besides_is_shown() -> None:
    """ASK-2 becomes P0 and overtakes; ASK-1 is pushed by it. Both are the priority's doing."""
    second = replace(SECOND, depends_on=())
    before = facts(FIRST, second)
    items = (before.roadmap.items[0], replace(before.roadmap.items[1], priority=Priority.P0))
    now = replace(before, roadmap=replace(before.roadmap, items=items))
    renumbered = planned(facts(replace(FIRST, id="Z"), second, items=()))
    swapped = replace(
        renumbered,
        start={"A": renumbered.start["Z"], "B": renumbered.start["B"]},
        finish={"A": renumbered.finish["Z"], "B": renumbered.finish["B"]},
        launch={"A": renumbered.launch["Z"], "B": renumbered.launch["B"]},
        items={"ASK-1": ("A",), "ASK-2": ("B",)},
    )
    found = variance(side("a", before, planned(before)), side("b", now, swapped), lambda _: None)
    assert parts(found, "ASK-1") == {"priorities and targets": 3.0}
    assert parts(found, "ASK-2") == {"priorities and targets": -5.0}


def test_without_a_cause_it_was_the_search_and_with_one_cause_and_one_search_it_was_the_cause() -> None:
    second = replace(SECOND, depends_on=())
    before = facts(FIRST, second)
    first = Side("a", MONDAY, {}, planned(before), before, "work 100")
    other = planned(before)
    late = {"A": date(2026, 9, 18)}
    moved = replace(other, finish={**other.finish, **late}, launch={**other.launch, **late})
    found = variance(first, Side("b", MONDAY, {}, moved, before, "work 100"), lambda _: None)
    assert parts(found) == {SOLVER: 5.0}
    now = facts(FIRST, replace(second, estimate=Estimate(4, 4, 4)))
    assert parts(variance(first, Side("b", MONDAY, {}, moved, now), lambda _: None)) == {SOLVER: 5.0}
    alike = variance(first, Side("b", MONDAY, {}, moved, now, "work 100"), lambda _: None)
    assert parts(alike) == {"estimate": 5.0}
    assert alike.notes == (ANSWER,)


def test_what_cannot_be_known_is_said() -> None:
    before = facts(FIRST)
    now = facts(replace(FIRST, estimate=Estimate(7, 7, 7)))
    found = variance(side("a", None, planned(before)), side("b", now, planned(now)), lambda _: None)
    assert parts(found) == {RESIDUAL: 2.0}
    assert found.notes == ("What a was planned from is not known any more, so nothing is attributed.",)
