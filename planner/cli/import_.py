"""`roadmap import`: the files of many become one master."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import CLASHES, DATA_ERRORS, DONE, app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Files, Json, Strict
from planner.domain.intake import NamedAfter


@app.command("import", rich_help_panel="Start")
def import_(
    files: Files,
    into: Annotated[Path, typer.Option("--into", help="The master: a workbook; made where it is missing.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, write nothing.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for intake.xlsx and intake.md; default: reports/NAME.")
    ] = None,
    pm_from: Annotated[
        NamedAfter,
        typer.Option(
            "--pm-from", help="Whose items they are where no column says so: what the file or sheet is called."
        ),
    ] = NamedAfter.AUTO,
    config: Config = None,
    as_of: AsOf = None,
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Bring the workbooks and Jira exports of many into one master; nothing in it is overwritten.

    New rows go behind those of the master, its blanks are filled. A cell that says something else than the master is
    a clash: the master's value stays, and the exit code is 3. Running it again changes nothing.

    Example: roadmap import intake/*.xlsx --into book.xlsx --dry-run
    """
    from planner import pipeline
    from planner.report.intake import intake_json, intake_text

    with one_line_errors(), progress() as report:
        ready = pipeline.bring_in(inputs_of(files, config, as_of, strict), into, report, pm_from)
        written = () if dry_run else pipeline.write_import(ready, out or Path("reports") / into.stem)
    intake = ready.intake
    if json:
        typer.echo(intake_json(intake), nl=False)
    else:
        typer.echo(intake_text(intake, console().width, written=not dry_run), nl=False)
        if written:
            typer.echo(f"\nWrote {', '.join(map(str, written))}.")
        names = map(str, (*files, "--into", into))
        typer.echo(f"\nNext: {f'roadmap import {shlex.join(names)}' if dry_run else intake.next_command}")
    raise typer.Exit(CLASHES if intake.is_open else DATA_ERRORS if intake.has_errors else DONE)
