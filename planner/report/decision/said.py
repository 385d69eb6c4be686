"""How a decision document names things and words differences: ids, quotations, days, costs."""

import re
from datetime import date

from planner.domain.decision_draft import Draft, DraftOption
from planner.domain.paper import Cite, Code, Inline, Strong, Text, parts
from planner.domain.plan import PlannedTask
from planner.report.decision.evidence import Sources, cited
from planner.report.wording import MONTHS, number, plain, weeks

MOST_MOVES = 8
"""Landings that are listed."""
_ID = re.compile(r"[A-Za-z]+-\d+")
_NAME = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*")


_INNER = {ord('"'): "'", **{ord(mark): None for mark in "“”„«»"}}


def quoted(text: str) -> str:
    """People's words, in quotation marks that they cannot close themselves."""
    return f"“{plain(text).translate(_INNER)}”"


def ident(id: str) -> Inline:
    """An id: as it is where it looks like one (PAY-12), else as code."""
    return id if _ID.fullmatch(id) else Code(id)


def named(name: str) -> str:
    """A team or a person: as it is where it looks like a name, else in quotation marks."""
    return name if _NAME.fullmatch(name) else quoted(name)


def listed(names: list[str]) -> str:
    """Names with "and" before the last.

    >>> listed(["A"]), listed(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def on(day: date | None) -> str:
    """A day with its year: a decision is read again years later.

    >>> on(date(2026, 11, 20)), on(None)
    ('20 Nov 2026', 'never')
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else "never"


def joined(*pieces: Text) -> Text:
    """Pieces of a line as one line."""
    return tuple(part for piece in pieces for part in parts(piece))


def letter(draft: Draft, option: DraftOption) -> str:
    """What an option is called in tables and in `roadmap decide approve`: A, B, ..."""
    return chr(ord("A") + draft.options.index(option))


def titled(draft: Draft, option: DraftOption) -> Inline:
    """An option by letter and words."""
    return Strong(f"{letter(draft, option)} {quoted(option.name)}")


def task_words(task: PlannedTask, sources: Sources) -> Text:
    """A task with its title, team and effort."""
    owner = f" of {named(task.teams[0])}" if task.teams else ""
    return joined(ident(task.id), f" {quoted(task.title)}{owner}, {weeks(task.effort)}", cited([sources.task(task)]))


def effect(draft: Draft, option: DraftOption) -> str:
    """What an option does to the cost of the plan, as the end of a sentence: like is compared with like."""
    delta = option.delta
    if delta is None:
        return "cannot compute what it costs" if option.possible else "has no dates with it: facts clash"
    base = "without it after as much search" if is_searched_on(draft) else "the plan as it stands"
    if delta.high == 0:
        return f"costs the same as {base}"
    return f"costs {weeks(abs(delta.high))} {'less' if delta.high < 0 else 'more'} than {base}"


def is_searched_on(draft: Draft) -> bool:
    """Whether as much search as the options had has made the plan itself cheaper."""
    return round(draft.plan.objective - draft.searched_on, 6) > 0


def effect_source(draft: Draft, option: DraftOption, sources: Sources) -> Cite:
    """Where `effect` comes from."""
    if option.objective is None:
        return sources.formula(quoted(option.text), ": no change that a plan can compute")
    terms = ", ".join(f"{term.letter} {term.value:+,.1f}" for term in option.terms)
    head = f"Planned again with {quoted(option.name)}: J = {number(option.objective)} engineer-days, less "
    if is_searched_on(draft):
        said = f"that without it after as much search: {number(draft.searched_on)}"
        return sources.formula(head, f"{said}; by term {terms}")
    said = f": {number(draft.plan.objective)}"
    return sources.formula(head, Code("plan.json objective.total"), f"{said}; by term {terms}")


def chances(draft: Draft, sources: Sources) -> Cite:
    """The cell with the options and how likely they are."""
    decision = draft.decision
    if decision is None:
        raise ValueError("only the options of a decision have chances")
    said = "; ".join(name if chance is None else f"{name}={chance:g}" for name, chance in decision.options)
    return sources.cells((decision.source.cell("Options"), said))


def moves_source(option: DraftOption, sources: Sources) -> Cite:
    """Where the days come from on which items land with an option."""
    landings = [f"{move.item} {on(move.after)} ({move.days:+d} working days)." for move in option.moves[:MOST_MOVES]]
    count = f"{len(option.moves)} landings change." if len(option.moves) != 1 else "1 landing changes."
    return sources.formula(" ".join([f"Planned again with {quoted(option.name)}: {count}", *landings]))


def gap(draft: Draft, option: DraftOption, sources: Sources) -> Text:
    """That an option leaves a need without a task: work that is in no figure."""
    tasks = draft.plan.roadmap.tasks_by_id()
    first = tasks[option.unprovided[0]]
    needs = "; ".join(f"{setting.key}={setting.value}" for setting in first.needs)
    more = f" and {len(option.unprovided) - 1} more need it" if len(option.unprovided) > 1 else " needs it"
    cite = cited([sources.cells((first.source.cell("Needs"), needs))])
    return joined(ident(first.id), f"{more}, and no task brings it", cite, ". The figure leaves that work out.")
