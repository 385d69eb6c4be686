"""The child process that reads workbooks: paths and a limit as JSON on stdin, one pickle a file on stdout.

It runs as a script and imports nothing of ours, so that it starts in 20 ms: `workbook.py` is its other end.
A file that makes the reader abort ends this process and nothing else.
"""

import contextlib
import json
import pickle
import sys
from io import BytesIO
from pathlib import Path

MEMORY_BYTES = 2**30


def limit_memory() -> None:
    """A file that asks for too much memory gets none; some systems know no such limit."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(path: str, max_cells: int) -> list[tuple[str, int, int, object, object]] | int:
    """(name, first row, first column, rows, merged ranges) of every sheet that people can see or unhide; 0-based.

    The number of cells instead where a sheet has too many of them.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    # from the bytes, not the path: the content tells the format, the ending may lie
    workbook = CalamineWorkbook.from_filelike(BytesIO(Path(path).read_bytes()))
    sheets: list[tuple[str, int, int, object, object]] = []
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet or about.visible is SheetVisibleEnum.VeryHidden:
            continue
        sheet = workbook.get_sheet_by_index(index)
        if sheet.height * sheet.width > max_cells:
            return sheet.height * sheet.width
        row, column = sheet.start or (0, 0)
        sheets.append((about.name, row, column, sheet.to_python(), sheet.merged_cell_ranges or []))
    return sheets


def main() -> None:
    """Read every file in turn; an exception is an answer, too."""
    limit_memory()
    request = json.load(sys.stdin)
    for path in request["paths"]:
        try:
            answer: object = read(path, request["max_cells"])
        # a panic of the reader is no Exception
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        pickle.dump(answer, sys.stdout.buffer, protocol=5)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
