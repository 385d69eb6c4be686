"""`roadmap diff`: what moved between two plans, by how much and why."""

import shlex
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import console, one_line_errors, progress
from planner.cli.options import AsOf, Json, PlannedFiles


@app.command(rich_help_panel="Govern")
def diff(
    before: Annotated[str, typer.Argument(help="A baseline, a plan.json, or `last`: the plan written last.")],
    now: Annotated[
        str, typer.Argument(help="The same, or `current`: the workbooks as they are now.", show_default=True)
    ] = "current",
    files: PlannedFiles = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Say what moved from one plan to another, by how many working days, and which causes that is owed to.

    The parts of each slip add up to it, whatever the order of the causes. Writes diff.md into the reports.

    Example: roadmap diff 2026-q3 current
    """
    from planner import pipeline
    from planner.report.variance import variance_json, variance_text

    with one_line_errors(), progress() as report:
        compared = pipeline.diff(before, now, files or (), as_of, report)
    if json:
        typer.echo(variance_json(compared.variance), nl=False)
        return
    typer.echo(variance_text(compared.variance, console().width), nl=False)
    moved = compared.variance.items
    following = f"roadmap show item {shlex.quote(moved[0].id)}" if moved else "roadmap baseline list"
    if not compared.variance.is_planned:
        following = f"roadmap plan {shlex.join(map(str, compared.inputs.paths))} --stable last"
    typer.echo(f"\nWritten: {compared.path}\nNext: {following}")
