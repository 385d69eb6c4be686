"""`roadmap suggest`: which teams an item needs."""

import shlex
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Files, Json


@app.command(rich_help_panel="Decide")
def suggest(
    item: Annotated[str, typer.Argument(help="Item ID.")],
    files: Files,
    top: Annotated[int, typer.Option("--top", min=1, help="How many teams.")] = 5,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="TEAM", help="Write a stub task for this team; may be repeated."),
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Say which teams an item needs, and why: components, similar items, asks, names.

    --accept writes into NAME-suggested.csv beside the workbook, never into the workbook itself.

    Example: roadmap suggest ASK-41 q3.xlsx --accept Metering --accept "Data Platform"
    """
    from planner import pipeline
    from planner.report.suggest import suggestion_json, suggestion_text

    inputs = inputs_of(files, config, as_of, False)
    named = " ".join(shlex.quote(str(file)) for file in files)
    with one_line_errors(), progress() as report:
        if accept:
            target = pipeline.accept(inputs, item, accept, report)
            typer.echo(f"Wrote {target}.\n\nNext: roadmap plan {named} {shlex.quote(str(target))}")
            return
        found = pipeline.suggestion(inputs, item, report)
    if json:
        typer.echo(suggestion_json(found, top), nl=False)
        return
    typer.echo(suggestion_text(found, top, console().width), nl=False)
    if found.teams:
        typer.echo(f"\nNext: roadmap suggest {shlex.quote(item)} {named} --accept {shlex.quote(found.teams[0].team)}")
