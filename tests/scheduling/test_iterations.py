"""The program board's iterations, by hand."""

from datetime import date

from planner.domain.plan import Iteration
from planner.scheduling.iterations import iterations
from tests.report.sample_plan import AS_OF, sample_plan, task


def test_tasks_stand_where_they_are_done_the_first_done_first() -> None:
    found = iterations(sample_plan().tasks, AS_OF)
    assert found == sample_plan().iterations
    assert found[0] == Iteration(date(2026, 9, 7), date(2026, 9, 20), ("WEB-1", "LED-1", "WEB-2"))


def test_the_last_day_of_an_iteration_is_in_it_and_the_day_after_in_the_next() -> None:
    sunday, monday = task(2, "A", "", "Pay", date(2026, 9, 19), 1), task(3, "B", "", "Pay", date(2026, 9, 20), 1)
    assert [one.tasks for one in iterations([sunday, monday], AS_OF)] == [("A",), ("B",)]


def test_done_tasks_stand_nowhere_and_without_any_there_is_none() -> None:
    assert iterations([task(2, "A", "", "Pay", AS_OF, 1, sequence=0)], AS_OF) == ()
