"""Seconds, processor time and memory of 500 edits in a workbook, each size in a process of its own.

    python -m tests.benchmarks.patching

The last column holds formulas that depend on edited cells where `formulas` is said. All of it is counted: the guard,
the edits, stale values, the archive, and the check that reads the result again.
"""

import random
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

from planner.domain.edits import CellEdit
from planner.sheets.ooxml import patch
from tests.benchmarks.stopwatch import Stopwatch, peak_memory
from tests.benchmarks.table import row

EDITS = 500
COLUMNS = 20
SIZES = ((10_000, "values"), (10_000, "formulas"), (100_000, "values"), (100_000, "formulas"))
HEADER = row("", "seconds", "CPU s", "MiB", "MiB before", "refused")


def write(path: Path, rows: int, kind: str) -> None:
    """A sheet with headers, texts and numbers in turn."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tasks")
        sheet.write_row(0, 0, [f"Column {column}" for column in range(COLUMNS)])
        for at in range(1, rows):
            for column in range(COLUMNS - 1):
                sheet.write(at, column, at * column if column % 2 else f"text {at} {column}")
            if kind == "formulas":
                sheet.write_formula(at, COLUMNS - 1, f"=B{at + 1}+D{at + 1}", None, at * 4)


def measure(path: Path, rows: int) -> str:
    """The figures of one patch in this process."""
    content = path.read_bytes()
    places = random.Random(5)
    edits = [
        CellEdit("Tasks", places.randrange(2, rows), places.randrange(1, COLUMNS), f"new {at}" if at % 2 else at)
        for at in range(EDITS)
    ]
    before = peak_memory()
    watch = Stopwatch()
    patched = patch(content, path.name, edits)
    spent = watch.spent()
    return row(
        path.stem,
        f"{spent.seconds:.2f}",
        f"{spent.cpu:.2f}",
        f"{peak_memory():.0f}",
        f"{before:.0f}",
        f"{len(patched.refused)}",
    )


def main() -> None:
    """Print a line for each size, each from two processes: one writes the file, the other patches it."""
    if len(sys.argv) > 1:
        action, path, rows, kind = sys.argv[1:]
        if action == "write":
            write(Path(path), int(rows), kind)
        else:
            print(measure(Path(path), int(rows)))
        return
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        for rows, kind in SIZES:
            path = Path(folder) / f"{rows} {kind}.xlsx"
            for action in ("write", "measure"):  # a child begins with the peak memory of its parent
                command = [sys.executable, "-m", "tests.benchmarks.patching", action, str(path), str(rows), kind]
                subprocess.run(command, check=False)


if __name__ == "__main__":
    main()
