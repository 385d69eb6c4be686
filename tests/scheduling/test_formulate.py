"""From rows to integers: sizes, dates, relations and weights, by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.cells import Source
from planner.domain.problem import Deliverable
from planner.domain.roadmap import (
    Commitment,
    CostOfDelay,
    Dependency,
    Estimate,
    Item,
    Link,
    Priority,
    Roadmap,
    Status,
    Strength,
    Target,
)
from planner.domain.settings import Defaults, Settings, Weights
from planner.scheduling.estimates import TeamWork, planned_effort
from planner.scheduling.formulate import formulate
from planner.scheduling.verify import violations
from tests.scheduling.roadmaps import (
    MONDAY,
    NO_OPERATIONS,
    assumed,
    change,
    dates,
    earliest,
    formulated,
    rules,
    task,
    team,
)

FRIDAY = date(2026, 9, 4)
"""The last working day before the planning start."""


def days(found, name: str = "A") -> int:
    """Working days from start to finish."""
    schedule, i = earliest(found.problem), found.index[name]
    return schedule.finish[i] - schedule.start[i]


# -- sizes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("effort", "expected"), [(9, 10), (9.2, 10), (9.225, 10), (9.3, 11), (0.1, 1), (0, 0)])
def test_operations_stretch_time_with_a_tolerance_of_a_quarter_day(effort, expected):
    """At 10 % operations 9 ED take 10 days, 9.2 take 10.22 and 9.225 take 10.25: still 10."""
    assert days(formulated(task("A", effort), teams=(team(operations=0.1),))) == expected


def test_engineers_share_the_work():
    found = formulated(task("A", 9, engineers=3), teams=(team(engineers=6, operations=0.1),))
    assert found.problem.activities[0].demands == ((0, 30),)
    assert found.work[0] == (TeamWork("Pay", 9, 3),)
    assert days(found) == 4, "3.33 days"


@pytest.mark.parametrize(
    ("effort", "size", "engineers"), [(8, 6, "1"), (10.5, 6, "2"), (45, 6, "3"), (30, 5, "2.5"), (30, 1, "1")]
)
def test_blank_engineers_are_one_per_ten_days_and_at_most_half_the_team(effort, size, engineers):
    found = formulated(task("A", effort), teams=(team(engineers=size),))
    assert assumed(found, "Engineers") == {"A": engineers}
    assert found.work[0][0].engineers == float(engineers)


def test_a_task_uses_what_there_is_where_it_wants_more_than_there_ever_is():
    found = formulated(task("A", 8, engineers=8), teams=(team(engineers=2),))
    assert rules(found) == ["too-many-engineers"]
    assert days(found) == 4


def test_a_task_takes_a_whole_team_that_shrinks_at_what_is_there():
    """Two engineers for two days, then one: 8 ED are 4 at full speed and 4 at half."""
    shrinks = change(-1, date(2026, 9, 9), None)
    found = formulated(task("A", 8, engineers=2), teams=(team(engineers=2),), capacity=(shrinks,))
    assert rules(found) == []
    assert days(found) == 6


def test_several_teams_take_the_longest_parts_days_and_spread_the_others():
    """8 ED each: Pay with 2 engineers needs 4 days, Led with 1 needs 8; then Pay has 1 at it."""
    both = task("A", 16, "Pay; Led", engineers_by_team=(("Pay", 2), ("Led", 1)))
    found = formulated(both, teams=(team(engineers=4), team("Led", 2)))
    names = [found.teams[k].name for k, _ in found.problem.activities[0].demands]
    assert sorted(zip(names, (u for _, u in found.problem.activities[0].demands), strict=True)) == [
        ("Led", 10),
        ("Pay", 10),
    ]
    assert days(found) == 8
    assert found.teams[found.problem.activities[0].team].name == "Pay", "the first is the owner"


def test_typed_parts_win_over_equal_ones_and_are_rounded_up_to_tenths():
    """Pay 5 of 5 days; Led 3 ED over 5 days is 0.6 engineers."""
    both = task("A", 8, "Pay; Led", effort_by_team=(("Pay", 5), ("Led", 3)))
    found = formulated(both, teams=(team(), team("Led")))
    by_team = {found.teams[k].name: u for k, u in found.problem.activities[0].demands}
    assert by_team == {"Pay": 10, "Led": 6}
    assert days(found) == 5


def test_several_teams_work_only_on_days_that_all_work():
    away = change(-1, date(2026, 9, 8), date(2026, 9, 8), "Led")
    found = formulated(task("A", 6, "Pay; Led"), teams=(team(), team("Led")), capacity=(away,))
    assert days(found) == 4


def test_a_missing_estimate_is_the_teams_own_median_where_it_has_five():
    typed = [task(f"T-{n}", effort) for n, effort in enumerate((1, 2, 4, 8, 20))]
    found = formulated(*typed, task("A", None), task("B", None, "Led"), teams=(team(), team("Led")))
    assert assumed(found, "Effort") == {"A": "4 ED (1.4-4-15.2)", "B": "5 ED (2-5-15)"}
    assert found.problem.activities[found.index["A"]].effort == 4000
    assert [name for name, i in found.index.items() if not found.estimated[i]] == ["A", "B"]


def test_four_estimates_are_too_few():
    typed = [task(f"T-{n}", 8) for n in range(4)]
    assert assumed(formulated(*typed, task("A", None)), "Effort") == {"A": "5 ED (2-5-15)"}


def test_duration_follows_the_work_and_costs_no_effort():
    """2 days of work, 3 of waiting; only waiting: no effort, and nothing is assumed."""
    assert days(formulated(task("A", 2, duration=3))) == 5
    found = formulated(task("A", None, duration=3))
    assert (days(found), found.problem.activities[0].effort, found.problem.activities[0].demands) == (3, 0, ())
    assert found.estimated == (True,)


def test_a_speck_of_effort_is_a_day_of_one_engineer():
    found = formulated(task("A", 5e-324))
    assert (days(found), found.work[0][0].engineers) == (1, 1)


def test_the_likely_point_is_planned():
    found = formulated(task("A", estimate=Estimate(2, 3, 8)))
    assert days(found) == 3
    assert planned_effort(Roadmap(tasks=found.tasks), NO_OPERATIONS) == {"A": 3}


def test_nobody_has_taken_it():
    found = formulated(task("A", 4, team=""))
    assert (found.problem.activities[0].demands, found.problem.activities[0].team, found.work[0]) == ((), None, ())
    assert days(found) == 4
    assert assumed(found, "Team") == {"A": "no capacity needed"}


def test_a_milestone_needs_nobody():
    found = formulated(task("A", 0, team=""))
    assert (rules(found), assumed(found, "Team")) == ([], {})


def test_nobody_is_not_asked_for_more_than_there_are():
    assert rules(formulated(task("A", 40, team="", engineers=8))) == []


# -- vendors -----------------------------------------------------------------------------------------------------


def test_a_vendor_has_a_duration_and_no_capacity():
    found = formulated(task("A", None, "external:Acme", duration=7), task("B", 1, after="A"))
    assert [resource.name for resource in found.problem.resources] == ["Pay"]
    assert days(found) == 7
    assert dates(found, "B")[0] == date(2026, 9, 16)
    assert not {"A", "external:Acme"} & {assumption.subject for assumption in found.assumptions}


def test_a_vendors_effort_is_days_of_one():
    assert days(formulated(task("A", 4, "external:Acme"))) == 4


@pytest.mark.parametrize("column", ["due", "not_before"])
def test_a_promised_date_is_the_day_on_which_it_comes(column):
    found = formulated(task("A", None, "external:Acme", **{column: date(2026, 9, 18)}), task("B", 1, after="A"))
    assert dates(found, "A")[:2] == (date(2026, 9, 18), date(2026, 9, 18))
    assert dates(found, "B")[0] == date(2026, 9, 21)


def test_a_promise_that_is_over_is_named():
    found = formulated(task("A", None, "external:Acme", due=FRIDAY))
    assert rules(found) == ["promise-in-the-past"]
    assert dates(found, "A")[0] == MONDAY


# -- progress ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("progress", "left"),
    [
        ({"remaining": 3.0}, 3),
        ({"done_share": 0.25}, 6),
        ({"actual_start": date(2026, 9, 2)}, 5),  # Wednesday, Thursday, Friday are worked
        ({"actual_start": date(2026, 7, 1)}, 1),  # a tenth, at least
        ({}, 8),
    ],
)
def test_started_work_runs_on_from_the_planning_start(progress, left):
    started = task("A", 8, after="B", status=Status.IN_PROGRESS, not_before=date(2026, 10, 1), **progress)
    found = formulated(started, task("B", 2))
    activity = found.problem.activities[found.index["A"]]
    assert (activity.started, activity.release, found.problem.precedences) == (True, 0, ())
    assert days(found) == left
    assert ("A" in assumed(found, "Remaining")) == (not {"remaining", "done_share"} & set(progress))


def test_work_done_is_not_planned_and_binds_nobody():
    done = task("A", 8, status=Status.DONE, actual_finish=FRIDAY)
    found = formulated(done, task("B", 1, after="A"))
    assert (found.done, set(found.index)) == ((done,), {"B"})
    assert dates(found, "B")[0] == MONDAY


def test_work_that_will_be_done_in_the_future_still_binds():
    done = task("A", 8, status=Status.DONE, actual_finish=date(2026, 9, 9))
    assert dates(formulated(done, task("B", 1, after="A")), "B")[0] == date(2026, 9, 10)


def test_a_dropped_task_vanishes_with_a_note():
    found = formulated(task("A", 8, status=Status.DROPPED), task("B", 1, after="A"))
    assert set(found.index) == {"B"}
    assert rules(found) == ["relation-to-dropped"]


# -- dates -------------------------------------------------------------------------------------------------------


def test_not_before_is_a_release():
    found = formulated(task("A", 1, not_before=date(2026, 9, 12)))
    assert dates(found, "A")[0] == date(2026, 9, 14), "a Saturday means the Monday after"


@pytest.mark.parametrize(
    ("day", "start", "said"),
    [
        (date(2026, 9, 10), date(2026, 9, 10), []),
        (date(2026, 9, 12), date(2026, 9, 14), ["pinned-day-off"]),
        (date(2026, 8, 3), MONDAY, ["pinned-day-off"]),
    ],
)
def test_a_pinned_start_is_moved_to_a_day_worked(day, start, said):
    found = formulated(task("A", 1, not_before=day, pinned=True))
    assert found.calendar.date_of(found.problem.activities[0].pinned) == start
    assert rules(found) == said


def test_a_hard_due_date_is_a_deadline_and_a_soft_one_is_not():
    due = date(2026, 9, 11)
    assert formulated(task("A", 1, due=due, due_is_hard=True)).problem.activities[0].deadline == 5
    assert formulated(task("A", 1, due=due)).problem.activities[0].deadline is None


def test_a_hard_due_date_in_the_past_binds_nobody_and_is_an_error():
    found = formulated(task("A", 1, due=FRIDAY, due_is_hard=True))
    assert found.problem.activities[0].deadline is None
    assert rules(found) == ["due-in-the-past"]
    assert found.diagnostics[0].severity.word == "error"


def test_a_date_in_the_far_future_is_brought_nearer():
    found = formulated(task("A", 1, not_before=date(9999, 12, 31)))
    assert rules(found) == ["far-date"]
    assert dates(found, "A")[0].year == 2036


@pytest.mark.parametrize(
    ("typed", "expected"), [({"effort": 46_000}, 3), ({"effort": 0, "duration": 46_000}, 2600), ({"effort": 1}, 1)]
)
def test_an_amount_that_cannot_be_meant_is_named_and_brought_down(typed, expected):
    """46000 is a date that Excel shows as a number; a blank effort is 5 ED: 2.5 days."""
    found = formulated(task("A", **typed, engineers=2), teams=(team(engineers=5),))
    assert rules(found) == (["implausible-amount"] if 46_000 in typed.values() else [])
    assert days(found) == expected


# -- relations ---------------------------------------------------------------------------------------------------


def test_relations_keep_their_link_lag_and_strength_once():
    waits = task(
        "B",
        2,
        "Led",
        depends_on=(
            Dependency("A", Link.SS, 2),
            Dependency("A", Link.SS, 2),
            Dependency("A", Link.FF, -1),
            Dependency("A", strength=Strength.SOFT),
            Dependency("A", strength=Strength.LAUNCH),
            Dependency("GONE"),
        ),
    )
    found = formulated(task("A", 3), waits, teams=(team(friction=0.2, friction_by_team=(("led", 0.4),)), team("Led")))
    relations = [(r.link, r.lag, r.launch) for r in found.problem.precedences]
    assert relations == [(Link.SS, 2, False), (Link.FF, -1, False), (Link.FS, 0, True)]
    assert {(r.cross_team, r.friction) for r in found.problem.precedences} == {(True, 400)}


def test_a_relation_within_a_team_is_no_hand_off():
    (relation,) = formulated(task("A"), task("B", after="A")).problem.precedences
    assert (relation.cross_team, relation.friction) == (False, 0)


def test_a_cut_pair_is_left_out_and_an_uncut_cycle_is_our_mistake():
    ring = Roadmap(tasks=(task("A", after="B"), task("B", after="A")), teams=(team(),))
    found = formulate(ring, NO_OPERATIONS, MONDAY, cut=frozenset({("B", "A")}))
    assert [(r.predecessor, r.successor) for r in found.problem.precedences] == [(0, 1)]
    with pytest.raises(ValueError, match="cycle"):
        formulate(ring, NO_OPERATIONS, MONDAY)


def test_the_order_of_rows_changes_nothing():
    rows = (task("T-2", 2, after="T-10"), task("T-10", 3), task("T-1", 4, "Led"))
    teams = (team(), team("Led"))
    assert formulated(*rows, teams=teams) == formulated(*rows[::-1], teams=teams[::-1])
    assert list(formulated(*rows, teams=teams).index) == ["T-1", "T-2", "T-10"]


def test_unlimited_capacity_takes_the_demands_away_and_keeps_days_and_durations():
    roadmap = Roadmap(tasks=(task("A", 6), task("B", 6)), teams=(team(),))
    found = formulate(roadmap, NO_OPERATIONS, MONDAY, capacity="unlimited")
    assert [activity.demands for activity in found.problem.activities] == [(), ()]
    assert earliest(found.problem).finish == (6, 6)
    assert found.problem.resources[0].peak == 10


def test_a_given_horizon_is_kept():
    roadmap = Roadmap(tasks=(task("A", 6),), teams=(team(),))
    found = formulate(roadmap, NO_OPERATIONS, MONDAY, horizon=300)
    assert (found.problem.horizon, len(found.problem.resources[0].capacity)) == (300, 300)


# -- tasks in progress -------------------------------------------------------------------------------------------


def test_a_wip_limit_is_a_resource_behind_the_teams_that_slows_nothing():
    """Four engineers, at most two tasks at once: a third one of one engineer waits, though two are free."""
    teams = (team("Led", 4, wip_limit=2), team("Pay"))
    rows = [task(name, 3, "Led", engineers=1) for name in "ABC"]
    found = formulated(*rows, task("MILESTONE", 0, "Led"), task("P", 3), teams=teams)
    assert [resource.name for resource in found.problem.resources] == ["Led", "Pay", "Led (WIP limit)"]
    assert set(found.problem.resources[2].capacity) == {20}
    assert ([t.name for t in found.teams], [t.name for t in found.limited]) == (["Led", "Pay"], ["Led"])
    demands = {a.id: a.demands for a in found.problem.activities}
    assert demands == {
        "A": ((0, 10), (2, 10)),
        "B": ((0, 10), (2, 10)),
        "C": ((0, 10), (2, 10)),
        "MILESTONE": (),
        "P": ((1, 10),),
    }
    assert len(found.problem.profiles) == 1
    schedule = earliest(found.problem)
    assert schedule.finish[:3] == (3, 3, 3)
    (broken,) = violations(found.problem, schedule)
    assert 'team "Led (WIP limit)" is asked for 30 tenths' in broken


def test_the_horizon_holds_tasks_that_a_wip_limit_puts_one_after_the_other():
    rows = [task(f"T-{n}", 10, engineers=1) for n in range(50)]
    assert formulated(*rows, teams=(team(engineers=50, wip_limit=1),)).problem.horizon > 500


def test_unlimited_capacity_lifts_the_wip_limit():
    roadmap = Roadmap(tasks=(task("A", 6),), teams=(team(wip_limit=1),))
    found = formulate(roadmap, NO_OPERATIONS, MONDAY, capacity="unlimited")
    assert found.problem.activities[0].demands == ()


# -- cost of delay -----------------------------------------------------------------------------------------------

SOURCE = Source("plan.xlsx", "Roadmap", 2)
OCTOBER = Target(date(2026, 10, 1), date(2026, 10, 31), "month", "2026-10")
SEPTEMBER = Target(date(2026, 9, 30), date(2026, 9, 30), "day", "2026-09-30")


def deliverable(item: Item, settings: Settings = NO_OPERATIONS) -> Deliverable:
    """The one item, with a task of its own."""
    roadmap = Roadmap(tasks=(task("A", items=("I",)),), teams=(team(),), items=(item,))
    (found,) = formulate(roadmap, settings, MONDAY).problem.deliverables
    return found


def test_a_priority_weighs_by_day():
    assert deliverable(Item("I", SOURCE, priority=Priority.P1)).delay_weight == 1000


def test_a_cost_of_delay_per_week_replaces_the_priority():
    assert deliverable(Item("I", SOURCE, priority=Priority.P0, cost_of_delay=CostOfDelay(4))).delay_weight == 800


def test_money_needs_a_rate():
    item = Item("I", SOURCE, priority=Priority.P3, cost_of_delay=CostOfDelay(4000, "EUR"))
    rate = Settings(weights=Weights(money_per_engineer_day=800))
    assert deliverable(item, rate).delay_weight == 1000, "5 ED a week"
    found = formulated(task("A", items=("I",)), items=(item,))
    assert rules(found) == ["money-without-rate"]
    assert found.problem.deliverables[0].delay_weight == 200


def test_the_earliest_target_and_the_commitment_weigh_lateness():
    """30 September is working day 17: in time means launched by the end of it."""
    found = deliverable(
        Item("I", SOURCE, priority=Priority.P1, targets=(OCTOBER, SEPTEMBER), commitment=Commitment.MUST)
    )
    assert (found.target, found.late_weight) == (18, 3000)


def test_blank_priority_and_commitment_are_assumed():
    found = formulated(task("A", items=("I",)), items=(Item("I", SOURCE, targets=(OCTOBER,)),))
    assert found.problem.deliverables == (Deliverable("I", (0,), 500, 500, 40),)
    assert assumed(found, "Priority") == {"I": "P2"}
    assert assumed(found, "Commitment") == {"I": "should"}


def test_a_longer_axis_week_spreads_the_same_weekly_cost():
    teams = (team(), team("Haifa", country="IL"))
    found = formulated(task("A", items=("I",)), teams=teams, items=(Item("I", SOURCE, cost_of_delay=CostOfDelay(6)),))
    assert found.problem.deliverables[0].delay_weight == 1000


def test_which_items_are_deliverables():
    items = tuple(Item(name, SOURCE, priority=Priority.P2) for name in ("OPEN", "OUT", "DROPPED", "UNTAKEN"))
    found = formulated(
        task("A", items=("OPEN", "DROPPED")),
        task("B", items=("open",)),
        task("D", items=("OUT", "OPEN"), status=Status.DONE, actual_finish=FRIDAY, actual_launch=date(2026, 9, 9)),
        items=(*items[:2], replace(items[2], status=Status.DROPPED), items[3]),
    )
    assert [(d.id, d.activities, d.sunk) for d in found.problem.deliverables] == [
        ("OPEN", (0, 1), 3),
        ("OUT", (), 3),
    ]


# -- size --------------------------------------------------------------------------------------------------------


def test_ten_thousand_tasks_of_three_hundred_teams_share_their_profiles():
    teams = tuple(team(f"Team {k}", 6, country=("US", "DE", "IL")[k % 3], on_call=1) for k in range(300))
    tasks = tuple(
        task(f"T-{n}", 2 + n % 20, f"Team {n % 300}", after=f"T-{n - 300}" if n >= 300 else "") for n in range(10_000)
    )
    roadmap = Roadmap(tasks=tasks, teams=teams)
    found = formulate(roadmap, Settings(defaults=Defaults(country="GB")), MONDAY, horizon=1500)
    assert len({id(profile) for profile in found.problem.profiles}) <= 3


# -- laws --------------------------------------------------------------------------------------------------------

TEAM_NAMES = ("Pay", "Led", "Haifa")
some_tasks = st.lists(
    st.tuples(
        st.sampled_from(["Pay", "Led", "Haifa", "Pay; Led", "Led; Haifa; Pay", "external:Acme", ""]),
        st.floats(0, 30),
        st.none() | st.floats(0.1, 4),
        st.none() | st.integers(0, 5),
    ),
    min_size=1,
    max_size=5,
)
some_changes = st.lists(
    st.tuples(
        st.sampled_from(TEAM_NAMES), st.sampled_from([-2, -1, -0.5, 0.3, 1]), st.integers(0, 40), st.integers(0, 30)
    ),
    max_size=5,
)


@given(some_tasks, some_changes, st.integers(0, 9))
def test_one_task_after_the_other_always_verifies(rows, changes, operations):
    """In a chain nobody competes, so the earliest schedule is correct under any calendar, leave and demand."""
    tasks = [
        task(f"T-{n}", effort, names, f"T-{n - 1}" if n else "", engineers=engineers, duration=duration)
        for n, (names, effort, engineers, duration) in enumerate(rows)
    ]
    teams = tuple(
        team(name, 2.5, operations=operations / 10, country=country)
        for name, country in zip(TEAM_NAMES, ("US", "", "IL"), strict=True)
    )
    leave = tuple(
        change(engineers, MONDAY + timedelta(days=first), MONDAY + timedelta(days=first + length), name)
        for name, engineers, first, length in changes
    )
    problem = formulated(*tasks, teams=teams, capacity=leave).problem
    schedule = earliest(problem)
    assert max(schedule.launch) <= problem.horizon, "the estimated horizon holds a plain chain"
    assert violations(problem, schedule) == ()
