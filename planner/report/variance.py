"""What moved between two plans and why: as text, as JSON, and as a paper for the reports."""

import json
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from planner.domain.paper import Align, Block, Bullets, Column, Heading, Paper, Paragraph, Stamp, Strong, Table
from planner.domain.variance import Slip, Variance
from planner.report.wording import count, day, full_day, listing, plain

MOST_ITEMS, MOST_CHANGES = 25, 4
"""On the terminal; the paper and --json have all."""
EVEN = 0.05
"""Days; a part that is smaller is not worth a word."""
DIGITS = 3


def variance_text(found: Variance, width: int) -> str:
    """A headline, why the whole moved, what differs, one line for each moved item; ends with a newline."""
    lines = [*_wrapped(_headline(found), width)]
    if found.is_empty:
        return "\n".join([*lines, "Nothing that moves a date differs."]) + "\n"
    if found.whole and found.whole.days:
        lines += ["", "WHY THE END MOVED", *_wrapped(_causes(found.whole), width, "  ")]
    if found.items:
        lines += ["", "WHAT MOVED, in working days", *_items(found, width)]
    for title, names in (("NEW", found.added), ("GONE", found.dropped)):
        if names:
            lines += ["", title, *_wrapped(listing(names, MOST_ITEMS), width, "  ")]
    if found.changes:
        lines += ["", "WHAT DIFFERS"]
        for cause, texts in found.changes_by_cause().items():
            lines += _wrapped(f"{cause}: {_some(texts)}", width, "  ")
    notes = (line for note in _notes(found) for line in _wrapped(note, width))
    return "\n".join([*lines, "", *notes]).rstrip() + "\n"


def _headline(found: Variance) -> str:
    sides = (
        f"{found.before} (as of {day(found.before_as_of, found.now_as_of)}) → {found.now} "
        f"(as of {full_day(found.now_as_of)})"
    )
    moved = f"{len(found.items)} of {count(len(found.items) + found.unmoved, 'item')} moved"
    parts = [moved]
    parts += [f"{len(found.added)} new"] if found.added else []
    parts += [f"{len(found.dropped)} gone"] if found.dropped else []
    return f"{sides}: {', '.join(parts)}. {_end(found)}".strip()


def _end(found: Variance) -> str:
    whole, today = found.whole, found.now_as_of
    if whole is None:
        return ""
    if not whole.days:
        return f"The whole ends on {day(whole.now, today)} in both."
    return f"The whole ends {day(whole.before, today)} → {day(whole.now, today)}, {_far(whole.days)}."


def _far(days: int) -> str:
    return f"{count(abs(days), 'working day')} {'later' if days > 0 else 'earlier'}"


def _causes(slip: Slip) -> str:
    """The parts, the largest first, those under a twentieth of a day left out; they add up to the slip's days."""
    large = sorted((part for part in slip.parts if abs(part[1]) >= EVEN), key=lambda part: -abs(part[1]))
    return ", ".join(f"{label} {_signed(days)}" for label, days in large) or "several causes that cancel out"


def _signed(days: float) -> str:
    """Days with their sign, at most one digit after the point.

    >>> _signed(4.0), _signed(-2.25)
    ('+4', '-2.2')
    """
    return f"{days:+.1f}".removesuffix(".0")


def _items(found: Variance, width: int) -> list[str]:
    shown = found.items[:MOST_ITEMS]
    today = found.now_as_of
    cells = [
        (plain(s.id), f"{day(s.before, today)} → {day(s.now, today)}", _signed(s.days), _causes(s), plain(s.title))
        for s in shown
    ]
    ids, dates, days = (max(len(row[k]) for row in cells) for k in range(3))
    lines = []
    for name, when, far, why, title in cells:
        head = f"  {name:<{ids}}  {when:<{dates}}  {far:>{days}}  {why}"
        room = width - len(head) - 4
        lines.append(f"{head}  ({textwrap.shorten(title, room, placeholder='…')})" if title and room > 16 else head)
    more = len(found.items) - len(shown)
    return [*lines, f"  ... and {more} more in diff.md"] if more else lines


def _some(texts: Sequence[str]) -> str:
    more = len(texts) - MOST_CHANGES
    return "; ".join(texts[:MOST_CHANGES]) + (f" and {more} more" if more > 0 else "")


def _notes(found: Variance) -> Iterable[str]:
    """How the parts were found, and how sure they are."""
    yield from found.notes
    if not found.is_planned:
        yield f"{found.now} is not planned yet: this is the sequence of {found.before} on what it says now."
    if found.orders > 1 and not found.standard_error:
        yield f"The parts are averages over all {found.orders:,} orders of the causes (Shapley values); exact."
    elif found.orders > 1:
        yield (
            f"The parts are averages over {found.orders} drawn orders of the causes (Shapley values); "
            f"standard error at most {found.standard_error:.2f} days."
        )


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(
        plain(text), width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
    )


def variance_json(found: Variance) -> str:
    """Everything for programs; days are working days, parts add up to them; ends with a newline."""
    content = asdict(found)
    for name in ("items", "tasks"):
        content[name] = [_object(slip) for slip in getattr(found, name)]
    content["whole"] = None if found.whole is None else _object(found.whole)
    content["empty"] = found.is_empty
    return json.dumps(content, default=_plain, ensure_ascii=False, indent=1) + "\n"


def _object(slip: Slip) -> dict[str, object]:
    return {**asdict(slip), "parts": {label: round(days, DIGITS) for label, days in slip.parts}}


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is nothing that a comparison holds")


def variance_paper(found: Variance, stamp: Stamp) -> Paper:
    """The same as a paper: all items, all changes."""
    blocks: list[Block] = [Paragraph(_headline(found))]
    if found.whole and found.whole.days:
        blocks += [Heading("Why the end moved"), Paragraph(_causes(found.whole))]
    if found.items:
        blocks += [Heading("What moved"), _table(found.items, found.now_as_of, "Item")]
    for title, names in (("New", found.added), ("Gone", found.dropped)):
        blocks += [Heading(title), Paragraph(", ".join(names))] if names else []
    if found.changes:
        blocks += [Heading("What differs")]
        for cause, texts in found.changes_by_cause().items():
            blocks += [Paragraph(Strong(str(cause))), Bullets(texts)]
    if found.tasks:
        blocks += [Heading("Tasks that moved"), _table(found.tasks, found.now_as_of, "Task")]
    if found.is_empty:
        blocks += [Paragraph("Nothing that moves a date differs.")]
    blocks += [Paragraph(note) for note in _notes(found)]
    return Paper(f"What moved: {found.before} → {found.now}", stamp, tuple(blocks))


def _table(slips: Sequence[Slip], today: date, what: str) -> Table:
    columns = (
        Column(what),
        Column("Title", 3),
        Column("Before"),
        Column("Now"),
        Column("Days", align=Align.RIGHT),
        Column("Causes", 3),
    )
    rows = ((s.id, s.title, day(s.before, today), day(s.now, today), _signed(s.days), _causes(s)) for s in slips)
    return Table(columns, tuple(rows))


def cause_clauses(found: Variance) -> dict[str, str]:
    """By item or task the fact that moved it most: "LED-3 Effort 10 → 18 ED (+6 days)".

    What a new sequence moved most, or nothing that is known, is left out.
    """
    changes = found.changes_by_cause()
    clauses = {}
    for slip in (*found.tasks, *found.items):
        label, days = max(slip.parts, key=lambda part: part[1] if slip.days > 0 else -part[1], default=("", 0.0))
        texts = next((texts for cause, texts in changes.items() if cause.value == label), ())
        if texts:
            clauses[slip.id] = f"{listing(texts, 1)} ({_signed(days)} days)"
    return clauses
