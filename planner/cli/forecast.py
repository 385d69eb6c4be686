"""`roadmap forecast`: what can be promised, from many simulated courses of the plan."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlanFile, PlannedFiles, TimeLimit, Work, Workers


class Policy(StrEnum):
    """How a simulated team works."""

    list = "list"
    chain = "chain"


@app.command(rich_help_panel="Decide")
def forecast(
    files: PlannedFiles = None,
    runs: Annotated[int, typer.Option("--runs", min=1, help="Courses of events to simulate.")] = 10_000,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the simulation: the same seed, the same table.")] = 0,
    policy: Annotated[
        Policy,
        typer.Option(
            "--policy",
            help="list: a free team takes the next task of its queue; chain: the hand-overs of the plan stay fixed.",
        ),
    ] = Policy.list,
    plan_file: PlanFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the reports; default: reports/NAME.", show_default=False)
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 20.0,
    work: Work = None,
    workers: Workers = 0,
    json: Json = False,
) -> None:
    """Say what can be promised: P50, P80 and P90 of every item and task, the chance of every target, what decides it.

    Simulates the plan that was written last (planned within --time-limit where there is none): efforts are ranges,
    hypotheses fail. Ctrl-C gives the result so far. Example: roadmap forecast q3.xlsx --runs 10000
    """
    from planner import pipeline
    from planner.report.forecast import forecast_json, forecast_text

    options = pipeline.PlanOptions(time_limit, work, seed, workers)
    with one_line_errors(), progress() as report:
        inputs = inputs_of(files or [], config, as_of, False)
        made = pipeline.forecast(inputs, options, runs, policy.value, plan_file, report)
        folder = out or (plan_file.parent if plan_file else Path("reports") / made.plan.title)
        pipeline.write_forecast(made, folder, report)
    if json:
        typer.echo(forecast_json(made.forecast), nl=False)
        return
    typer.echo(forecast_text(made.forecast, made.plan, console().width), nl=False)
    if not made.is_written:
        typer.echo("\nNo plan with these dates was written yet: page and pictures show them after the next one.")
    typer.echo(f"\nNext: {made.next_command}")
