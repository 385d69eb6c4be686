"""`roadmap export`: a workbook for every PM or team."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.app import app
from planner.cli.console import inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlanFile, PlannedFiles, TimeLimit, Work
from planner.domain.errors import UserError

if TYPE_CHECKING:
    from planner.domain.exports import ExportRun
    from planner.domain.jira import JiraExport

NEXT = "roadmap baseline list"
"""What others have is what they will be told against."""


@app.command(rich_help_panel="Share")
def export(
    files: PlannedFiles = None,
    per_pm: Annotated[
        bool, typer.Option("--per-pm", help="A workbook for every PM: his items, their tasks.")
    ] = False,
    per_team: Annotated[
        bool, typer.Option("--per-team", help="A workbook for every team: its tasks, their items.")
    ] = False,
    jira: Annotated[bool, typer.Option("--jira", help="A csv for Jira's importer, with planned dates.")] = False,
    msproject: Annotated[
        bool, typer.Option("--msproject", help="XML for Microsoft Project, ProjectLibre and others.")
    ] = False,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="A Gantt chart as Mermaid, for wikis.")] = False,
    ics: Annotated[bool, typer.Option("--ics", help="A calendar: launches, blocks, days to decide by.")] = False,
    plan_file: PlanFile = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder or, for one file, the file; default: exports/NAME.", show_default=False),
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 6.0,
    work: Work = None,
    json: Json = False,
) -> None:
    """Send the plan out: a workbook for every PM or team, to read, edit, answer and send back; or to other programs.

    What was sent is kept in .roadmap/exports beside the workbook: what comes back is compared with it.

    Example: roadmap export q3.xlsx --per-pm --out to-send
    """
    from planner import pipeline
    from planner.domain.exports import ReceiverKind
    from planner.report.exports import exports_json
    from planner.report.jira import jira_json
    from planner.report.outgoing import sent_json, sent_text

    inputs, options = inputs_of(files or [], config, as_of, False), pipeline.PlanOptions(time_limit, work)
    with one_line_errors(), progress() as report:
        if per_pm + per_team + jira + msproject + mermaid + ics != 1:
            raise UserError("say for whom: one of --per-pm, --per-team, --jira, --msproject, --mermaid, --ics")
        if msproject or mermaid or ics:
            form: pipeline.Format = "msproject" if msproject else "mermaid" if mermaid else "ics"
            sent = pipeline.export_plan(form, inputs, options, out, plan_file, report)
            said = sent_json(sent) if json else f"{sent_text(sent)}\nNext: {NEXT}\n"
        elif jira:
            issues = pipeline.export_jira(inputs, options, out, plan_file, report)
            said = jira_json(issues) if json else _said_of_issues(issues)
        else:
            kind = ReceiverKind.PM if per_pm else ReceiverKind.TEAM
            run = pipeline.export(inputs, options, kind, out, plan_file, report)
            said = exports_json(run) if json else _said(run)
    typer.echo(said, nl=False)


def _said(run: "ExportRun") -> str:
    """What was written, and how it comes back."""
    from planner.report.exports import exports_text

    then = f"\nNext: roadmap merge {shlex.quote(run.master)} {shlex.quote(run.folder)}/*.xlsx\n" if run.files else ""
    return exports_text(run) + then


def _said_of_issues(issues: "JiraExport") -> str:
    """What was written, and how to look at it as we would read it."""
    from planner.report.jira import jira_text

    return f"{jira_text(issues)}\nNext: roadmap check {shlex.quote(issues.path)}\n"
