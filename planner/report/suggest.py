"""Who is needed for an item: as text, as JSON, and as a csv of stub tasks for the teams that were accepted."""

import csv
import io
import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import asdict

from planner.domain.suggestion import Reason, SuggestedTeam, Suggestion
from planner.report.sequence_csv import neutral
from planner.report.wording import count, plain

HEADERS = ("Task ID", "Title", "Item ID", "Team", "Effort", "Proposed by")
PROPOSER = "roadmap"
INDENT = 6


def suggestion_text(suggestion: Suggestion, top: int, width: int) -> str:
    """The first `top` teams, each with its reasons below; ends with a newline."""
    heading = f"{plain(suggestion.item)}  {plain(suggestion.title)}".rstrip()
    if not suggestion.teams:
        return f"{heading}\nNothing points to a team: add Components, Asks, or items that are alike.\n"
    shown = suggestion.teams[:top]
    lines = [heading, *(line for place, found in enumerate(shown, 1) for line in _team(place, found, width))]
    if len(suggestion.teams) > top:
        lines.append(
            f"{count(len(suggestion.teams) - top, 'further team')}: --top {len(suggestion.teams)} shows all."
        )
    return "\n".join(lines) + "\n"


def suggestion_json(suggestion: Suggestion, top: int) -> str:
    """An object with the item and its first `top` teams; ends with a newline."""
    content = asdict(suggestion)
    return json.dumps({**content, "teams": content["teams"][:top]}, ensure_ascii=False, indent=1) + "\n"


def stubs_csv(existing: str, suggestion: Suggestion, teams: Sequence[str], effort: tuple[float, float, float]) -> str:
    """`existing` (a csv of ours, or nothing) with one stub task for each team that has none there yet.

    Ids are made of item and team, so that the same team twice is one task; what people changed in a row stays.
    The range is written `2..5..15`, which no spreadsheet takes for a date.
    """
    rows = list(csv.DictReader(io.StringIO(existing)))
    headers = list(dict.fromkeys([*(rows[0] if rows else ()), *HEADERS]))
    known = {row.get("Task ID") for row in rows}
    for team in teams:
        values = (
            stub_id(suggestion.item, team),
            f"{suggestion.title or suggestion.item}: the part of {team}",
            suggestion.item,
            team,
            "..".join(f"{point:g}" for point in effort),
            PROPOSER,
        )
        stub = {header: neutral(value) for header, value in zip(HEADERS, values, strict=True)}
        if stub["Task ID"] not in known:
            rows.append(stub)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, headers, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def stub_id(item: str, team: str) -> str:
    """The id of the stub task of a team.

    >>> stub_id("ASK-41", "Data Platform")
    'ASK-41/data-platform'
    """
    name = re.sub(r"\W+", "-", team.casefold()).strip("-")
    return f"{item}/{name}"


def _team(place: int, found: SuggestedTeam, width: int) -> list[str]:
    reasons = (
        textwrap.fill(_reason(reason), width, initial_indent=" " * INDENT, subsequent_indent=" " * (INDENT + 2))
        for reason in found.reasons
    )
    return [f"{place:>3}.  {plain(found.team)}", *reasons]


def _reason(reason: Reason) -> str:
    """`owns a component of it: invoice-api (words: invoice, api)`."""
    sources = f": {', '.join(map(plain, reason.sources))}" if reason.sources else ""
    words = f" (words: {', '.join(map(plain, reason.words))})" if reason.words else ""
    return f"{reason.clue.value}{sources}{words}"
