"""Which row of the master a source's row is: by its id, with the prefix of its source or without; else by its title.

A prefixed id was given by an import and is believed. A bare one is used by everybody (twelve PMs all write T-1): it
means the same row only where the titles are alike. No row of the master is taken twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from planner.domain.roadmap import id_key
from planner.sheets.identifiers import Place, stems
from planner.sheets.intake.entries import KEYS, Entry
from planner.sheets.values import text_of

ALIKE = 70.0
"""Similarity of two titles in per cent, as sets of words, from which two rows with one bare id are the same."""

SECOND = "~2"
"""What an import puts behind a prefixed id that somebody has typed so."""

NAMES = frozenset({"Teams", "Components", "Dismissed"})
"""Sheets whose id says all there is."""

_Candidates = Callable[[Entry], Iterable[Entry]]


def match(sources: Sequence[Entry], master: Sequence[Entry]) -> Mapping[int, Entry]:
    """Position of a source's row -> the row of the master that it is."""
    by_id: dict[tuple[str, str], Entry] = {}
    by_key: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    by_title: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in master:
        if entry.kind in KEYS:
            by_key[entry.kind, entry.key].append(entry)
        else:
            by_id.setdefault((entry.kind, id_key(entry.id)), entry)
            by_title[entry.kind, id_key(entry.title)].append(entry)
    prefixes = _prefixes({entry.place for entry in sources})
    own = {(entry.kind, id_key(entry.id)) for entry in sources}

    def of_key(entry: Entry) -> Iterable[Entry]:
        return by_key.get((entry.kind, entry.key), ()) if entry.kind in KEYS else ()

    def of_all_cells(entry: Entry) -> Iterable[Entry]:
        return (other for other in of_key(entry) if other.cells == entry.cells)

    def of_prefixed_id(entry: Entry) -> Iterator[Entry]:
        for name in _prefixed(entry, prefixes[entry.place]):
            is_anothers = (entry.kind, id_key(name)) in own and id_key(name) != id_key(entry.id)
            found = by_id.get((entry.kind, id_key(f"{name}{SECOND}" if is_anothers else name)))
            if found:
                yield found

    def of_bare_id(entry: Entry) -> Iterable[Entry]:
        names = (entry.id, entry.typed, _bare(entry, prefixes[entry.place]))
        found = (by_id.get((entry.kind, id_key(name))) for name in names if name)
        return (other for other in found if other and (entry.kind in NAMES or are_alike(entry.title, other.title)))

    def of_numbered_id(entry: Entry) -> Iterator[Entry]:
        """What an earlier import has called it, as its id was another row's already."""
        number = 2
        while found := by_id.get((entry.kind, id_key(f"{entry.id}~{number}"))):
            if are_alike(entry.title, found.title):
                yield found
            number += 1

    def of_title(entry: Entry) -> Iterable[Entry]:
        if entry.typed or not entry.title or entry.kind in KEYS:
            return ()
        others = by_title.get((entry.kind, id_key(entry.title)), ())
        return (other for other in others if _owner(entry) == _owner(other))

    return _taken(sources, (of_all_cells, of_key, of_prefixed_id, of_bare_id, of_numbered_id, of_title))


def _taken(sources: Sequence[Entry], ways: Sequence[_Candidates]) -> dict[int, Entry]:
    """The first candidate that is free, the surest way first for all rows."""
    matches: dict[int, Entry] = {}
    taken: set[int] = set()
    for candidates in ways:
        for position, entry in enumerate(sources):
            if position in matches:
                continue
            found = next((other for other in candidates(entry) if id(other) not in taken), None)
            if found is not None:
                matches[position] = found
                taken.add(id(found))
    return matches


def are_alike(one: str, other: str) -> bool:
    """Whether two titles may be those of one thing; a missing one says nothing against it."""
    return not (one and other) or fuzz.token_set_ratio(id_key(one), id_key(other)) >= ALIKE


def _prefixes(places: Iterable[Place]) -> Mapping[Place, tuple[str, ...]]:
    """Every prefix that an import may have given to the rows of a sheet, whatever files came with it."""
    prefixes = {}
    for place in places:
        another_sheet, another_file = (place[0], ""), ("", "")
        imports = ([place], [place, another_sheet], [place, another_sheet, another_file])
        prefixes[place] = tuple(dict.fromkeys(stems(together)[place] for together in imports))
    return prefixes


def _bare(entry: Entry, prefixes: Sequence[str]) -> str:
    """The id without the prefix that its source was given; one that was typed belongs to the id."""
    given = (name for name in prefixes if entry.id.startswith(f"{name}:") and not entry.typed.startswith(f"{name}:"))
    return next((entry.id[len(name) + 1 :] for name in given), entry.id)


def _prefixed(entry: Entry, prefixes: Sequence[str]) -> list[str]:
    bare = _bare(entry, prefixes)
    return [f"{name}:{bare}" for name in prefixes] if bare else []


def _owner(entry: Entry) -> str:
    return id_key(text_of(entry.cells.get("Team")))
