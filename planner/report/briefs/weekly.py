"""One page a week: only what changed, what is due, the top contradictions, who is overloaded."""

from collections.abc import Sequence
from datetime import timedelta

from planner.domain.landing import LandingChange, LandingKind
from planner.domain.paper import Align, Column, Paper, Paragraph, Stamp, Strong, Text
from planner.domain.plan import OpenDecision, Plan
from planner.report.briefs.asks import LEADERSHIP, waiting
from planner.report.briefs.layout import Section, one_page
from planner.report.briefs.parts import HEAD, ID, NAME, clause, on, overload_cells, promised, quoted, titled
from planner.report.conflicts import ranked
from planner.report.cost_curve import curve_text
from planner.report.wording import count, full_day, listing, short, weeks

CHANGES, DECISIONS, CONTRADICTIONS, TEAMS = (8, 15), (2, 6), (3, 3), (2, 6)
"""Rows of each table, at least and at most."""
SOON = timedelta(days=30)


def weekly(plan: Plan, since: Stamp, changes: Sequence[LandingChange], stamp: Stamp) -> Paper:
    """The document: what changed in `plan` since the plan that `since` stamps."""
    content = (
        Paragraph(_message(plan, since, changes)),
        _changed(plan, changes),
        _decisions(plan),
        _contradictions(plan),
        _overloaded(plan),
    )
    return one_page(f"{short(plan.title, HEAD)}: week of {full_day(plan.as_of)}", stamp, content)


def _message(plan: Plan, since: Stamp, changes: Sequence[LandingChange]) -> tuple[Strong | str, ...]:
    kinds = [change.kind for change in changes]
    said = [
        f"{kinds.count(kind)} {word}"
        for kind, word in (
            (LandingKind.LATER, "later"),
            (LandingKind.EARLIER, "earlier"),
            (LandingKind.NEW, "new"),
            (LandingKind.DELIVERED, "delivered"),
            (LandingKind.GONE, "gone"),
            (LandingKind.PROMISED, "with another target"),
        )
        if kind in kinds
    ]
    noun = "item" if plan.items else "task"
    kinds_said = f": {', '.join(said)}" if said else ""
    first = f"{count(len(changes), noun)} changed{kinds_said}."
    return (Strong(first), f" This page compares with plan {since.plan} of {full_day(since.as_of)}.")


def _changed(plan: Plan, changes: Sequence[LandingChange]) -> Section:
    rows = [
        (
            short(change.item, ID),
            titled(change.title, 40),
            short(change.customer, NAME),
            promised(change.target, plan),
            on(change.now, plan),
            _far(change),
            clause(change.cause, 64),
            short(_ask(plan, change), 64),
        )
        for change in changes
    ]
    titles = ("Item" if plan.items else "Task", "Title", "Customer", "Promised", "Now", "Change", "Cause", "Ask")
    return Section("What changed", tuple(map(Column, titles)), tuple(rows), *CHANGES, elsewhere="all in roadmap diff")


def _far(change: LandingChange) -> Text:
    if change.kind in (LandingKind.LATER, LandingKind.EARLIER):
        words = f"{count(abs(change.days), 'day')} {change.kind}"
        return Strong(words) if change.kind is LandingKind.LATER else words
    return "new target" if change.kind is LandingKind.PROMISED else str(change.kind)


def _ask(plan: Plan, change: LandingChange) -> str:
    """What whom can do about it: whoever binds what misses its target; else those who wait are told."""
    pm, customer = short(change.pm, NAME) or LEADERSHIP, short(change.customer, NAME) or "those who wait"
    if change.kind is LandingKind.GONE:
        return f"{pm}: confirm that it is off"
    if change.kind is LandingKind.DELIVERED:
        return f"{pm}: tell {customer}"
    if not change.days_late or change.reason is None:
        return f"{pm}: tell {customer}: {on(change.now, plan)}"
    tasks = plan.tasks_by_id()
    binding = [tasks[name] for name in change.reason.tasks if name in tasks]
    if len(binding) > 1 and binding[-1].teams:
        first, last = binding[0], binding[-1]
        team = short(last.teams[0], NAME)
        if change.reason.kind == "capacity":
            return f"{team}: put {first.id} before {last.id}"
        return f"{team}: finish {last.id} before {on(last.finish, plan)}"
    if change.reason.kind == "block" and binding:
        return f"{LEADERSHIP}: open the block for {binding[0].id}"
    return f"{pm}: agree on {on(change.now, plan)}"


def _decisions(plan: Plan) -> Section:
    """Open decisions due within 30 days, and what waiting costs."""
    rows = [
        (
            f"{on(decision.due, plan)}{' (assumed)' if decision.due_is_assumed else ''}",
            short(decision.id, ID),
            quoted(decision.question),
            short(decision.driver, NAME) or Strong("nobody"),
            _cost(plan, decision),
        )
        for decision in plan.decisions
        if decision.due <= plan.as_of + SOON
    ]
    columns = tuple(map(Column, ("By", "Decision", "Question", "Driver", "Cost of waiting")))
    return Section("Decisions due in 30 days", columns, tuple(rows), *DECISIONS)


def _cost(plan: Plan, decision: OpenDecision) -> str:
    """What the dearest conflict that it settles throws away over time; else how many tasks hang on it."""
    for conflict in ranked(plan.conflicts):
        curve = curve_text(conflict.cost_curve) if decision.id in conflict.decisions else []
        if curve:
            return f"{listing([curve[0], curve[-1]])}; {waiting(decision)}"
    return waiting(decision)


def _contradictions(plan: Plan) -> Section:
    rows = [
        (weeks(c.cost), on(c.decide_by, plan), short(listing(c.teams, 2), 2 * NAME), clause(c.message))
        for c in ranked(plan.conflicts)
    ]
    columns = tuple(map(Column, ("At risk", "By", "Teams", "What")))
    return Section("What contradicts most", columns, tuple(rows), *CONTRADICTIONS)


def _overloaded(plan: Plan) -> Section:
    over = sorted((team for team in plan.teams if team.overload_first), key=lambda team: (-team.overload, team.name))
    rows = [(short(team.name, NAME), *overload_cells(plan, team)) for team in over]
    columns = (*map(Column, ("Team", "When", "What the targets ask")), Column("Share", align=Align.RIGHT))
    return Section("Who is overloaded", columns, tuple(rows), *TEAMS)
