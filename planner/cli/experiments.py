"""`roadmap experiments` and `roadmap experiment result`: what is being tested, and what came out of it."""

import shlex
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlannedFiles
from planner.domain.errors import UserError

experiment_app = typer.Typer(
    no_args_is_help=True,
    help="Record what came out of an experiment.",
    rich_markup_mode="rich",
)
app.add_typer(experiment_app, name="experiment", rich_help_panel="Decide")


@app.command(rich_help_panel="Decide")
def experiments(files: PlannedFiles = None, config: Config = None, as_of: AsOf = None, json: Json = False) -> None:
    """List experiments: when each result is known, what hangs on it, what may be thrown away, when waiting pays.

    Example: roadmap experiments q3.xlsx
    """
    from planner import pipeline
    from planner.report.experiments import experiments_json, experiments_text

    with one_line_errors(), progress() as report:
        inputs = pipeline.or_written(inputs_of(files or [], config, as_of, False))
        found, day = pipeline.experiments(inputs, report)
    if json:
        typer.echo(experiments_json(found), nl=False)
        return
    typer.echo(experiments_text(found, day, console().width), nl=False)
    still_open = next((one.id for one in found if not one.result), "")
    named = [str(path) for path in files or ()]
    words = (
        ["experiment", "result", still_open, *named, "--pass"] if still_open else ["plan", *map(str, inputs.paths)]
    )
    typer.echo(f"\nNext: roadmap {shlex.join(words)}")


@experiment_app.command()
def result(
    hypothesis: Annotated[str, typer.Argument(metavar="ID", help="Hypothesis ID, such as H-3.")],
    files: PlannedFiles = None,
    passed: Annotated[bool, typer.Option("--pass", help="It holds: what relies on it goes on.")] = False,
    failed: Annotated[bool, typer.Option("--fail", help="It does not hold: what relies on it stops.")] = False,
    config: Config = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Record a result in the sheet Hypotheses, in place, and in the log; say what stops or goes on from now on.

    Example: roadmap experiment result H-3 q3.xlsx --fail
    """
    from planner import pipeline
    from planner.report.experiments import result_json, result_text

    with one_line_errors(), progress() as report:
        if passed == failed:
            raise UserError("say what came out: --pass or --fail")
        inputs = pipeline.or_written(inputs_of(files or [], config, as_of, False))
        made, day = pipeline.record_result(hypothesis, passed, inputs, report)
    if json:
        typer.echo(result_json(made), nl=False)
        return
    typer.echo(result_text(made, day, console().width), nl=False)
    typer.echo(f"\nNext: roadmap plan {shlex.join(map(str, inputs.paths))}")
