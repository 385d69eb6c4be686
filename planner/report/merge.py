"""What a merge did, as text and as JSON."""

import json
import shlex
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time

from planner.domain.edits import CellValue
from planner.domain.merge_report import Clash, MergeReport, Outstanding, Returned
from planner.domain.merging import Difference, Matter, Verdict
from planner.report.wording import count, listing, plain

MOST = 30
"""Lines of a section; the rest is counted."""
SHOWN_KEYS = 6
"""Ids that are named where several rows have one reason."""
LONGEST = 60
"""Characters of a value in a line."""


def merge_text(report: MergeReport) -> str:
    """Sections of lines, those that want somebody's attention last; ends with the next command."""
    sections = (
        [_headline(report), *_returned(report.returned)],
        _section("Merged", map(_difference, (found for found in report.of(Verdict.MERGED) if not found.already))),
        _grouped("Ignored", report.of(Verdict.IGNORED)),
        _grouped("Held back", report.of(Verdict.HELD_BACK)),
        _grouped("Proposed, for you to do or to leave", report.of(Verdict.PROPOSED)),
        _outstanding(report),
        _section(
            "Clashes",
            map(_clash, report.clashes),
            f", choose in {report.clashes_file}" if report.clashes_file else "",
        ),
        _settled(report),
        [f"Next: {next_command(report)}"],
    )
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def merge_json(report: MergeReport) -> str:
    """The whole report as an object; ends with a newline."""
    content = {**asdict(report), "next": next_command(report)}
    return json.dumps(content, ensure_ascii=False, indent=1, default=_json) + "\n"


def clash_question(clash: Clash) -> str:
    """What is asked about one clash on the terminal."""
    return _clash(clash).strip()


def next_command(report: MergeReport) -> str:
    """Settle what clashes, else plan with what was merged."""
    if report.clashes and report.clashes_file:
        return merge_command(report.master, report.clashes_file)
    if report.is_dry:
        return merge_command(report.master, *(file.path for file in report.returned))
    return f"roadmap plan {shlex.quote(report.master)} --write-back"


def merge_command(*files: str) -> str:
    """What merges files into the first of them."""
    return f"roadmap merge {shlex.join(files)}"


def _json(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def _headline(report: MergeReport) -> str:
    cells = sum(found.matter is Matter.CELL for found in report.of(Verdict.MERGED) if not found.already)
    added = f" and {count(len(report.added), 'new row')}" if report.added else ""
    files = count(len(report.returned), "file")
    if report.is_dry:
        return f"Dry run, nothing written: {files} would merge {count(cells, 'cell')}{added} into {report.master}."
    if not report.is_changed:
        return f"Merged {files} into {report.master}: nothing to change."
    return f"Merged {files} into {report.master}: {count(cells, 'cell')}{added}. Before: {report.backup}"


def _returned(files: Sequence[Returned]) -> list[str]:
    """The files that are not what was sent, each with its note; who else has answered is said below."""
    return [f"  {file.file}: {plain(file.who)}. {file.note}" for file in files if file.note]


def _section(title: str, lines: Iterable[str], hint: str = "", number: int | None = None) -> list[str]:
    """A heading with its count (of lines, or another `number`), and its first lines."""
    found = list(lines)
    if not found:
        return []
    more = [f"  ... and {len(found) - MOST} more; --json shows all"] if len(found) > MOST else []
    return [f"{title.upper()} ({number or len(found)}){hint}", *found[:MOST], *more]


def _grouped(title: str, differences: Sequence[Difference]) -> list[str]:
    """A section in which what has one reason is one line."""
    groups: dict[tuple[str, ...], list[Difference]] = defaultdict(list)
    for found in differences:
        groups[found.sheet, found.column, found.matter, found.who, found.reason].append(found)
    lines = (_difference(found[0]) if len(found) == 1 else _differences(found) for found in groups.values())
    return _section(title, lines, number=len(differences))


def _differences(found: Sequence[Difference]) -> str:
    """Several of one column, or several rows, for one reason."""
    first = found[0]
    where = " ".join(filter(None, (first.sheet, first.column)))
    what = count(len(found), "cell" if first.matter is Matter.CELL else first.matter.value)
    keys = listing([one.key for one in found], SHOWN_KEYS)
    return f"  {plain(where)}: {what}, {plain(keys)}, {plain(first.who)}  ({plain(first.reason)})"


def _difference(found: Difference) -> str:
    where = " ".join(filter(None, (found.sheet, found.key, found.column)))
    values = f"{_value(found.ours)} → {_value(found.theirs)}"
    what = values if found.matter is Matter.CELL else f"{found.matter.value} {_value(found.theirs or found.ours)}"
    reason = f"  ({plain(found.reason)})" if found.reason else ""
    return f"  {plain(where)}: {what}, {plain(found.who)}{reason}"


def _clash(clash: Clash) -> str:
    where = " ".join(filter(None, (clash.sheet, clash.key, clash.column)))
    values = f"was {_value(clash.base)}, master {_value(clash.ours)}, {plain(clash.who)} {_value(clash.theirs)}"
    return f"  {plain(where)}: {values}{f'  ({plain(clash.reason)})' if clash.reason else ''}"


def _outstanding(report: MergeReport) -> list[str]:
    """Who has answered of those who were sent a file; the rows of the others stay as they are."""
    if not report.sent:
        return []
    into = report.sent - len(report.outstanding)
    rest = "; the rows of the others stay as they are:" if report.outstanding else ""
    return [f"{into} OF {count(report.sent, 'FILE').upper()} IN{rest}", *map(_waiting, report.outstanding)]


def _settled(report: MergeReport) -> list[str]:
    return [f"No clash is left; {report.settled_file} is settled and can go."] if report.settled_file else []


def _waiting(person: Outstanding) -> str:
    rows = f"{count(person.items, 'item')}, {count(person.tasks, 'task')}"
    age = "today" if not person.days else f"{count(person.days, 'day')} ago"
    return f"  {plain(person.who)}: {rows}, sent {age}"


def _value(value: CellValue) -> str:
    if value is None or value == "":
        return "blank"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return f"{value:g}"
    text = plain(str(value))
    return f'"{text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"}"'
