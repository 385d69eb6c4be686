"""Seconds of each step of a plan on seeded roadmaps, and what share of the whole it is.

    python -m tests.benchmarks.planning [--tasks N] [--teams T]

The workbook is written first; every step runs once, cold, as `roadmap plan` runs it.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date
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
from tests.sheets.workbooks import workbook

MONDAY = date(2026, 9, 7)
T = TypeVar("T")


def roadmap_rows(tasks: int, teams: int, seed: int) -> dict[str, list[list[object]]]:
    """Sheets of a random roadmap: items of eight tasks over a few teams, each task after up to two of its item."""
    rng = random.Random(seed)
    rows: list[list[object]] = [["Task ID", "Title", "Item ID", "Team", "Effort", "Depends on"]]
    for i in range(tasks):
        first = i - i % 8
        before = sorted({rng.randrange(first, i) for _ in range(rng.randrange(3))}) if i > first else []
        team = f"Team {(first // 8 + rng.randrange(3)) % teams}"
        rows.append(
            [f"T-{i}", f"Task {i}", f"I-{i // 8}", team, rng.randint(1, 30), "; ".join(f"T-{j}" for j in before)]
        )
    items: list[list[object]] = [["Item ID", "Title", "Cost of delay"]]
    items += [[f"I-{k}", f"Item {k}", rng.randint(1, 60)] for k in range(-(-tasks // 8))]
    sizes: list[list[object]] = [["Team", "Engineers"], *([f"Team {k}", rng.randint(2, 8)] for k in range(teams))]
    return {"Roadmap": items, "Tasks": rows, "Teams": sizes}


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
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "large.xlsx", roadmap_rows(given.tasks, given.teams, given.seed))
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
