"""`roadmap report`: documents of one page, for the leadership, for a team, for every week."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.app import app
from planner.cli.console import one_line_errors
from planner.cli.options import Json, PlanFile

if TYPE_CHECKING:
    from planner.pipeline.reporting import Reported


class DocumentFormat(StrEnum):
    """What `roadmap report` writes."""

    md = "md"
    html = "html"
    docx = "docx"


Format = Annotated[
    list[DocumentFormat] | None,
    typer.Option("--format", help="Write only this; may be repeated. Default: all three.", show_default=False),
]

report_app = typer.Typer(
    no_args_is_help=True,
    help="Write documents of one page to paste into a mail: for the leadership, for a team, for every week.",
    rich_markup_mode="rich",
)
app.add_typer(report_app, name="report", rich_help_panel="Share")


@report_app.command("exec")
def report_exec(format_: Format = None, plan_file: PlanFile = None, json: Json = False) -> None:
    """Write one page for the leadership: five numbers, what lands when, three asks, two pictures.

    Example: roadmap report exec --format docx
    """
    from planner import pipeline

    with one_line_errors():
        made = pipeline.report_executive(_suffixes(format_), plan_file)
    _tell(made, json)


@report_app.command("team")
def report_team(
    name: Annotated[str, typer.Argument(help="Team.", show_default=False)],
    format_: Format = None,
    plan_file: PlanFile = None,
    json: Json = False,
) -> None:
    """Write one page for a team: what is asked, by whom, in which order, who waits for whom, what is over.

    Example: roadmap report team Ledger
    """
    from planner import pipeline

    with one_line_errors():
        made = pipeline.report_team(name, _suffixes(format_), plan_file)
    _tell(made, json)


@report_app.command("weekly")
def report_weekly(
    since: Annotated[
        str,
        typer.Option("--since", metavar="PLAN", help='A plan.json, a baseline, or "last": the plan before this one.'),
    ] = "last",
    format_: Format = None,
    plan_file: PlanFile = None,
    json: Json = False,
) -> None:
    """Write one page of what changed: items, causes, asks, decisions due, contradictions, overloaded teams.

    Example: roadmap report weekly --since last
    """
    from planner import pipeline

    with one_line_errors():
        made = pipeline.report_weekly(since, _suffixes(format_), plan_file)
    _tell(made, json)


def _suffixes(asked: Sequence[DocumentFormat] | None) -> list[str]:
    return [each.value for each in dict.fromkeys(asked or DocumentFormat)]


def _tell(made: "Reported", json: bool) -> None:
    """The document for programs, or where it stands and what makes sense next."""
    from planner.report.papers.objects import paper_json

    if json:
        typer.echo(paper_json(made.paper, [str(path) for path in made.files]), nl=False)
        return
    typer.echo(made.paper.title)
    for path in made.files:
        typer.echo(f"  {path}")
    typer.echo(f"\nNext: {made.next_command}")
