"""`roadmap decide`: draft the document that people decide by, record what they have decided."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import DONE, app
from planner.cli.console import inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlanFile, PlannedFiles, TimeLimit, Work

decide_app = typer.Typer(
    no_args_is_help=True,
    help="Draft the document of a decision from the plan's evidence, and record the answer.",
    rich_markup_mode="rich",
)
app.add_typer(decide_app, name="decide", rich_help_panel="Decide")

Question = Annotated[str, typer.Argument(metavar="ID", help="Id of a decision (DEC-1) or of a conflict.")]


@decide_app.command()
def draft(
    question: Question,
    files: PlannedFiles = None,
    plan_file: PlanFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder; default: documents/ beside the plan.", show_default=False)
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 10.0,
    work: Work = None,
    json: Json = False,
) -> None:
    """Draft two or three pages: each option planned again, what waiting costs, every figure with its evidence.

    Writes Markdown and Word. Example: roadmap decide draft DEC-1 q3.xlsx
    """
    from planner import pipeline
    from planner.report.decision_json import draft_json
    from planner.report.decision_text import draft_text

    options = pipeline.PlanOptions(time_limit, work)
    with one_line_errors(), progress() as report:
        inputs = inputs_of(files or [], config, as_of, False)
        drafted = pipeline.draft(question, inputs, options, plan_file, report)
        written = pipeline.write_draft(drafted, out, plan_file)
    if json:
        typer.echo(draft_json(drafted, [str(path) for path in written]), nl=False)
    else:
        typer.echo(draft_text(drafted), nl=False)
        for path in written:
            typer.echo(f"  {path}")
        typer.echo(f"\nNext: roadmap lint {shlex.quote(str(written[0]))}")
    raise typer.Exit(DONE)


@decide_app.command()
def approve(
    question: Question,
    option: Annotated[
        str, typer.Option("--option", help="The answer: its name, or its letter in the document.", show_default=False)
    ],
    files: PlannedFiles = None,
    driver: Annotated[str, typer.Option("--driver", help="Who drives it; default: as the sheet has it.")] = "",
    approver: Annotated[str, typer.Option("--approver", help="Who approves it; default: as the sheet has it.")] = "",
    asked: Annotated[str, typer.Option("--question", help="The question, of a decision that no sheet has yet.")] = "",
    config: Config = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Record an answer in the sheet Decisions, in place, and in the log.

    Example: roadmap decide approve DEC-1 q3.xlsx --option B --driver Alma --approver Bruno
    """
    from planner import pipeline
    from planner.report.decision_text import approved_json, approved_text

    with one_line_errors(), progress() as report:
        inputs = pipeline.or_written(inputs_of(files or [], config, as_of, False))
        done = pipeline.approve(question, pipeline.Answer(option, driver, approver, asked), inputs, report)
    where = (done.decision, done.chosen, done.driver, done.approver, done.recorded.where, done.left_to_type)
    if json:
        typer.echo(approved_json(*where), nl=False)
    else:
        typer.echo(approved_text(*where))
        typer.echo(f"\nNext: roadmap plan {shlex.join(map(str, inputs.paths))}")
    raise typer.Exit(DONE)
