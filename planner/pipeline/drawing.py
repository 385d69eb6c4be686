"""The story of `roadmap graph`, the cost curve of a conflict, and the tornado of the assumptions."""

from datetime import date
from pathlib import Path

from planner.domain.conflict import Conflict
from planner.domain.sensitivity import Tornado
from planner.graph.selectors import select
from planner.pipeline.contradictions import selected
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, PlanOptions, Report, silent
from planner.pipeline.planning import plan
from planner.report.cost_curve import curve_svg
from planner.report.dot import graph, task_graph
from planner.report.dot_conflicts import clash_graph
from planner.report.picture import render
from planner.report.tornado import tornado_svg


def draw(
    inputs: Inputs,
    options: PlanOptions,
    selection: str,
    suffix: str,
    target: Path,
    report: Report = silent,
    conflicts: bool = False,
) -> Path:
    """Draw the dependency graph of these files, whole or the slice that `selection` names; returns the file.

    With `conflicts` the teams and components that clash are drawn instead.
    """
    made = plan(inputs, options, report)
    if conflicts:
        dot = clash_graph(selected(made, selection))
    else:
        dot = task_graph(made, select(selection, made.roadmap)) if selection else graph(made)
    report("drawing")
    return write(target, dot.encode() if suffix == "dot" else render(dot, suffix))


def draw_curve(conflict: Conflict, as_of: date, target: Path) -> Path:
    """Write the cost curve of a conflict as SVG."""
    return write(target, curve_svg(conflict, as_of).encode())


def draw_tornado(tornado: Tornado, top: int, target: Path) -> Path:
    """Write the assumptions that change most as SVG."""
    return write(target, tornado_svg(tornado, top).encode())
