"""`roadmap graph`: the dependency graph as a drawing."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Files, TimeLimit, Work


class PictureFormat(StrEnum):
    """What `roadmap graph` writes."""

    svg = "svg"
    png = "png"
    dot = "dot"


@app.command(rich_help_panel="Share")
def graph(
    files: Files,
    select: Annotated[
        str, typer.Option("--select", "-s", help="A slice: +PAY-12+2, team:Ledger, item:ASK-3, component:ledger.")
    ] = "",
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Only the teams and components that clash.")] = False,
    format_: Annotated[PictureFormat, typer.Option("--format", help="What to write.")] = PictureFormat.svg,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write; default: graph.FORMAT.", show_default=False)
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 5.0,
    work: Work = None,
) -> None:
    """Draw the dependency graph, whole or a slice of it, with the dates of a quick plan.

    Comma means and, space means or; quote odd ids. Example: roadmap graph q3.xlsx --select 'team:Ledger,item:ASK-3'
    """
    from planner import pipeline

    options = pipeline.PlanOptions(time_limit=time_limit, work=work)
    with one_line_errors(), progress() as report:
        target = pipeline.draw(
            inputs_of(files, config, as_of, False),
            options,
            select,
            format_.value,
            out or Path(f"graph.{format_}"),
            report,
            conflicts,
        )
    typer.echo(f"Wrote {target}.")
