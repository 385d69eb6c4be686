"""Rows of the sheet Tasks."""

from collections.abc import Sequence
from datetime import date

from planner.domain.diagnostics import Rule
from planner.domain.roadmap import Dependency, Door, Task, id_key
from planner.sheets import rules
from planner.sheets.identifiers import Namespace
from planner.sheets.rows.context import Context
from planner.sheets.rows.progress import read_progress
from planner.sheets.rows.reader import RowReader
from planner.sheets.values import (
    DateMark,
    Effort,
    Reference,
    Shares,
    parse_choice,
    parse_date,
    parse_debt,
    parse_dependencies,
    parse_duration,
    parse_effort,
    parse_engineers,
    parse_first_date,
    parse_settings,
    parse_touches,
    parse_yesno,
)

_parse_door = parse_choice(Door)


def read_task(reader: RowReader, items: Sequence[str], context: Context, today: date) -> Task:
    """The task of a row whose id (`reader.subject`) and items are known."""
    teams = context.team_cell(reader, "Team")
    effort = reader.read("Effort", parse_effort, Effort())
    engineers, engineers_by_team = reader.read("Engineers", parse_engineers, (None, ()))
    effort_by_team = _per_team(effort.by_team, teams, reader, "Effort", context)
    engineers_by_team = _per_team(engineers_by_team, teams, reader, "Engineers", context)
    teams = tuple(dict.fromkeys((*teams, *(name for name, _ in effort_by_team))))
    if not teams:
        reader.report(rules.NO_TEAM, "has no team: nobody has taken it.", "Team")
    not_before = reader.read("Not before", parse_first_date, DateMark())
    due = reader.read("Due", parse_date, DateMark())
    if not_before.day and due.day and due.day < not_before.day:
        text = f"is due ({due.day}) before it may start ({not_before.day}); both are kept and clash."
        reader.report(rules.REVERSED_DATES, text, "Not before", "Due")
    progress = read_progress(reader, today)
    return Task(
        id=reader.subject,
        source=reader.source,
        title=_title(reader),
        description=reader.text("Description"),
        items=tuple(items),
        teams=teams,
        estimate=effort.estimate,
        effort_by_team=effort_by_team,
        engineers=engineers,
        engineers_by_team=engineers_by_team,
        duration=reader.read("Duration", parse_duration, None),
        depends_on=_dependencies(reader, context),
        touches=reader.read("Touches", parse_touches, ()),
        sets=reader.read("Sets", parse_settings, ()),
        needs=reader.read("Needs", parse_settings, ()),
        replaces=_others(context.tasks, reader, "Replaces", context),
        alternative_to=_others(context.tasks, reader, "Alternative to", context),
        duplicate_of=_others(context.tasks, reader, "Duplicate of", context),
        split_from=_others(context.tasks, reader, "Split from", context),
        hypotheses=context.references(context.hypotheses, reader, "Hypothesis"),
        settles=context.references(context.decisions, reader, "Settles"),
        door=reader.read("Door", _parse_door, None),
        reversal=reader.amount("Reversal"),
        debt=reader.read("Debt", parse_debt, None),
        repays=_others(context.tasks, reader, "Repays", context),
        launches=reader.read("Launch", parse_yesno, None) is not False,
        not_before=not_before.day,
        pinned=not_before.exact and not_before.day is not None,
        due=due.day,
        due_is_hard=due.exact and due.day is not None,
        status=progress.status,
        done_share=progress.done_share,
        remaining=progress.remaining,
        actual_start=progress.actual_start,
        actual_finish=progress.actual_finish,
        actual_launch=progress.actual_launch,
        actual_effort=progress.actual_effort,
        extra=reader.row.extra,
    )


def _title(reader: RowReader) -> str:
    """The title; a task without one is called by its id."""
    title = reader.text("Title")
    if not title:
        reader.report(rules.MISSING_TITLE, "has no title; its id stands for it.", "Title")
    return title or reader.subject


def _per_team(shares: Shares, teams: Sequence[str], reader: RowReader, column: str, context: Context) -> Shares:
    """Shares under the teams' names; `PAY` means the only team of the task that begins so."""
    total: dict[str, float] = {}
    for typed, amount in shares:
        alike = [team for team in teams if id_key(team).startswith(id_key(typed))]
        abbreviated = len(alike) == 1 and not context.teams.is_listed(typed)
        name = alike[0] if abbreviated else context.team(typed, reader.cell(column))
        total[name] = total.get(name, 0.0) + amount
    return tuple(total.items())


def _others(namespace: Namespace, reader: RowReader, column: str, context: Context) -> tuple[str, ...]:
    """References to other tasks; one to the task itself is ignored."""
    found = context.references(namespace, reader, column)
    if reader.subject in found:
        reader.report(rules.SELF_REFERENCE, f"refers to itself in {column}; ignored.", column)
    return tuple(entry for entry in found if entry != reader.subject)


def _dependencies(reader: RowReader, context: Context) -> tuple[Dependency, ...]:
    """The resolved dependencies of a task, each once, none on itself."""
    if not reader.has("Depends on"):
        return ()

    def is_id(text: str) -> bool:
        return context.tasks.knows(text) or context.items.knows(text)

    def is_title(text: str) -> bool:
        return bool(context.titled(text, reader.place))

    value = reader.row.values["Depends on"]
    parsed = parse_dependencies(value, is_id, not context.tasks.has_commas, is_title)
    reader.note("Depends on", parsed)
    cell = reader.cell("Depends on")
    found: dict[Dependency, None] = {}
    for reference in parsed.value:
        for predecessor in _predecessors(reference, reader, context):
            if predecessor == reader.subject:
                reader.report(rules.SELF_REFERENCE, "depends on itself; ignored.", "Depends on")
            else:
                found[Dependency(predecessor, reference.link, reference.lag, reference.strength, cell)] = None
    return tuple(found)


def _predecessors(reference: Reference, reader: RowReader, context: Context) -> tuple[str, ...]:
    """The task that is meant, or all tasks of the item that is meant."""
    rule: Rule = rules.DANGLING_REFERENCE
    if not context.tasks.knows(reference.id) and context.items.knows(reference.id):
        item = context.reference(context.items, reference.id, reader, "Depends on", rule)
        tasks = tuple(task for task in context.tasks_of_item.get(item or "", ()) if task != reader.subject)
        does = f"waits for its {len(tasks)} tasks" if tasks else "it has no other task and is ignored"
        reader.report(rules.ITEM_DEPENDENCY, f'depends on the item "{reference.id}"; {does}.', "Depends on")
        return tasks
    titled = "" if context.tasks.knows(reference.id) else context.titled(reference.id, reader.place)
    if titled:
        text = f'depends on "{reference.id}", the title of "{titled}"; read as a dependency on it.'
        reader.report(rules.TITLE_REFERENCE, text, "Depends on")
        return (titled,)
    task = context.reference(context.tasks, reference.id, reader, "Depends on", rule)
    return () if task is None else (task,)
