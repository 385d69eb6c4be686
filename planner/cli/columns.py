"""`roadmap columns`: the data dictionary."""

from dataclasses import asdict
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import console, one_line_errors
from planner.cli.options import Json
from planner.domain.errors import UserError


@app.command(rich_help_panel="Start")
def columns(
    sheet: Annotated[str, typer.Argument(help="Only this sheet.", show_default=False)] = "",
    json: Json = False,
) -> None:
    """Print the data dictionary: every sheet and column, what it means and what it adds."""
    from planner.report.dictionary import dictionary_json, dictionary_text
    from planner.sheets.columns import all_columns, sheet_names

    with one_line_errors():
        wanted = [asdict(c) for c in all_columns() if not sheet or c.sheet.casefold() == sheet.casefold()]
        if not wanted:
            raise UserError(f"no sheet {sheet!r} (must be one of {', '.join(sheet_names())})")
        typer.echo(dictionary_json(wanted) if json else dictionary_text(wanted, console().width), nl=False)
