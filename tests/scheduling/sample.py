"""The sample workbook, planned with little work, once for all tests."""

from datetime import date
from functools import cache
from pathlib import Path

from planner.domain.problem import Problem, Schedule
from planner.pipeline.inputs import Inputs, load
from planner.pipeline.solving import formulated
from planner.scheduling.budget import Budget
from planner.scheduling.solve import solve

SAMPLE = Path(__file__).parents[2] / "data" / "commerce-platform.xlsx"


@cache
def sample() -> tuple[Problem, Schedule]:
    """A problem of two hundred tasks with waits on purpose, and a schedule of it."""
    _, formulation = formulated(load(Inputs((SAMPLE,), as_of=date(2026, 9, 7))), "limited")
    schedule = solve(formulation.problem, Budget(work=600)).schedule
    assert schedule is not None
    return formulation.problem, schedule
