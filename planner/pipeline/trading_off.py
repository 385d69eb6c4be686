"""The story of `roadmap pareto`: plans that trade one letter of J for another, from the plan at hand on."""

import shlex
from dataclasses import replace
from pathlib import Path

from planner.domain.errors import UserError
from planner.domain.pareto import ParetoFront
from planner.objective import NAMES, TERMS
from planner.pipeline.current import Current, current
from planner.pipeline.files import PAGE, write
from planner.pipeline.inputs import Inputs, PlanOptions, Report, silent, title_of
from planner.pipeline.interrupt import searching
from planner.report.page import with_front
from planner.report.pareto_svg import pareto_svg
from planner.report.pareto_xlsx import pareto_xlsx
from planner.report.picture import png
from planner.scheduling.budget import Meter
from planner.scheduling.epsilon import Axes
from planner.scheduling.exchange import front_plans
from planner.scheduling.pareto import depends_on_sequence, front, knee

START_SHARE = 0.25
"""Part of the budget for a plan to start from, where none was written."""


def pareto(
    inputs: Inputs,
    options: PlanOptions,
    x: str,
    y: str,
    points: int,
    plan_file: Path | None = None,
    report: Report = silent,
) -> ParetoFront:
    """At most `points` verified plans that trade x for y, two letters of J by name; Ctrl-C keeps those found so far.

    Raises `UserError` for a name that is unknown or doubled, for a cost that no sequence changes, for a file that
    cannot be read, and where nothing can be planned.
    """
    axes = _axes(x, y)
    with searching(options) as budget:
        meter = Meter(budget)
        share = meter.part(START_SHARE)
        start = current(inputs, options, share, plan_file, report)
        if not start.unchanged:
            meter.charge(share.work or 0)
        return _traded(start, axes, points, meter, report)


def _traded(start: Current, axes: Axes, points: int, meter: Meter, report: Report) -> ParetoFront:
    """The front around a plan, as people read it."""
    schedule = start.solution.schedule
    assert schedule is not None
    problem = replace(start.formulation.problem, anchors=())  # moved starts are no part of the trade

    for letter in (axes.x, axes.y):
        if not depends_on_sequence(problem, letter):
            raise UserError(f"every plan of this roadmap has the same {NAMES[letter]}: there is nothing to trade")

    def show(count: int) -> None:
        report(f"looking for plans between: {count} so far")

    found = front(problem, axes, schedule, points, meter.part(1.0), show)
    plans, best = front_plans(start.formulation, axes, found)
    deepest = knee([(point.plan.costs[axes.x], point.plan.costs[axes.y]) for point in found.points])
    title = title_of(start.inputs.paths)
    return ParetoFront(
        title=title,
        as_of=start.checked.as_of,
        x=NAMES[axes.x],
        y=NAMES[axes.y],
        points=plans,
        best=best,
        knee=None if deepest is None else plans[deepest].name,
        complete=found.complete,
        interrupted=found.interrupted,
        next_command=f"roadmap conflicts {shlex.join(map(str, start.inputs.paths))}",
    )


def write_pareto(made: ParetoFront, folder: Path) -> tuple[Path, ...]:
    """Write the drawing and the workbook of a front, and put it into the page of the plan, where there is one.

    Each file is replaced as a whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = pareto_svg(made)
    written = (
        write(folder / "pareto.svg", drawn.encode()),
        write(folder / "pareto.png", png(drawn)),
        write(folder / "pareto.xlsx", pareto_xlsx(made)),
    )
    page = folder / PAGE
    if not page.exists():
        return written
    return (*written, write(page, with_front(page.read_text(encoding="utf-8"), made).encode()))


def _axes(x: str, y: str) -> Axes:
    """The letters of two names."""
    letters = {term.name: term.letter for term in TERMS}
    for name in (x, y):
        if name not in letters:
            raise UserError(f"no cost {name!r} (must be one of {', '.join(letters)})")
    if x == y:
        raise UserError(f"{x} cannot be traded for itself (the others are {', '.join(n for n in letters if n != x)})")
    return Axes(letters[x], letters[y])
