"""`roadmap export`: a workbook for every PM or team."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlanFile, PlannedFiles, TimeLimit, Work
from planner.domain.errors import UserError


@app.command(rich_help_panel="Share")
def export(
    files: PlannedFiles = None,
    per_pm: Annotated[
        bool, typer.Option("--per-pm", help="A workbook for every PM: his items, their tasks.")
    ] = False,
    per_team: Annotated[
        bool, typer.Option("--per-team", help="A workbook for every team: its tasks, their items.")
    ] = False,
    plan_file: PlanFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for them; default: exports/NAME.", show_default=False)
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 6.0,
    work: Work = None,
    json: Json = False,
) -> None:
    """Send the plan out: a workbook for every PM or team, to read, edit, answer and send back.

    What was sent is kept in .roadmap/exports beside the workbook: what comes back is compared with it.

    Example: roadmap export q3.xlsx --per-pm --out to-send
    """
    from planner import pipeline
    from planner.domain.exports import ReceiverKind
    from planner.report.exports import exports_json, exports_text

    with one_line_errors(), progress() as report:
        if per_pm == per_team:
            raise UserError("say for whom: roadmap export --per-pm, or roadmap export --per-team")
        kind = ReceiverKind.PM if per_pm else ReceiverKind.TEAM
        inputs = inputs_of(files or [], config, as_of, False)
        run = pipeline.export(inputs, pipeline.PlanOptions(time_limit, work), kind, out, plan_file, report)
    if json:
        typer.echo(exports_json(run), nl=False)
        return
    typer.echo(exports_text(run), nl=False)
    if run.files:
        typer.echo(f"\nNext: roadmap merge {shlex.quote(run.master)} {shlex.quote(run.folder)}/*.xlsx")
