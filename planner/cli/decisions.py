"""`roadmap decisions`: the log of decisions."""

import shlex
from pathlib import Path

import typer

from planner.cli.app import app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlannedFiles


@app.command(rich_help_panel="Decide")
def decisions(files: PlannedFiles = None, config: Config = None, as_of: AsOf = None, json: Json = False) -> None:
    """List decisions: open ones by due date with what waiting costs, taken ones with who, when and which option.

    Example: roadmap decisions q3.xlsx
    """
    from planner import pipeline
    from planner.report.decision_log import decision_log_json, decision_log_text

    with one_line_errors(), progress() as report:
        log = pipeline.decision_log(inputs_of(files or [], config, as_of, False), report)
    if json:
        typer.echo(decision_log_json(log), nl=False)
        return
    typer.echo(decision_log_text(log, console().width), nl=False)
    typer.echo(f"\nNext: {_next(log.open[0].id if log.open else '', files)}")


def _next(first: str, files: list[Path] | None) -> str:
    named = [str(path) for path in files or ()]
    words = ["decide", "draft", first, *named] if first else ["plan", *named]
    return f"roadmap {shlex.join(words)}"
