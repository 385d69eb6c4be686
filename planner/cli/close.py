"""`roadmap close`: what became of a baseline."""

from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import console, one_line_errors, progress
from planner.cli.options import AsOf, Json, PlannedFiles


@app.command(rich_help_panel="Govern")
def close(
    against: Annotated[str, typer.Option("--against", metavar="NAME", help="The baseline.", show_default=False)],
    files: PlannedFiles = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Compare promises with what happened: dates by item and team, estimates, throwaway, debt. Writes close.md.

    What happened is what the workbooks say: Status, Actual finish, Actual launch, Actual effort.

    Example: roadmap close --against 2026-q3 q3.xlsx
    """
    import shlex

    from planner import pipeline
    from planner.report.closing import closing_json, closing_text

    with one_line_errors(), progress() as report:
        closed = pipeline.close(against, files or (), as_of, report)
    if json:
        typer.echo(closing_json(closed.closing), nl=False)
        return
    typer.echo(closing_text(closed.closing, console().width), nl=False)
    books = shlex.join(map(str, closed.inputs.paths))
    typer.echo(f"\nWritten: {closed.path}\nNext: roadmap rollover {books}")
