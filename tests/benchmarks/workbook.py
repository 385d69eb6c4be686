"""The search alone on a workbook, with the full objective: when its first plan is there and how good its last one is.

    python -m tests.benchmarks.workbook WORKBOOK [--as-of DAY] [--time-limit S] [--workers N]

Reading, imports and reports are not in it: `tests.benchmarks.whole` has them all.
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from planner.pipeline.inputs import Inputs, load
from planner.pipeline.solving import formulated
from planner.scheduling.budget import Budget
from tests.benchmarks.figures import HEADER, figures
from tests.benchmarks.search import watched
from tests.benchmarks.whole import MONDAY


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workbook", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=MONDAY)
    parser.add_argument("--time-limit", type=float, default=20.0)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args(arguments)
    _, formulation = formulated(load(Inputs((given.workbook,), as_of=given.as_of)), "limited")
    found = watched(formulation.problem, Budget(given.time_limit, workers=given.workers), "full")
    print(HEADER)
    print(figures(formulation.problem, "full", found).line(given.workbook.stem))


if __name__ == "__main__":
    main()
