"""`roadmap lint`: check the prose of documents."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import DATA_ERRORS, DONE, app
from planner.cli.console import one_line_errors
from planner.cli.options import Json


@app.command(rich_help_panel="Share")
def lint(
    documents: Annotated[
        list[Path], typer.Argument(help="Markdown (.md) or Word (.docx) documents.", show_default=False)
    ],
    json: Json = False,
) -> None:
    """Check the prose of documents: weasel words, passives, vague dates, claims without a number; how hard to read.

    Let a place pass with <!-- lint: ignore weasel-word --> on the line before it; also ignore-block, ignore-file.
    Exit code 0: nothing to mend, 1: findings, 2: a file cannot be read.

    Example: roadmap lint proposal.md decision.docx
    """
    from planner import pipeline
    from planner.report.prose import prose_json, prose_text

    with one_line_errors():
        checks = pipeline.lint(documents)
    if json:
        typer.echo(prose_json(checks), nl=False)
    else:
        typer.echo(prose_text(checks), nl=False)
        to_mend = [check.file for check in checks if check.findings]
        if to_mend:
            typer.echo(f"\nNext: mend them, then roadmap lint {shlex.join(to_mend)}")
        else:
            typer.echo("\nNext: roadmap decisions")
    raise typer.Exit(DATA_ERRORS if any(check.findings for check in checks) else DONE)
