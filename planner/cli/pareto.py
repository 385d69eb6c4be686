"""`roadmap pareto`: what less of one cost takes of another."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlanFile, PlannedFiles, Seed, TimeLimit, Work, Workers

AXIS = "delay, throwaway, resistance, debt or effort"


@app.command(rich_help_panel="Decide")
def pareto(
    files: PlannedFiles = None,
    x: Annotated[str, typer.Option("--x", help=f"The cost to keep low: {AXIS}.")] = "delay",
    y: Annotated[str, typer.Option("--y", help=f"The cost to have less and less of: {AXIS}.")] = "throwaway",
    points: Annotated[int, typer.Option("--points", min=3, help="Plans to look for, at most.")] = 12,
    plan_file: PlanFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the reports; default: reports/NAME.", show_default=False)
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 60.0,
    work: Work = None,
    seed: Seed = 0,
    workers: Workers = 0,
    json: Json = False,
) -> None:
    """Trade one cost for another: the plans of which none is better in both, what each costs and gains.

    Begins with the plan that was written last, writes pareto.svg, .png and .xlsx. Ctrl-C keeps the plans so far.

    Example: roadmap pareto q3.xlsx --x delay --y throwaway --points 12
    """
    from planner import pipeline
    from planner.report.pareto import pareto_json, pareto_text

    options = pipeline.PlanOptions(time_limit, work, seed, workers)
    with one_line_errors(), progress() as report:
        made = pipeline.pareto(inputs_of(files or [], config, as_of, False), options, x, y, points, plan_file, report)
        written = pipeline.write_pareto(made, out or Path("reports") / made.title)
    if json:
        typer.echo(pareto_json(made), nl=False)
        return
    typer.echo(pareto_text(made, console().width), nl=False)
    typer.echo(f"\nWrote {', '.join(map(str, written))}.\n\nNext: {made.next_command}")
