"""`roadmap baseline`: put a plan aside under a name, list those that were."""

import shlex
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import one_line_errors, progress
from planner.cli.options import Json, PlanFile, PlannedFiles

baseline_app = typer.Typer(
    no_args_is_help=True,
    help="Put a plan aside under a name, to compare with later: roadmap baseline save 2026-q3.",
    rich_markup_mode="rich",
)
app.add_typer(baseline_app, name="baseline", rich_help_panel="Govern")


@baseline_app.command("save")
def save(
    name: Annotated[str, typer.Argument(help="A word such as 2026-q3.")],
    files: PlannedFiles = None,
    plan_file: PlanFile = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite the baseline of this name.")] = False,
    json: Json = False,
) -> None:
    """Keep the plan written last, with copies of all that it was made of, in `.roadmap/baselines/NAME`.

    Example: roadmap baseline save 2026-q3 q3.xlsx
    """
    from planner import pipeline
    from planner.report.baselines import baselines_json, saved_text

    with one_line_errors(), progress() as report:
        saved = pipeline.save_baseline(name, files or (), plan_file, replace, report)
    if json:
        typer.echo(baselines_json([saved]), nl=False)
    else:
        typer.echo(f"{saved_text(saved)}\nNext: roadmap diff {shlex.quote(name)} current")


@baseline_app.command("list")
def list_baselines(files: PlannedFiles = None, json: Json = False) -> None:
    """List the baselines beside the workbooks, the oldest first.

    Example: roadmap baseline list q3.xlsx
    """
    from planner import pipeline
    from planner.report.baselines import baselines_json, baselines_text

    with one_line_errors():
        found = pipeline.stored_baselines(files or ())
    if json:
        typer.echo(baselines_json(found), nl=False)
        return
    last = shlex.quote(found[-1].name) if found else ""
    command = f"roadmap diff {last} current" if found else "roadmap baseline save first"
    typer.echo(f"{baselines_text(found)}\nNext: {command}")
