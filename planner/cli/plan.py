"""`roadmap plan`: the sequence, its reports and one screen."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import DATA_ERRORS, DONE, app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Files, Json, Seed, Strict, TimeLimit, Work, Workers


class Objective(StrEnum):
    """What the sequence minimises."""

    full = "full"
    makespan = "makespan"


class Capacity(StrEnum):
    """Whether teams are as large as they are, or as large as the work wants."""

    limited = "limited"
    unlimited = "unlimited"


@app.command(rich_help_panel="Start")
def plan(
    files: Files,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the reports; default: reports/NAME.", show_default=False)
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 20.0,
    work: Work = None,
    seed: Seed = 0,
    workers: Workers = 0,
    objective: Annotated[Objective, typer.Option("--objective", help="What to minimise.")] = Objective.full,
    capacity: Annotated[Capacity, typer.Option("--capacity", help="Whether teams' capacity counts.")] = (
        Capacity.limited
    ),
    assume_recommended: Annotated[
        bool, typer.Option("--assume-recommended", help="Plan as if every recommended way out had been taken.")
    ] = False,
    stable: Annotated[
        str,
        typer.Option(
            "--stable",
            metavar="PLAN|last|none",
            help="Keep close to this plan.json, or to the last plan, at a price per moved start.",
            show_default=False,
        ),
    ] = "",
    reserve: Annotated[
        list[Path] | None,
        typer.Option(
            "--reserve", metavar="PLAN", help="Leave shared teams what this other roadmap's plan.json takes."
        ),
    ] = None,
    write_back: Annotated[
        bool,
        typer.Option(
            "--write-back", help="Put dates and reasons into the workbooks too; the old file stays as .bak."
        ),
    ] = False,
    strict: Strict = False,
    json: Json = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Engineer-days and the terms of J as well.")
    ] = False,
) -> None:
    """Plan: who does what, in which sequence. Writes reports and diagrams, prints one screen.

    Ctrl-C keeps the best plan so far. Exit code 1: planned, but the data has errors, or nothing can be planned.

    Example: roadmap plan q3.xlsx teams.csv --as-of 2026-09-07 --time-limit 60
    """
    from planner import pipeline
    from planner.report.plan_json import plan_json
    from planner.report.screen import print_screen
    from planner.report.write_back import written_back_text

    options = pipeline.PlanOptions(
        time_limit, work, seed, workers, objective.value, capacity.value, assume_recommended, stable=stable
    )
    with one_line_errors(), progress() as report:
        inputs = pipeline.with_reserve(inputs_of(files, config, as_of, strict), reserve or ())
        opened = pipeline.open_workbooks(inputs) if write_back else ()
        made = pipeline.plan(inputs, options, report)
        folder = out or Path("reports") / made.title
        pipeline.write_reports(made, folder, report)
        pipeline.remember(made, inputs, options)
        written = pipeline.write_back(made, inputs, opened, report) if opened and made.tasks else ()
    if write_back:
        typer.echo(written_back_text(written), err=json)
    if json:
        typer.echo(plan_json(made), nl=False)
    else:
        print_screen(made, console(), verbose, str(folder / pipeline.PAGE), pipeline.about_documents(folder))
    is_partial = any(workbook.refused for workbook in written)
    raise typer.Exit(DATA_ERRORS if is_partial or pipeline.failed(made) else DONE)
