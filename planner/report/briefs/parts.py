"""What documents of one page share: texts that fit, and tables that say what they leave out."""

import re
from datetime import date

from planner.domain.plan import Plan, PlannedTeam
from planner.domain.roadmap import Target
from planner.domain.units import DAYS_PER_WEEK
from planner.report.wording import count, day, number, percent, plain, short, span, target_words, weeks

SENTENCE = re.compile(r"[.!?…](?:\s|$)")
TITLE = 64
"""Letters of a title in a table, at most: two lines of its column."""
HEAD = 48
"""Letters of a roadmap's or a team's name in the title of a page, at most."""
ID = 26
"""Letters of an id, at most."""
NAME = 24
"""Letters of a customer, a team or a person, at most."""


def clause(text: str, letters: int = 160) -> str:
    """Sentences as one clause, for a cell of a table.

    >>> clause("One is thrown away. DEC-1 is open.")
    'One is thrown away; DEC-1 is open'
    """
    return short(plain(text).rstrip(".").replace(". ", "; "), letters)


def titled(text: str, letters: int = TITLE) -> str:
    """A title within a table; one with sentences of its own stands in quotes.

    >>> titled("Refund API"), titled("Do we refund? Yes.")
    ('Refund API', '“Do we refund? Yes.”')
    """
    return quoted(text, letters) if SENTENCE.search(plain(text)) else short(text, letters)


def quoted(text: str, letters: int = TITLE) -> str:
    r"""What somebody else has written, within a sentence.

    >>> quoted('Which "ledger"?')
    "“Which 'ledger'?”"
    """
    words = short(text, letters)
    for mark in '“”„"':
        words = words.replace(mark, "'")
    return f"“{words}”"


def promised(target: Target | None, plan: Plan) -> str:
    """A target as it is said everywhere, within a cell."""
    return short(target_words(target, plan.as_of), 12) if target else ""


def overload_cells(plan: Plan, team: PlannedTeam) -> tuple[str, str, str]:
    """By when a team owes more than it has, how much, and that as a share."""
    when = span(team.overload_first, team.overload_last, plan.as_of)
    due = f"{weeks(team.overload_due)} due, {number(team.overload_has / DAYS_PER_WEEK)} there"
    return when, due, percent(team.overload)


def lateness(days_late: int, has_target: bool) -> str:
    """Against the target, in a cell."""
    if days_late:
        return f"{count(days_late, 'day')} late"
    return "in time" if has_target else "no target"


def on(value: date | None, plan: Plan) -> str:
    """A day as the documents say it."""
    return day(value, plan.as_of)
