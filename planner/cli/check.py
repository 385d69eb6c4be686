"""`roadmap check`: what is wrong or doubtful in the data."""

from typing import Annotated

import typer

from planner.cli.app import DATA_ERRORS, DONE, app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Files, Json, Strict


@app.command(rich_help_panel="Start")
def check(
    files: Files,
    config: Config = None,
    as_of: AsOf = None,
    strict: Strict = False,
    json: Json = False,
    all_: Annotated[bool, typer.Option("--all", help="Every finding, not only the first of each kind.")] = False,
) -> None:
    """Say everything that is wrong or doubtful in the data, by file, sheet and cell; plan nothing.

    Example: roadmap check q3.xlsx --strict
    """
    from planner import pipeline
    from planner.report.diagnostics import diagnostics_json, diagnostics_text

    with one_line_errors(), progress() as report:
        checked = pipeline.check(inputs_of(files, config, as_of, strict), report)
    if json:
        typer.echo(diagnostics_json(checked.diagnostics, checked.assumptions), nl=False)
    else:
        limit = None if all_ else 3
        typer.echo(diagnostics_text(checked.diagnostics, checked.assumptions, console().width, limit), nl=False)
        if checked.read.proposed_map:
            typer.echo(f"\nTo use the foreign columns, put this into roadmap.toml:\n\n{checked.read.proposed_map}")
        typer.echo(f"\nNext: roadmap plan {' '.join(map(str, files))}")
    raise typer.Exit(DATA_ERRORS if checked.has_errors else DONE)
