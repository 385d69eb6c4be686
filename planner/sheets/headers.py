"""Find the header row of a sheet and say which table of ours it is.

Every one of the first rows is tried as the header of every sheet of ours. A header that only one sheet knows
tells more than one that many share, so it counts 1 / (number of sheets that know it).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from planner.domain.computed import COMPUTED
from planner.sheets.columns import Column, columns_of, sheet_names
from planner.sheets.grid import Grid, as_text, is_blank
from planner.sheets.table import Value

HEADER_ROWS = 50
"""The header is looked for in so many rows."""

JOINED_TYPES = frozenset({"ids", "list", "dependencies", "touches", "settings"})
"""Columns of lists: several headers may feed one (`Dependency 1`, `Dependency 2`), their values are joined."""

_ALIASED = -1
_MAPPED = -1000
"""Ranks below 0, the column's own name: what roadmap.toml says comes first, a `[[table]]` in its order."""

_CORE_BONUS = 0.5
_HINT_BONUS = 1.5
_BIG_SHEETS = ("Tasks", "Roadmap")
"""The sheets that everybody sends; their core columns are shared with many others and would count too little."""
_ANYBODYS = frozenset({"Item ID", "Task ID", "Title", "Description", "Status"})
"""Columns that lists of anything have."""

_TASK_COLUMNS = ("Task ID", "Title", "Team", "Effort", "Depends on", "Item ID(s)")
_HINTS: Mapping[str, tuple[str, ...]] = {
    "Roadmap": ("item", "initiative", "feature", "goal", "epic"),
    "Tasks": ("backlog", "story", "stories", "issue"),
    "Teams": ("squad", "crew"),
    "Capacity": ("leave", "vacation", "absence"),
    "Asks": ("participant", "request"),
    "Components": ("system", "service"),
    "Decisions": ("adr",),
    "Hypotheses": ("hypothesis", "experiment"),
    "Calendar": ("holiday", "freeze", "block", "event"),
    "Overrides": (),
    "Dismissed": (),
}

_NOUNS = frozenset({"task", "workitem", "item", "roadmapitem"})
"""Headers that are an id where they stand alone, and a title beside an id."""

_LOW = frozenset({"low", "lower", "min", "minimum", "best", "optimistic", "o"})
_LIKELY = frozenset({"likely", "mostlikely", "expected", "realistic", "nominal", "ml", "m"})
_HIGH = frozenset({"high", "higher", "max", "maximum", "worst", "pessimistic", "p"})
_EFFORT_WORDS = frozenset({"effort", "estimate", "estimated", "est", "size", "days", "case", "ed", "pd"})

OURS = " (roadmap)"
"""Marks a computed column where a person has one of that name."""

_ENOUGH_COMPUTED = 3
"""So many headers of computed columns are no coincidence: a person's own "Planned start" stays "Not before"."""

Lookup = Mapping[str, tuple[str, int]]
"""Normal form of a header -> (our column, rank: 0 its name, then its aliases in order)."""


@dataclass(frozen=True)
class HeaderMatch:
    """A header row that was recognised; offsets count from 0 within the grid's rows."""

    kind: str
    index: int
    columns: Mapping[str, tuple[int, ...]]
    """Our column -> the offsets that feed it, in reading order (a three-point effort: low, likely, high)."""
    shadowed: tuple[tuple[int, str], ...]
    """(offset, our column) of headers whose column another header had already taken."""
    unknown: tuple[int, ...]
    """Offsets of the headers that are none of ours, the shadowed among them."""
    score: float = 0.0
    computed: Mapping[str, int] = field(default_factory=dict)
    """Column that a plan has written -> its offset; what stands there is never read."""


def normal(header: str) -> str:
    """A header without what people vary: case, accents' encoding, blanks, punctuation.

    >>> normal("Effort (days)"), normal(" depends_on: "), normal("% done"), normal("+/-")
    ('effortdays', 'dependson', '%done', '+/-')
    """
    folded = unicodedata.normalize("NFC", header).casefold()
    kept = "".join(letter for letter in folded if letter.isalnum() or letter in "%#?")
    return kept if any(letter.isalnum() for letter in kept) else "".join(folded.split())


def unwrapped(header: str) -> str:
    """The name of a custom field, which Jira exports wrapped.

    >>> unwrapped("Custom field (Story Points)")
    'Story Points'
    """
    wrapped = re.fullmatch(r"\s*custom field \((.*)\)\s*", header, re.IGNORECASE)
    return wrapped[1] if wrapped else header


@cache
def _own_lookup(kind: str) -> Lookup:
    lookup: dict[str, tuple[str, int]] = {}
    for column in columns_of(kind):
        for rank, name in enumerate((column.name, *column.aliases)):
            key = normal(name)
            if key not in lookup or rank < lookup[key][1]:
                lookup[key] = (column.name, rank)
    return lookup


def lookup_of(
    kind: str, aliases: Mapping[str, str] | None = None, mapped: Mapping[str, tuple[str, ...]] | None = None
) -> Lookup:
    """How headers are understood for one sheet of ours: its names and aliases, over them what roadmap.toml says."""
    lookup = dict(_own_lookup(kind))
    lookup.update({normal(header): (column, _ALIASED) for header, column in (aliases or {}).items()})
    names = {column.name for column in columns_of(kind)}
    for column, headers in (mapped or {}).items():
        if column in names:
            lookup.update({normal(header): (column, _MAPPED + place) for place, header in enumerate(headers)})
    return lookup


@lru_cache(maxsize=4096)
def _sharing(key: str) -> int:
    return sum(key in _own_lookup(kind) for kind in sheet_names())


def find_header(grid: Grid, lookups: Mapping[str, Lookup], name: str, forced: str = "") -> HeaderMatch | None:
    """The best header row of a grid, None where no row is one.

    `lookups` holds a lookup for every sheet of ours that may be meant; `name` is what the sheet or the file is
    called; `forced` is the sheet of ours that roadmap.toml says it is, then one known header is enough.
    """
    best: HeaderMatch | None = None
    best_rank = (False, 0.0)
    for index, row in enumerate(grid.rows[:HEADER_ROWS]):
        headers = {offset: as_text(value) for offset, value in enumerate(row) if not is_blank(value)}
        for kind in (forced,) if forced else lookups:
            is_hinted = kind == forced or hinted(kind, name)
            match = match_headers(kind, index, headers, lookups[kind], is_hinted)
            is_plausible = _is_plausible(match, headers, is_hinted)
            rank = (is_plausible, match.score)
            if rank > best_rank and (is_plausible or (forced and match.columns)):
                best, best_rank = match, rank
    return best


def match_headers(
    kind: str, index: int, headers: Mapping[int, str], lookup: Lookup, is_hinted: bool = False
) -> HeaderMatch:
    """What one row's headers (offset -> text) mean as headers of one sheet of ours."""
    computed = computed_columns(headers) if kind in _BIG_SHEETS else {}
    headers = {offset: text for offset, text in headers.items() if offset not in computed.values()}
    found = {offset: entry for offset, text in headers.items() if (entry := _look_up(text, lookup))}
    columns: dict[str, tuple[int, ...]] = {}
    shadowed: list[tuple[int, str]] = []
    types = {column.name: column for column in columns_of(kind)}
    for offset, (name, rank) in sorted(found.items(), key=lambda pair: (pair[1][1], pair[0])):
        taken = columns.get(name)
        if taken is None:
            columns[name] = (offset,)
        elif _joins(types[name], rank, found[taken[0]][1]):
            columns[name] = (*taken, offset)
        else:
            shadowed.append((offset, name))
    shadowed = _title_beside_id(kind, headers, columns, shadowed)
    if kind == "Tasks" and "Effort" not in columns:
        claimed = {offset for offsets in columns.values() for offset in offsets}
        columns |= _three_points({offset: text for offset, text in headers.items() if offset not in claimed})
    used = {offset for offsets in columns.values() for offset in offsets}
    return HeaderMatch(
        kind=kind,
        index=index,
        columns={column.name: columns[column.name] for column in columns_of(kind) if column.name in columns},
        shadowed=tuple(sorted(shadowed)),
        unknown=tuple(offset for offset in headers if offset not in used),
        score=_score(kind, columns, headers) + (_HINT_BONUS if is_hinted else 0.0),
        computed=computed,
    )


def computed_columns(headers: Mapping[int, str]) -> Mapping[str, int]:
    """Column that a plan has written -> offset of its header (offset -> text); none where too few of them are there.

    >>> computed_columns({0: "Task ID", 1: "Planned start", 2: "Float", 3: "Why", 4: "Why (roadmap)"})
    {'Planned start': 1, 'Float': 2, 'Why': 4}
    """
    offsets = {normal(text): offset for offset, text in sorted(headers.items(), reverse=True)}
    found = {
        name: offsets[key]
        for name in COMPUTED
        if (key := next((key for key in (normal(name + OURS), normal(name)) if key in offsets), ""))
    }
    return found if len(found) >= _ENOUGH_COMPUTED else {}


def _title_beside_id(
    kind: str, headers: Mapping[int, str], columns: dict[str, tuple[int, ...]], shadowed: list[tuple[int, str]]
) -> list[tuple[int, str]]:
    """`# | Task | Owner`: of two headers for the id, with no title, the thing's own noun is the title.

    Changes `columns` and returns what is still shadowed.
    """
    name = columns_of(kind)[0].name
    claims = sorted({*columns.get(name, ()), *(offset for offset, column in shadowed if column == name)})
    nouns = [offset for offset in claims if normal(headers[offset]) in _NOUNS]
    others = [offset for offset in claims if offset not in nouns]
    if kind not in _BIG_SHEETS or "Title" in columns or not nouns or not others:
        return shadowed
    columns[name], columns["Title"] = (others[0],), (nouns[0],)
    used = (others[0], nouns[0])
    return [(offset, column) for offset, column in shadowed if offset not in used]


def _look_up(header: str, lookup: Lookup) -> tuple[str, int] | None:
    for form in _forms(header):
        if form in lookup:
            return lookup[form]
    return None


@lru_cache(maxsize=4096)
def _forms(header: str) -> tuple[str, ...]:
    """The normal forms of a header, the most literal first: as typed, unwrapped, without marks, without a number."""
    key = normal(unwrapped(header))
    return tuple(dict.fromkeys((key, key.strip("?#"), key.rstrip("?#0123456789"))))


def _joins(column: Column, rank: int, first_rank: int) -> bool:
    """Whether a further header feeds a column: the same one again or numbered, or as roadmap.toml says.

    Dependencies are joined from any header: "Depends on" and "Blocked by" both hold.
    """
    if rank < _ALIASED and first_rank < _ALIASED:
        return True
    return column.type == "dependencies" or (column.type in JOINED_TYPES and rank == first_rank)


def _three_points(headers: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    """Effort from three columns: low, likely, high under any of their names; all three or nothing."""
    points: dict[int, int] = {}
    for offset, text in headers.items():
        word = "".join(word for word in re.findall(r"[a-z]+", text.casefold()) if word not in _EFFORT_WORDS)
        for point, names in enumerate((_LOW, _LIKELY, _HIGH)):
            if word in names:
                points.setdefault(point, offset)
    return {"Effort": (points[0], points[1], points[2])} if len(points) == 3 else {}


def _score(kind: str, columns: Mapping[str, tuple[int, ...]], headers: Mapping[int, str]) -> float:
    speaks = kind in _BIG_SHEETS and not _ANYBODYS.issuperset(columns)
    core = {column.name for column in columns_of(kind) if column.group == "core"} if speaks else ()
    return sum(
        _telling(headers[offsets[0]]) + (_CORE_BONUS if name in core else 0.0) for name, offsets in columns.items()
    )


def _telling(header: str) -> float:
    sharing = next((count for form in _forms(header) if (count := _sharing(form))), 1)
    return 1 / sharing


def _is_plausible(match: HeaderMatch, headers: Mapping[int, str], is_hinted: bool) -> bool:
    """Whether so few columns may be a table of this kind: a change log is no calendar, a list of notes no roadmap."""
    names = set(match.columns)
    exact = {name for name in names if normal(headers[match.columns[name][0]]) == normal(name)}
    if match.kind == "Tasks":
        is_named = is_hinted or "Task ID" in names or bool(exact)
        return is_named and bool(names & {"Task ID", "Title"}) and len(names.intersection(_TASK_COLUMNS)) >= 2
    if match.kind == "Roadmap":
        return len(names) >= 2 if "Item ID" in names else "Title" in names and len(names) >= 3
    required = {column.name for column in columns_of(match.kind) if column.required}
    if is_hinted or not required <= names:
        return required <= names
    is_telling = any(_telling(headers[match.columns[name][0]]) == 1 for name in names)
    return len(names) >= 2 and (match.kind == "Teams" or required <= exact or is_telling)


@lru_cache(maxsize=4096)
def hinted(kind: str, name: str) -> bool:
    """Whether a sheet's or file's name says what it is: "tasks_blind" are Tasks."""
    words = re.findall(r"[a-z]+", unicodedata.normalize("NFC", name).casefold())
    hints = {kind.casefold(), *_HINTS[kind]}
    singles = {hint.removesuffix("s") for hint in hints}
    pairs = {first + second for first, second in pairwise(words)}
    return any(word.removesuffix("s") in singles for word in (*words, *pairs))


def repeats_header(row: Sequence[Value], header: Sequence[Value]) -> bool:
    """Whether a row is the header once more, as printed tables and pasted blocks have it."""
    pairs = ((value, title) for value, title in zip(row, header, strict=False) if not is_blank(title))
    return all(isinstance(value, str) and normal(value) == normal(as_text(title)) for value, title in pairs)
