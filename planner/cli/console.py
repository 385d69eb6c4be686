"""Between the terminal and a story: the errors, the line of progress and the width of what is printed."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from planner.cli.app import DONE, USAGE
from planner.domain.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from planner.pipeline import Inputs

PLACES = (
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT),
    *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG),
)
"""What is wrong with the place that a user has named, not with us: no right, no room, no such folder."""
WIDEST, PIPED = 140, 120
"""Characters of a line: the most in a window, and where there is none."""


@contextmanager
def one_line_errors() -> Iterator[None]:
    """A user's mistake, or a place that cannot be written to, is one line on stderr and exit code 2."""
    try:
        yield
    except UserError as error:
        typer.echo(f"roadmap: {error}", err=True)
        raise typer.Exit(USAGE) from None
    except BrokenPipeError:
        # The reader of our output has gone (`roadmap plan | head`): leave quietly, as other tools do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None
    except OSError as error:
        if error.errno not in PLACES:
            raise
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"roadmap: {where}{error.strerror}; make room there, or name another place", err=True)
        raise typer.Exit(USAGE) from None


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """One line on stderr that says what is going on, only where a person watches."""
    from rich.console import Console

    terminal = Console(stderr=True)
    if not terminal.is_terminal:
        yield lambda _: None
        return
    with terminal.status("starting") as status:
        yield lambda line: status.update(line)


def inputs_of(files: list[Path], config: Path | None, as_of: date | None, strict: bool) -> "Inputs":
    """What a command was given, as a story takes it."""
    from planner.pipeline import Inputs

    return Inputs(tuple(files), config, as_of, strict)


def console() -> "Console":
    """Standard output, as wide as the window, at most so wide that lines can still be read; wide into a pipe."""
    from rich.console import Console

    window = Console()
    known = window.is_terminal or "COLUMNS" in os.environ
    return Console(width=min(window.width, WIDEST) if known else PIPED)
