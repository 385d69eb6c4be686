"""Each option as it was planned again, and why each of the others is discarded."""

from collections.abc import Iterator

from planner.domain.decision_draft import Draft, DraftOption
from planner.domain.paper import Align, Block, Bullets, Cite, Code, Column, Paragraph, Table, Text
from planner.domain.units import DAYS_PER_WEEK
from planner.report.decision.evidence import Sources, beside, cited
from planner.report.decision.said import (
    chances,
    effect,
    effect_source,
    gap,
    is_searched_on,
    joined,
    listed,
    quoted,
    titled,
)
from planner.report.wording import number, percent, weeks

MORE = "+"
SHORT = 24
"""Characters of an option's name that fit into a narrow column."""


def options(draft: Draft, sources: Sources) -> Iterator[Block]:
    """What each option does to the cost of the plan, by term, in engineer-weeks; then why not the others."""
    if not any(option.delta for option in draft.options):
        yield Paragraph("No way out is a change that a plan can compute: weigh them by what the tables below say.")
        yield Bullets(tuple(joined(titled(draft, option), ".") for option in draft.options))
        return
    total = sources.plan("objective.total", number(draft.plan.objective))
    yield Paragraph(
        joined(
            f"The plan as it stands costs {weeks(draft.plan.objective)}",
            cited([total]),
            ": effort, delay of customers, work thrown away, resistance (the cost of co-ordination) and debt. ",
            *_compared(draft, sources),
            " in engineer-weeks; less is better.",
        )
    )
    letters = [term for term in _TERMS if any(_change(option, term) for option in draft.options)]
    right = Align.RIGHT
    has_chances = any(option.chance is not None for option in draft.options)
    columns = (
        Column("Option", 3.0 if max(len(option.name) for option in draft.options) <= SHORT else 5.0),
        *([Column("Chance", 1.5, right)] if has_chances else []),
        Column("Plan", 1.5, right),
        *(Column(_TERMS[letter], 2.1 if len(_TERMS[letter]) > 6 else 1.5, right) for letter in letters),
        Column("Leaves the plan", 1.8),
        Column("Evidence", 1.9),
    )
    rows = (_row(draft, option, letters, sources) for option in draft.options)
    yield Table(columns, tuple(row if has_chances else (row[0], *row[2:]) for row in rows))
    if draft.chosen and draft.others:
        yield Bullets(tuple(_reason(draft, option, draft.chosen, sources) for option in draft.others))


def _compared(draft: Draft, sources: Sources) -> Iterator[Text]:
    """With what the options are compared: with the plan, searched on where that has made it cheaper."""
    if not is_searched_on(draft):
        yield "The table shows the change of each part"
        return
    cite = next(effect_source(draft, option, sources) for option in draft.options if option.delta)
    yield joined(
        f"After as much search as the options had it costs {weeks(draft.searched_on)}",
        cited([cite]),
        ": the table shows the change of each part against that,",
    )


_TERMS = {"E": "Effort", "D": "Delay", "T": "Throwaway", "R": "Resistance", "B": "Debt"}


def _change(option: DraftOption, letter: str) -> float:
    return next((term.value for term in option.terms if term.letter == letter), 0.0)


def _signed(value: float) -> str:
    """Engineer-weeks with their sign.

    >>> _signed(-10.0), _signed(5.0), _signed(0.01)
    ('−2', '+1', '0')
    """
    text = number(abs(value) / DAYS_PER_WEEK)
    return text if text == "0" else f"{'−' if value < 0 else MORE}{text}"


def _row(draft: Draft, option: DraftOption, letters: list[str], sources: Sources) -> tuple[Text, ...]:
    cites = [effect_source(draft, option, sources)]
    cites += [chances(draft, sources)] if option.chance is not None else []
    return (
        titled(draft, option),
        percent(option.chance) if option.chance is not None else "–",
        _signed(option.delta.high) if option.delta else "–",
        *(_signed(_change(option, letter)) if option.delta else "–" for letter in letters),
        ", ".join(option.drops) or "nothing",
        beside(*cites),
    )


def _reason(draft: Draft, option: DraftOption, chosen: DraftOption, sources: Sources) -> Text:
    """Why an option is not recommended, in one or two sentences."""
    head = joined(titled(draft, option), ": ")
    if not option.possible:
        return joined(head, "no plan fits all dates with it", cited([effect_source(draft, option, sources)]), ".")
    if option.delta is None:
        cites = cited([effect_source(draft, option, sources)])
        return joined(
            head,
            f"the plan {effect(draft, option)}",
            cites,
            ". Whoever prefers it names its tasks and efforts first.",
        )
    said = joined(f"the plan {effect(draft, option)}", cited([effect_source(draft, option, sources)]))
    if option.unprovided:
        return joined(head, said, ". But ", gap(draft, option, sources))
    today, best = _today(option), _today(chosen)
    if today > best:
        more = f". Today it throws away {weeks(today)} of finished work, {quoted(chosen.name)} {weeks(best)}"
        return joined(head, said, more, cited([_finished(option, draft, sources)]), ".")
    if chosen.delta and option.delta.high - chosen.delta.high > 0.05:
        gap_ = weeks(option.delta.high - chosen.delta.high)
        cites = cited([effect_source(draft, option, sources), effect_source(draft, chosen, sources)])
        return joined(
            head, f"the plan {effect(draft, option)}: {gap_} worse than with the recommended answer", cites, "."
        )
    return joined(head, said, ". The plan does not tell it from the recommended answer; the stated chance decides.")


def _today(option: DraftOption) -> float:
    return option.lost[0].effort if option.lost else 0.0


def _finished(option: DraftOption, draft: Draft, sources: Sources) -> Cite:
    names = listed(list(option.discards))
    return sources.formula(
        f"Work of {names} done by ", Code("plan.json as_of"), f": {number(_today(option))} engineer-days"
    )
