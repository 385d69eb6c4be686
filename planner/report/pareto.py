"""A Pareto front for the terminal and as JSON: a table of its plans and a sentence on what each costs and gains."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict

from planner.domain.pareto import Exchange, FrontPlan, ItemMove, ParetoFront
from planner.domain.units import DAYS_PER_WEEK
from planner.report.columns import aligned
from planner.report.wording import count, day, full_day, number, plain, weeks

VERSION = 1
DIGITS = 4
MOST_ITEMS = 2
"""Items that a sentence names; the rest is counted."""


def pareto_text(front: ParetoFront, width: int) -> str:
    """The table, then a sentence for each plan; ends with a newline."""
    lead = f"{plain(front.title)}, as of {full_day(front.as_of)}: what less {front.y} costs in {front.x}"
    lines = [*textwrap.wrap(lead, width), "", *_table(front), ""]
    for plan in plans(front):
        text = f"{plan.name}  {sentence(front, plan)}"
        lines += textwrap.wrap(text, width, subsequent_indent=" " * (len(plan.name) + 2))
    return "\n".join([*lines, "", *textwrap.wrap(certainty(front), width)]) + "\n"


def pareto_json(front: ParetoFront) -> str:
    """Everything of a front; costs in ED, dates ISO; ends with a newline."""
    content = {
        "version": VERSION,
        "title": front.title,
        "as_of": front.as_of.isoformat(),
        "x": front.x,
        "y": front.y,
        "complete": front.complete,
        "interrupted": front.interrupted,
        "knee": front.knee,
        "best": _object(front.best),
        "points": [_object(point) for point in front.points],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def plans(front: ParetoFront) -> tuple[FrontPlan, ...]:
    """The points, and behind them the plan with the least J where it is none of them."""
    return front.points if front.best in front.points else (*front.points, front.best)


def role(front: ParetoFront, plan: FrontPlan) -> str:
    """`knee`, `least cost in all`, both or nothing."""
    roles = ["knee"] if plan.name == front.knee else []
    return ", ".join([*roles, "least cost in all"] if plan.name == front.best.name else roles)


def certainty_of(front: ParetoFront, plan: FrontPlan) -> str:
    """Whether a plan is proven to be on the front, or how much less x there may be."""
    if plan.proven:
        return "proven"
    return f"{front.x} may fall to {number(plan.bound / DAYS_PER_WEEK)}" if plan.bound > 0 else "not proven"


def certainty(front: ParetoFront) -> str:
    """How far the search has come, in a sentence."""
    if front.complete:
        return "No plan is missing: the front is proven."
    stopped = "Stopped on request. " if front.interrupted else ""
    return f"{stopped}There may be further and better plans: a longer --time-limit or more --points finds them."


def sentence(front: ParetoFront, plan: FrontPlan) -> str:
    """What a plan costs and gains against the one that it is compared with."""
    roles = role(front, plan)
    start = f"{roles[:1].upper()}{roles[1:]}. " if roles else ""
    if plan.exchange is None:
        return f"{start}The least {front.x}: {weeks(plan.x)} of it, {weeks(plan.y)} of {front.y}."
    return f"{start}Against {plan.exchange.other}: {_trade(front, plan.exchange)}{_moves(plan.exchange)}."


def _trade(front: ParetoFront, exchange: Exchange) -> str:
    """`6.2 engineer-weeks less throwaway for 22 engineer-weeks more delay`."""
    parts = [_change(exchange.y, front.y), _change(exchange.x, front.x)]
    gains = exchange.y < 0 <= exchange.x
    return (" for " if gains else " and ").join(parts)


def _change(amount: float, name: str) -> str:
    return f"{weeks(abs(amount))} {'less' if amount < 0 else 'more'} {name}" if amount else f"as much {name}"


def _moves(exchange: Exchange) -> str:
    """Who pays and who gains in days: the items that move farthest, the rest counted."""
    if not (exchange.later or exchange.earlier):
        return "; no item lands on another day"
    parts = [
        _side(moves, word) for moves, word in ((exchange.later, "later"), (exchange.earlier, "earlier")) if moves
    ]
    return "; " + "; ".join(parts)


def _side(moves: Sequence[ItemMove], word: str) -> str:
    """`later: ASK-12 9 days, ASK-7 4 days, 3 further items up to 2 days`."""
    named = [f"{plain(move.item)} {count(abs(move.days), 'day')}" for move in moves[:MOST_ITEMS]]
    rest = len(moves) - len(named)
    more = [f"{count(rest, 'further item')} up to {count(abs(moves[MOST_ITEMS].days), 'day')}"] if rest else []
    return f"{word}: {', '.join([*named, *more])}"


def columns(front: ParetoFront) -> tuple[str, ...]:
    """Names of the costs in the order of the table: y, x, then the others that are not the same in all plans."""
    values = {
        term.name: {t.value for p in plans(front) for t in p.terms if t.name == term.name}
        for term in front.best.terms
    }
    others = [name for name, found in values.items() if name not in (front.x, front.y) and len(found) > 1]
    return front.y, front.x, *others


def costs(front: ParetoFront, plan: FrontPlan) -> tuple[float, ...]:
    """What a plan costs, by column, then in all; in engineer-weeks."""
    values = {term.name: term.value for term in plan.terms}
    return tuple(value / DAYS_PER_WEEK for value in (*(values[name] for name in columns(front)), plan.objective))


def _table(front: ParetoFront) -> list[str]:
    """The plans as rows, costs in engineer-weeks."""
    headers = ("", *columns(front), "in all", "finished", "")
    rows = [
        (
            plan.name,
            *(f"{cost:,.1f}" for cost in costs(front, plan)),
            day(plan.finish, front.as_of),
            "; ".join(filter(None, (role(front, plan), certainty_of(front, plan)))),
        )
        for plan in plans(front)
    ]
    return aligned((headers, *rows), (0, len(headers) - 1))


def _object(plan: FrontPlan) -> dict[str, object]:
    """A plan as JSON knows it."""
    return {
        "name": plan.name,
        "x": _rounded(plan.x),
        "y": _rounded(plan.y),
        "objective": {"total": _rounded(plan.objective), **{t.letter: _rounded(t.value) for t in plan.terms}},
        "bound": _rounded(plan.bound),
        "proven": plan.proven,
        "finish": plan.finish.isoformat(),
        "items": {item.item: item.lands.isoformat() for item in plan.items},
        "exchange": None if plan.exchange is None else _exchange(plan.exchange),
    }


def _exchange(exchange: Exchange) -> dict[str, object]:
    content = asdict(exchange)
    return {**content, "x": _rounded(exchange.x), "y": _rounded(exchange.y)}


def _rounded(value: float) -> float:
    return round(value, DIGITS) + 0.0  # no -0.0
