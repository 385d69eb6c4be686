"""The first two sections: what to do, and what is lost by doing it later."""

from collections.abc import Iterator, Sequence
from datetime import date

from planner.domain.decision_draft import Draft, DraftOption
from planner.domain.paper import Block, Callout, Cite, Code, Inline, Paragraph, Picture, Pictures, Strong, Text
from planner.report.decision.deadline import deadline, due, first_discarded, free_until_source
from planner.report.decision.evidence import Sources, cited
from planner.report.decision.said import (
    chances,
    effect,
    effect_source,
    gap,
    ident,
    joined,
    letter,
    moves_source,
    on,
    quoted,
    task_words,
    titled,
)
from planner.report.decision.waiting_svg import waiting_svg
from planner.report.wording import number, percent, weeks


def recommendation(draft: Draft, sources: Sources) -> Iterator[Block]:
    """What to choose and by when, what it does to the plan, and what is stated against it."""
    chosen = draft.chosen
    if chosen is None:
        yield Callout(
            joined(
                "The plan does not prefer an option: ",
                _undecided(draft),
                cited(effect_source(draft, option, sources) for option in draft.options),
                ". Choose by reasons that stand outside the plan",
                *_until(draft, sources),
                ".",
            )
        )
        return
    yield Callout(
        joined(
            Strong("Take way " if draft.conflict else "Choose "),
            titled(draft, chosen),
            *_until(draft, sources),
            ". ",
            f"With it the plan {effect(draft, chosen)}" if chosen.delta else f"The plan {effect(draft, chosen)}",
            cited([effect_source(draft, chosen, sources)]),
            ".",
        )
    )
    if draft.conflict:
        path = f"conflicts[{draft.conflict.id}].message"
        yield Paragraph(
            joined("At issue: ", quoted(draft.conflict.message), cited([sources.plan(path, "as quoted")]), ".")
        )
    if chosen.delta:
        yield Paragraph(joined(*_consequences(draft, chosen, sources)))
    likelier = [o for o in draft.others if (o.chance or 0.0) > (chosen.chance or 0.0)]
    if likelier:
        first = max(likelier, key=lambda option: option.chance or 0.0)
        yield Paragraph(
            joined(
                "Against it stands a belief: the sheet gives ",
                quoted(first.name),
                f" {percent(first.chance or 0.0)} and ",
                quoted(chosen.name),
                f" {percent(chosen.chance or 0.0)}",
                cited([chances(draft, sources)]),
                ". The recommendation rests on the cost of the plan, not on that belief.",
            )
        )


def _undecided(draft: Draft) -> Text:
    """Why no option is recommended."""
    unknown = [option for option in draft.options if option.delta is None]
    if not unknown:
        return "each costs it the same"
    if len(unknown) == len(draft.options):
        return "it cannot compute what they cost"
    return joined("it cannot compute what ", titled(draft, unknown[0]), " costs")


def _until(draft: Draft, sources: Sources) -> Iterator[Text]:
    until = deadline(draft, sources)
    if until:
        yield joined(f" by {on(until.day)}", cited([until.cite]))


def _consequences(draft: Draft, option: DraftOption, sources: Sources) -> Iterator[Text]:
    """What leaves the plan, what somebody has to write anew, and what lands on another day."""
    tasks = draft.plan.tasks_by_id()
    for id in option.drops:
        yield joined(task_words(tasks[id], sources), ", leaves the plan. ")
    for id in option.rewrites:
        if id in tasks:
            yield joined(task_words(tasks[id], sources), ", needs another answer: its team rewrites it. ")
    if option.unprovided:
        yield joined(gap(draft, option, sources), " ")
    if option.moves:
        count, first = len(option.moves), option.moves[0]
        says = f"{count} items land on another day" if count > 1 else "1 item lands on another day"
        cite = moves_source(option, sources)
        moved: Text = joined(
            f"{says}; ",
            ident(first.item),
            f" moves from {on(first.before)} to {on(first.after)}",
            cited([cite]),
            ". ",
        )
        yield moved
    if not (option.discards or option.moves):
        yield "No task leaves the plan and no item lands on another day."


def why_now(draft: Draft, sources: Sources) -> Iterator[Block]:
    """The due date, the last day that costs nothing, and what the options throw away from then on."""
    said = joined(*_due_words(draft, sources), *_free_words(draft, sources), *_risk_words(draft, sources))
    if said:
        yield Paragraph(said)
    losing = [option for option in draft.options if option.lost and option.lost[-1].effort]
    if losing:
        last = losing[0].lost[-1].day
        shown = [option for option in draft.options if option.lost]
        yield Pictures((Picture(f"{draft.stem}-waiting", waiting_svg(draft), _alt(draft, shown)),))
        words: list[Text] = [f"An answer on {on(last)} throws away "]
        for k, option in enumerate(shown):
            lead = "" if k == 0 else ", " if k < len(shown) - 1 else " and "
            words.append(f"{lead}{weeks(option.lost[-1].effort)} with {letter(draft, option)}")
        yield Paragraph(joined(*words, cited([_lost_source(draft, losing, last, sources)]), "."))


def _due_words(draft: Draft, sources: Sources) -> Iterator[Text]:
    planned = due(draft)
    if planned is None or draft.decision is None:
        return
    cite = sources.plan(f"decisions[{planned.id}].due", planned.due)
    if planned.due_is_assumed:
        blank = sources.cells((draft.decision.source.cell("Due"), ""))
        yield joined(f"Nobody stated a due date; the plan assumes {on(planned.due)}", cited([cite, blank]), ". ")
    else:
        yield joined(f"The answer is due on {on(planned.due)}", cited([cite]), ". ")


def _free_words(draft: Draft, sources: Sources) -> Iterator[Text]:
    chosen = draft.chosen
    if draft.decide_by and chosen:
        first = first_discarded(draft, chosen)
        begins: Text = ""
        if first is not None:
            begins = joined(": ", ident(first.id), f" starts on {on(first.start)}", cited([sources.task(first)]))
        cite = free_until_source(draft, sources)
        yield joined(
            f"Up to {on(draft.decide_by)}",
            cited([cite]),
            " no other answer throws away less work than the recommended one",
            begins,
            ". ",
        )
    elif any(option.delta for option in draft.options) and not any(
        option.lost and option.lost[-1].effort for option in draft.options
    ):
        yield "No option throws away work that the plan has, whenever the answer comes. "


def _risk_words(draft: Draft, sources: Sources) -> Iterator[Text]:
    dear = [conflict for conflict in draft.conflicts if conflict.cost]
    if dear:
        yield joined(
            f"Left open, {weeks(dear[0].cost)} of work stand at risk",
            cited([sources.plan(f"conflicts[{dear[0].id}].cost", number(dear[0].cost))]),
            ". ",
        )


def _lost_source(draft: Draft, losing: Sequence[DraftOption], last: date, sources: Sources) -> Cite:
    tasks = draft.plan.tasks_by_id()
    at_stake = [id for id in dict.fromkeys(id for option in losing for id in option.discards) if id in tasks]
    pieces: list[Inline] = [f"Work done by {on(last)} of what an option discards, spread evenly from start to finish"]
    for id in at_stake:
        pieces += [
            ". See ",  # a sentence each: there may be many
            Code(f"plan.json tasks[{id}]"),
            f": effort {number(tasks[id].effort)}, {tasks[id].start} to {tasks[id].finish}",
        ]
    return sources.formula(*pieces)


def _alt(draft: Draft, shown: Sequence[DraftOption]) -> str:
    ends = "; ".join(f"{letter(draft, o)} ends at {weeks(o.lost[-1].effort)}" for o in shown)
    return f"Engineer-weeks thrown away by the day of the decision: {ends}"
