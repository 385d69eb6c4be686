"""Seconds to read 10,000 rows x 20 columns, beside pandas (engine calamine) and openpyxl (read-only) in one run.

    python -m tests.benchmarks.reading

Ours includes the guard, the start of the child process, the recognition of headers and the rows by column.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd

from planner.domain.settings import Settings
from planner.sheets.columns import columns_of
from planner.sheets.files import read_tables
from tests.sheets.workbooks import workbook

ROWS = 10_000
COLUMNS = 20
RUNS = 3


def read_with_pandas(path: Path) -> None:
    """A DataFrame."""
    pd.read_excel(path, engine="calamine")


def read_with_openpyxl(path: Path) -> None:
    """Lists of values, row by row."""
    book = openpyxl.load_workbook(path, read_only=True)
    for row in book.active.iter_rows(values_only=True):
        list(row)
    book.close()


def seconds(read: Callable[[Path], object], path: Path) -> float:
    """The best of some runs."""
    best = float("inf")
    for _ in range(RUNS):
        began = time.perf_counter()
        read(path)
        best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    """Print a line for each reader."""
    names = [column.name for column in columns_of("Tasks")][:COLUMNS]
    rows = [
        [f"T-{row}", *(row * place if place % 2 else f"text {row} {place}" for place in range(1, COLUMNS))]
        for row in range(ROWS)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "large.xlsx", {"Tasks": [names, *rows]})
        small = workbook(Path(folder) / "small.xlsx", {"Tasks": [names, *rows[:5]]})
        ours = seconds(lambda file: read_tables([file], Settings()), path)
        print(f"planner    {ours:6.2f} s   ({ROWS} rows x {COLUMNS} columns; 5 rows: ", end="")
        print(f"{seconds(lambda file: read_tables([file], Settings()), small):.2f} s)")
        for name, read in (("pandas", read_with_pandas), ("openpyxl", read_with_openpyxl)):
            other = seconds(read, path)
            print(f"{name:10} {other:6.2f} s   planner takes {ours / other:.2f} of it")


if __name__ == "__main__":
    main()
