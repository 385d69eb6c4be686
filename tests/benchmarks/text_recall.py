"""How often text finds what really replaced what: the true partner among the most similar titles.

    python -m tests.benchmarks.text_recall [FOLDER]

FOLDER (or the environment variable ROADMAP_CASES) holds the case `pep`. A pair counts when either title has the
other among its first k; 5 is the promise, 3 is the list as people see it.
"""

import csv
from datetime import date
from pathlib import Path

from planner.config import read_settings
from planner.conflicts.text import Text, neighbours
from planner.sheets.read import read_roadmap
from tests.benchmarks.real_cases import folder

MAP = Path(__file__).parents[1] / "cases" / "pep" / "roadmap.toml"
TOPS = (3, 5)


def recall(cases: Path) -> dict[int, float]:
    """Share of the replaced pairs that are found, by length of the list."""
    pep = cases / "pep"
    settings = read_settings(MAP).settings
    tasks = read_roadmap((pep / "tasks_blind.csv",), settings, date(2026, 1, 1)).roadmap.tasks
    pairs = true_pairs(pep / "truth.csv")
    ids = [task.id for task in tasks]
    near = neighbours([Text(task.title) for task in tasks], max(TOPS))
    ranked = {id_: [ids[other.place] for other in others] for id_, others in zip(ids, near, strict=True)}
    return {
        top: sum(one in ranked[other][:top] or other in ranked[one][:top] for one, other in pairs) / len(pairs)
        for top in TOPS
    }


def true_pairs(path: Path) -> set[tuple[str, str]]:
    """Each pair once, whichever of the two says it."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["kind"] == "replaces"]
    return {(min(pair), max(pair)) for pair in ((row["source"], row["target"]) for row in rows)}


def main() -> None:
    """Print the recall for each length of the list."""
    for top, found in recall(folder()).items():
        print(f"true partner in the top {top}: {found:.0%}")


if __name__ == "__main__":
    main()
