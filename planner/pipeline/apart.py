"""Searches that run at once, each in a process of its own, and end with the best they have on Ctrl-C."""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import get_context

from planner.domain.problem import Problem, Solution
from planner.pipeline.inputs import Objective, Report
from planner.pipeline.interrupt import interruptible
from planner.scheduling.budget import Budget
from planner.scheduling.solve import solve


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
    alone = replace(each, stop=Budget().stop)  # who asks to stop cannot be sent along; Ctrl-C reaches every process
    with ProcessPoolExecutor(at_once, get_context("spawn")) as pool:
        running = [pool.submit(_searched, job, objective, alone) for job in jobs]
        for done, _ in enumerate(as_completed(running), 1):
            report(f"planning the scenarios: {done} of {len(jobs)} done")
        return tuple(one.result() for one in running)


def _searched(job: Job, objective: Objective, budget: Budget) -> Solution:
    """One job, in a process of its own."""
    with interruptible() as interrupted:
        return solve(job.problem, replace(budget, stop=interrupted), objective, before=list(job.before))
