"""`roadmap decisions`: the log of decisions."""

import shlex

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
        inputs = pipeline.or_written(inputs_of(files or [], config, as_of, False))
        log = pipeline.decision_log(inputs, report)
    if json:
        typer.echo(decision_log_json(log), nl=False)
        return
    typer.echo(decision_log_text(log, console().width), nl=False)
    named = map(str, files or ())
    words = ["decide", "draft", log.open[0].id, *named] if log.open else ["plan", *map(str, inputs.paths)]
    typer.echo(f"\nNext: roadmap {shlex.join(words)}")
