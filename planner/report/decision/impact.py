"""What hangs on the answer: tasks and components for engineering, roadmap items for customers."""

from collections.abc import Iterator

from planner.domain.cells import Cell
from planner.domain.decision_draft import Draft, ItemMove
from planner.domain.paper import Align, Block, Column, Paragraph, Table, Text
from planner.domain.plan import PlannedItem, PlannedTask
from planner.domain.roadmap import Component, Item, Task, id_key
from planner.domain.units import DAYS_PER_WEEK
from planner.report.decision.evidence import Sources, beside, cited
from planner.report.decision.said import ident, joined, moves_source, on, quoted
from planner.report.wording import number

MOST_TASKS, MOST_ITEMS, MOST_COMPONENTS = 6, 6, 4


def engineering(draft: Draft, sources: Sources) -> Iterator[Block]:
    """The tasks that set, need or replace what is to be decided, then the components that they touch."""
    typed = draft.plan.roadmap.tasks_by_id()
    planned = draft.plan.tasks_by_id()
    tasks = [planned[id] for id in draft.tasks if id in planned]
    if not tasks:
        yield Paragraph("No task in the plan sets, needs or replaces what this decision is about.")
        return
    columns = (
        Column("Task", 3.6),
        Column("Team", 1.8),
        Column("What it does", 2.6),
        Column("Weeks", 1.2, Align.RIGHT),
        Column("Planned", 1.9),
        Column("Evidence", 1.4),
    )
    rows = (_task_row(task, typed.get(task.id), sources) for task in tasks[:MOST_TASKS])
    yield Table(columns, tuple(rows))
    if len(tasks) > MOST_TASKS:
        yield Paragraph(f"The table shows {MOST_TASKS} of {len(tasks)} tasks, in the order of their starts.")
    components = tuple(_components(draft, sources, tasks[:MOST_TASKS]))
    if components:
        titles = (("Component", 1.6), ("Owner", 1.6), ("State", 1.2), ("Consumers", 3.2), ("Evidence", 1.0))
        yield Table(tuple(Column(title, width) for title, width in titles), components[:MOST_COMPONENTS])


def _task_row(task: PlannedTask, typed: Task | None, sources: Sources) -> tuple[Text, ...]:
    does = [f"{touch.mode} {touch.component}" for touch in typed.touches] if typed else []
    does += [f"sets {s.key} to {s.value}" for s in typed.sets] if typed else []
    does += [f"needs {s.key} = {s.value}" for s in typed.needs] if typed else []
    does += [f"replaces {name}" for name in typed.replaces] if typed else []
    return (
        joined(ident(task.id), f" {quoted(task.title)}"),
        ", ".join(task.teams),
        "; ".join(does) or "–",
        number(task.effort / DAYS_PER_WEEK),
        f"{on(task.start)} to {on(task.finish)}",
        beside(sources.task(task)),
    )


def _components(draft: Draft, sources: Sources, tasks: list[PlannedTask]) -> Iterator[tuple[Text, ...]]:
    """The components that these tasks touch, and the one of the decision's key."""
    typed = draft.plan.roadmap.tasks_by_id()
    names = {id_key(t.component) for task in tasks if task.id in typed for t in typed[task.id].touches}
    names |= {id_key(draft.decision.key.partition(".")[0])} if draft.decision else set()
    names |= {id_key(name) for conflict in draft.conflicts for name in conflict.components}
    for component in draft.plan.roadmap.components:
        if id_key(component.name) in names:
            yield _component_row(component, sources)


def _component_row(component: Component, sources: Sources) -> tuple[Text, ...]:
    consumers = "; ".join(f"{team} {number(effort / DAYS_PER_WEEK)}" for team, effort in component.consumers)
    said = "; ".join(f"{team}={effort:g}" for team, effort in component.consumers)
    place = component.source
    typed: list[tuple[Cell, object]] = [(place.cell("Owner"), component.owner), (place.cell("Consumers"), said)]
    retires = f", retires on {on(component.retires_on)}" if component.retires_on else ""
    typed += [(place.cell("Retires on"), component.retires_on)] if retires else []
    return (
        component.name,
        component.owner or "nobody",
        f"{component.status}{retires}",
        f"{consumers} engineer-weeks to migrate" if consumers else "none stated",
        beside(sources.cells(*typed)),
    )


def customers(draft: Draft, sources: Sources) -> Iterator[Block]:
    """The items of these tasks and those that move: the promise, the plan, and the plan with the recommendation."""
    chosen = draft.chosen
    moves = {move.item: move for move in chosen.moves} if chosen else {}
    planned = draft.plan.items_by_id()
    own = [id for task in draft.plan.tasks if task.id in draft.tasks for id in task.items]
    told = draft.conflict.items if draft.conflict else ()
    ids = [id for id in dict.fromkeys((*own, *told, *moves)) if id in planned]
    if not ids:
        yield Paragraph("No roadmap item hangs on the answer.")
        return
    items = {item.id: item for item in draft.plan.roadmap.items}
    columns = (
        Column("Item", 3.2),
        Column("Customer and evidence", 2.6),
        Column("Promise", 1.7),
        Column("Plan", 1.4),
        Column("With it", 1.4),
        Column("Evidence", 1.4),
    )
    rows = (_item_row(planned[id], items.get(id), moves.get(id), draft, sources) for id in ids[:MOST_ITEMS])
    yield Table(columns, tuple(rows))
    if len(ids) > MOST_ITEMS:
        cite = sources.formula("Items of the tasks above, and items that land on another day when planned again")
        yield Paragraph(joined(f"{len(ids) - MOST_ITEMS} further items move too", *cited([cite]), "."))


def _item_row(
    planned: PlannedItem, item: Item | None, move: ItemMove | None, draft: Draft, sources: Sources
) -> tuple[Text, ...]:
    cites = [sources.item(planned, item)]
    if move and draft.chosen:
        cites.append(moves_source(draft.chosen, sources))
    proof = f": {quoted(item.evidence)}" if item and item.evidence else ", no evidence stated"
    promise = f"{planned.commitment}, {on(planned.target.last)}" if planned.target else "no date"
    return (
        joined(ident(planned.id), f" {quoted(planned.title)}"),
        f"{planned.customer or planned.origin or 'nobody'}{proof}",
        promise,
        on(planned.lands),
        on(move.after) if move else "the same day" if draft.chosen and draft.chosen.delta else "–",
        beside(*cites),
    )
