"""Finishes and launches of given starts, by hand."""

from planner.domain.problem import Activity, LaunchCalendar, Precedence, Problem, Profile, Schedule
from planner.domain.roadmap import Link
from planner.scheduling.timing import complete

EVERY_DAY = Profile(tuple(range(0, 21_000, 1000)))
CLOSED_2_TO_5 = LaunchCalendar((0, 1, 6, 6, 6, 6, *range(6, 21)))


def problem(*activities: Activity, relations: tuple[Precedence, ...] = ()) -> Problem:
    """Activities by topological position, over twenty days."""
    everybody = range(len(activities))
    return Problem(
        horizon=20,
        activities=activities,
        profiles=(EVERY_DAY,),
        launch_calendars=(CLOSED_2_TO_5,),
        precedences=relations,
        order=tuple(everybody),
        predecessors=tuple(tuple(r for r in relations if r.successor == i) for i in everybody),
        successors=tuple(tuple(r for r in relations if r.predecessor == i) for i in everybody),
    )


def test_a_finish_is_work_then_waiting():
    assert complete(problem(Activity("A", 2750, wait=4)), [1]).finish == (8,)


def test_a_launch_day_is_the_first_open_one_from_the_last_day_worked():
    work = Activity("A", 1750, launch_calendar=0)
    assert complete(problem(work), [0]) == Schedule((0,), (2,), (2,)), "works days 0, 1; day 1 is open"
    assert complete(problem(work), [1]) == Schedule((1,), (3,), (7,)), "works days 1, 2; day 6 is the first open"
    assert complete(problem(work), [5]) == Schedule((5,), (7,), (7,))


def test_a_launch_is_not_before_the_launches_it_builds_on():
    """A is held up by the block, B deploys nothing and is out with A; C merely starts with A."""
    activities = Activity("A", 2750, launch_calendar=0), Activity("B", 750), Activity("C", 750)
    relations = Precedence(0, 1), Precedence(0, 2, Link.SS)
    assert complete(problem(*activities, relations=relations), [0, 3, 0]).launch == (7, 7, 1)


def test_a_milestone_at_the_planning_start_is_out_at_once():
    assert complete(problem(Activity("A", 0, launch_calendar=0)), [0]) == Schedule((0,), (0,), (0,))
