"""`roadmap whatif`: scenarios side by side, and one of them adopted."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import DATA_ERRORS, DONE, app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlanFile, TimeLimit, Work, Workers

whatif_app = typer.Typer(
    no_args_is_help=True,
    help="Try changes before anybody types them into a workbook: what moves, which promises break.",
    rich_markup_mode="rich",
)
app.add_typer(whatif_app, name="whatif", rich_help_panel="Govern")

Of = Annotated[
    list[Path] | None,
    typer.Option(
        "--of", metavar="FILE", help="Workbooks; default: those of the plan written last.", show_default=False
    ),
]


@whatif_app.command()
def compare(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="Names in the folder scenarios beside the workbook, or files; base is the roadmap as it is; "
            "bank+hire lays one on the other.",
        ),
    ],
    of: Of = None,
    plan: PlanFile = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 30.0,
    work: Work = None,
    workers: Workers = 0,
    json: Json = False,
) -> None:
    """Plan scenarios in parallel and lay them side by side: dates, throwaway, load, promises, what would fit.

    A scenario is a small TOML file that adds, changes or drops rows of the sheets. Exit code 1 where one of them is
    impossible. Example: roadmap whatif compare base bigbank bigbank+hire
    """
    from planner import pipeline
    from planner.report.whatif import comparison_json, comparison_text

    options = pipeline.PlanOptions(time_limit, work, workers=workers)
    with one_line_errors(), progress() as report:
        inputs = inputs_of(of or [], config, as_of, False)
        found = pipeline.compare_scenarios(names, inputs, options, plan, report)
    if json:
        typer.echo(comparison_json(found), nl=False)
    else:
        typer.echo(comparison_text(found, console().width), nl=False)
        best = min((one for one in found.scenarios[1:] if one.possible), key=lambda one: one.change, default=None)
        if best:
            typer.echo(f"\nNext: roadmap whatif adopt {shlex.quote(best.name)}")
    raise typer.Exit(DONE if all(one.possible for one in found.scenarios) else DATA_ERRORS)


@whatif_app.command()
def adopt(
    name: Annotated[str, typer.Argument(metavar="SCENARIO", help="A name, a file, or several joined by +.")],
    of: Of = None,
    config: Config = None,
    json: Json = False,
) -> None:
    """Write a scenario into the workbooks, in place, with an entry in the log; the old file stays as .bak.

    Example: roadmap whatif adopt hire
    """
    from planner import pipeline
    from planner.report.whatif import adopted_json, adopted_text

    with one_line_errors(), progress() as report:
        inputs = pipeline.or_written(inputs_of(of or [], config, None, False))
        done = pipeline.adopt_scenario(name, inputs, report)
    if json:
        typer.echo(adopted_json(done), nl=False)
    else:
        typer.echo(adopted_text(done), nl=False)
        typer.echo(f"\nNext: roadmap plan {shlex.join(map(str, inputs.paths))}")
    raise typer.Exit(DONE)
