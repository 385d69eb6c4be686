"""`roadmap assumptions`: what the plan rests on."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlanFile, PlannedFiles, TimeLimit, Work


@app.command(rich_help_panel="Decide")
def assumptions(
    files: PlannedFiles = None,
    plan_file: PlanFile = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many are planned again and shown.")] = 12,
    svg: Annotated[
        Path | None, typer.Option("--svg", help="Draw the tornado into this file.", show_default=False)
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 30.0,
    work: Work = None,
    json: Json = False,
) -> None:
    """Say what the plan rests on: what changes, and which rankings flip, when an assumption is off by half.

    Example: roadmap assumptions q3.xlsx --svg tornado.svg
    """
    from planner import pipeline
    from planner.report import tornado

    options = pipeline.PlanOptions(time_limit, work)
    with one_line_errors(), progress() as report:
        found = pipeline.assumptions(inputs_of(files or [], config, as_of, False), options, plan_file, top, report)
        if svg:
            pipeline.draw_tornado(found, top, svg)
    if json:
        typer.echo(tornado.tornado_json(found), nl=False)
        return
    typer.echo(tornado.tornado_text(found, top, console().width), nl=False)
    typer.echo(f"\nNext: {shlex.join(['roadmap', 'questions', *map(str, files or [])])}")
