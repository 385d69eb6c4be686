"""The data dictionary for the terminal and for programs: every sheet and column, and what it adds."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from itertools import groupby

Row = Mapping[str, object]
"""One column of the data dictionary by the names of `sheets.columns.Column`'s fields."""

NAME = 17
"""Characters for the name of a column."""


def dictionary_text(rows: Sequence[Row], width: int) -> str:
    """A paragraph per sheet, its columns in the order of the template; required ones are marked with a star."""
    sheets = [
        "\n".join([sheet, *(_entry(row, width) for row in columns)])
        for sheet, columns in groupby(rows, key=lambda row: str(row["sheet"]))
    ]
    return "\n\n".join([*sheets, "* required where the sheet is used"]) + "\n"


def _entry(row: Row, width: int) -> str:
    name = f"{row['name']}{' *' if row['required'] else ''}"
    default = f" Blank: {row['default']}." if row["default"] else ""
    return textwrap.fill(
        f"{name:<{NAME}} {row['help']}{default}",
        width,
        initial_indent="  ",
        subsequent_indent=" " * (NAME + 3),
        break_on_hyphens=False,
    )


def dictionary_json(rows: Sequence[Row]) -> str:
    """The same as a list of objects; ends with a newline."""
    return json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"
