"""The whole `roadmap plan`, from a workbook to the reports, in a process of its own: seconds, memory, gap.

    python -m tests.benchmarks.whole WORKBOOK [--as-of DAY] [--time-limit S] [--workers N] [--objective full|makespan]

The gap is that of `plan.json`: of what the plan costs beyond the effort that no plan avoids, the share that is not
proven to be needed. Memory is that of the largest process.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.scheduling.costs import Objective
from tests.benchmarks.stopwatch import Spent, Stopwatch, peak_memory

MONDAY = date(2026, 9, 7)
PLANNED = (0, 1)
"""Exit codes that come with a plan."""


@dataclass(frozen=True)
class Whole:
    """What one run took and what its `plan.json` says."""

    spent: Spent
    memory: float
    objective: float
    bound: float
    gap: float
    verified: bool

    def __str__(self) -> str:
        return (
            f"roadmap plan: {self.spent.seconds:.1f} s ({self.spent.cpu:.1f} s of processors), "
            f"{self.memory:.0f} MiB; J {self.objective:,.0f}, none below {self.bound:,.0f}, gap {self.gap:.2%}, "
            f"{'verified' if self.verified else 'NOT VERIFIED'}"
        )


def planned(workbook: Path, as_of: date, time_limit: float, workers: int, objective: Objective) -> Whole:
    """Run the command; ends the program with its message where it plans nothing."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "planner.cli", "plan", str(workbook.resolve()), "--out", folder + "/reports"]
        command += ["--as-of", as_of.isoformat(), "--time-limit", str(time_limit)]
        command += ["--workers", str(workers), "--objective", objective]
        stopwatch = Stopwatch()
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        spent = stopwatch.spent()
        if run.returncode not in PLANNED:
            sys.exit(run.stderr)
        made = json.loads((Path(folder) / "reports" / "plan.json").read_text(encoding="utf-8"))
    return Whole(
        spent,
        peak_memory(resource.RUSAGE_CHILDREN),
        made["objective"]["total"],
        made["lower_bound"],
        made["gap"],
        made["verified"],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workbook", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=MONDAY)
    parser.add_argument("--time-limit", type=float, default=20.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--objective", choices=("full", "makespan"), default="full")
    given = parser.parse_args(arguments)
    print(planned(given.workbook, given.as_of, given.time_limit, given.workers, given.objective))


if __name__ == "__main__":
    main()
