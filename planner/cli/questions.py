"""`roadmap questions`: what to ask next, and whom."""

from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlanFile, PlannedFiles, TimeLimit, Work


@app.command(rich_help_panel="Decide")
def questions(
    files: PlannedFiles = None,
    plan_file: PlanFile = None,
    count: Annotated[int, typer.Option("--count", min=1, help="How many questions.")] = 10,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 30.0,
    work: Work = None,
    json: Json = False,
) -> None:
    """Say what to ask whom next: the missing facts whose answers move the plan most.

    Example: roadmap questions q3.xlsx --count 5
    """
    from planner import pipeline
    from planner.report.questions import questions_json, questions_text

    options = pipeline.PlanOptions(time_limit, work)
    with one_line_errors(), progress() as report:
        found = pipeline.questions(inputs_of(files or [], config, as_of, False), options, plan_file, count, report)
    if json:
        typer.echo(questions_json(found), nl=False)
        return
    typer.echo(questions_text(found, console().width), nl=False)
    typer.echo(f"\nNext: {found.next_command}")
