"""The plan as sections of sentences and tables: what is said is said here, once, for every renderer.

`document(plan)` is what the screen shows; `screen` shows the most important rows of each section, `markdown` all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from planner.domain.plan import Plan, PlannedItem, PlannedTask, PlannedTeam, TaskLink
from planner.domain.roadmap import Commitment
from planner.domain.units import DAYS_PER_WEEK
from planner.report.conflicts import family_words, open_conflicts, ranked
from planner.report.diagnostics import assumed_columns, findings, severity_counts
from planner.report.moves import move_cells, stability_sentences
from planner.report.relaxations import relaxation_cells
from planner.report.reserved import reserved_lines
from planner.report.wording import count, day, full_day, listing, number, percent, span, weeks

CLASH, WAYS_OUT = "What cannot hold together", "Ways to make it possible"
"""Headings that only an impossible plan has."""
QUALITY = "How good the plan is"
EVERY_DOUBT = "Every doubt in the data"
"""Heading of the full list of diagnostics in the report."""


@dataclass(frozen=True)
class Column:
    """A column of a table; `wide` ones share what the others leave, `detail` ones stay out of the screen."""

    title: str
    wide: bool = False
    detail: bool = False


@dataclass(frozen=True)
class Row:
    """The texts of a row and its place by importance: where rows are cut, those with the largest rank go."""

    cells: tuple[str, ...]
    rank: int


@dataclass(frozen=True)
class Section:
    """A heading, sentences and at most one table; `screen_rows` is how many rows the one screen asks for.

    `alarm` marks what has to be looked at; `elsewhere` is the heading of the report under which all rows stand
    anyway, so that they are not printed twice.
    """

    title: str
    sentences: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    screen_rows: int = 3
    alarm: bool = False
    elsewhere: str = ""


@dataclass(frozen=True)
class Document:
    """A title, what stands below it, and the sections that have something to say."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]


def document(plan: Plan, verbose: bool = False) -> Document:
    """What the one screen says; engineer-days and the terms of the objective only with `verbose`."""
    sections = (
        _clash(plan),
        _relaxations(plan),
        _lands(plan),
        _moved(plan, verbose),
        _late(plan),
        _overloaded(plan),
        _contradictions(plan),
        _decisions(plan),
        _untaken(plan),
        _assumptions(plan),
        _doubts(plan),
        _quality(plan, verbose),
    )
    return Document(plan.title, _lead(plan), tuple(s for s in sections if s.rows or s.sentences))


def table(texts: Sequence[tuple[str, ...]]) -> tuple[Row, ...]:
    """Rows whose order is their importance."""
    return tuple(Row(cells, rank) for rank, cells in enumerate(texts))


def _lead(plan: Plan) -> tuple[str, ...]:
    files = f"from {listing(plan.files)}" if plan.files else ""
    first = f"as of {full_day(plan.as_of)} {files}".rstrip()
    if plan.status == "infeasible":
        return (first, "No plan is possible: some facts cannot hold together.")
    planned = [task for task in plan.tasks if task.sequence]
    items = f" for {count(len(plan.items), 'item')}" if plan.items else ""
    work = f"{count(len(planned), 'task')} of {count(len(plan.teams), 'team')}{items}"
    until = f", finished {day(plan.finish, plan.as_of)}" if plan.finish else ""
    unlimited = ", as if every team were as large as its work wants" if plan.capacity_kind == "unlimited" else ""
    return (first, f"{work}{until}{unlimited}", *reserved_lines(plan))


def _clash(plan: Plan) -> Section:
    """The smallest sets of facts that cannot hold together."""
    sets = (plan.clash, *plan.further_clashes) if plan.clash else ()
    rows = table(
        [
            (str(place) if len(sets) > 1 else "", fact.text, listing([str(cell) for cell in fact.cells]))
            for place, facts in enumerate(sets, 1)
            for fact in facts
        ]
    )
    each = f"These are {len(sets)} sets of facts that cannot hold together: one fact of each has to give way."
    advice = each if len(sets) > 1 else f"These {len(rows)} facts cannot all hold: one of them has to give way."
    columns = (Column("Set"), Column("Fact", wide=True), Column("Where"))
    return Section(CLASH, (advice,) if rows else (), columns, rows, 12, alarm=True)


def _relaxations(plan: Plan) -> Section:
    """What makes an impossible plan possible, the cheapest first."""
    rows = table([relaxation_cells(relaxation, plan) for relaxation in plan.relaxations])
    columns = (
        Column("Slip"),
        Column("Added"),
        Column("Cost"),
        Column("Way out", wide=True),
        Column("Done", detail=True),
        Column("Where", detail=True),
    )
    checked = "Each was planned again and verified; the cheapest first, giving up work last."
    return Section(WAYS_OUT, (checked,) if rows else (), columns, rows, 12)


def _lands(plan: Plan) -> Section:
    """Items by launch, the urgent ones first where not all fit; without items the ends of the chains of tasks."""
    landing = [item for item in plan.items if item.lands]
    if not landing:
        return _lands_tasks(plan)
    by_urgency = sorted(landing, key=lambda item: (_landed(plan, item), *urgency(item)))
    rank = {item.id: place for place, item in enumerate(by_urgency)}
    rows = tuple(Row(_landing_cells(plan, item), rank[item.id]) for item in landing)
    columns = (
        Column("Lands"),
        Column("Item"),
        Column("Title", wide=True),
        Column("Priority", detail=True),
        Column("Target", detail=True),
        Column("Teams", detail=True),
        Column("Why then", wide=True),
    )
    return Section("What lands when", (), columns, rows, screen_rows=8)


def urgency(item: PlannedItem) -> tuple[str, int, int, str]:
    """Sort key: priority, then commitment, then landing, then id."""
    commitments = [str(commitment) for commitment in Commitment]
    place = commitments.index(item.commitment) if item.commitment in commitments else len(commitments)
    return (item.priority, place, item.lands.toordinal() if item.lands else 0, item.id)


def _landed(plan: Plan, item: PlannedItem) -> bool:
    return item.lands is not None and item.lands < plan.as_of


def _landing_cells(plan: Plan, item: PlannedItem) -> tuple[str, ...]:
    return (
        day(item.lands, plan.as_of),
        item.id,
        item.title,
        item.priority,
        item.target.text if item.target else "",
        ", ".join(item.teams),
        item.reason.text if item.reason else "",
    )


def _lands_tasks(plan: Plan) -> Section:
    ends = [task for task in plan.tasks if task.sequence and not task.waited_by]
    ends.sort(key=lambda task: (task.launch or task.finish, task.id))
    rows = table(
        [(day(t.launch or t.finish, plan.as_of), t.id, t.title, ", ".join(t.teams), t.reason.text) for t in ends]
    )
    columns = (
        Column("Lands"),
        Column("Task"),
        Column("Title", wide=True),
        Column("Teams"),
        Column("Why then", wide=True),
    )
    return Section("What lands when", (), columns, rows, screen_rows=8)


def _moved(plan: Plan, verbose: bool) -> Section:
    """What starts on another day than in the plan before, the nearest first."""
    rows = table([move_cells(plan, move) for move in plan.stability.moves] if plan.stability else [])
    columns = (
        Column("Start"),
        Column("Task"),
        Column("Title", wide=True),
        Column("Teams", detail=True),
        Column("How far"),
        Column("Why", wide=True),
    )
    return Section("What moved", stability_sentences(plan, verbose), columns, rows, screen_rows=5)


def _late(plan: Plan) -> Section:
    """Items against their targets, then tasks against their own due dates; the firmest promises first."""
    items = sorted((item for item in plan.items if item.days_late), key=lambda i: (urgency(i)[1], -i.days_late, i.id))
    tasks = sorted((task for task in plan.tasks if task.days_late), key=lambda task: (-task.days_late, task.id))
    rows = [
        (
            count(item.days_late, "day"),
            item.id,
            item.title,
            item.commitment,
            item.customer,
            f"{item.target.text if item.target else ''} → {day(item.lands, plan.as_of)}",
            item.reason.text if item.reason else "",
        )
        for item in items
    ]
    rows += [
        (
            count(task.days_late, "day"),
            task.id,
            task.title,
            "due",
            "",
            f"{day(task.due, plan.as_of)} → {day(task.finish, plan.as_of)}",
            task.reason.text,
        )
        for task in tasks
    ]
    columns = (
        Column("Late by"),
        Column("What"),
        Column("Title", wide=True),
        Column("Promise"),
        Column("Customer"),
        Column("Target → lands"),
        Column("Why", wide=True, detail=True),
    )
    return Section("What is late", (), columns, table(rows), screen_rows=5, alarm=True)


def _overloaded(plan: Plan) -> Section:
    """Teams that owe more by some date than they have until then, the worst first."""
    over = sorted((team for team in plan.teams if team.overload_first), key=lambda t: (-t.overload, t.name))
    rows = [
        (team.name, span(team.overload_first, team.overload_last, plan.as_of), _overload_text(team)) for team in over
    ]
    columns = (Column("Team"), Column("When"), Column("How much", wide=True))
    return Section("Who is overloaded", (), columns, table(rows), alarm=True)


def _overload_text(team: PlannedTeam) -> str:
    due, has = weeks(team.overload_due), number(team.overload_has / DAYS_PER_WEEK)
    return f"{due} due by then, {has} there: {percent(team.overload)}"


def _contradictions(plan: Plan) -> Section:
    """Conflicts that cost something, those first whose way out saves most; what else was found is counted."""
    rows = [
        (
            weeks(conflict.cost),
            f"by {day(conflict.decide_by, plan.as_of)}" if conflict.decide_by else "",
            ", ".join(conflict.teams),
            conflict.message,
            conflict.recommendation,
            conflict.id,
        )
        for conflict in ranked(plan.conflicts)
    ]
    columns = (
        Column("At risk"),
        Column("Decide"),
        Column("Teams", detail=True),
        Column("What", wide=True),
        Column("Way out", detail=True),
        Column("Id", detail=True),
    )
    found = family_words(open_conflicts(plan.conflicts))
    sentences = (f"{found}.",) if found else ()
    return Section("What contradicts", sentences, columns, table(rows), alarm=bool(rows))


def _decisions(plan: Plan) -> Section:
    """Open decisions by due date, and how much hangs on each."""
    rows = [
        (
            f"{day(decision.due, plan.as_of)}{' (assumed)' if decision.due_is_assumed else ''}",
            decision.id,
            decision.question,
            decision.driver or "nobody drives it",
            count(len(decision.tasks), "task"),
        )
        for decision in plan.decisions
    ]
    columns = (
        Column("By"),
        Column("Decision"),
        Column("Question", wide=True),
        Column("Driver"),
        Column("Hang on it"),
    )
    return Section("What has to be decided", (), columns, table(rows), alarm=True)


def _untaken(plan: Plan) -> Section:
    """Items without a task and tasks without a team."""
    items = plan.roadmap.items_by_id()
    rows = [(item, items[item].title if item in items else "", "no task") for item in plan.untaken]
    rows += [(task.id, task.title, "no team") for task in plan.tasks if task.sequence and not task.teams]
    columns = (Column("What"), Column("Title", wide=True), Column("Missing"))
    return Section("What nobody has taken", (), columns, table(rows), screen_rows=2, alarm=True)


def _assumptions(plan: Plan) -> Section:
    """How much of the plan nobody typed."""
    if not plan.assumptions and not plan.assumed_share:
        return Section("What is assumed")
    columns = [f"{group.column} {len(group.assumptions)}" for group in assumed_columns(plan.assumptions)]
    by_column = f": {listing(columns, 6)}" if columns else ""
    share = f"{percent(plan.assumed_share)} of the effort is assumed; "
    total = f"{count(len(plan.assumptions), 'value')} that nobody typed{by_column}."
    return Section("What is assumed", (share + total,))


def _doubts(plan: Plan) -> Section:
    """Counts by severity and the worst defect of each rule first, so that three lines show three kinds."""
    groups = findings(plan.diagnostics)
    firsts = [group.diagnostics[0] for group in groups]
    rest = chain.from_iterable(group.diagnostics[1:] for group in groups)
    ordered = sorted((*firsts, *rest), key=lambda diagnostic: diagnostic.severity)
    rows = table([(diagnostic.severity.word, str(diagnostic)) for diagnostic in ordered])
    sentences = (f"{severity_counts(plan.diagnostics)}.",) if plan.diagnostics else ()
    return Section(
        "Doubts in the data", sentences, (Column("How bad"), Column("What", wide=True)), rows, elsewhere=EVERY_DOUBT
    )


def _quality(plan: Plan, verbose: bool) -> Section:
    """How good the plan is, in words; with `verbose` the terms of the objective."""
    if plan.status == "infeasible":
        return Section("How good the plan is")
    proven = plan.status == "optimal"
    goodness = "Proven best" if proven else f"Within {percent(plan.gap)} of the best possible plan"
    aim = " for the earliest end" if plan.objective_kind == "makespan" else ""
    checked = ", checked by an independent verifier" if plan.verified else ""
    stopped = "; the search was interrupted, more time may find a better one" if plan.interrupted else ""
    sentences = [f"{goodness}{aim}{checked}{stopped}."]
    if plan.left_out:
        sentences.append(f"The search went without: {'; '.join(plan.left_out)}.")
    if verbose:
        terms = " + ".join(f"{term.letter} {number(term.value)} ({term.name})" for term in plan.terms)
        total = number(sum(term.value for term in plan.terms))
        unit = "working days" if plan.objective_kind == "makespan" else "ED"
        sentences.append(f"J = {total} ED = {terms}; lower bound {number(plan.bound)} {unit}.")
        sentences.append(f"Found by {plan.method or 'no search'}, seed {plan.seed}.")
    return Section(QUALITY, tuple(sentences))


def task_dates(plan: Plan, task: PlannedTask) -> tuple[str, str, str]:
    """Start, finish and launch as people read them."""
    return day(task.start, plan.as_of), day(task.finish, plan.as_of), day(task.launch, plan.as_of)


def team_sentence(plan: Plan, team: PlannedTeam) -> str:
    """Size, load and when the team is free."""
    if team.is_external:
        return f"A vendor: {count(len(team.queue), 'task')}, planned by its own dates."
    assumed = " (assumed)" if team.assumed else ""
    free = f", free from {day(team.free_from, plan.as_of)}" if team.free_from else ""
    size = f"{number(team.engineers)} engineer{'' if team.engineers == 1 else 's'}{assumed}"
    return f"{size}, {weeks(team.demand)} of work, {percent(team.busy)} busy{free}."


def links_text(links: Sequence[TaskLink]) -> str:
    """Neighbours of a task, with their team where it is another one and their relation where it is special."""
    return ", ".join(
        f"{link.task}{f' {link.relation}' if link.relation else ''}{f' ({link.team})' if link.cross_team else ''}"
        for link in links
    )
