"""Pictures of a plan as bytes: one in one format, or all that lie in `pictures/`."""

from collections.abc import Sequence

from planner.domain.errors import UserError
from planner.domain.plan import Plan
from planner.report.dot import task_graph
from planner.report.mermaid import mermaid_graph
from planner.report.picture import png, render
from planner.report.pictures import DIAGRAMS, PICTURES, Diagram, Picture, stamp_of

SELECTABLE = ("graph", "conflicts")
"""Kinds that can show a part of the plan."""


def pictures(plan: Plan) -> dict[str, bytes]:
    """Every picture as SVG and PNG by file name, diagrams as DOT and Mermaid too."""
    stamp, made = stamp_of(plan), dict[str, bytes]()
    for picture in PICTURES:
        drawn = picture.draw(plan, stamp)
        made |= {f"{picture.kind}.svg": drawn.encode(), f"{picture.kind}.png": png(drawn)}
    for diagram in DIAGRAMS:
        dot = diagram.dot(plan)
        made |= {f"{diagram.kind}.{suffix}": render(dot, suffix) for suffix in ("svg", "png")}
        made[f"{diagram.kind}.dot"] = dot.encode()
        if diagram.mermaid:
            made[f"{diagram.kind}.mmd"] = diagram.mermaid(plan).encode()
    return made


def picture(plan: Plan, kind: str, suffix: str, tasks: Sequence[str] | None = None) -> bytes:
    """One picture as "svg", "png", "dot" or "mermaid"; of the dependency graph the selected `tasks` only.

    Raises
    ------
    UserError
        Where there is no such picture, or not in this format.
    """
    found = next((one for one in (*DIAGRAMS, *PICTURES) if one.kind == kind), None)
    if found is None:
        raise UserError(f"no picture {kind!r} (must be one of {', '.join(kinds())})")
    return _drawn(found, plan, suffix) if isinstance(found, Picture) else _laid_out(found, plan, suffix, tasks)


def kinds() -> tuple[str, ...]:
    """What the pictures are called."""
    return tuple(one.kind for one in (*DIAGRAMS, *PICTURES))


def _drawn(picture: Picture, plan: Plan, suffix: str) -> bytes:
    if suffix not in ("svg", "png"):
        raise UserError(f"{picture.kind} is drawn as svg or png, not as {suffix}")
    drawn = picture.draw(plan, stamp_of(plan))
    return drawn.encode() if suffix == "svg" else png(drawn)


def _laid_out(diagram: Diagram, plan: Plan, suffix: str, tasks: Sequence[str] | None) -> bytes:
    chosen = diagram.kind == "graph" and tasks is not None
    if suffix == "mermaid":
        if diagram.mermaid is None:
            raise UserError(f"{diagram.kind} is drawn as svg, png or dot, not as mermaid")
        return (mermaid_graph(plan, tasks) if chosen else diagram.mermaid(plan)).encode()
    dot = task_graph(plan, tasks) if chosen else diagram.dot(plan)
    return dot.encode() if suffix == "dot" else render(dot, suffix)
