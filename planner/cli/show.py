"""`roadmap show`: one team, task or item of the plan that was written last."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import app
from planner.cli.console import one_line_errors
from planner.cli.options import PlanFile

show_app = typer.Typer(
    no_args_is_help=True,
    help="Show one team, task or item of the plan that was written last.",
    rich_markup_mode="rich",
)
app.add_typer(show_app, name="show", rich_help_panel="Decide")


@show_app.command("task")
def show_task(name: Annotated[str, typer.Argument(help="Task ID.")], plan_file: PlanFile = None) -> None:
    """Show a task: when, why then, from whom it waits and who waits for it."""
    _show("task", name, plan_file)


@show_app.command("item")
def show_item(name: Annotated[str, typer.Argument(help="Item ID.")], plan_file: PlanFile = None) -> None:
    """Show a roadmap item: when it lands, against its target, and its tasks in order."""
    _show("item", name, plan_file)


@show_app.command("team")
def show_team(name: Annotated[str, typer.Argument(help="Team.")], plan_file: PlanFile = None) -> None:
    """Show a team: its queue in order and its load by week."""
    _show("team", name, plan_file)


def _show(kind: str, name: str, plan_file: Path | None) -> None:
    from planner import pipeline
    from planner.report import show

    render = {"task": show.show_task, "item": show.show_item, "team": show.show_team}[kind]
    with one_line_errors():
        made = pipeline.read_plan(plan_file or pipeline.latest_plan(Path("reports")))
        typer.echo(render(made, name))
