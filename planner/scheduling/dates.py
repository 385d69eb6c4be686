"""The dates that bind a task by itself: release, pinned start, deadline."""

from collections.abc import Iterable, Sequence

from planner.domain.calendar import Calendar
from planner.domain.problem import Problem
from planner.domain.roadmap import Dependency, Link, Strength, Task
from planner.scheduling.estimates import is_promise, runs
from planner.scheduling.rules import DUE_IN_THE_PAST, PINNED_DAY_OFF, PROMISE_IN_THE_PAST, Notebook


def releases(tasks: Sequence[Task], done: Iterable[Task], calendar: Calendar, notebook: Notebook) -> tuple[int, ...]:
    """Earliest start of each task: Not before, a vendor's promise, done predecessors that end in the future."""
    finished = {task.id: task for task in done}
    return tuple(
        0
        if runs(task)
        else max(
            0,
            _own_release(task, calendar, notebook),
            *(
                _end_of_done(finished[dependency.predecessor], dependency, calendar)
                for dependency in task.depends_on
                if dependency.predecessor in finished and dependency.strength is not Strength.SOFT
            ),
        )
        for task in tasks
    )


def _own_release(task: Task, calendar: Calendar, notebook: Notebook) -> int:
    """Not before; for a vendor's promise the day itself, for the delivery takes it up."""
    if is_promise(task) and task.due:
        promised = calendar.after(task.due) - 1
        if promised < 0:
            notebook.report(
                PROMISE_IN_THE_PAST,
                f'"{task.owner}" promised "{task.id}" for {task.due}; planned as if it came today.',
                task.source.cell("Due"),
            )
        return promised
    return calendar.on_or_after(task.not_before) if task.not_before else 0


def _end_of_done(task: Task, dependency: Dependency, calendar: Calendar) -> int:
    """From when on a relation to a done task lets its successor start."""
    if dependency.link is Link.SS:
        return calendar.on_or_after(task.actual_start) + dependency.lag if task.actual_start else 0
    ended = task.actual_finish
    if dependency.strength is Strength.LAUNCH:
        ended = task.actual_launch or ended
    if dependency.link is not Link.FS or ended is None:
        return 0
    return calendar.after(ended) + dependency.lag


def pinned_start(problem: Problem, i: int, task: Task, calendar: Calendar, notebook: Notebook) -> int | None:
    """The exact start, moved to a day on which the task's teams work."""
    if not task.pinned or task.not_before is None:
        return None
    typed = calendar.on_or_after(task.not_before)
    start = problem.first_start(i, typed)
    if start < problem.horizon and calendar.date_of(start) != task.not_before:
        notebook.report(
            PINNED_DAY_OFF,
            f'"{task.id}" is pinned to {task.not_before}, when nobody can work on it; '
            f"moved to {calendar.date_of(start)}.",
            task.source.cell("Not before"),
        )
    return start


def hard_deadline(task: Task, calendar: Calendar, notebook: Notebook) -> int | None:
    """The exclusive end by which the task must be finished; a date that is over can bind nobody."""
    if task.due is None or not task.due_is_hard:
        return None
    deadline = calendar.after(task.due)
    if deadline > 0:
        return deadline
    notebook.report(
        DUE_IN_THE_PAST,
        f'"{task.id}" must be done by {task.due}, which is over; planned as soon as it can be, and late.',
        task.source.cell("Due"),
    )
    return None
