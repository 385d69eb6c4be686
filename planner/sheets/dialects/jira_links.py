"""Links between issues: which of them say an order or a copy, in whose direction, and which say nothing."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.roadmap import id_key
from planner.sheets.dialects.jira_fields import Fields
from planner.sheets.dialects.jira_issues import Issues
from planner.sheets.grid import as_text, is_blank

AHEAD = frozenset({"blocks", "blocker", "gates", "precedes", "predecessor", "ganttendtostart"})
"""Outward: the row's issue comes before the one that is named."""
BEHIND = frozenset({"depends", "dependency", "dependson", "dependent", "requires"})
"""Outward: the row's issue comes after the one that is named."""
COPIES = frozenset({"duplicate", "duplicates"})
"""Outward: the row's issue duplicates the one that is named."""


@dataclass(frozen=True)
class Links:
    """What links say, by the id of the task that the column belongs to; `unread`: type -> how many."""

    depends_on: Mapping[str, tuple[str, ...]]
    duplicate_of: Mapping[str, tuple[str, ...]]
    unread: Mapping[str, int]


def read_links(issues: Issues, fields: Fields) -> Links:
    """The links of all issues, each pair once; those of a sub-task are its parent's."""
    depends: dict[str, dict[str, None]] = defaultdict(dict)
    copies: dict[str, dict[str, None]] = defaultdict(dict)
    unread: Counter[str] = Counter()
    for issue in issues.all:
        for column in fields.links:
            value = issue.cells[column.offset] if column.offset < len(issue.cells) else None
            if is_blank(value):
                continue
            there = issues.named(as_text(value))
            here, other = issues.whole(issue).id, issues.whole(there).id if there else as_text(value)
            source, target = (here, other) if column.is_outward else (other, here)
            kind = "".join(letter for letter in column.type.casefold() if letter.isalpha())
            if id_key(source) == id_key(target):
                continue
            if kind in AHEAD:
                depends[target][source] = None
            elif kind in BEHIND:
                depends[source][target] = None
            elif kind in COPIES:
                copies[source][target] = None
            else:
                unread[column.type] += 1
    return Links(_tuples(depends), _tuples(copies), dict(sorted(unread.items())))


def _tuples(found: Mapping[str, Mapping[str, None]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(others) for name, others in found.items()}
