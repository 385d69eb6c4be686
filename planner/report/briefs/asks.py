"""What a plan asks of the leadership: whom, what, with which figure, by which day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from planner.domain.conflict import Conflict
from planner.domain.plan import Headline, OpenDecision, Plan
from planner.report.briefs.parts import NAME, clause, lateness, on, overload_cells, quoted
from planner.report.conflicts import ranked
from planner.report.document import urgency
from planner.report.wording import count, listing, short, weeks

LEADERSHIP = "Leadership"
"""Who is asked where the sheets name nobody."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that somebody can do."""

    who: str
    what: str
    figure: str
    by: date
    about: str
    """The decision, item or team that it is about: nobody is asked twice for the same."""
    by_is_assumed: bool = False


def asks(plan: Plan, most: int) -> tuple[Ask, ...]:
    """The most urgent of each kind in turn: what wastes most, which promise breaks, who decides, who has too much."""
    kinds = (_contradictions(plan), _promises(plan), _decisions(plan), _overloads(plan))
    chosen: dict[str, Ask] = {}
    for turn in zip_longest(*kinds):
        for ask in turn:
            if ask is not None and len(chosen) < most:
                chosen.setdefault(ask.about, ask)
    return tuple(chosen.values())


def _contradictions(plan: Plan) -> Iterator[Ask]:
    """Ways out that save work and have a day, the dearest first."""
    decisions = {decision.id: decision for decision in plan.decisions}
    for conflict in ranked(plan.conflicts):
        open_ones = sorted((decisions[name] for name in conflict.decisions if name in decisions), key=lambda d: d.due)
        first = open_ones[0] if open_ones else None
        days = [first.due] if first else []
        days += [conflict.decide_by] if conflict.decide_by else []
        if not conflict.avoidable or not days:
            continue
        by = min(days)
        drivers = [decision.driver for decision in open_ones if decision.driver]
        yield Ask(
            who=short(listing(drivers or conflict.teams, 2), 2 * NAME) or LEADERSHIP,
            what=f"{way_out(conflict)}: {clause(conflict.message, 130)}",
            figure=f"{weeks(conflict.avoidable)} not thrown away",
            by=by,
            about=first.id if first else conflict.id,
            by_is_assumed=first is not None and first.due_is_assumed and by == first.due,
        )


def way_out(conflict: Conflict) -> str:
    """The recommended way out without its day and figure."""
    texts = (way.text.rstrip(".") for way in conflict.resolutions)
    return clause(next((text for text in texts if conflict.recommendation.startswith(text)), conflict.recommendation))


def _promises(plan: Plan) -> Iterator[Ask]:
    """Items that miss their target, the firmest promise and the longest delay first."""
    late = (item for item in plan.items if item.days_late and item.target)
    for item in sorted(late, key=lambda item: (urgency(item)[1], -item.days_late, item.id)):
        assert item.target is not None
        customer = f" with {short(item.customer, NAME)}" if item.customer else ""
        what = f"Agree on {on(item.lands, plan)}{customer} for {item.id} {quoted(item.title)}"
        yield Ask(short(item.pm, NAME) or LEADERSHIP, what, lateness(item.days_late, True), item.target.last, item.id)


def _decisions(plan: Plan) -> Iterator[Ask]:
    """Decisions due soon: those without a driver first, then those on which most tasks wait."""
    soon = plan.headline.decisions_due if isinstance(plan.headline, Headline) else ()
    due = (decision for decision in plan.decisions if decision.id in soon)
    for decision in sorted(due, key=lambda d: (bool(d.driver), -len(d.tasks), d.due, d.id)):
        what = f"{'Decide' if decision.driver else 'Name a driver for'} {decision.id} {quoted(decision.question)}"
        yield Ask(
            short(decision.driver, NAME) or LEADERSHIP,
            what,
            waiting(decision),
            decision.due,
            decision.id,
            decision.due_is_assumed,
        )


def waiting(decision: OpenDecision) -> str:
    """How much hangs on a decision."""
    return f"{count(len(decision.tasks), 'task')} {'hangs' if len(decision.tasks) == 1 else 'hang'} on it"


def _overloads(plan: Plan) -> Iterator[Ask]:
    """Teams that owe more than they have, the worst first."""
    for team in sorted(plan.teams, key=lambda team: (-team.overload, team.name)):
        if team.overload_last:
            _, due, share = overload_cells(plan, team)
            what = f"Move a target or lend engineers to {short(team.name, NAME)}: {due}"
            yield Ask(LEADERSHIP, what, f"{share} of its capacity", team.overload_last, team.name)
