"""Seconds of each step of a plan on seeded roadmaps, and what share of the whole it is.

    python -m tests.benchmarks.planning [--tasks N] [--teams T]

The workbook is written first; every step runs once, cold, as `roadmap plan` runs it.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from planner.domain.settings import Settings
from planner.graph.cycles import break_cycles
from planner.scheduling.bounds import lower_bound
from planner.scheduling.estimates import planned_effort
from planner.scheduling.formulate import formulate
from planner.scheduling.priorities import PRIORITY_RULES
from planner.scheduling.sgs import serial
from planner.scheduling.verify import violations
from planner.sheets.read import read_roadmap
from tests.benchmarks.generator import generate
from tests.benchmarks.sheets import sheets_of
from tests.benchmarks.whole import MONDAY
from tests.sheets.workbooks import workbook

T = TypeVar("T")


def main() -> None:
    """Print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--teams", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    spent: dict[str, float] = {}

    def timed(name: str, step: Callable[[], T]) -> T:
        began = time.perf_counter()
        result = step()
        spent[name] = time.perf_counter() - began
        return result

    settings = Settings()
    sheets = sheets_of(generate(given.tasks, given.teams, given.seed), "item")
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "large.xlsx", sheets)
        roadmap = timed("read", lambda: read_roadmap((path,), settings, MONDAY)).roadmap
    cycles = timed("cycles", lambda: break_cycles(roadmap, planned_effort(roadmap, settings)))
    formulation = timed("formulate", lambda: formulate(roadmap, settings, MONDAY, cut=cycles.cut))
    problem = formulation.problem
    priority = timed("priority", lambda: PRIORITY_RULES[0].function(problem))
    schedule = timed("list schedule", lambda: serial(problem, priority))
    timed("bound", lambda: lower_bound(problem))
    if schedule is not None:
        timed("verify", lambda: violations(problem, schedule))
    total = sum(spent.values())
    for name, seconds in spent.items():
        print(f"{name:14} {seconds:6.2f} s  {seconds / total:4.0%}")
    print(f"{'together':14} {total:6.2f} s  ({given.tasks} tasks, {given.teams} teams)")


if __name__ == "__main__":
    main()
