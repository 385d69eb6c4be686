"""`roadmap reassign`: a PM leaves, another one takes over."""

from typing import Annotated

import typer

from planner.cli.app import DATA_ERRORS, DONE, app
from planner.cli.console import one_line_errors, progress
from planner.cli.options import Json, PlannedFiles


@app.command(rich_help_panel="Share")
def reassign(
    old: Annotated[str, typer.Argument(help="The PM who leaves, as the workbooks have it.")],
    new: Annotated[str, typer.Argument(help="The PM who takes over.")],
    files: PlannedFiles = None,
    json: Json = False,
) -> None:
    """Move a PM's items, open decisions and unanswered exports to another one; workbooks are patched in place.

    Example: roadmap reassign Ada Bruno q3.xlsx
    """
    from planner import pipeline
    from planner.report.handover import handover_json, handover_text

    with one_line_errors(), progress() as report:
        done = pipeline.reassign(old, new, files or (), report)
    typer.echo(handover_json(done) if json else handover_text(done), nl=False)
    raise typer.Exit(DATA_ERRORS if done.refused else DONE)
