"""`roadmap graph`: the dependency graph, and every other picture of a plan."""

import shlex
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
    mermaid = "mermaid"


class PictureKind(StrEnum):
    """What `roadmap graph` draws; the same as the files in `pictures/`."""

    graph = "graph"
    teams = "teams"
    conflicts = "conflicts"
    gantt_items = "gantt-items"
    gantt_teams = "gantt-teams"
    board = "board"
    load = "load"
    waterfall = "waterfall"
    dsm = "dsm"
    costs = "costs"


SUFFIXES = {PictureFormat.mermaid: "mmd"}
"""Where a file's name does not end as its format is called."""


@app.command(rich_help_panel="Share")
def graph(
    files: Files,
    kind: Annotated[
        PictureKind,
        typer.Option("--kind", "-k", help="graph: tasks (above 60 their teams), and what they wait for."),
    ] = PictureKind.graph,
    select: Annotated[
        str,
        typer.Option(
            "--select", "-s", help="A slice of graph or conflicts: +PAY-12+2, team:Ledger, item:ASK-3, component:x."
        ),
    ] = "",
    conflicts: Annotated[bool, typer.Option("--conflicts", help="The same as --kind conflicts.")] = False,
    format_: Annotated[
        PictureFormat, typer.Option("--format", help="What to write; dot and mermaid for what has arrows.")
    ] = PictureFormat.svg,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write; default: KIND.FORMAT.", show_default=False)
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 5.0,
    work: Work = None,
) -> None:
    """Draw the dependency graph or another picture of a quick plan, each for a sheet of A4.

    Comma means and, space means or; quote odd ids. Example: roadmap graph q3.xlsx --select 'team:Ledger,item:ASK-3'
    """
    from planner import pipeline

    options = pipeline.PlanOptions(time_limit=time_limit, work=work)
    name = "conflicts" if conflicts else kind.value
    stem = "graph" if conflicts else name
    with one_line_errors(), progress() as report:
        target = pipeline.draw(
            inputs_of(files, config, as_of, False),
            options,
            select,
            format_.value,
            out or Path(f"{stem}.{SUFFIXES.get(format_, format_.value)}"),
            report,
            name,
        )
    typer.echo(f"Wrote {target}.\n\nNext: {shlex.join(['roadmap', 'plan', *map(str, files)])}")
