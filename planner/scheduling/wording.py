"""Facts become sentences: why a task starts, why an item lands, why nothing can be planned."""

from planner.domain.cells import Cell
from planner.domain.plan import ClashFact, Reason
from planner.domain.problem import Clash, Precedence
from planner.domain.roadmap import Link, Team, id_key
from planner.objective import NAMES
from planner.report.wording import day, listing
from planner.scheduling.explain import Fact, launch_reason
from planner.scheduling.formulate import Formulation
from planner.scheduling.view import View

ROOT_STEPS = 200
"""How far an item's reason is followed back along its predecessors."""


def start_reason(view: View, i: int) -> Reason:
    """Why activity i starts when it does, as a clause for people."""
    fact = view.facts[i]
    return Reason(fact.kind, _clause(view, i, fact), tuple(view.formulation.tasks[j].id for j in fact.activities))


def item_reason(view: View, last: int) -> Reason:
    """Why an item lands when its last activity does: the launch block, or the root of the chain of predecessors."""
    held = launch_reason(view.problem, view.schedule, last)
    if held is not None:
        return _named(view, last, held)
    root = last
    for _ in range(ROOT_STEPS):
        fact = view.facts[root]
        if fact.kind not in ("predecessor", "launch"):
            break
        root = fact.activities[0]
    return _named(view, root, view.facts[root])


def _named(view: View, i: int, fact: Fact) -> Reason:
    task = view.formulation.tasks[i].id
    others = tuple(view.formulation.tasks[j].id for j in fact.activities)
    return Reason(fact.kind, f"{task} {_clause(view, i, fact)}", (task, *others))


def _clause(view: View, i: int, fact: Fact) -> str:
    """The predicate of a sentence whose subject is task i."""
    as_of, start = view.calendar.date_of(0), view.start_day(i)
    owner = view.formulation.tasks[i].owner or "its team"
    if fact.kind in ("predecessor", "launch"):
        return f"waits for {_predecessor(view, fact)}{added_reason(view.formulation, fact, i)}"
    limited = _limited(view.formulation, fact.resource)
    if fact.kind == "capacity" and limited is not None:
        return f"waits while {limited.name} already has {_in_progress(limited)}"
    if fact.kind == "capacity":
        team = owner if fact.resource is None else view.formulation.teams[fact.resource].name
        holders = listing([view.formulation.tasks[j].id for j in fact.activities])
        return f"waits for {team}, busy with {holders} until {_before(view, i)}"
    if fact.kind == "calendar":
        return f"waits for {owner}, off until {_before(view, i)}"
    if fact.kind == "block":
        return f"may launch again on {day(view.launch_day(i) or start, as_of)}, after a block"
    held = view.formulation.tasks[i].not_before_reason
    return {
        "release": f"may not start before {day(start, as_of)}{f' ({held})' if held else ''}",
        "pinned": f"is pinned to {day(start, as_of)}",
        "planning start": "starts at once",
        "started": "is under way",
        "wait": f"waits on purpose, for less {' and '.join(NAMES[term] for term in fact.saves) or 'of other delays'}",
    }[fact.kind]


def _limited(formulation: Formulation, resource: int | None) -> Team | None:
    """The team whose limit of tasks in progress a resource is; None where it is a team's engineers."""
    place = -1 if resource is None else resource - len(formulation.teams)
    return formulation.limited[place] if place >= 0 else None


def _in_progress(team: Team) -> str:
    """`3 tasks in progress (WIP limit)`."""
    return f"{team.wip_limit} task{'' if team.wip_limit == 1 else 's'} in progress (WIP limit)"


def _before(view: View, i: int) -> str:
    """The day before activity i starts."""
    return day(view.calendar.date_of(view.schedule.start[i] - 1), view.calendar.date_of(0))


def _predecessor(view: View, fact: Fact) -> str:
    """`LED-3 of Ledger, done 12 Oct`."""
    before = fact.activities[0]
    task, as_of = view.formulation.tasks[before], view.calendar.date_of(0)
    team = f" of {task.owner}" if task.owner else ""
    if fact.kind == "launch":
        return f"the launch of {task.id}{team} on {day(view.launch_day(before) or view.finish_day(before), as_of)}"
    if fact.precedence is not None and fact.precedence.link in (Link.SS, Link.SF):
        return f"{task.id}{team}, begun {day(view.start_day(before), as_of)}"
    return f"{task.id}{team}, done {day(view.finish_day(before), as_of)}"


def added_reason(formulation: Formulation, fact: Fact, i: int) -> str:
    """` (a one-way door: H-2 has to be known first)` for a relation that nobody typed; else nothing."""
    if fact.precedence is None or not fact.activities:
        return ""
    before = id_key(formulation.tasks[fact.activities[0]].id)
    reasons = (d.reason for d in formulation.tasks[i].depends_on if id_key(d.predecessor) == before and d.reason)
    found = next(reasons, "")
    return f" ({found})" if found else ""


def clash_fact(formulation: Formulation, clash: Clash) -> ClashFact:
    """One fact of an impossible plan in words, with the cells where it was typed."""
    tasks = [formulation.tasks[i] for i in clash.activities]
    named = ", ".join(f"{task.id} ({task.title})" if task.title else task.id for task in tasks)
    if clash.kind == "precedence" and clash.precedence is not None:
        return _relation(formulation, clash.precedence)
    column = {"deadline": "Due", "pinned": "Not before", "release": "Not before", "capacity": "Team"}[clash.kind]
    cells = tuple(task.source.cell(column) for task in tasks)
    limited = _limited(formulation, clash.resource)
    if limited is not None:
        return ClashFact(f"{limited.name} has no more than {_in_progress(limited)}, and does {named}", cells)
    if clash.kind == "capacity":
        team = formulation.teams[clash.resource].name if clash.resource is not None else "one team"
        return ClashFact(f"{team} has no more engineers than it has, and does {named}", cells)
    dates = {task.id: task.due if clash.kind == "deadline" else task.not_before for task in tasks}
    said = {"deadline": "must be done by", "pinned": "is pinned to", "release": "may not start before"}[clash.kind]
    return ClashFact(" and ".join(f"{task.id} {said} {dates[task.id]}" for task in tasks), cells)


def _relation(formulation: Formulation, relation: Precedence) -> ClashFact:
    before, after = formulation.tasks[relation.predecessor], formulation.tasks[relation.successor]
    cells: tuple[Cell, ...] = tuple(
        d.cell for d in after.depends_on if d.cell is not None and id_key(d.predecessor) == id_key(before.id)
    )
    lag = f"{relation.lag:+d}d" if relation.lag else ""
    what = "the launch of " if relation.launch else ""
    return ClashFact(f"{after.id} waits for {what}{before.id} ({relation.link.value}{lag})", cells)
