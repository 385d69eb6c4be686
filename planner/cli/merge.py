"""`roadmap merge`: what came back from PMs goes into the master."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import CLASHES, DONE, app
from planner.cli.console import one_line_errors, progress
from planner.cli.options import Json
from planner.domain.errors import UserError
from planner.domain.merge_report import Clash


class OnConflict(StrEnum):
    """Whose value a cell gets that both sides have changed."""

    ours = "ours"
    theirs = "theirs"
    ask = "ask"


@app.command(rich_help_panel="Share")
def merge(
    master: Annotated[Path, typer.Argument(help="The workbook that is merged into.", show_default=False)],
    files: Annotated[
        list[Path], typer.Argument(help="Workbooks that came back, a folder, or clashes.xlsx.", show_default=False)
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    on_conflict: Annotated[
        OnConflict | None,
        typer.Option("--on-conflict", help="Whose value counts; default: clashes.xlsx to choose in."),
    ] = None,
    json: Json = False,
) -> None:
    """Merge edited workbooks, cell by cell, each on what was sent; the master is patched in place, kept as .bak.

    Exit code 3: clashes are left; choose in clashes.xlsx and merge it.

    Example: roadmap merge q3.xlsx in/*.xlsx --dry-run
    """
    from planner import pipeline
    from planner.domain import merging
    from planner.report.merge import merge_json, merge_text

    rule = merging.OnConflict(on_conflict.value) if on_conflict else merging.OnConflict.ASK
    with one_line_errors():
        asks = on_conflict is OnConflict.ask
        if asks and not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UserError("--on-conflict ask needs a terminal: without it, clashes.xlsx has a column to choose in")
        if asks:  # without a line of progress, which would run over the questions
            made = pipeline.merge(master, files, rule, _ask, dry_run)
        else:
            with progress() as report:
                made = pipeline.merge(master, files, rule, None, dry_run, report)
    typer.echo(merge_json(made) if json else merge_text(made), nl=False)
    raise typer.Exit(CLASHES if made.clashes else DONE)


def _ask(clash: Clash) -> str:
    """What to do about a clash; Enter leaves it."""
    from planner.report.merge import clash_question

    answer: str = typer.prompt(f"{clash_question(clash)}\nours, theirs, base, or Enter to leave it", default="")
    return answer
