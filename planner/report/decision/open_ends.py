"""What follows from the answer and is not known yet: measures, gaps of knowledge, and questions to the reader."""

from collections.abc import Iterator

from planner.domain.conflict import ChangeKind
from planner.domain.decision_draft import Draft
from planner.domain.paper import Block, Bullets, Text
from planner.domain.plan import PlannedTask
from planner.domain.roadmap import id_key
from planner.report.decision.evidence import Sources, cited
from planner.report.decision.said import effect_source, ident, joined, listed, moves_source, named, on, quoted
from planner.report.wording import number, percent, weeks

MOST_MEASURES = 4


def measures(draft: Draft, sources: Sources) -> Iterator[Block]:
    """Landings against the plan, work saved from being thrown away, the metrics of hypotheses."""
    yield Bullets(tuple(_measures(draft, sources)))


def _measures(draft: Draft, sources: Sources) -> Iterator[Text]:
    chosen, items = draft.chosen, draft.plan.items_by_id()
    typed = draft.plan.roadmap.items_by_id()
    moved = {move.item: move.after for move in chosen.moves} if chosen else {}
    own = [id for task in _tasks(draft) for id in task.items]
    for id in [id for id in dict.fromkeys((*own, *moved)) if id in items][:MOST_MEASURES]:
        after = moved.get(id, items[id].lands)
        cite = moves_source(chosen, sources) if chosen and id in moved else sources.item(items[id], typed.get(id))
        yield joined(ident(id), f" lands by {on(after)}", cited([cite]), ".")
    for id in chosen.drops if chosen else ():
        yield joined("No team books time on ", ident(id), " after the decision.")
    tested = {name for task in draft.plan.roadmap.tasks if task.id in draft.tasks for name in task.hypotheses}
    for hypothesis in draft.plan.roadmap.hypotheses:
        if hypothesis.id in tested and hypothesis.metric:
            cell = sources.cells((hypothesis.source.cell("Metric"), hypothesis.metric))
            yield joined(
                ident(hypothesis.id),
                f" {quoted(hypothesis.statement)}: ",
                quoted(hypothesis.metric),
                cited([cell]),
                ".",
            )
    if not (own or moved or (chosen and chosen.drops)):
        yield "The plan holds no figure that this answer changes: the driver names one before the decision."


def unknowns(draft: Draft, sources: Sources) -> Iterator[Block]:
    """How far the figures can be trusted, and what nobody has typed."""
    yield Bullets(tuple(_unknowns(draft, sources)))


def _unknowns(draft: Draft, sources: Sources) -> Iterator[Text]:
    plan = draft.plan
    if any(option.delta for option in draft.options):
        yield from _limits(draft, sources)
    yield from _told_otherwise(draft, sources)
    assumed = [task.id for task in _tasks(draft) if not task.estimated]
    if assumed:
        cite = sources.plan(f"tasks[{assumed[0]}].estimated", False)
        yield joined("Nobody typed the effort of ", listed(assumed), cited([cite]), ".")
    elif plan.assumed_share:
        cite = sources.plan("assumed_share", f"{plan.assumed_share:.4f}")
        yield joined(f"Nobody typed {percent(plan.assumed_share)} of the planned effort", cited([cite]), ".")
    decision = draft.decision
    if decision is not None:
        blanks = [
            name
            for name, value in (
                ("Driver", decision.driver),
                ("Approver", decision.approver),
                ("Due", decision.due),
                ("Effort", decision.effort),
                ("Door", decision.door),
            )
            if not value
        ]
        if blanks:
            cite = sources.cells(*((decision.source.cell(name), "") for name in blanks))
            yield joined("The row of ", ident(decision.id), f" leaves {listed(blanks)} blank", cited([cite]), ".")
        if any(chance is None for _, chance in decision.options):
            yield "Nobody stated how likely the options are, so the plan gives them no weight."


def _limits(draft: Draft, sources: Sources) -> Iterator[Text]:
    """How far the differences between options can be trusted."""
    plan = draft.plan
    yield (
        "What a task is worth stands on no sheet. Giving up a task makes a plan cost less, "
        "so read each difference beside the tasks that leave the plan."
    )
    if plan.gap > 0:
        costs = sources.plan("objective.total", number(plan.objective))
        bound = sources.plan("lower_bound", number(plan.bound))
        yield joined(
            f"The plan costs {weeks(plan.objective)} and no plan costs under {weeks(plan.bound)}",
            cited([costs, bound]),
            "; a longer search may change the differences between options.",
        )


def _told_otherwise(draft: Draft, sources: Sources) -> Iterator[Text]:
    """Conflicts about the same decision whose own recommendation is another option."""
    decision, chosen = draft.decision, draft.chosen
    if decision is None or chosen is None or draft.conflict is not None:
        return
    for conflict in draft.conflicts:
        told = (way for way in conflict.resolutions if conflict.recommendation.startswith(way.text.rstrip(".")))
        choices = [change.value for way in told for change in way.changes if change.kind is ChangeKind.CHOOSE]
        if any(id_key(value) != id_key(chosen.name) for value in choices):
            cite = sources.plan(f"conflicts[{conflict.id}].recommendation", "as quoted")
            yield joined(
                ident(conflict.id),
                " taken alone points to another answer: ",
                quoted(conflict.recommendation),
                cited([cite]),
                ".",
            )


def questions(draft: Draft, sources: Sources) -> Iterator[Block]:
    """Three, each for the reader who can answer it."""
    asked = (*_about_options(draft, sources), *_about_tasks(draft), *_about_customers(draft), *_always(draft))
    yield Bullets(asked[:3])


def _about_options(draft: Draft, sources: Sources) -> Iterator[Text]:
    others = [option for option in draft.others if option.delta]
    if draft.chosen and others:
        cite = effect_source(draft, others[0], sources)
        yield joined(
            "Which reason outside the plan speaks for ",
            quoted(others[0].name),
            cited([cite]),
            ", and what is it worth?",
        )
    elif draft.options:
        word = "against" if draft.chosen else "for"
        yield joined(f"Which reason outside the plan speaks {word} ", quoted(draft.options[0].name), "?")


def _about_tasks(draft: Draft) -> Iterator[Text]:
    chosen, planned = draft.chosen, draft.plan.tasks_by_id()
    if chosen is None:
        return
    for id in (*chosen.drops, *chosen.rewrites, *chosen.unprovided):
        if id in planned and planned[id].teams:
            what = "leaves the plan" if id in chosen.drops else "changes"
            yield joined(f"What breaks for {named(planned[id].teams[0])} when ", ident(id), f" {what}?")
            return


def _about_customers(draft: Draft) -> Iterator[Text]:
    items = draft.plan.items_by_id()
    known = [items[id] for task in _tasks(draft) for id in task.items if id in items and items[id].customer]
    if known:
        tells = f"When does {named(known[0].pm)} tell" if known[0].pm else "Who tells"
        yield joined(f"{tells} {named(known[0].customer)} about ", ident(known[0].id), ", and in which words?")


def _always(draft: Draft) -> Iterator[Text]:
    decision = draft.decision
    if decision is None or not decision.approver:
        yield "Who approves the answer?"
    yield "Which fact would make you change the answer a month from now?"
    yield "Which team have we not asked?"
    yield "What would you stop to do this first?"


def _tasks(draft: Draft) -> list[PlannedTask]:
    planned = draft.plan.tasks_by_id()
    return [planned[id] for id in draft.tasks if id in planned]
