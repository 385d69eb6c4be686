"""`roadmap verify`: the gate that a pipeline calls before it lets something out."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import DATA_ERRORS, DONE, app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Files, Json


@app.command(rich_help_panel="Govern")
def verify(
    files: Files,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", help="The plan.json to look at; else the one of these files, if there is one."),
    ] = None,
    actual: Annotated[bool, typer.Option("--actual", help="Only what was really launched, no plan.")] = False,
    anchor: Annotated[
        str,
        typer.Option(
            "--anchor",
            metavar="LENGTH:HEAD",
            help="Length and head of the log of approvals, as `roadmap breakglass review` prints them.",
        ),
    ] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Doubts fail as well.")] = False,
    config: Config = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Check planned and actual launches against blocks, freezes, approvals and overrides; exit code 1 on objections.

    Nothing is written. Example, in a pipeline: roadmap verify q3.xlsx --strict
    """
    from planner import pipeline
    from planner.report.verification import verification_json, verification_text

    with one_line_errors(), progress() as report:
        inputs = inputs_of(files, config, as_of, False)
        found = pipeline.verify(inputs, plan, actual, anchor, strict, report)
    typer.echo(verification_json(found) if json else verification_text(found, console().width), nl=False)
    if not json:
        where = shlex.join(map(str, files))
        typer.echo(f"\nNext: {'roadmap breakglass review' if found.passes else 'roadmap plan'} {where}")
    raise typer.Exit(DONE if found.passes else DATA_ERRORS)
