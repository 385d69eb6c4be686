"""Arguments and options that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer


def day(text: str) -> date:
    """An option's day in ISO form; anything else is a mistake of usage."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day such as 2026-09-07") from None


Files = Annotated[
    list[Path], typer.Argument(help="Workbooks (.xlsx, .xlsm, .csv) or a folder of them.", show_default=False)
]
PlannedFiles = Annotated[
    list[Path] | None,
    typer.Argument(help="Workbooks or a folder; default: those of the plan written last.", show_default=False),
]
Config = Annotated[
    Path | None,
    typer.Option("--config", help="A roadmap.toml; else the one beside the workbook.", show_default=False),
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=day, metavar="DAY", help="Plan from this day; default: roadmap.toml, else today."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")]
Json = Annotated[bool, typer.Option("--json", help="Print for programs.")]
TimeLimit = Annotated[float, typer.Option("--time-limit", min=0.1, help="Seconds to search.")]
Work = Annotated[
    int | None,
    typer.Option(
        "--work", min=0, help="Search by amount of work instead of seconds: the same input, the same bytes."
    ),
]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the search.")]
Workers = Annotated[int, typer.Option("--workers", min=0, help="Processor cores to use; 0: all.")]
PlanFile = Annotated[
    Path | None, typer.Option("--plan", help="A plan.json; else the newest under ./reports.", show_default=False)
]
