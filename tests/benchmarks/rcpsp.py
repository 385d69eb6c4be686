"""Makespans of published RCPSP instances beside the best known ones, with the product's own search.

    python -m tests.benchmarks.rcpsp DIR [--time-limit 10] [--workers 2] [--csv OUT] [--only "J120_*"]

DIR is searched recursively for Patterson and mplib files (`.txt`, `.rcp`, `.rcmp`); `best_known.csv` (columns set,
instance, best_known, best_of_tables_and_published_runs) lies in it or beside it. Every schedule is checked by
`scheduling.verify`. Columns: instance, makespan, bound, seconds; last line: mean deviation from
`best_of_tables_and_published_runs` and share proven.
"""

import argparse
import csv
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from planner.domain.units import MILLI
from planner.scheduling.budget import Budget
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations
from tests.benchmarks.instances import read_file

SUFFIXES = frozenset((".txt", ".rcp", ".rcmp"))
REFERENCE = "best_of_tables_and_published_runs"


@dataclass(frozen=True)
class Run:
    """One instance solved: makespan and bound in periods, seconds of the clock, the reference if there is one."""

    instance: str
    makespan: int
    bound: int
    seconds: float
    reference: int | None

    @property
    def proven(self) -> bool:
        """Whether nothing shorter exists."""
        return self.bound >= self.makespan

    @property
    def deviation(self) -> float | None:
        """How far above the reference, as a share of it."""
        return None if self.reference is None else self.makespan / self.reference - 1


def references(folder: Path) -> dict[str, int]:
    """The reference makespan by instance; empty without a `best_known.csv` in the folder or beside it."""
    for place in (folder, folder.parent):
        path = place / "best_known.csv"
        if path.exists():
            with path.open(newline="", encoding="utf-8") as lines:
                return {row["instance"]: int(row[REFERENCE]) for row in csv.DictReader(lines)}
    return {}


def run(path: Path, budget: Budget, reference: int | None) -> Run:
    """Solve one file; raises AssertionError where the schedule does not hold."""
    problem = read_file(path)
    began = time.perf_counter()
    solution = solve(problem, budget, objective="makespan")
    seconds = time.perf_counter() - began
    assert solution.schedule is not None, f"{path.name}: {solution.status}"
    broken = violations(problem, solution.schedule)
    assert not broken, f"{path.name}: {broken[0]}"
    return Run(path.name, solution.objective // MILLI, -(-solution.bound // MILLI), seconds, reference)


def runs(folder: Path, only: str, budget: Budget) -> Iterator[Run]:
    """Every instance of a folder, by name."""
    known = references(folder)
    for path in sorted(folder.rglob(only)):
        if path.suffix in SUFFIXES:
            yield run(path, budget, known.get(path.name))


def summary(done: Sequence[Run]) -> str:
    """Mean deviation and share proven."""
    deviations = [it.deviation for it in done if it.deviation is not None]
    above = f"{mean(deviations):+.2%} against {REFERENCE} on {len(deviations)}" if deviations else "no reference"
    proven = sum(it.proven for it in done)
    return f"mean deviation {above}; proven {proven} of {len(done)} ({proven / max(len(done), 1):.0%})"


def main() -> None:
    """Print a line per instance as it is solved."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--time-limit", type=float, default=10.0, help="seconds per instance")
    parser.add_argument(
        "--work", type=int, help="units of work per instance instead of seconds: no clock, one worker"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="*", help="a pattern of file names, such as J120_*")
    parser.add_argument("--csv", type=Path, help="where to write the table")
    given = parser.parse_args()
    budget = Budget(given.time_limit, given.work, given.seed, given.workers)
    done: list[Run] = []
    for it in runs(given.folder, given.only, budget):
        done.append(it)
        above = "" if it.deviation is None else f"{it.deviation:+8.2%}"
        print(f"{it.instance:24} {it.makespan:6} {it.bound:6} {it.seconds:7.2f} s {above}", flush=True)
    if given.csv:
        with given.csv.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(("instance", "makespan", "bound", "seconds"))
            table.writerows((it.instance, it.makespan, it.bound, f"{it.seconds:.2f}") for it in done)
    if os.name == "posix":
        print(f"load average {os.getloadavg()[0]:.1f}")
    print(summary(done))


if __name__ == "__main__":
    main()
