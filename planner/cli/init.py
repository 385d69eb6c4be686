"""`roadmap init`: a template workbook and settings."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import one_line_errors


@app.command(rich_help_panel="Start")
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write; made where it is missing.")] = Path(),
) -> None:
    """Write a template workbook and a roadmap.toml with every default explained."""
    from planner import pipeline

    with one_line_errors():
        workbook, settings = pipeline.initialise(folder)
    typer.echo(f"Wrote {workbook} and {settings}.\nFill in the sheet Tasks, then: roadmap plan {workbook}")
