"""Tables written as text, for tests of what comes after the reading of files."""

from planner.sheets.columns import columns_of
from planner.sheets.table import Row, Table, Value


def table(text: str, kind: str = "Tasks", file: str = "q3.xlsx", sheet: str | None = None) -> Table:
    """A table from lines of cells separated by `|`; the first line are headers, blank cells are blank."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    headers, *cells = lines
    return rows_table(headers, [[cell or None for cell in line] for line in cells], kind, file, sheet)


def rows_table(
    headers: list[str], rows: list[list[Value]], kind: str = "Tasks", file: str = "q3.xlsx", sheet: str | None = None
) -> Table:
    """A table of typed values; headers that are no columns of ours become extra columns."""
    ours = {column.name for column in columns_of(kind)}
    return Table(
        file=file,
        sheet=kind if sheet is None else sheet,
        kind=kind,
        header_row=1,
        columns={header: index for index, header in enumerate(headers, 1) if header in ours},
        headers={header: header for header in headers if header in ours},
        rows=tuple(
            Row(
                number,
                {h: v for h, v in zip(headers, row, strict=False) if h in ours and v is not None},
                tuple((h, str(v)) for h, v in zip(headers, row, strict=False) if h not in ours and v is not None),
            )
            for number, row in enumerate(rows, 2)
        ),
        unknown=tuple(header for header in headers if header not in ours),
    )
