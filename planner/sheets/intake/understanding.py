"""The sources in the master's words: read beside it, matched with its rows, called by its ids."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.diagnostics import Assumption, Diagnostic
from planner.domain.intake import NamedAfter
from planner.domain.roadmap import Roadmap, Task, id_key
from planner.domain.settings import Settings
from planner.sheets.intake.context import context_tables, named_items
from planner.sheets.intake.entries import Entry, entries_of
from planner.sheets.intake.matching import match
from planner.sheets.intake.people import with_people
from planner.sheets.intake.renaming import Names, renamed
from planner.sheets.roadmap import Reading, build_roadmap
from planner.sheets.table import Table


@dataclass(frozen=True)
class Understood:
    """The rows of the sources, `matches` from their positions to the master's rows, and what is doubtful in them.

    `tasks` are those of the sources and the further ones of the master, as they will stand together.
    """

    entries: tuple[Entry, ...]
    matches: Mapping[int, Entry]
    tasks: tuple[Task, ...]
    diagnostics: tuple[Diagnostic, ...]
    assumptions: tuple[Assumption, ...]


def understand(
    sources: Sequence[Table],
    master: Sequence[Table],
    label: str,
    settings: Settings,
    today: date,
    after: NamedAfter = NamedAfter.AUTO,
) -> Understood:
    """Everything in the sources, with the ids that it has or gets in the master.

    `label` is what the master is called among the sources: no file of theirs. `today` as for `build_roadmap`;
    `after` says where PMs are taken from that no column names.
    """
    theirs = build_roadmap(master, settings, today)
    known = entries_of(theirs.roadmap, master)
    reading = _beside(sources, master, theirs.roadmap, known, label, settings, today)
    read = [entry for entry in entries_of(reading.roadmap, sources) if entry.source.file != label]
    matches = match(read, known)
    names = {**_names_of_context(reading.roadmap, known, label), **_names(read, matches, known)}
    diagnostics = (d for d in reading.diagnostics if not d.cells or any(cell.file != label for cell in d.cells))
    roadmap = renamed(reading.roadmap, names)
    entries = tuple(entry for entry in entries_of(roadmap, sources) if entry.source.file != label)
    named = with_people(entries, matches, known, after)
    mine = tuple(task for task in roadmap.tasks if task.source.file != label)
    there = {id_key(task.id) for task in mine}
    return Understood(
        entries=named.entries,
        matches=matches,
        tasks=(*mine, *(task for task in theirs.roadmap.tasks if id_key(task.id) not in there)),
        diagnostics=(*(replace(d, message=_said(d.message, names)) for d in diagnostics), *named.notes),
        assumptions=(*(a for a in reading.assumptions if a.cell is None or a.cell.file != label), *named.assumptions),
    )


def _said(message: str, names: Names) -> str:
    """A sentence about tasks and items with the ids that they have in the master."""

    def name(match: re.Match[str]) -> str:
        key = id_key(match[1])
        return f'"{names.get(("Tasks", key)) or names.get(("Roadmap", key)) or match[1]}"'

    return re.sub(r'"([^"]+)"', name, message)


def _beside(
    sources: Sequence[Table],
    master: Sequence[Table],
    theirs: Roadmap,
    known: Sequence[Entry],
    label: str,
    settings: Settings,
    today: date,
) -> Reading:
    """The sources read with the rows of the master that are none of theirs: what these are, their ids tell first."""
    alone = build_roadmap(sources, settings, today)
    if not master:
        return alone
    claimed = match(entries_of(alone.roadmap, sources), known).values()
    context = context_tables(master, label, {(entry.source.sheet, entry.source.row) for entry in claimed})
    has_items = any(table.kind == "Roadmap" for table in sources)
    items = () if has_items else named_items(alone.roadmap, theirs)
    return build_roadmap((*sources, *items, *context), settings, today)


def _names(read: Sequence[Entry], matches: Mapping[int, Entry], known: Sequence[Entry]) -> Names:
    """Ids as read -> those of the master: its own for rows that it has, free ones for new rows."""
    used = {(entry.kind, id_key(entry.id)) for entry in known}
    names: dict[tuple[str, str], str] = {}
    for position, entry in enumerate(read):
        if position in matches:
            names[entry.kind, id_key(entry.id)] = matches[position].id
            continue
        name, number = entry.id, 1
        while entry.id and (entry.kind, id_key(name)) in used:
            number += 1
            name = f"{entry.id}~{number}"
        used.add((entry.kind, id_key(name)))
        names[entry.kind, id_key(entry.id)] = name
    return names


def _names_of_context(roadmap: Roadmap, known: Sequence[Entry], label: str) -> Names:
    """Ids that rows of the master had among the sources -> those that they have."""
    rows = {(entry.kind, entry.source.sheet, entry.source.row): entry.id for entry in known}
    return {
        (entry.kind, id_key(entry.id)): rows[entry.kind, entry.source.sheet, entry.source.row]
        for entry in entries_of(roadmap, ())
        if entry.source.file == label
    }
