"""`roadmap conflicts`: list what contradicts, show one, dismiss one."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from planner.cli.app import DATA_ERRORS, DONE, app
from planner.cli.console import console, inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Files, Json, TimeLimit, Work, day


class FamilyWord(StrEnum):
    """The five families of conflicts, each in one word."""

    contradiction = "contradiction"
    duplicate = "duplicate"
    decision = "decision"
    order = "order"
    coverage = "coverage"


class TextScope(StrEnum):
    """Between whose tasks probable duplicates are looked for."""

    across = "across"
    all = "all"


class ListByDefault(TyperGroup):
    """A group whose command `list` may be left out: `roadmap conflicts FILE` lists."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Put `list` before words that are neither a command nor a call for help."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["list", *args]
        return super().parse_args(ctx, args)


conflicts_app = typer.Typer(
    cls=ListByDefault,
    no_args_is_help=True,
    help="Say what contradicts, what it costs and by when to decide: roadmap conflicts FILE.",
    rich_markup_mode="rich",
)
app.add_typer(conflicts_app, name="conflicts", rich_help_panel="Decide")

ConflictId = Annotated[str, typer.Argument(help="Id of the conflict, as `roadmap conflicts` prints it.")]
NoText = Annotated[bool, typer.Option("--no-text", help="Leave out probable duplicates by their words.")]
TextScopeOption = Annotated[
    TextScope, typer.Option("--text-scope", help="Probable duplicates across teams, or within them too.")
]


@conflicts_app.command("list")
def list_conflicts(
    files: Files,
    all_: Annotated[bool, typer.Option("--all", help="Every conflict, not only the five dearest.")] = False,
    family: Annotated[
        FamilyWord | None, typer.Option("--family", help="Only this family.", show_default=False)
    ] = None,
    select: Annotated[
        str, typer.Option("--select", "-s", help="Only conflicts of these tasks: team:Ledger, item:ASK-3, +PAY-12.")
    ] = "",
    no_text: NoText = False,
    text_scope: TextScopeOption = TextScope.across,
    json: Json = False,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 10.0,
    work: Work = None,
) -> None:
    """List what contradicts, the most avoidable cost first; the word `list` may be left out.

    Example: roadmap conflicts q3.xlsx --family duplicate --all
    """
    from planner import pipeline
    from planner.domain.conflict import Family
    from planner.report import conflicts

    options = pipeline.PlanOptions(time_limit, work, text_scope=None if no_text else text_scope.value)
    with one_line_errors(), progress() as report:
        made = pipeline.conflicts(inputs_of(files, config, as_of, False), options, select, report)
    found = tuple(c for c in made.conflicts if family is None or c.type.family is Family[family.name.upper()])
    if json:
        typer.echo(conflicts.conflicts_json(found), nl=False)
    else:
        limit = None if all_ else conflicts.TOP
        typer.echo(conflicts.conflicts_text(found, made.as_of, console().width, limit), nl=False)
        if found:
            typer.echo(f"\nNext: roadmap conflicts show {found[0].id} {' '.join(map(str, files))}")
    raise typer.Exit(DATA_ERRORS if pipeline.failed(made) else DONE)


@conflicts_app.command("show")
def show_conflict(
    conflict: ConflictId,
    files: Files,
    svg: Annotated[
        Path | None, typer.Option("--svg", help="Write the cost curve into this file.", show_default=False)
    ] = None,
    text_scope: TextScopeOption = TextScope.across,
    json: Json = False,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 10.0,
    work: Work = None,
) -> None:
    """Show everything about one conflict, and what waiting costs.

    Example: roadmap conflicts show contradicting-values-3f2a9c q3.xlsx --svg curve.svg
    """
    from planner import pipeline
    from planner.report import conflicts

    options = pipeline.PlanOptions(time_limit, work, text_scope=text_scope.value)
    with one_line_errors(), progress() as report:
        made = pipeline.conflicts(inputs_of(files, config, as_of, False), options, report=report)
        found = pipeline.find_conflict(made, conflict)
        if svg:
            pipeline.draw_curve(found, made.as_of, svg)
    if json:
        typer.echo(conflicts.conflicts_json([found]), nl=False)
    else:
        typer.echo(conflicts.conflict_text(found, made.as_of, console().width), nl=False)
        typer.echo(f"\nNext: roadmap plan {' '.join(map(str, files))} --assume-recommended")


@conflicts_app.command("dismiss")
def dismiss_conflict(
    conflict: ConflictId,
    files: Files,
    reason: Annotated[str, typer.Option("--reason", help="Why it may stay.", show_default=False)],
    by: Annotated[str, typer.Option("--by", help="Who looked at it.")] = "",
    until: Annotated[
        date | None, typer.Option("--until", parser=day, metavar="DAY", help="It opens again after this day.")
    ] = None,
    text_scope: TextScopeOption = TextScope.across,
    config: Config = None,
    as_of: AsOf = None,
) -> None:
    """Let a conflict be; it opens again when what it rests on changes. Errors cannot be dismissed.

    Example: roadmap conflicts dismiss concurrent-change-81d0aa q3.xlsx --reason "pairing on it" --until 2026-10-30
    """
    from planner import pipeline

    options = pipeline.PlanOptions(work=0, text_scope=text_scope.value)
    with one_line_errors(), progress() as report:
        inputs = inputs_of(files, config, as_of, False)
        path = pipeline.dismiss(inputs, options, conflict, reason, by, until, report)
    typer.echo(f"Dismissed; remembered in {path}.\n\nNext: roadmap conflicts {' '.join(map(str, files))}")
