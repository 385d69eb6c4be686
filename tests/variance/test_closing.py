"""Promises, ratios, waste and debt, by hand."""

from dataclasses import replace
from datetime import date
from math import exp, log, sqrt

import pytest

from planner.domain.closing import CarriedDebt, Outcome, Waste
from planner.domain.roadmap import (
    Debt,
    Decision,
    Estimate,
    Hypothesis,
    Item,
    Roadmap,
    Setting,
    Status,
    Target,
    Task,
    Touch,
    TouchMode,
)
from planner.variance.attribution import Side
from planner.variance.calibration import median_of
from planner.variance.closing import closing
from planner.variance.facts import Facts
from planner.variance.waste import wasted
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, SOURCE, task, team
from tests.variance.changes import planned

LATER = date(2026, 9, 28)


def facts(*tasks: Task, as_of: date = MONDAY, **more) -> Facts:
    items = (
        Item("ASK-1", SOURCE, targets=(Target(MONDAY, date(2026, 9, 11), "day", "2026-09-11"),)),
        Item("ASK-2", SOURCE),
    )
    return Facts(Roadmap(tasks=tasks, teams=(team(), team("Led")), items=items, **more), NO_OPERATIONS, as_of)


def done(task: Task, start: date, finish: date, **more) -> Task:
    return replace(task, status=Status.DONE, actual_start=start, actual_finish=finish, **more)


def became(before: Facts, now: Facts):
    return closing(Side("q3", before.as_of, {}, planned(before), before), now)


A = task("A", 5, items=("ASK-1",))
"""Promised for Fri 11 Sep."""
B = task("B", 5, after="A", items=("ASK-2",))
"""Promised for Fri 18 Sep."""
C = task("C", 2, "Led")
"""Promised for Tue 8 Sep."""


def test_promises_of_tasks_items_and_teams() -> None:
    """A is two working days late, B three days early, C has not come: it is 14 working days overdue."""
    now = facts(done(A, MONDAY, date(2026, 9, 15)), done(B, MONDAY, date(2026, 9, 15)), C, as_of=LATER)
    found = became(facts(A, B, C), now)
    assert [(p.id, p.outcome, p.days) for p in found.tasks] == [
        ("C", Outcome.OVERDUE, 14),
        ("A", Outcome.LATE, 2),
        ("B", Outcome.KEPT, -3),
    ]
    late, kept = found.items
    assert (late.id, late.promised, late.actual) == ("ASK-1", date(2026, 9, 11), date(2026, 9, 15))
    assert (late.missed_target, kept.missed_target, kept.outcome) == (True, False, Outcome.KEPT)
    led, pay = found.teams
    assert (led.team, led.outcomes[Outcome.OVERDUE], led.median_days) == ("Led", 1, None)
    assert (pay.team, pay.due, pay.median_days) == ("Pay", 2, -0.5)


def test_what_is_open_dropped_or_done_without_a_date() -> None:
    now = facts(replace(A, status=Status.DONE), B, replace(C, status=Status.DROPPED), as_of=date(2026, 9, 14))
    found = became(facts(A, B, C), now)
    assert {p.id: p.outcome for p in found.tasks} == {
        "A": Outcome.UNDATED,
        "B": Outcome.OPEN,
        "C": Outcome.DROPPED,
    }


def test_a_split_task_of_a_renamed_team_is_done_when_its_last_part_is() -> None:
    rest = done(replace(A, teams=("Billing",)), MONDAY, date(2026, 9, 8))
    part = done(replace(A, id="A2", teams=("Billing",), split_from=("A",)), MONDAY, date(2026, 9, 14))
    now = facts(rest, part, as_of=LATER)
    now = replace(now, roadmap=replace(now.roadmap, teams=(team("Billing", formerly=("Pay",)), team("Led"))))
    (promise,) = became(facts(A), now).tasks
    assert (promise.actual, promise.days, promise.teams) == (date(2026, 9, 14), 1, ("Billing",))


def test_ratios_are_averaged_by_their_logarithms() -> None:
    """A: 10 ED for 5, 7 days for 5; C: 1 ED for 2, 2 days for 2. Effort sqrt(2 x 1/2) = 1, days sqrt(7/5)."""
    now = facts(
        done(A, MONDAY, date(2026, 9, 15), actual_effort=10.0),
        done(C, MONDAY, date(2026, 9, 8), actual_effort=1.0),
        as_of=LATER,
    )
    together, led, pay = became(facts(A, C), now).calibration
    assert (together.effort, together.effort_tasks) == (pytest.approx(1.0), 2)
    assert together.effort_spread == pytest.approx(exp(log(4) / sqrt(2)))
    assert (together.duration, together.duration_tasks) == (pytest.approx(sqrt(7 / 5)), 2)
    assert (led.effort, led.effort_spread, pay.effort, pay.duration) == (0.5, None, 2.0, pytest.approx(1.4))


def test_the_median_of_three_points() -> None:
    """Beta(2, 4) on 0..4: its median is 1.2532 of 4 times .3138; Kerman's formula is within a hundredth of it."""
    assert median_of(Estimate(0, 1, 4)) == pytest.approx(4 * 0.3138, abs=0.01)
    assert median_of(Estimate(0, 2, 4)) == pytest.approx(2)
    assert median_of(Estimate(3, 3, 3)) == 3


def test_work_that_was_wasted() -> None:
    """Superseded: change, then replace five days later: 0.8 x 4 x (1 - 5/260) ED."""
    touch = (Touch("ledger", TouchMode.CHANGE),), (Touch("ledger", TouchMode.REPLACE),)
    now = facts(
        replace(task("A", 10), status=Status.DROPPED, done_share=0.3),
        done(task("B", 6, hypotheses=("H-1",)), MONDAY, MONDAY),
        done(task("C", 3, sets=(Setting("store", "sql"),)), MONDAY, MONDAY, actual_effort=7.0),
        done(task("D", 4, touches=touch[0]), MONDAY, date(2026, 9, 8)),
        done(task("E", 9, touches=touch[1]), MONDAY, date(2026, 9, 15)),
        replace(task("F", 9), status=Status.DROPPED, actual_start=MONDAY),
        done(task("T", 1, hypotheses=("H-1",)), MONDAY, MONDAY),
        replace(task("Z", 9), status=Status.DROPPED),
        as_of=LATER,
        hypotheses=(Hypothesis("H-1", SOURCE, probability=0.5, tested_by=("T",), result="fail"),),
        decisions=(Decision("DEC-1", SOURCE, key="store", chosen="kv"),),
    )
    assert wasted(now) == (
        Waste("C", "", 7.0, "DEC-1 chose store=kv, not sql"),
        Waste("B", "", 6.0, "H-1 has failed"),
        Waste("D", "", pytest.approx(3.2 * (1 - 5 / 260), abs=0.01), "superseded by E, done later"),
        Waste("A", "", 3.0, "begun and dropped"),
        Waste("F", "", None, "begun and dropped"),
    )


def test_debt_is_carried_until_somebody_has_repaid_it() -> None:
    indebted = done(task("A", 5, debt=Debt(4, 0.2)), MONDAY, MONDAY)
    open_ = became(facts(A), facts(indebted, task("R", 2, repays=("A",)), as_of=LATER))
    assert open_.debt == (CarriedDebt("A", 4, 0.2, ("R",)),)
    assert (open_.debt_before, open_.debt_now) == (0, 4)
    repaid = facts(indebted, done(task("R", 2, repays=("A",)), MONDAY, MONDAY), as_of=LATER)
    assert became(facts(A), repaid).debt == ()
