"""`roadmap rollover`: the workbook of the next period."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import DATA_ERRORS, DONE, app
from planner.cli.console import one_line_errors, progress
from planner.cli.options import AsOf, Json, PlannedFiles


@app.command(rich_help_panel="Govern")
def rollover(
    files: PlannedFiles = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="A new workbook beside the old one; else in place.", show_default=False),
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Archive what is done or dropped, carry what is left of work under way, ask again for targets that have passed.

    Archived rows go to sheets of the same workbook, where they are still known as done; nothing is lost.

    Example: roadmap rollover q3.xlsx --out q4.xlsx
    """
    from planner import pipeline
    from planner.report.rollover import rollover_json, rollover_text

    with one_line_errors(), progress() as report:
        done = pipeline.rollover(files or (), out, as_of, report)
    typer.echo(rollover_json(done) if json else rollover_text(done), nl=False)
    raise typer.Exit(DATA_ERRORS if any(book.kept or book.refused for book in done) else DONE)
