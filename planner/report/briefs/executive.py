"""One page for the leadership: five numbers, what lands when, three asks, two pictures."""

from collections.abc import Iterator

from planner.domain.paper import (
    Align,
    Block,
    Column,
    Figure,
    Figures,
    Paper,
    Paragraph,
    Pictures,
    Stamp,
    Strong,
)
from planner.domain.plan import Headline, Plan, PlannedItem
from planner.domain.roadmap import Commitment
from planner.domain.units import DAYS_PER_WEEK
from planner.report.briefs.asks import asks
from planner.report.briefs.drawings import capacity, landings
from planner.report.briefs.layout import Section, one_page
from planner.report.briefs.parts import HEAD, ID, NAME, lateness, on, promised, titled
from planner.report.document import urgency
from planner.report.wording import count, listing, number, percent, short, weeks

LEAST, MOST = 6, 30
"""Rows of what lands when."""
ASKS = 3
FULL = "full"


def executive(plan: Plan, headline: Headline, stamp: Stamp) -> Paper:
    """The document; `headline` is the plan's own."""
    return one_page(f"{short(plan.title, HEAD)}: report to the leadership", stamp, tuple(_content(plan, headline)))


def _content(plan: Plan, headline: Headline) -> Iterator[Block | Section]:
    yield Paragraph(_message(plan, headline))
    yield _figures(plan, headline)
    yield Paragraph(_comparison(plan, headline))
    yield _lands(plan)
    yield _asks(plan)
    yield Pictures((landings(plan), capacity(plan)))


def _message(plan: Plan, headline: Headline) -> tuple[Strong | str, ...]:
    """The first thing to know: who is let down, and until when."""
    dated = headline.on_track + headline.late
    if headline.late:
        verb = "misses" if headline.late == 1 else "miss"
        first = f"{headline.late} of {count(dated, 'item')} with a target {verb} it."
    elif dated:
        first = f"{count(dated, 'item')} with a target {'lands' if dated == 1 else 'land'} in time."
    else:
        first = "No item has a target."
    end = f" The last task ends on {on(plan.finish, plan)}." if plan.finish else ""
    return (Strong(first), end)


def _figures(plan: Plan, headline: Headline) -> Figures:
    dated = headline.on_track + headline.late
    worst = max(plan.items, key=lambda item: (item.days_late, item.id), default=None)
    avoided = headline.throwaway_avoided
    until = f" until {on(plan.finish, plan)}" if plan.finish else ""
    return Figures(
        (
            Figure(
                str(headline.on_track),
                "items on track",
                f"of {dated} with a target; {headline.undated} without target or team",
            ),
            Figure(
                str(headline.late),
                "items late",
                f"{short(worst.id, ID)} by {count(worst.days_late, 'working day')}"
                if worst and worst.days_late
                else "none misses",
            ),
            Figure(
                number(headline.throwaway / DAYS_PER_WEEK),
                "engineer-weeks of throwaway",
                f"at risk; {number(avoided / DAYS_PER_WEEK)} avoided" if avoided is not None else "at risk",
            ),
            Figure(
                str(len(headline.decisions_due)),
                "decisions due in 14 days",
                listing([short(name, ID) for name in headline.decisions_due], 4) or "none is open",
            ),
            Figure(
                percent(headline.operations_roadmap),
                "operations in the roadmap",
                f"{percent(headline.operations_capacity)} of all time{until}",
            ),
        )
    )


def _comparison(plan: Plan, headline: Headline) -> str:
    """What throwaway is avoided against, and what the plan costs in all against the same."""
    what = "Throwaway is work that a team later discards."
    if headline.throwaway_plain is None or headline.objective_plain is None:
        return f"{what} Plain priority order cannot keep the hard dates, so nothing tells what this plan avoids."
    plainly = (
        f"{what} We count what this plan avoids against the plan in plain priority order of the same data: "
        f"{weeks(headline.throwaway_plain)} there, {number(headline.throwaway / DAYS_PER_WEEK)} here."
    )
    if plan.objective_kind != FULL:
        return plainly
    less = round(headline.objective_plain - plan.objective, 1)
    words = f"{weeks(abs(less))} {'less' if less > 0 else 'more'} here" if less else "the same here"
    gap = f", within {percent(plan.gap)} of the best possible plan" if plan.gap else ", and no plan is better"
    return f"{plainly} All costs together are {words}{gap}."


def _lands(plan: Plan) -> Section:
    """What is still to land in the order in which it does; where not all fit, what is late or promised firmly."""
    ahead = [item for item in plan.items if item.lands and item.lands >= plan.as_of]
    if not ahead:
        return _lands_tasks(plan)
    by_date = sorted(ahead, key=lambda item: (item.lands or plan.as_of, item.id))
    place = {item.id: k for k, item in enumerate(by_date)}
    ahead.sort(key=lambda item: (not item.days_late and item.commitment != Commitment.MUST, urgency(item)))
    titles = ("Lands", "Item", "Title", "Customer", "Target")
    return Section(
        "What lands when",
        (*map(Column, titles), Column("Against target", align=Align.RIGHT)),
        tuple(_land_cells(plan, item) for item in ahead),
        LEAST,
        MOST,
        tuple(place[item.id] for item in ahead),
    )


def _land_cells(plan: Plan, item: PlannedItem) -> tuple[str, ...]:
    return (
        on(item.lands, plan),
        short(item.id, ID),
        titled(item.title),
        short(item.customer, NAME),
        promised(item.target, plan),
        lateness(item.days_late, item.target is not None) if any(one.target for one in plan.items) else "",
    )


def _lands_tasks(plan: Plan) -> Section:
    """Without items: the ends of the chains of tasks."""
    ends = [task for task in plan.tasks if task.sequence and not task.waited_by]
    ends.sort(key=lambda task: (task.launch or task.finish, task.id))
    rows = [
        (
            on(task.launch or task.finish, plan),
            short(task.id, ID),
            titled(task.title),
            short(listing(task.teams, 2), 2 * NAME),
        )
        for task in ends
    ]
    return Section(
        "What lands when", tuple(map(Column, ("Lands", "Task", "Title", "Teams"))), tuple(rows), LEAST, MOST
    )


def _asks(plan: Plan) -> Section:
    rows = [
        (
            Strong(ask.who),
            ask.what,
            ask.figure,
            f"{on(ask.by, plan)}{' (assumed)' if ask.by_is_assumed else ''}",
        )
        for ask in asks(plan, ASKS)
    ]
    columns = (Column("Who"), Column("Asked to"), Column("At stake"), Column("By", align=Align.RIGHT))
    return Section("What we ask", columns, tuple(rows), ASKS, ASKS)
