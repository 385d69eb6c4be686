"""`roadmap why`: why a task is where it is, what would move it, why it is not elsewhere."""

import shlex
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlanFile, TimeLimit, Work, day
from planner.domain.errors import UserError


@app.command(rich_help_panel="Decide")
def why(
    task: Annotated[str, typer.Argument(help="Task ID.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Workbooks or a folder of them; else those of the plan.", show_default=False),
    ] = None,
    plan_file: PlanFile = None,
    not_before: Annotated[
        date | None,
        typer.Option("--not-before", parser=day, metavar="DAY", help="Why not later: start it on this day or after."),
    ] = None,
    before: Annotated[
        str, typer.Option("--before", metavar="TASK", help="Why not earlier: finish it before this task begins.")
    ] = "",
    json: Json = False,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 2.0,
    work: Work = None,
) -> None:
    """Say why a task is where it is: what binds it, the chain back to day 0, what would move it, planned again.

    Example: roadmap why PAY-12, or roadmap why PAY-12 --before LED-3
    """
    from planner import pipeline
    from planner.report.why import why_json, why_text

    otherwise = pipeline.Otherwise(not_before, before) if not_before or before else None
    inputs = inputs_of(files or [], config, as_of, False)
    options = pipeline.PlanOptions(time_limit, work)
    with one_line_errors(), progress() as report:
        if not_before and before:
            raise UserError("--not-before and --before are two questions: ask one at a time")
        found = pipeline.why(task, inputs, options, otherwise, plan_file, report)
    if json:
        typer.echo(why_json(found), nl=False)
        return
    typer.echo(why_text(found, console().width), nl=False)
    held_by = next((name for fact in found.because for name in fact.tasks), None)
    plan = ["--plan", str(plan_file)] if plan_file else []
    asked = ["why", held_by, *map(str, files or ()), *plan] if held_by else ["show", "task", found.task, *plan]
    typer.echo(f"\nNext: roadmap {shlex.join(asked)}")
