"""Compiles the kernels once, at install time: `python -m planner.forecast.warm`."""

from datetime import date

import numpy as np

from planner.domain.cells import Source
from planner.domain.roadmap import Dependency, Estimate, Hypothesis, Item, Roadmap, Task, Team
from planner.domain.settings import Settings
from planner.forecast.building import build
from planner.forecast.model import courses
from planner.forecast.quantiles import normal_table, run_keys
from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.formulate import formulate
from planner.scheduling.timing import complete

SOURCE = Source("warm.xlsx", "Tasks", 2)
"""Nothing is read from there."""


def warm() -> None:
    """Simulate one run of two tasks: enough to give every argument its type."""
    from planner.forecast.events import count, simulate, state

    one = Estimate(1.0, 1.0, 1.0)
    roadmap = Roadmap(
        items=(Item("I", SOURCE),),
        tasks=(
            Task("A", SOURCE, items=("I",), teams=("Ledger",), estimate=one),
            Task("B", SOURCE, teams=("Ledger",), estimate=one, depends_on=(Dependency("A"),), hypotheses=("H",)),
        ),
        teams=(Team("Ledger", engineers=1.0),),
        hypotheses=(Hypothesis("H", SOURCE, probability=0.5, tested_by=("A",)),),
    )
    formulation = formulate(roadmap, Settings(), date(2026, 9, 7))
    schedule = complete(formulation.problem, [0, 2])
    model = build(roadmap, formulation, schedule, Settings()).model
    found = courses(model, 1)
    simulate(model, state(model), normal_table(), run_keys(0, 0, 1), found)
    count(found.finish, np.zeros((found.finish.shape[1], model.axis + 1), np.uint32))


if __name__ == "__main__" and AVAILABLE:
    warm()
