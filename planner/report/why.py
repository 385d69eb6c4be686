"""Why a task is where it is, as a text for the terminal and as JSON."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from planner.domain.units import DAYS_PER_WEEK
from planner.domain.why import Because, ChainStep, Moved, WhatIf, Why
from planner.report.wording import count, day, full_day, number, plain, span, weeks

FACTS, STEPS, MOVED, DAYS = 3, 7, 2, 22
"""Facts of each kind, steps of the chain and moved items that are shown (JSON has all); characters for days."""
UNCLEAR = 0.05 * DAYS_PER_WEEK
"""ED below which a cost is not told apart from none: it would be printed as 0."""


def why_text(why: Why, width: int) -> str:
    """What binds it, the chain, and what would move it or why it is not otherwise; ends with a newline."""
    lines = [f"{plain(why.task)}  {plain(why.title)}".rstrip()]
    if why.start is None:
        return "\n".join([*lines, f"{plain(why.task)} is {plain(why.said)}."]) + "\n"
    lines += [
        *_where(why, width),
        *_binding(why, width),
        *_chain(why, width),
        *_moves(why, width),
        *_contrast(why, width),
    ]
    return "\n".join(lines) + "\n"


def _where(why: Why, width: int) -> Iterator[str]:
    """Teams, items, dates."""
    launch = f", launches {day(why.launch, why.as_of)}" if why.launch else ""
    dates = f"{span(why.start, why.finish, why.as_of)}{launch}"
    parts = (", ".join(why.teams) or "nobody has taken it", ", ".join(why.items), dates, why.status)
    yield _cut(" · ".join(plain(part) for part in parts if part), width)
    yield ""


def why_json(why: Why) -> str:
    """Every field, dates in ISO form; ends with a newline."""
    return json.dumps(asdict(why), ensure_ascii=False, indent=1, default=str) + "\n"


def _binding(why: Why, width: int) -> Iterator[str]:
    """When it starts, launches, and because of what."""
    last = [fact for fact in why.because if fact.last]
    earlier = [fact for fact in why.because if not fact.last]
    assert why.start is not None
    yield f"It starts on {full_day(why.start)} because"
    yield from _facts(last, width)
    if earlier:
        yield "and no earlier because"
        yield from _facts(earlier, width)
    if why.launches_because and why.launch:
        yield f"It launches on {full_day(why.launch)} because"
        yield from _facts(why.launches_because, width)


def _facts(facts: Sequence[Because], width: int) -> Iterator[str]:
    """A line for each of the first facts, and how many there are besides."""
    for fact in facts[:FACTS]:
        yield from textwrap.wrap(plain(fact.text), width, initial_indent="  ", subsequent_indent="    ")
    if len(facts) > FACTS:
        yield f"  and {count(len(facts) - FACTS, 'fact')} more (--json shows all)"


def _chain(why: Why, width: int) -> Iterator[str]:
    """The steps with their days; those in the middle are folded where there are many."""
    if len(why.chain) < 2:
        return
    yield ""
    yield f"How it came to that, in working days from {day(why.as_of, why.as_of)}"
    middle = range(1, len(why.chain) - STEPS + 2) if len(why.chain) > STEPS else range(0)
    for place, step in enumerate(why.chain):
        if place not in middle:
            is_last = place == len(why.chain) - 1
            yield _cut(
                f"  day {step.ready:>4}  {_days(step, is_last):<{DAYS}}  {step.task}: {plain(step.why)}", width
            )
        elif place == middle[0]:
            yield f"  day {step.ready:>4}  {'...':<{DAYS}}  {count(len(middle), 'step')} more (--json shows all)"


def _days(step: ChainStep, is_last: bool) -> str:
    """`3 of choice + 12 of work + 1 off`; of the last step, the task itself, what it waits by choice."""
    parts = (
        (step.waited, "of choice"),
        (step.days, "of work"),
        (step.held, "to its launch"),
        (step.lag, "of lag"),
        (step.gap, "off" if step.gap > 0 else "of overlap"),
    )
    said = [f"{'-' if amount < 0 else '+'} {abs(amount)} {what}" for amount, what in parts if amount]
    return " ".join(said) or ("it starts" if is_last else "+ 0")


def _moves(why: Why, width: int) -> Iterator[str]:
    """The changes that were planned again, one a line."""
    if not why.what_if:
        return
    yield ""
    yield "What would move it, each planned again (an engineer more is not charged)"
    rows = [("change", "it starts", "cost found", "items land")]
    rows += [_row(why, change) for change in (why.searched_on, *why.what_if) if change is not None]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = (f"{cell:<{size}}" for cell, size in zip(row[:3], widths, strict=True))
        yield _cut(f"  {'  '.join(cells)}  {row[3]}", width)


def _row(why: Why, change: WhatIf) -> tuple[str, str, str, str]:
    if change.cost is None:
        because = "; ".join(plain(fact.text) for fact in change.clash)
        return plain(change.text), "–", "–", f"impossible: {because}" if because else "no plan found in time"
    starts = f"{day(change.start, why.as_of)} ({_shift(change.days)})" if change.start else "not done"
    return plain(change.text), starts, cost_text(change.cost, why.objective_kind), _items(change.items)


def _items(items: Sequence[Moved]) -> str:
    """`ASK-17 9 days earlier, ASK-3 2 days later`."""
    shown = ", ".join(f"{plain(item.id)} {_shift(item.days)}" for item in items[:MOVED])
    return (f"{shown}, {len(items) - MOVED} more" if len(items) > MOVED else shown) or "as they do"


def _shift(days: int) -> str:
    return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}" if days else "same day"


def cost_text(cost: float, objective_kind: str = "full") -> str:
    """A change of J as people read it: engineer-weeks, or days to the end where only those count.

    >>> cost_text(-10), cost_text(2.5), cost_text(0.1), cost_text(2, "makespan")
    ('2 engineer-weeks less', '0.5 engineer-weeks more', 'no difference found', '2 days more')
    """
    direction = "more" if cost > 0 else "less"
    if objective_kind == "makespan" and cost:
        return f"{count(round(abs(cost)), 'day')} {direction}"
    return f"{weeks(abs(cost))} {direction}" if abs(cost) >= UNCLEAR else "no difference found"


def _contrast(why: Why, width: int) -> Iterator[str]:
    """Why it is not as it was asked for: what that costs, or why it cannot be."""
    change = why.why_not
    if change is None:
        return
    yield ""
    yield f"Why not {plain(change.text)}?"
    if change.cost is None:
        yield from _impossible(change, width)
        return
    yield f"  {_price(why, change)}"
    yield from _terms(change)
    if change.start:
        yield f"  It would start on {full_day(change.start)}, {_shift(change.days)}."
    yield from _listed("Items that land otherwise", change.items, why, width)
    yield from _listed(
        "Tasks that start otherwise", [task for task in change.tasks if task.id != why.task], why, width
    )


def _impossible(change: WhatIf, width: int) -> Iterator[str]:
    """What clashes, each with its cells."""
    if not change.clash:
        yield "  No plan was found in this time: try a longer --time-limit."
        return
    yield "  Impossible because"
    for fact in change.clash:
        cells = f" ({', '.join(map(str, fact.cells))})" if fact.cells else ""
        yield from textwrap.wrap(plain(fact.text) + cells, width, initial_indent="    ", subsequent_indent="      ")


def _price(why: Why, change: WhatIf) -> str:
    """What it costs as found, and what is sure where that is not the same."""
    found, sure = cost_text(change.cost or 0.0, why.objective_kind), change.proven
    if sure is None or sure.low == sure.high:
        return f"It would cost {found}, which is proven."
    unit = 1 if why.objective_kind == "makespan" else DAYS_PER_WEEK
    low, high = number(sure.low / unit), number(sure.high / unit)
    return f"It would cost {found}, as far as this search went; proven is only: from {low} to {high} more."


def _terms(change: WhatIf) -> Iterator[str]:
    """`Terms: delay +2.1, throwaway -0.4 engineer-weeks`."""
    shown = [f"{term.name} {term.value / DAYS_PER_WEEK:+.1f}" for term in change.terms if abs(term.value) >= UNCLEAR]
    if shown:
        yield f"  Of it {', '.join(shown)} (engineer-weeks)."


def _listed(heading: str, moved: Sequence[Moved], why: Why, width: int) -> Iterator[str]:
    """The first few with both dates."""
    if not moved:
        return
    yield f"  {heading}: {len(moved)}"
    for one in moved[:FACTS]:
        dates = f"{day(one.before, why.as_of)} → {day(one.after, why.as_of)}"
        yield _cut(f"    {dates:<26} {_shift(one.days):<16} {plain(one.id)}  {plain(one.title)}", width)


def _cut(line: str, width: int) -> str:
    line = line.rstrip()
    return line if len(line) <= width else f"{line[: width - 1]}…"
