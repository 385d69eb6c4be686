"""The iterations of the program board: two weeks each from the planning start on, and what is done in them."""

from collections.abc import Sequence
from datetime import date, timedelta

from planner.domain.plan import Iteration, PlannedTask

LENGTH = 14
"""Days."""


def iterations(tasks: Sequence[PlannedTask], as_of: date) -> tuple[Iteration, ...]:
    """Up to the last task that is planned; within an iteration the tasks are in the order in which they are done."""
    planned = sorted((task for task in tasks if task.sequence), key=lambda task: (task.finish, task.sequence))
    done: dict[int, list[str]] = {}
    for task in planned:
        done.setdefault(max(0, (task.finish - as_of).days // LENGTH), []).append(task.id)
    return tuple(
        Iteration(
            as_of + timedelta(days=LENGTH * number),
            as_of + timedelta(days=LENGTH * number + LENGTH - 1),
            tuple(done.get(number, ())),
        )
        for number in range(max(done, default=-1) + 1)
    )
