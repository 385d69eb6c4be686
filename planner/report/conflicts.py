"""Conflicts as text for people and as JSON for programs."""

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from planner.domain.cells import Cell
from planner.domain.conflict import (
    Change,
    ChangeKind,
    Conflict,
    ConflictType,
    CostPoint,
    Family,
    Interval,
    Resolution,
)
from planner.domain.diagnostics import Severity
from planner.domain.units import DAYS_PER_WEEK
from planner.report.cost_curve import curve_bars
from planner.report.diagnostics import paragraph
from planner.report.wording import count, day, listing, number, plain, weeks

TOP = 5
"""Conflicts that are shown in full when not all are asked for."""
LABEL = 15


def open_conflicts(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Those that nobody has dismissed, in their order."""
    return tuple(conflict for conflict in conflicts if not conflict.dismissed)


def ranked(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """The open ones that cost something."""
    return tuple(conflict for conflict in open_conflicts(conflicts) if conflict.cost)


def family_words(conflicts: Iterable[Conflict]) -> str:
    """How many there are of each family: "contradiction 3, duplicate 1"; families without any are left out."""
    counts = Counter(conflict.type.family for conflict in conflicts)
    return ", ".join(f"{family.value} {counts[family]}" for family in Family if counts[family])


def family_counts(conflicts: Iterable[Conflict]) -> tuple[str, ...]:
    """One line for each family that occurs: how many, and how many of which type, the most frequent first."""
    lines = []
    found = tuple(conflicts)
    for family in Family:
        kinds = Counter(conflict.type.title for conflict in found if conflict.type.family is family)
        if kinds:
            ordered = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
            parts = [f"{title} {amount}" for title, amount in ordered]
            lines.append(f"{family.value} {kinds.total()}: {listing(parts)}")
    return tuple(lines)


def conflicts_text(conflicts: Sequence[Conflict], as_of: date, width: int, limit: int | None) -> str:
    """The first `limit` (None: all) with their costs and way out, the rest counted by family; ends with a newline."""
    found = open_conflicts(conflicts)
    dismissed = len(conflicts) - len(found)
    shown = found if limit is None else (ranked(found) or found)[:limit]
    if not found:
        return f"Nothing contradicts; {dismissed} dismissed.\n" if dismissed else "Nothing contradicts.\n"
    paragraphs = [_short(conflict, as_of, width) for conflict in shown]
    names = {conflict.id for conflict in shown}
    rest = family_counts(conflict for conflict in found if conflict.id not in names)
    if rest:
        paragraphs.append("\n".join(["MORE" if shown else "FOUND", *(paragraph(line, width) for line in rest)]))
    if dismissed:
        paragraphs.append(f"{count(dismissed, 'conflict')} dismissed; --json lists them.")
    return "\n\n".join(paragraphs) + "\n"


def _short(conflict: Conflict, as_of: date, width: int) -> str:
    """One conflict in a few lines: who, what contradicts, what is thrown away, by when, the way out."""
    facts = [f"{weeks(conflict.cost)} at risk"] if conflict.cost else []
    facts += [f"decide by {day(conflict.decide_by, as_of)}"] if conflict.decide_by else []
    lines = [
        "  ·  ".join(filter(None, [conflict.type.family.value.upper(), listing(conflict.teams), *facts])),
        paragraph(conflict.message, width),
        *([paragraph(f"Words: {', '.join(conflict.words)}", width)] if conflict.words else []),
        *([paragraph(conflict.break_even, width)] if conflict.break_even else []),
        paragraph(f"→ {conflict.recommendation}", width),
        f"  {conflict.id}",
    ]
    return "\n".join(lines)


def conflict_text(conflict: Conflict, as_of: date, width: int) -> str:
    """Everything about one conflict, its cost curve drawn; ends with a newline."""
    until = day(conflict.decide_by, as_of) if conflict.decide_by else ""
    facts = (
        ("Family", f"{conflict.type.family.value}, {conflict.type.severity.word}"),
        ("Teams", ", ".join(conflict.teams)),
        ("Tasks", ", ".join(conflict.tasks)),
        ("Items", ", ".join(conflict.items)),
        ("Components", ", ".join(conflict.components)),
        ("Decisions", ", ".join(conflict.decisions)),
        ("At risk", weeks(conflict.cost) if conflict.cost else ""),
        ("Avoidable", weeks(conflict.avoidable) if conflict.avoidable else ""),
        ("Decide by", until),
        ("Matching words", ", ".join(conflict.words)),
        ("Break-even", conflict.break_even),
        ("Recommended", conflict.recommendation),
        ("Cells", ", ".join(map(str, conflict.cells))),
        ("Dismissed", "yes" if conflict.dismissed else ""),
    )
    lines = [f"{conflict.type.title}  {conflict.id}", paragraph(conflict.message, width), ""]
    lines += [
        textwrap.fill(plain(text), width, initial_indent=f"{label:<{LABEL}}", subsequent_indent=" " * LABEL)
        for label, text in facts
        if text
    ]
    if conflict.resolutions:
        lines += ["", "Ways out", *(paragraph(f"• {way_text(way)}", width) for way in conflict.resolutions)]
    if conflict.cost_curve:
        lines += ["", "Thrown away by the cheapest way out, if it is taken"]
        lines += [f"  {line}" for line in curve_bars(conflict.cost_curve, as_of)]
    return "\n".join(lines) + "\n"


def way_text(way: Resolution) -> str:
    """A way out, what it throws away and what it does to the cost of the whole plan."""
    costs = [f"gives up {', '.join(way.discards)}"] if way.discards else []
    costs += [f"{weeks(way.extra)} extra"] if way.extra else []
    costs += [difference(way.delta)] if way.delta else []
    remarks = f" ({'; '.join(costs)})" if costs else ""
    return f"{way.text.rstrip('.')}{remarks}"


def difference(delta: Interval) -> str:
    """A change of the plan's cost in words.

    >>> difference(Interval(-10, -10)), difference(Interval(5, 10)), difference(Interval(-5, 5))
    ('the plan costs 2 engineer-weeks less', 'the plan costs 1 to 2 engineer-weeks more', 'no clear difference')
    """
    if not delta.is_clear:
        return "no clear difference"
    low, high = sorted((abs(delta.low), abs(delta.high)))
    if high == 0:
        return "the plan costs the same"
    amount = weeks(high) if low == high else f"{number(low / DAYS_PER_WEEK)} to {weeks(high)}"
    return f"the plan costs {amount} {'less' if delta.high <= 0 else 'more'}"


def conflicts_json(conflicts: Iterable[Conflict]) -> str:
    """A list of objects in the given order; costs in ED, dates ISO; ends with a newline."""
    return json.dumps(conflict_objects(conflicts), ensure_ascii=False, indent=1) + "\n"


def conflict_objects(conflicts: Iterable[Conflict]) -> list[dict[str, object]]:
    """One JSON object for each conflict."""
    return [
        {
            "id": conflict.id,
            "type": conflict.type.id,
            "family": conflict.type.family.value,
            "title": conflict.type.title,
            "severity": conflict.type.severity.word,
            "message": conflict.message,
            "cost": round(conflict.cost, 4),
            "avoidable": round(conflict.avoidable, 4),
            "decide_by": conflict.decide_by.isoformat() if conflict.decide_by else None,
            "recommendation": conflict.recommendation,
            "tasks": list(conflict.tasks),
            "teams": list(conflict.teams),
            "items": list(conflict.items),
            "components": list(conflict.components),
            "decisions": list(conflict.decisions),
            "cells": [str(cell) for cell in conflict.cells],
            "words": list(conflict.words),
            "break_even": conflict.break_even,
            "cost_curve": [{"weeks": point.weeks, "cost": round(point.cost, 4)} for point in conflict.cost_curve],
            "resolutions": [_resolution_object(way) for way in conflict.resolutions],
            "dismissed": conflict.dismissed,
        }
        for conflict in conflicts
    ]


def _resolution_object(way: Resolution) -> dict[str, object]:
    return {
        "text": way.text,
        "changes": [
            {"kind": change.kind.value, "task": change.task, "other": change.other, "value": change.value}
            for change in way.changes
        ],
        "discards": list(way.discards),
        "extra": round(way.extra, 4),
        "delta": {"low": round(way.delta.low, 4), "high": round(way.delta.high, 4)} if way.delta else None,
    }


def conflicts_of(objects: Iterable[Mapping[str, Any]]) -> tuple[Conflict, ...]:
    """Conflicts as `conflict_objects` made them, for texts: a cell is its text, evidence and advice are not kept.

    Raises KeyError or ValueError where they are none of ours.
    """
    return tuple(
        Conflict(
            type=ConflictType(
                entry["type"],
                Family(entry["family"]),
                Severity[entry["severity"].upper()],
                entry.get("title", entry["type"]),  # an earlier version has none
                advice="",
            ),
            identity=(),
            message=entry["message"],
            tasks=tuple(entry["tasks"]),
            teams=tuple(entry["teams"]),
            components=tuple(entry["components"]),
            items=tuple(entry["items"]),
            decisions=tuple(entry["decisions"]),
            cells=tuple(map(Cell, entry["cells"])),
            words=tuple(entry["words"]),
            break_even=entry["break_even"],
            resolutions=tuple(map(_resolution, entry["resolutions"])),
            id=entry["id"],
            cost=entry["cost"],
            avoidable=entry["avoidable"],
            cost_curve=tuple(CostPoint(point["weeks"], point["cost"]) for point in entry["cost_curve"]),
            decide_by=date.fromisoformat(entry["decide_by"]) if entry["decide_by"] else None,
            recommendation=entry["recommendation"],
            dismissed=entry["dismissed"],
        )
        for entry in objects
    )


def _resolution(entry: Mapping[str, Any]) -> Resolution:
    delta = entry["delta"]
    return Resolution(
        text=entry["text"],
        changes=tuple(
            Change(ChangeKind(change["kind"]), change["task"], change["other"], change["value"])
            for change in entry["changes"]
        ),
        discards=tuple(entry["discards"]),
        extra=entry["extra"],
        delta=Interval(delta["low"], delta["high"]) if delta else None,
    )
