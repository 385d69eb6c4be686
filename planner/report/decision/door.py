"""Whether the answer can be taken back, until when, and what that costs."""

from collections.abc import Iterator

from planner.domain.decision_draft import Draft
from planner.domain.paper import Block, Bullets, Paragraph, Text
from planner.domain.plan import PlannedTask
from planner.domain.roadmap import Door, Task
from planner.report.decision.evidence import Sources, cited
from planner.report.decision.said import ident, joined, on
from planner.report.wording import weeks


def door(draft: Draft, sources: Sources) -> Iterator[Block]:
    """What the sheet says of the door, then the way back step by step."""
    yield Paragraph(_kind(draft, sources))
    steps = tuple(_steps(draft, sources))
    if steps:
        yield Bullets(steps)


def _kind(draft: Draft, sources: Sources) -> Text:
    decision = draft.decision
    if decision is None:
        return (
            "No row of the sheet Decisions asks this question, so nobody has stated its door. "
            "Treat it as one-way until the driver says otherwise."
        )
    cite = cited([sources.cells((decision.source.cell("Door"), decision.door or ""))])
    if decision.door is Door.ONE_WAY:
        return joined(
            "A one-way door", cite, ": driver and approver are two people, and the way back costs new work."
        )
    if decision.door is Door.TWO_WAY:
        return joined("A two-way door", cite, ": decide fast, and go back when the measures below say so.")
    return joined("Nobody stated the door", cite, ". Treat it as one-way until the driver says otherwise.")


def _steps(draft: Draft, sources: Sources) -> Iterator[Text]:
    """For each task that brings the answer about: until when going back is free, what it costs after that."""
    chosen, planned = draft.chosen, draft.plan.tasks_by_id()
    if chosen is None:
        return
    typed = draft.plan.roadmap.tasks_by_id()
    for id in chosen.builds:
        if id in planned:
            yield _back(planned[id], typed[id], sources)
    for id in chosen.drops:
        if id in planned:
            effort, cite = weeks(planned[id].effort), cited([sources.task(planned[id])])
            yield joined("Going back puts ", ident(id), f" into the plan again, with {effort}", cite, ".")


def _back(task: PlannedTask, typed: Task, sources: Sources) -> Text:
    """The way back from one task, before it begins, while it goes on, and after its launch."""
    cite = cited([sources.task(task)])
    begun: Text = joined(
        f"Until {on(task.start)} going back is free",
        cite,
        ": ",
        ident(task.id),
        f" has not begun. From then on it costs what is finished of it, at most {weeks(task.effort)}",
        cite,
        ".",
    )
    if task.launch is None:
        return begun
    known = typed.reversal is not None
    undo = f"undoing it takes {weeks(typed.reversal or 0.0)}" if known else "nobody stated what undoing it takes"
    cell = sources.cells((typed.source.cell("Reversal"), f"{typed.reversal:g}" if known else ""))
    return joined(begun, f" After the launch on {on(task.launch)}, {undo}", cited([cell]), ".")
