"""The door: what people type becomes one call into the pipeline, a screen and an exit code.

Heavy imports happen inside the commands, so that `roadmap --help` answers at once.
"""

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from planner import __version__
from planner.domain.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from planner.pipeline import Inputs

DONE, DATA_ERRORS, USAGE = 0, 1, 2
WIDEST, PIPED = 140, 120
"""Characters of a line: the most in a window, and where there is none."""

app = typer.Typer(
    name="roadmap",
    help="Plan roadmaps across many teams: from messy workbooks to a sequence that teams can start on Monday.",
    epilog="Begin with: roadmap init, or roadmap plan YOUR.xlsx",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
show_app = typer.Typer(
    no_args_is_help=True,
    help="Show one team, task or item of the plan that was written last.",
    rich_markup_mode="rich",
)
app.add_typer(show_app, name="show", rich_help_panel="Decide")


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


class Objective(StrEnum):
    """What the sequence minimises."""

    full = "full"
    makespan = "makespan"


class Capacity(StrEnum):
    """Whether teams are as large as they are, or as large as the work wants."""

    limited = "limited"
    unlimited = "unlimited"


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


class PictureFormat(StrEnum):
    """What `roadmap graph` writes."""

    svg = "svg"
    png = "png"
    dot = "dot"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day such as 2026-09-07") from None


Files = Annotated[
    list[Path], typer.Argument(help="Workbooks (.xlsx, .xlsm, .csv) or a folder of them.", show_default=False)
]
Config = Annotated[
    Path | None,
    typer.Option("--config", help="A roadmap.toml; else the one beside the workbook.", show_default=False),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=_day, metavar="DAY", help="Plan from this day; default: roadmap.toml, else today."
    ),
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


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """A user's mistake is one line on stderr and exit code 2."""
    try:
        yield
    except UserError as error:
        typer.echo(f"roadmap: {error}", err=True)
        raise typer.Exit(USAGE) from None
    except BrokenPipeError:
        # The reader of our output has gone (`roadmap plan | head`): leave quietly, as other tools do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """One line on stderr that says what is going on, only where a person watches."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("starting") as status:
        yield lambda line: status.update(line)


def _inputs(files: list[Path], config: Path | None, as_of: date | None, strict: bool) -> "Inputs":
    from planner.pipeline import Inputs

    return Inputs(tuple(files), config, as_of, strict)


def _console() -> "Console":
    """Standard output, as wide as the window, at most so wide that lines can still be read; wide into a pipe."""
    from rich.console import Console

    window = Console()
    known = window.is_terminal or "COLUMNS" in os.environ
    return Console(width=min(window.width, WIDEST) if known else PIPED)


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", is_eager=True)] = False,
) -> None:
    """Plan roadmaps across many teams."""
    if version:
        typer.echo(f"roadmap {__version__}")
        raise typer.Exit(DONE)


@app.command(rich_help_panel="Start")
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write; made where it is missing.")] = Path(),
) -> None:
    """Write a template workbook and a roadmap.toml with every default explained."""
    from planner import pipeline

    with _one_line_errors():
        workbook, settings = pipeline.initialise(folder)
    typer.echo(f"Wrote {workbook} and {settings}.\nFill in the sheet Tasks, then: roadmap plan {workbook}")


@app.command(rich_help_panel="Start")
def check(
    files: Files,
    config: Config = None,
    as_of: AsOf = None,
    strict: Strict = False,
    json: Json = False,
    all_: Annotated[bool, typer.Option("--all", help="Every finding, not only the first of each kind.")] = False,
) -> None:
    """Say everything that is wrong or doubtful in the data, by file, sheet and cell; plan nothing.

    Example: roadmap check q3.xlsx --strict
    """
    from planner import pipeline
    from planner.report.diagnostics import diagnostics_json, diagnostics_text

    with _one_line_errors(), _progress() as report:
        checked = pipeline.check(_inputs(files, config, as_of, strict), report)
    if json:
        typer.echo(diagnostics_json(checked.diagnostics, checked.assumptions), nl=False)
    else:
        limit = None if all_ else 3
        typer.echo(diagnostics_text(checked.diagnostics, checked.assumptions, _console().width, limit), nl=False)
        if checked.read.proposed_map:
            typer.echo(f"\nTo use the foreign columns, put this into roadmap.toml:\n\n{checked.read.proposed_map}")
        typer.echo(f"\nNext: roadmap plan {' '.join(map(str, files))}")
    raise typer.Exit(DATA_ERRORS if checked.has_errors else DONE)


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

    options = pipeline.PlanOptions(
        time_limit, work, seed, workers, objective.value, capacity.value, assume_recommended
    )
    inputs = _inputs(files, config, as_of, strict)
    with _one_line_errors(), _progress() as report:
        made = pipeline.plan(inputs, options, report)
        folder = out or Path("reports") / made.title
        pipeline.write_reports(made, folder, report)
    if json:
        typer.echo(plan_json(made), nl=False)
    else:
        print_screen(made, _console(), verbose)
    raise typer.Exit(DATA_ERRORS if pipeline.failed(made) else DONE)


@app.command(rich_help_panel="Share")
def graph(
    files: Files,
    select: Annotated[
        str, typer.Option("--select", "-s", help="A slice: +PAY-12+2, team:Ledger, item:ASK-3, component:ledger.")
    ] = "",
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Only the teams and components that clash.")] = False,
    format_: Annotated[PictureFormat, typer.Option("--format", help="What to write.")] = PictureFormat.svg,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write; default: graph.FORMAT.", show_default=False)
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    time_limit: TimeLimit = 5.0,
    work: Work = None,
) -> None:
    """Draw the dependency graph, whole or a slice of it, with the dates of a quick plan.

    Comma means and, space means or; quote odd ids. Example: roadmap graph q3.xlsx --select 'team:Ledger,item:ASK-3'
    """
    from planner import pipeline

    options = pipeline.PlanOptions(time_limit=time_limit, work=work)
    with _one_line_errors(), _progress() as report:
        target = pipeline.draw(
            _inputs(files, config, as_of, False),
            options,
            select,
            format_.value,
            out or Path(f"graph.{format_}"),
            report,
            conflicts,
        )
    typer.echo(f"Wrote {target}.")


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
    with _one_line_errors():
        made = pipeline.read_plan(plan_file or pipeline.latest_plan(Path("reports")))
        typer.echo(render(made, name))


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
    with _one_line_errors(), _progress() as report:
        made = pipeline.conflicts(_inputs(files, config, as_of, False), options, select, report)
    found = tuple(c for c in made.conflicts if family is None or c.type.family is Family[family.name.upper()])
    if json:
        typer.echo(conflicts.conflicts_json(found), nl=False)
    else:
        limit = None if all_ else conflicts.TOP
        typer.echo(conflicts.conflicts_text(found, made.as_of, _console().width, limit), nl=False)
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
    with _one_line_errors(), _progress() as report:
        made = pipeline.conflicts(_inputs(files, config, as_of, False), options, report=report)
        found = pipeline.find_conflict(made, conflict)
        if svg:
            pipeline.draw_curve(found, made.as_of, svg)
    if json:
        typer.echo(conflicts.conflicts_json([found]), nl=False)
    else:
        typer.echo(conflicts.conflict_text(found, made.as_of, _console().width), nl=False)
        typer.echo(f"\nNext: roadmap plan {' '.join(map(str, files))} --assume-recommended")


@conflicts_app.command("dismiss")
def dismiss_conflict(
    conflict: ConflictId,
    files: Files,
    reason: Annotated[str, typer.Option("--reason", help="Why it may stay.", show_default=False)],
    by: Annotated[str, typer.Option("--by", help="Who looked at it.")] = "",
    until: Annotated[
        date | None, typer.Option("--until", parser=_day, metavar="DAY", help="It opens again after this day.")
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
    with _one_line_errors(), _progress() as report:
        inputs = _inputs(files, config, as_of, False)
        path = pipeline.dismiss(inputs, options, conflict, reason, by, until, report)
    typer.echo(f"Dismissed; remembered in {path}.\n\nNext: roadmap conflicts {' '.join(map(str, files))}")


@app.command(rich_help_panel="Decide")
def suggest(
    item: Annotated[str, typer.Argument(help="Item ID.")],
    files: Files,
    top: Annotated[int, typer.Option("--top", min=1, help="How many teams.")] = 5,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="TEAM", help="Write a stub task for this team; may be repeated."),
    ] = None,
    config: Config = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Say which teams an item needs, and why: components, similar items, asks, names.

    --accept writes into NAME-suggested.csv beside the workbook, never into the workbook itself.

    Example: roadmap suggest ASK-41 q3.xlsx --accept Metering --accept "Data Platform"
    """
    from planner import pipeline
    from planner.report.suggest import suggestion_json, suggestion_text

    inputs = _inputs(files, config, as_of, False)
    named = " ".join(shlex.quote(str(file)) for file in files)
    with _one_line_errors(), _progress() as report:
        if accept:
            target = pipeline.accept(inputs, item, accept, report)
            typer.echo(f"Wrote {target}.\n\nNext: roadmap plan {named} {shlex.quote(str(target))}")
            return
        found = pipeline.suggestion(inputs, item, report)
    if json:
        typer.echo(suggestion_json(found, top), nl=False)
        return
    typer.echo(suggestion_text(found, top, _console().width), nl=False)
    if found.teams:
        typer.echo(f"\nNext: roadmap suggest {shlex.quote(item)} {named} --accept {shlex.quote(found.teams[0].team)}")


@app.command(rich_help_panel="Start")
def columns(
    sheet: Annotated[str, typer.Argument(help="Only this sheet.", show_default=False)] = "",
    json: Json = False,
) -> None:
    """Print the data dictionary: every sheet and column, what it means and what it adds."""
    from planner.report.dictionary import dictionary_json, dictionary_text
    from planner.sheets.columns import all_columns, sheet_names

    with _one_line_errors():
        wanted = [asdict(c) for c in all_columns() if not sheet or c.sheet.casefold() == sheet.casefold()]
        if not wanted:
            raise UserError(f"no sheet {sheet!r} (must be one of {', '.join(sheet_names())})")
        typer.echo(dictionary_json(wanted) if json else dictionary_text(wanted, _console().width), nl=False)


if __name__ == "__main__":
    app()
