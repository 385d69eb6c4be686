"""What `roadmap rollover` did, as text and as JSON."""

import json
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from planner.domain.rollover import Carried, RolledOver
from planner.report.wording import count, number, plain, weeks

MOST = 12
"""Rows of a kind that are listed; the rest is counted."""


def rollover_text(done: Sequence[RolledOver]) -> str:
    """For each workbook what went to the archive, what goes on, what is asked again; then the next command."""
    lines = [line for book in done for line in _book(book)]
    return "\n".join([*lines, "", f"Next: {next_command(done)}"]) + "\n"


def _book(book: RolledOver) -> Iterator[str]:
    backup = f"; the old file is {plain(book.backup)}" if book.backup else ""
    if not book.is_changed:
        yield f"{plain(book.workbook)}: nothing is over."
    else:
        yield (
            f"{plain(book.workbook)}{_new(book)}: {count(len(book.tasks), 'task')} and "
            f"{count(len(book.items), 'item')} archived{backup}."
        )
    yield from _list(
        f"{count(len(book.carried), 'task')} under way go on as they are{_all_left(book)}",
        [f"{c.task} {c.title}{_left(c)}" for c in book.carried],
    )
    yield from _list(
        f"{count(len(book.asked), 'target')} passed: what is the new one?",
        [f"{a.item} {a.title}: was {a.target} ({a.pm or 'no PM is named'})" for a in book.asked],
    )
    yield from _list(
        f"{count(len(book.kept), 'row')} over, and left where they are",
        [f"{kept.sheet} {kept.id}: {kept.why}" for kept in book.kept],
    )
    yield from _list("not written", [f"{refusal.cell} {refusal.message}" for refusal in book.refused])


def _new(book: RolledOver) -> str:
    return "" if book.backup else f" → {plain(book.written)}"


def _all_left(book: RolledOver) -> str:
    known = [one.left for one in book.carried if one.left is not None]
    return f": {weeks(sum(known))} are left" if known else ""


def _left(one: Carried) -> str:
    if one.left is None:
        return ""
    return f": {number(one.left)} ED left{'' if one.effort is None else f' of {number(one.effort)}'}"


def _list(title: str, rows: Sequence[str]) -> Iterator[str]:
    if not rows:
        return
    yield f"  {title}"
    yield from (f"    {plain(row)}" for row in rows[:MOST])
    if len(rows) > MOST:
        yield f"    ... and {len(rows) - MOST} more; --json shows all"


def rollover_json(done: Sequence[RolledOver]) -> str:
    """The same for programs; ends with a newline."""
    books = []
    for book in done:
        refused = [{"cell": str(r.cell), "kind": r.kind, "message": r.message} for r in book.refused]
        books.append({**asdict(book), "refused": refused})
    return json.dumps({"workbooks": books, "next": next_command(done)}, ensure_ascii=False, indent=1) + "\n"


def next_command(done: Sequence[RolledOver]) -> str:
    """Ask for targets where there is something to ask, else plan."""
    books = shlex.join(book.written for book in done)
    return f"roadmap {'questions' if any(book.asked for book in done) else 'plan'} {books}"
