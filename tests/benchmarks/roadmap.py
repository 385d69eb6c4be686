"""How good a plan of a random cross-team roadmap is, and how good it is proven to be; a line for each seed.

    python -m tests.benchmarks.roadmap --tasks N --teams T --seed S ... --mode task|item|makespan --time-limit 60
        [--workers 2] [--generator FILE] [--whole] [--csv OUT]

Task mode minimises the sum of weight x completion of all tasks, item mode that of all items, makespan mode the end of
everything. `above` is how far the plan is above the best bound, in parts of the bound; `first` and `best` are the
seconds after which the first and the best plan were known, after imports. With --whole the same roadmap is written
as a workbook too, and the whole `roadmap plan` runs on it. FILE is any generator with a function `gen(N, T, seed)`.
"""

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from statistics import mean

from planner.scheduling.budget import Budget
from tests.benchmarks.case import case_of
from tests.benchmarks.figures import HEADER, Figures, figures
from tests.benchmarks.network import Mode, Network
from tests.benchmarks.options import network_of, parser_of
from tests.benchmarks.search import watched
from tests.benchmarks.sheets import sheets_of
from tests.benchmarks.whole import MONDAY, planned
from tests.sheets.workbooks import workbook


def planned_as_workbook(network: Network, mode: Mode, time_limit: float, workers: int) -> str:
    """The whole `roadmap plan` on this roadmap, in a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "generated.xlsx", sheets_of(network, mode))
        return str(planned(path, MONDAY, time_limit, workers, "makespan" if mode == "makespan" else "full"))


def write(results: dict[int, Figures], path: Path) -> None:
    """The figures by seed for programs."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.DictWriter(handle, ["seed", *(field.name for field in fields(Figures))])
        rows.writeheader()
        rows.writerows({"seed": seed, **asdict(result)} for seed, result in results.items())


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each seed; of several the mean distance from the bound."""
    parser = parser_of(__doc__)
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--whole", action="store_true", help="run `roadmap plan` on it as well")
    parser.add_argument("--csv", type=Path, help="where to write the figures")
    given = parser.parse_args(arguments)
    results: dict[int, Figures] = {}
    print(HEADER)
    for seed in given.seed:
        network = network_of(given, seed)
        case = case_of(network, given.mode)
        found = watched(case.problem, Budget(given.time_limit, workers=given.workers), case.objective)
        results[seed] = figures(case.problem, case.objective, found)
        print(results[seed].line(f"{given.tasks} x {given.teams}, {given.mode}, seed {seed}"), flush=True)
        print(f"  {network}")
        if given.whole:
            print(f"  {planned_as_workbook(network, given.mode, given.time_limit, given.workers)}", flush=True)
    if len(results) > 1:
        print(f"mean above the bound: {mean(result.above for result in results.values()):.2%}")
    if given.csv is not None:
        write(results, given.csv)


if __name__ == "__main__":
    main()
