"""Where the fields of a Jira export stand: headers repeat, links and custom fields have a form of their own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.sheets.grid import Grid, as_text, is_blank
from planner.sheets.headers import Lookup, normal, unwrapped
from planner.sheets.table import Value

HEADER_ROWS = 10
"""The header is looked for in so many rows: an export begins with it, a re-saved one may have a title above."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "external": ("External ID", "External issue ID"),
    "key": ("Issue key", "Work item key", "Key"),
    "number": ("Issue id", "Work item id"),
    "type": ("Issue Type", "Work type", "Work item type"),
    "summary": ("Summary",),
    "description": ("Description",),
    "parent": ("Parent", "Parent id", "Parent key"),
    "epic": ("Epic Link",),
    "team": ("Team",),
    "project": ("Project name", "Project key"),
    "status": ("Status",),
    "category": ("Status Category",),
    "resolution": ("Resolution",),
    "resolved": ("Resolved",),
    "priority": ("Priority",),
    "due": ("Due date",),
    "start": ("Start date",),
    "estimate": ("Original estimate",),
    "remaining": ("Remaining Estimate",),
    "points": ("Story Points", "Story point estimate"),
    "component": ("Component/s", "Components", "Component"),
    "label": ("Labels", "Label"),
    "sprint": ("Sprint",),
    "version": ("Fix Version/s", "Fix versions", "Fix version"),
}
"""Field -> its headers in Cloud and Server, custom ones without their wrapping; punctuation does not matter."""

_FIELD_OF = {normal(header): field for field, headers in FIELDS.items() for header in headers}
_EXPORTED_LINK = re.compile(r"\s*(inward|outward) issue link \((.+)\)\s*", re.IGNORECASE)
_IMPORTED_LINK = re.compile(r"\s*link \"?(blocks|duplicates|relates)\"?\s*", re.IGNORECASE)
"""Columns of a file for Jira's importer: links from the row's issue to the one that is named."""

_PRIVATE = re.compile(
    r"\b(?:assignee|reporter|creator|watchers?|author|project lead|comments?|e-?mail|approvers?|participants?)\b",
    re.IGNORECASE,
)
"""Headers of columns with people, or with what people said: never read, never shown."""


@dataclass(frozen=True, slots=True)
class LinkColumn:
    """A column of links of one type; outward: from the row's issue to the one that is named."""

    offset: int
    type: str
    is_outward: bool


@dataclass(frozen=True)
class Fields:
    """The header row of an export; offsets count from 0 within the grid's rows."""

    index: int
    header: Mapping[int, str]
    offsets: Mapping[str, tuple[int, ...]]
    """Field -> its columns, in reading order."""
    links: tuple[LinkColumn, ...]
    ours: Mapping[str, int]
    """Columns of ours that somebody has added: our column -> offset."""

    def values(self, cells: Sequence[Value], field: str) -> list[Value]:
        """What stands in the columns of a field; blanks are left out."""
        places = (offset for offset in self.offsets.get(field, ()) if offset < len(cells))
        return [cells[offset] for offset in places if not is_blank(cells[offset])]

    def text(self, cells: Sequence[Value], field: str) -> str:
        """The first value of a field as text, empty where there is none."""
        return next(map(as_text, self.values(cells, field)), "")

    def place(self, field: str) -> int:
        """The first column of a field, -1 where the export does not have it."""
        return next(iter(self.offsets.get(field, ())), -1)

    @property
    def read(self) -> frozenset[int]:
        """The columns that are read."""
        fields = (offset for offsets in self.offsets.values() for offset in offsets)
        return frozenset((*fields, *(link.offset for link in self.links), *self.ours.values()))


def find_fields(grid: Grid, lookup: Lookup) -> Fields | None:
    """The fields of a Jira export; None where the sheet is none. `lookup` knows our own headers of tasks."""
    for index, row in enumerate(grid.rows[:HEADER_ROWS]):
        header = {offset: as_text(value) for offset, value in enumerate(row) if not is_blank(value)}
        fields = _fields(index, header, lookup)
        has_id = {"external", "key", "number"} & fields.offsets.keys()
        if has_id and {"type", "summary"} <= fields.offsets.keys():
            return fields
    return None


def _fields(index: int, header: Mapping[int, str], lookup: Lookup) -> Fields:
    offsets: dict[str, tuple[int, ...]] = {}
    links: list[LinkColumn] = []
    ours: dict[str, int] = {}
    for offset, text in header.items():
        key = normal(unwrapped(text))
        exported, imported = _EXPORTED_LINK.fullmatch(text), _IMPORTED_LINK.fullmatch(text)
        if exported:
            links.append(LinkColumn(offset, exported[2].strip(), exported[1].lower() == "outward"))
        elif imported:
            links.append(LinkColumn(offset, imported[1], is_outward=True))
        elif field := _FIELD_OF.get(key):
            offsets[field] = (*offsets.get(field, ()), offset)
        elif key in lookup and not _PRIVATE.search(text):
            ours.setdefault(lookup[key][0], offset)
    return Fields(index, header, offsets, tuple(links), ours)
