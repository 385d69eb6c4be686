"""The story of `roadmap graph`, the cost curve of a conflict, and the tornado of the assumptions."""

from datetime import date
from pathlib import Path

from planner.domain.conflict import Conflict
from planner.domain.errors import UserError
from planner.domain.sensitivity import Tornado
from planner.graph.selectors import select
from planner.pipeline.contradictions import selected
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, PlanOptions, Report, silent
from planner.pipeline.picturing import SELECTABLE, find, picture
from planner.pipeline.planning import plan
from planner.report.cost_curve import curve_svg
from planner.report.tornado import tornado_svg


def draw(
    inputs: Inputs,
    options: PlanOptions,
    selection: str,
    suffix: str,
    target: Path,
    report: Report = silent,
    kind: str = "graph",
) -> Path:
    """Draw one picture of these files; returns the file.

    Of the dependency graph and of what clashes the slice that `selection` names.
    """
    find(kind, suffix)  # what cannot be drawn is said before anything is planned
    if selection and kind not in SELECTABLE:
        raise UserError(f"{kind} is drawn whole; --select is for {' and '.join(SELECTABLE)}")
    made = plan(inputs, options, report)
    report("drawing")
    tasks = select(selection, made.roadmap) if selection and kind == "graph" else None
    shown = selected(made, selection) if kind == "conflicts" else made
    return write(target, picture(shown, kind, suffix, tasks))


def draw_curve(conflict: Conflict, as_of: date, target: Path) -> Path:
    """Write the cost curve of a conflict as SVG."""
    return write(target, curve_svg(conflict, as_of).encode())


def draw_tornado(tornado: Tornado, top: int, target: Path) -> Path:
    """Write the assumptions that change most as SVG."""
    return write(target, tornado_svg(tornado, top).encode())
