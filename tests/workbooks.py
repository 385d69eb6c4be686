"""Small workbooks for tests: a table is written as people would draw it in a mail."""

import csv
from pathlib import Path


def table(drawing: str) -> list[list[str]]:
    """Rows of a drawing: lines with ` | ` between the cells, the first line the headers."""
    return [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines() if line.strip()]


def write_tables(folder: Path, **drawings: str) -> Path:
    """One csv file per drawing, named after the sheet: `write_tables(tmp_path, tasks="Task ID | ...")`."""
    for name, drawing in drawings.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows(table(drawing))
    return folder
