"""`roadmap breakglass`: ask for a block to be opened for one task, approve it, review all."""

import shlex
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.app import DATA_ERRORS, DONE, app
from planner.cli.console import inputs_of, one_line_errors, progress
from planner.cli.options import AsOf, Config, Json, PlannedFiles, day

breakglass_app = typer.Typer(
    no_args_is_help=True,
    help="Open a block for one task: asked for by one person, approved by another, in a log that shows edits.",
    rich_markup_mode="rich",
)
app.add_typer(breakglass_app, name="breakglass", rich_help_panel="Govern")

As = Annotated[
    str, typer.Option("--as", metavar="NAME", help="A typed name instead of your account: recorded as asserted.")
]
Sign = Annotated[bool, typer.Option("--sign", help="Let git sign it: the name is then that of your signing key.")]


@breakglass_app.command()
def request(
    task: Annotated[str, typer.Argument(help="The task that has to launch, for example PAY-7.")],
    block: Annotated[str, typer.Option("--block", help="The block on the sheet Calendar that is in its way.")],
    reason: Annotated[str, typer.Option("--reason", help="What happens if the launch waits.")],
    files: PlannedFiles = None,
    expires: Annotated[
        date | None,
        typer.Option("--expires", parser=day, metavar="DAY", help="Last day on which it holds.", show_default=False),
    ] = None,
    as_: As = "",
    sign: Sign = False,
    config: Config = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Ask for one block to be opened for one task.

    Example: roadmap breakglass request PAY-7 q3.xlsx --block "Year-end freeze" --reason "fines from 15 Dec"
    """
    from planner import pipeline
    from planner.report.breakglass import request_text, requests_json

    with one_line_errors():
        inputs = pipeline.or_written(inputs_of(files or [], config, as_of, False))
        done = pipeline.request_break(inputs, pipeline.Asked(task, block, reason, expires), as_, sign)
    if json:
        typer.echo(requests_json([done]), nl=False)
    else:
        typer.echo(request_text(done))
        typer.echo(f"\nNext, by somebody on the roster: roadmap breakglass approve {done.id}{_named(files)}")
    raise typer.Exit(DONE)


@breakglass_app.command()
def approve(
    number: Annotated[str, typer.Argument(metavar="ID", help="The request, for example BG-1.")],
    files: PlannedFiles = None,
    as_: As = "",
    sign: Sign = False,
    config: Config = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Approve a request that somebody else has made; the sheet Overrides gets its row, in place.

    Who may do that is said in roadmap.toml (breakglass.approvers).

    Example: roadmap breakglass approve BG-1 q3.xlsx --sign
    """
    from planner import pipeline
    from planner.report.breakglass import request_text, requests_json

    with one_line_errors():
        inputs = pipeline.or_written(inputs_of(files or [], config, as_of, False))
        done = pipeline.approve_break(inputs, number, as_, sign)
    if json:
        typer.echo(requests_json([done.request]), nl=False)
    else:
        typer.echo(f"{request_text(done.request)}\nWritten to {done.recorded.where}.")
        typer.echo(f"\nNext: roadmap plan {shlex.join(map(str, inputs.paths))}")
    raise typer.Exit(DONE)


@breakglass_app.command()
def review(
    files: PlannedFiles = None,
    config: Config = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """List all requests, where they stand, and whether the log that holds them is whole; exit code 1 if it is not.

    Example: roadmap breakglass review q3.xlsx
    """
    from planner import pipeline
    from planner.report.breakglass import requests_json, review_text

    with one_line_errors(), progress() as report:
        inputs = pipeline.or_written(inputs_of(files or [], config, as_of, False))
        register = pipeline.review_breaks(inputs, report)
    if json:
        typer.echo(requests_json(register.requests, register), nl=False)
    else:
        typer.echo(review_text(register), nl=False)
        typer.echo(f"\nNext: roadmap verify {shlex.join(map(str, inputs.paths))}")
    raise typer.Exit(DONE if register.state.is_sound else DATA_ERRORS)


def _named(files: list[Path] | None) -> str:
    """The files as they were typed, behind a blank; nothing where none were."""
    return f" {shlex.join(map(str, files))}" if files else ""
