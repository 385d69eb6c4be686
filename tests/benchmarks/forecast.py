"""Seconds and memory of a forecast on a random cross-team roadmap: both policies, one thread and several.

    python -m tests.benchmarks.forecast [--tasks N] [--teams T] [--runs R] [--threads N]

The plan is a list schedule; the kernels are compiled before. CPU seconds are those of all threads, which mind less
who else is at work; memory is that of the whole process, with the imports and the problem.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np

from planner.domain.forecast import Policy
from planner.domain.settings import Settings
from planner.forecast.building import build
from planner.forecast.simulate import simulated
from planner.forecast.warm import warm
from planner.graph.cycles import break_cycles
from planner.scheduling.estimates import planned_effort
from planner.scheduling.formulate import formulate
from planner.scheduling.priorities import PRIORITY_RULES
from planner.scheduling.sgs import serial
from planner.sheets.read import read_roadmap
from tests.benchmarks.generator import generate
from tests.benchmarks.sheets import sheets_of
from tests.benchmarks.stopwatch import Stopwatch, peak_memory
from tests.benchmarks.table import row
from tests.benchmarks.whole import MONDAY
from tests.sheets.workbooks import workbook

POLICIES: tuple[Policy, ...] = ("list", "chain")


def main() -> None:
    """Print a line for each policy and number of threads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--teams", type=int, default=300)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    warm()
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "large.xlsx", sheets_of(generate(given.tasks, given.teams, 1), "item"))
        roadmap = read_roadmap((path,), settings, MONDAY).roadmap
    cut = break_cycles(roadmap, planned_effort(roadmap, settings)).cut
    formulation = formulate(roadmap, settings, MONDAY, cut=cut)
    schedule = serial(formulation.problem, PRIORITY_RULES[0].function(formulation.problem))
    assert schedule is not None
    print(f"{given.tasks:,} tasks, {given.teams} teams, {given.runs:,} runs; before: {peak_memory():.0f} MiB")
    print(row("", "seconds", "CPU s", "MiB", "plan", "P50", "P80"))
    for policy in POLICIES:
        for threads in given.threads:
            watch = Stopwatch()
            built = build(roadmap, formulation, schedule, settings, policy)
            tally = simulated(built.model, given.runs, 0, threads)
            spent = watch.spent()
            middle, likely = np.percentile(tally.end, [50, 80])
            figures = (spent.seconds, spent.cpu, peak_memory(), built.model.planned_end, middle, likely)
            name = f"{policy}, {threads} thread{'s' if threads > 1 else ''}"
            print(row(name, *(f"{figure:,.1f}" for figure in figures)), flush=True)


if __name__ == "__main__":
    main()
