"""PMs that no column names: a file or sheet may be called after one. An assumption, and said."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from planner.domain.diagnostics import Assumption, Diagnostic, Rule, Severity
from planner.domain.intake import NamedAfter
from planner.domain.roadmap import Item, Task, id_key
from planner.sheets.identifiers import Place
from planner.sheets.intake.entries import Entry
from planner.sheets.intake.person_names import person, person_of_file, spelled

PM = "PM"
"""Our column for items. Work that is for no item gets it as a column of its own, at which exports look."""
NAMING_ITEMS = "Item ID(s)"
"""The column of tasks that names items; an item that was read from it has no row of its own."""
PM_FROM_NAME = Rule(
    "pm-from-name",
    Severity.NOTE,
    "the PM was taken from the name of a file or sheet",
    "If it is somebody else, type the PM in the master, where it stays, or import with --pm-from none.",
)


@dataclass(frozen=True)
class Named:
    """Rows with their PMs, and what was assumed."""

    entries: tuple[Entry, ...]
    notes: tuple[Diagnostic, ...]
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True)
class _Call:
    """Whose a source is, and what says so."""

    name: str
    after: NamedAfter


def with_people(
    entries: Sequence[Entry], matches: Mapping[int, Entry], known: Sequence[Entry], after: NamedAfter
) -> Named:
    """Items, and tasks of no item, that name no PM get the one that their source is called after.

    `known` are the master's rows: nothing that stands there is questioned, and its spelling of a name counts.
    """
    homes = _homes(entries)
    pms = {id_key(name): name for entry in (*entries, *known) for name in _people(entry)}
    calls = _calls(set(homes.values()), entries, pms, after)
    found = list(entries)
    given: dict[Place, list[Entry]] = defaultdict(list)
    for position, place in homes.items():
        entry, master = entries[position], matches.get(position)
        if place in calls and not _people(entry) and not (master and _people(master)):
            found[position] = _given(entry, calls[place].name)
            given[place].append(entry)
    return Named(
        entries=tuple(found),
        notes=tuple(_note(calls[place], rows) for place, rows in given.items()),
        assumptions=tuple(
            Assumption(PM, entry.id, calls[place].name, entry.cell())
            for place, rows in given.items()
            for entry in rows
        ),
    )


def _homes(entries: Sequence[Entry]) -> dict[int, Place]:
    """Where each item, and each task of no item, belongs: an item without a row, where most of its tasks are."""
    tasks: dict[str, Counter[Place]] = defaultdict(Counter)
    for entry in entries:
        if isinstance(entry.noun, Task):
            for item in entry.noun.items:
                tasks[id_key(item)][entry.place] += 1
    homes: dict[int, Place] = {}
    for position, entry in enumerate(entries):
        if isinstance(entry.noun, Item):
            votes = tasks[id_key(entry.id)] if NAMING_ITEMS in entry.source.columns else Counter()
            homes[position] = max(votes, key=lambda place: (votes[place], place == entry.place), default=entry.place)
        elif isinstance(entry.noun, Task) and not entry.noun.items:
            homes[position] = entry.place
    return homes


def _calls(
    places: Collection[Place], entries: Sequence[Entry], pms: Mapping[str, str], after: NamedAfter
) -> dict[Place, _Call]:
    """Whose each source is, as far as its name tells; one that names other people itself is nobody's."""
    if after is NamedAfter.NOBODY:
        return {}
    if after is not NamedAfter.AUTO:
        named = {place: _said(place, after) for place in places}
    else:
        named = _guessed(places, entries, pms)
        for entry in entries:
            call = named.get(entry.place)
            if call and any(id_key(name) != id_key(spelled(call.name, pms)) for name in _people(entry)):
                del named[entry.place]
    return {place: replace(call, name=spelled(call.name, pms)) for place, call in named.items() if call.name}


def _said(place: Place, after: NamedAfter) -> _Call:
    """The name of a file or sheet, whatever it looks like."""
    file, sheet = place
    if after is NamedAfter.SHEET:
        return _Call(person(sheet, ()) or sheet, after)
    return _Call(person_of_file(file, ()) or PurePosixPath(file).stem, after)


def _guessed(places: Collection[Place], entries: Sequence[Entry], pms: Mapping[str, str]) -> dict[Place, _Call]:
    """Names of people: of the sheets of a file if all are such, else of one file among several, or of a known PM."""
    teams = {id_key(team) for entry in entries if isinstance(entry.noun, Task) for team in entry.noun.teams}
    sheets: dict[str, dict[str, str]] = defaultdict(dict)
    for file, sheet in sorted(places):
        sheets[file][sheet] = person(sheet, teams)
    files = {file: person_of_file(file, teams) for file in sheets}
    are_several = len(set(files.values()) - {""}) > 1
    found: dict[Place, _Call] = {}
    for file, names in sheets.items():
        by_sheet = len(names) > 1 and len(set(names.values()) - {""}) == len(names)
        by_file = are_several or id_key(spelled(files[file], pms)) in pms
        for sheet, name in names.items():
            if by_sheet:
                found[file, sheet] = _Call(name, NamedAfter.SHEET)
            elif by_file:
                found[file, sheet] = _Call(files[file], NamedAfter.FILE)
    return found


def _people(entry: Entry) -> tuple[str, ...]:
    """The PMs that a row names; a comma belongs to a name."""
    text = str(entry.cells.get(PM) or entry.extra.get(PM) or "")
    return tuple(part.strip() for part in text.replace("\n", ";").split(";") if part.strip())


def _given(entry: Entry, name: str) -> Entry:
    if isinstance(entry.noun, Item):
        return replace(entry, cells={**entry.cells, PM: name})
    return replace(entry, extra={**entry.extra, PM: name})


def _note(call: _Call, rows: Sequence[Entry]) -> Diagnostic:
    items = sum(isinstance(entry.noun, Item) for entry in rows)
    tasks = len(rows) - items
    counted = [f"{items} item{'' if items == 1 else 's'}"] if items else []
    counted += [f"{tasks} task{'' if tasks == 1 else 's'} of no item"] if tasks else []
    text = f'{" and ".join(counted)} without PM: taken to be of "{call.name}", as the {call.after} is called.'
    return Diagnostic(PM_FROM_NAME, text, (rows[0].cell(),))
