"""The application itself: its name, its exit codes and what holds for every command."""

from typing import Annotated

import typer

from planner import __version__

DONE, DATA_ERRORS, USAGE, CLASHES = 0, 1, 2, 3

app = typer.Typer(
    name="roadmap",
    help="Plan roadmaps across many teams: from messy workbooks to a sequence that teams can start on Monday.",
    epilog="Begin with: roadmap init, or roadmap plan YOUR.xlsx",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(asked: bool) -> None:
    """Print the version and leave, before a command is asked for."""
    if asked:
        typer.echo(f"roadmap {__version__}")
        raise typer.Exit(DONE)


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and leave.", is_eager=True, callback=_tell_version),
    ] = False,
) -> None:
    """Plan roadmaps across many teams."""
