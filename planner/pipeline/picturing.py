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

    Raises `UserError` as `find` does.
    """
    found = find(kind, suffix)
    if isinstance(found, Picture):
        drawn = found.draw(plan, stamp_of(plan))
        return drawn.encode() if suffix == "svg" else png(drawn)
    chosen = kind == "graph" and tasks is not None
    if suffix == "mermaid" and found.mermaid:
        return (mermaid_graph(plan, tasks) if chosen else found.mermaid(plan)).encode()
    dot = task_graph(plan, tasks) if chosen else found.dot(plan)
    return dot.encode() if suffix == "dot" else render(dot, suffix)


def find(kind: str, suffix: str) -> Picture | Diagram:
    """The picture of that kind.

    Raises
    ------
    UserError
        Where there is no such picture, or not in this format.
    """
    found = next((one for one in (*DIAGRAMS, *PICTURES) if one.kind == kind), None)
    if found is None:
        raise UserError(f"no picture {kind!r} (must be one of {', '.join(kinds())})")
    formats = ["svg", "png"]
    if isinstance(found, Diagram):
        formats += ["dot", "mermaid"] if found.mermaid else ["dot"]
    if suffix not in formats:
        raise UserError(f"{kind} is drawn as {', '.join(formats[:-1])} or {formats[-1]}, not as {suffix}")
    return found


def kinds() -> tuple[str, ...]:
    """What the pictures are called."""
    return tuple(one.kind for one in (*DIAGRAMS, *PICTURES))
