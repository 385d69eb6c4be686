"""The facts of every start of the sample are the whole truth: without them it moves, with them alone it does not.

The check walks day by day over the data of the problem and shares no code with `scheduling.explain`.
"""

from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.problem import Activity, Precedence, Problem, Profile, Resource, Schedule
from planner.domain.roadmap import Link
from planner.domain.units import MILLI
from planner.scheduling.explain import Explainer, Fact
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations
from tests.scheduling.instances import problems
from tests.scheduling.sample import sample


def earliest(
    problem: Problem,
    at: Schedule,
    i: int,
    relations: Collection[Precedence],
    holders: Collection[tuple[int, int]],
    kinds: Collection[str],
) -> int:
    """The first start of activity i, all others as they are, when only these facts bind it.

    `holders` are (resource, activity); of `kinds` "release", "pinned", "wait" and "calendar" count. Without the last
    the activity may begin on any day, and works on days off before its start too.
    """
    it, start = problem.activities[i], at.start[i]
    if "calendar" not in kinds:
        problem = working_before(problem, i, start)
    if {"pinned", "wait"} & set(kinds):
        return start
    for day in range(0 if "release" not in kinds else it.release, start):
        if "calendar" in kinds and problem.first_start(i, day) != day:
            continue
        finish, work_end = problem.finish(i, day), problem.work_end(i, day)
        if all(_kept(r, at, day, finish) for r in relations) and all(
            _has_room(problem, at, demand, period, [j for r, j in holders if r == demand[0]])
            for demand in it.demands
            for period in range(day, work_end)
        ):
            return day
    return start


def working_before(problem: Problem, i: int, start: int) -> Problem:
    """The problem in which activity i makes a full day's progress on its days off before `start`."""
    it = problem.activities[i]
    known = problem.profiles[it.profile].cumulative
    done = [0]
    for day in range(len(known) - 1):
        gained = known[day + 1] - known[day]
        done.append(done[-1] + (gained or (MILLI if day < start else 0)))
    own = replace(it, profile=len(problem.profiles))
    return replace(
        problem,
        activities=(*problem.activities[:i], own, *problem.activities[i + 1 :]),
        profiles=(*problem.profiles, Profile(tuple(done))),
    )


def _kept(relation: Precedence, at: Schedule, start: int, finish: int) -> bool:
    j = relation.predecessor
    from_start = relation.link in (Link.SS, Link.SF)
    end = at.launch[j] if relation.launch else at.start[j] if from_start else at.finish[j]
    return end + relation.lag <= (finish if relation.link in (Link.FF, Link.SF) else start)


def _has_room(problem: Problem, at: Schedule, demand: tuple[int, int], period: int, holders: list[int]) -> bool:
    resource, wanted = demand
    there = problem.resources[resource].capacity[period]
    used = min(wanted, there)
    for j in holders:
        if at.start[j] <= period < problem.work_end(j, at.start[j]):
            used += min(dict(problem.activities[j].demands)[resource], there)
    return used <= there


def cited(facts: Collection[Fact]) -> tuple[set[Precedence], set[tuple[int, int]], set[str]]:
    """What the facts name: relations, (resource, holder) pairs, kinds that stand for themselves."""
    relations = {fact.precedence for fact in facts if fact.precedence is not None}
    holders = {
        (fact.resource, j)
        for fact in facts
        for j in fact.activities
        if fact.kind == "capacity" and fact.resource is not None
    }
    return relations, holders, {fact.kind for fact in facts}


def everything(problem: Problem, i: int) -> tuple[set[Precedence], set[tuple[int, int]], set[str]]:
    """All that could bind activity i, but for a wait of its own choice."""
    mine = {resource for resource, _ in problem.activities[i].demands}
    holders = {(r, j) for j, it in enumerate(problem.activities) for r, _ in it.demands if r in mine and j != i}
    kinds = {"release", "calendar"} | ({"pinned"} if problem.activities[i].pinned is not None else set())
    return set(problem.predecessors[i]), holders, kinds


def assert_faithful(problem: Problem, at: Schedule, i: int, facts: Collection[Fact]) -> None:
    """Without the facts activity i starts earlier, with them alone it does not."""
    relations, holders, kinds = cited(facts)
    all_relations, all_holders, all_kinds = everything(problem, i)
    name = problem.activities[i].id
    without = earliest(problem, at, i, all_relations - relations, all_holders - holders, all_kinds - kinds)
    assert without < at.start[i], f"{name} cannot start earlier without {facts}"
    alone = earliest(problem, at, i, relations, holders, kinds)
    assert alone == at.start[i], f"{name} starts on {alone} with {facts} alone"


def test_facts_of_every_task_of_the_sample_are_faithful() -> None:
    problem, at = sample()
    explainer = Explainer(problem, at)
    late = [i for i, start in enumerate(at.start) if start > 0]
    assert len(late) > 150
    for i in late:
        assert_faithful(problem, at, i, explainer.binding(i).facts)


@settings(max_examples=100, deadline=None)
@given(problems(), st.data())
def test_facts_of_random_schedules_are_faithful(given: Problem, data: st.DataObject) -> None:
    """With some starts later than they need be, so that there are waits."""
    schedule = serial(given, latest_finish(given))
    assert schedule is not None
    start = list(schedule.start)
    for i in data.draw(st.sets(st.integers(0, len(start) - 1), max_size=3)):
        start[i] = given.first_start(i, min(start[i] + data.draw(st.integers(0, 4)), given.horizon - 1))
    late = complete(given, start)
    schedule = schedule if violations(given, late) else late
    explainer = Explainer(given, schedule)
    for i, begin in enumerate(schedule.start):
        if begin:
            assert_faithful(given, schedule, i, explainer.binding(i).facts)


def test_a_day_off_binds_where_the_days_behind_it_are_only_half_days() -> None:
    """Off on days 1 to 4, half there on day 5: on day 3 the work would have been done before the team is taken."""
    teams = (Resource("one", (20, 0, 0, 0, 10, 10, 20)), Resource("two", (20, 0, 0, 0, 0, 10, 20)))
    profiles = (
        Profile((0, 1000, 1000, 1000, 1000, 2000, 3000, 4000)),
        Profile((0, 1000, 1000, 1000, 1000, 1000, 1500, 2500)),
    )
    activities = (
        Activity("T0", 750, demands=((0, 10),), profile=0, release=3),
        Activity("T1", 750, demands=((0, 5), (1, 20)), profile=1, release=3),
    )
    problem = Problem(7, activities, teams, profiles, order=(0, 1), predecessors=((), ()), successors=((), ()))
    at = complete(problem, [4, 5])
    facts = Explainer(problem, at).binding(1).facts
    assert {fact.kind for fact in facts} == {"release", "capacity", "calendar"}
    assert_faithful(problem, at, 1, facts)


def test_the_first_fact_is_the_reason_of_the_reports() -> None:
    problem, at = sample()
    explainer = Explainer(problem, at)
    for i in range(len(problem.activities)):
        assert explainer.binding(i).facts[0] == explainer.reason(i)


@pytest.mark.parametrize("kind", ["predecessor", "capacity", "wait"])
def test_the_sample_has_starts_of_each_common_kind(kind: str) -> None:
    problem, at = sample()
    explainer = Explainer(problem, at)
    assert any(explainer.reason(i).kind == kind for i in range(len(problem.activities)))
