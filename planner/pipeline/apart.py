"""Searches that run at once, each in a process of its own, and end with the best they have on Ctrl-C."""

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.synchronize import Event

from planner.domain.problem import Problem, Solution
from planner.pipeline.inputs import Objective, Report
from planner.scheduling.budget import Budget
from planner.scheduling.solve import solve

POLL = 0.2
"""Seconds between two looks at whether somebody wants an end."""


@dataclass(frozen=True)
class Job:
    """A problem and the starts, by position, from which its search begins."""

    problem: Problem
    before: tuple[int, ...]


def searched_apart(jobs: Sequence[Job], objective: Objective, budget: Budget, report: Report) -> tuple[Solution, ...]:
    """A solution for each job, in their order; all have the whole budget, and share the cores among them.

    Under a limit of work the result is the same however many run at once.
    """
    cores = budget.workers or os.cpu_count() or 1
    at_once = min(len(jobs), cores)
    each = replace(budget, workers=max(1, cores // max(1, at_once)))
    if at_once <= 1:
        return tuple(solve(job.problem, each, objective, before=list(job.before)) for job in jobs)
    alone = replace(each, stop=Budget().stop)  # who asks to stop cannot be sent along, only the event
    context = get_context("spawn")
    asked = context.Event()
    with ProcessPoolExecutor(at_once, context, _begin, (asked,)) as pool:
        with _ignored():
            running = [pool.submit(_searched, job, objective, alone) for job in jobs]
        open_ = set(running)
        while open_:
            done, open_ = wait(open_, POLL, FIRST_COMPLETED)
            if done:
                report(f"planning the scenarios: {len(jobs) - len(open_)} of {len(jobs)} done")
            if budget.stop():
                asked.set()
        return tuple(one.result() for one in running)


@contextmanager
def _ignored() -> Iterator[None]:
    """Processes that begin within do not mind Ctrl-C, from their first moment on: the event ends their searches."""
    if threading.current_thread() is not threading.main_thread():  # signals belong to the main thread
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_asked: Event | None = None
"""In a process of its own: set once somebody wants the searches to end."""


def _begin(asked: Event) -> None:
    """The first thing that a process of its own does."""
    global _asked
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it is not inherited
    _asked = asked


def _searched(job: Job, objective: Objective, budget: Budget) -> Solution:
    """One job, in a process of its own."""
    assert _asked is not None
    return solve(job.problem, replace(budget, stop=_asked.is_set), objective, before=list(job.before))
