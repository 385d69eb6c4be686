"""The workbook as a whole: which sheets it has, where their parts are, what they share."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from planner.domain.edits import Refusal
from planner.domain.errors import UserError
from planner.sheets.guard import damaged
from planner.sheets.ooxml.content_types import NAME as CONTENT_TYPES
from planner.sheets.ooxml.content_types import add_content_type, content_type
from planner.sheets.ooxml.draft import Draft
from planner.sheets.ooxml.elements import Element, parse
from planner.sheets.ooxml.markup import Splice, escape, last_child, spliced
from planner.sheets.ooxml.package import Package
from planner.sheets.ooxml.ranges import Range
from planner.sheets.ooxml.relationships import Relationship, add_relationship, parts_of, relationships
from planner.sheets.ooxml.shared_strings import SharedStrings
from planner.sheets.ooxml.sheet import Sheet
from planner.sheets.ooxml.styles import DAY, EMPTY, MOMENT, Styles
from planner.sheets.ooxml.tables import Table

_LARGEST = 32 * 2**20
"""Bytes of a part that is held as elements; only rows and shared texts are longer in honest files."""
_LONGEST = 96 * 2**20
"""Bytes of a sheet or of the shared texts; 100,000 rows of 20 columns have 71 MB."""
_WRITABLE = ("sheet.main+xml", "sheet.macroEnabled.main+xml", "template.main+xml", "template.macroEnabled.main+xml")
_OFFICE = "/officeDocument/relationships/"
"""In the types of relationships that the standard defines, transitional and strict."""
_SIGNATURE = "origin"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A line in the list of sheets; `part` is None for what is no worksheet."""

    name: str
    part: str | None
    position: int


class Book:
    """The workbook part and what it leads to.

    Raises
    ------
    UserError
        If it is no workbook that can be edited: of another format, signed, or with parts missing or broken.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.label = package.label
        self._find()
        self.drafts: dict[str, Draft] = {}
        self.splices: list[Splice] = []
        """Changes of the workbook part."""
        self.refused: list[Refusal] = []
        self._new_sheets: list[bytes] = []
        self._new_names: list[bytes] = []
        self._marked: set[tuple[int, str]] = set()
        self._tables: dict[str, list[Table]] = {}
        self._styles: Styles | None = None
        self._date_formats: dict[tuple[int, bool], int] = {}
        self._strings: SharedStrings | None = None

    def _find(self) -> None:
        if self.package.find(CONTENT_TYPES) is None:
            raise damaged(self.label, "the list of its parts is missing")
        for name in self.package:
            if name.lower().endswith(".rels") or name.casefold() == CONTENT_TYPES.casefold():
                self._check_size(name)
        root = relationships(self.package, "")
        if any(found.full_type.endswith(f"digital-signature/{_SIGNATURE}") for found in root):
            raise UserError(
                f"{self.label}: is signed, and any change would break the signature. Edit a copy without signature "
                "(File > Info > View Signatures > Remove)."
            )
        main = next((found for found in root if found.type == "officeDocument"), None)
        part = main.part if main else None
        if main is None or part is None:
            raise damaged(self.label, "its workbook part is missing")
        self._check_size(part)
        kind = content_type(self.package, part)
        if not kind.endswith(_WRITABLE):
            raise UserError(
                f"{self.label}: is of a format that is read but not written back. Save it as .xlsx or .xlsm and try "
                "again."
            )
        self.part = part
        self._own_type = main.full_type
        self.text = self.package.read(part)
        self.root = parse(self.text)
        if self.root.name != "workbook":
            raise damaged(self.label, "its workbook part holds something else")
        self.leads = {found.id: found for found in relationships(self.package, part)}
        self.entries = self._entries()
        about = self.root.child("workbookPr")
        self.uses_1904_dates = about is not None and about.get("date1904") in ("1", "true")

    def _check_size(self, name: str) -> None:
        if self.package.size(name) > _LARGEST:
            raise damaged(self.label, f'the part "{name}" is larger than any honest one')

    def _entries(self) -> list[SheetEntry]:
        sheets = self.root.child("sheets")
        found = []
        for position, element in enumerate(sheets.all("sheet") if sheets else []):
            lead = self.leads.get(element.relation() or "")
            part = lead.part if lead and lead.type == "worksheet" else None
            found.append(SheetEntry(element.get("name") or "", part, position))
        return found

    def entry(self, name: str) -> SheetEntry | None:
        """A sheet by its name, in which case does not matter."""
        exact = next((entry for entry in self.entries if entry.name == name), None)
        return exact or next((entry for entry in self.entries if entry.name.casefold() == name.casefold()), None)

    def lead(self, kind: str) -> Relationship | None:
        """Where the workbook leads to, by type."""
        return next((found for found in self.leads.values() if found.type == kind and found.part), None)

    def small_part(self, name: str) -> Element:
        """The elements of a part that is no sheet."""
        self._check_size(name)
        return parse(self.package.read(name))

    def _long_part(self, name: str) -> bytes:
        """A part that is scanned, a sheet or the shared texts."""
        if self.package.size(name) > _LONGEST:
            raise damaged(self.label, f'the part "{name}" is too long to be edited')
        return self.package.read(name)

    @property
    def strings(self) -> SharedStrings:
        """The texts that cells share."""
        if self._strings is None:
            lead = self.lead("sharedStrings")
            self._strings = SharedStrings(self._long_part(lead.part) if lead and lead.part else b"")
        return self._strings

    @property
    def styles(self) -> Styles:
        """The cell formats; a workbook without any gets a plain one."""
        if self._styles is None:
            lead = self.lead("styles")
            if lead and lead.part:
                self.small_part(lead.part)
                text = self.package.read(lead.part)
            else:
                text = EMPTY % self.root.namespace.encode()
            self._styles = Styles(text)
        return self._styles

    def draft(self, entry: SheetEntry) -> Draft:
        """The changes of a worksheet, which is read when the first of them comes."""
        if entry.part is None:
            raise ValueError(entry)
        if entry.part not in self.drafts:
            self.drafts[entry.part] = Draft(Sheet(self._long_part(entry.part), self.label, entry.name))
        return self.drafts[entry.part]

    def tables(self, entry: SheetEntry) -> list[Table]:
        """The tables of a worksheet."""
        if entry.part is None:
            return []
        if entry.part not in self._tables:
            parts = parts_of(self.package, entry.part, "table")
            self._tables[entry.part] = [Table(self.package, part) for part in parts if self.small_part(part)]
        return self._tables[entry.part]

    def date_style(self, draft: Draft, row: int, column: int, own: int, has_time: bool) -> int:
        """The format for a day: the cell's own, else its look with the numbers of its column, sheet or ISO 8601."""
        if self.styles.is_date(own):
            return own
        like = next((style for style in draft.styles_near(row, column) if self.styles.is_date(style)), None)
        if like is not None and not own:
            return like
        number_format = self._number_format(draft, has_time) if like is None else self.styles.number_format(like)
        return self.styles.with_number_format(own, number_format)

    def _number_format(self, draft: Draft, has_time: bool) -> int:
        """How the first rows of a sheet show days, else as ISO 8601 has it."""
        key = (id(draft), has_time)
        if key not in self._date_formats:
            like = next((style for style in draft.first_styles() if self.styles.is_like(style, has_time)), None)
            code = MOMENT if has_time else DAY
            self._date_formats[key] = self.styles.coded(code) if like is None else self.styles.number_format(like)
        return self._date_formats[key]

    def save(self) -> None:
        """Put every part that changed into the package."""
        for part, draft in self.drafts.items():
            if draft.is_changed and (text := draft.text()) != draft.sheet.text:
                self.package.write(part, text)
        for tables in self._tables.values():
            for table in tables:
                if table.is_changed:
                    table.save()
        if self._styles and self._styles.is_changed:
            self._save_styles(self._styles.text())
        text = spliced(self.text, [*self._lists(), *self.splices])
        if text != self.text:
            self.package.write(self.part, text)

    def _lists(self) -> Iterator[Splice]:
        """The list of sheets and that of names, with what was added, and filters that have grown."""
        sheets = self.root.child("sheets")
        if sheets and self._new_sheets:
            yield last_child(self.text, sheets, b"".join(self._new_sheets))
        names = self.root.child("definedNames")
        if names and self._new_names:
            yield last_child(self.text, names, b"".join(self._new_names))
        elif self._new_names:
            tag = self.root.prefix + b"definedNames"
            place = self.place_behind("sheets", "functionGroups", "externalReferences")
            yield Splice(place, place, b"<%s>%s</%s>" % (tag, b"".join(self._new_names), tag))
        for entry in self.entries:
            draft = self.drafts.get(entry.part or "")
            if draft and draft.filter and draft.filter != draft.given_filter:
                yield from self._filter_name(entry, draft.filter)

    def _filter_name(self, entry: SheetEntry, where: Range) -> Iterator[Splice]:
        """The hidden name that repeats where the filter of a sheet is."""
        for element in self.name_elements():
            if element.get("name") == "_xlnm._FilterDatabase" and _position(element) == entry.position:
                sheet = element.text.rpartition("!")[0]
                yield Splice(element.inner, element.outer, escape(f"{sheet}!{where.absolute()}"))

    def place_behind(self, *names: str) -> int:
        """Where an element of the workbook part goes that follows these."""
        return max(element.end for element in self.root.children if element.name in names)

    def bears(self, entry: SheetEntry, mark: str) -> bool:
        """Whether a name of this kind belongs to a sheet."""
        return (entry.position, mark) in self._marked or (entry.position, mark) in self.names()

    def add_sheet(self, name: str, text: bytes, kind: str, mark: str, hidden: bool) -> SheetEntry:
        """A new worksheet at the end, with a hidden name of its own; a hidden one is not even offered by Excel."""
        part = next(n for i in count(1) if self.package.find(n := f"xl/worksheets/sheet{i}.xml") is None)
        self.package.write(part, text)
        add_content_type(self.package, part, kind)
        lead = add_relationship(self.package, self.part, self.relationship_type("worksheet"), part)
        entry = SheetEntry(name, part, len(self.entries))
        sheets = self.root.child("sheets")
        used = [sheet.number("sheetId") for sheet in (sheets.children if sheets else [])]
        base = self.relationship_type("").rstrip("/")
        self._new_sheets.append(
            b'<%ssheet xmlns:r="%s" name="%s" sheetId="%d"%s r:id="%s"/>'
            % (
                self.root.prefix,
                escape(base),
                escape(name),
                max(used, default=0) + 1 + len(self._new_sheets),
                b' state="veryHidden"' if hidden else b"",
                escape(lead),
            )
        )
        quoted = name.replace("'", "''")
        self._new_names.append(
            b'<%(p)sdefinedName name="%(n)s" localSheetId="%(i)d" hidden="1">%(f)s</%(p)sdefinedName>'
            % {b"p": self.root.prefix, b"n": escape(mark), b"i": entry.position, b"f": escape(f"'{quoted}'!$A$1")}
        )
        self._marked.add((entry.position, mark))
        self.entries.append(entry)
        return entry

    def _save_styles(self, text: bytes) -> None:
        lead = self.lead("styles")
        if lead and lead.part:
            self.package.write(lead.part, text)
            return
        name = next(n for i in count() if self.package.find(n := f"xl/styles{i or ''}.xml") is None)
        self.package.write(name, text)
        add_content_type(self.package, name, _STYLES_TYPE)
        add_relationship(self.package, self.part, self.relationship_type("styles"), name)

    def relationship_type(self, kind: str) -> str:
        """A type of relationship in the words of this file, transitional or strict."""
        leads = (found.full_type for found in self.leads.values() if _OFFICE in found.full_type)
        return next(leads, self._own_type).rpartition("/")[0] + f"/{kind}"

    def names(self) -> dict[tuple[int | None, str], str]:
        """Defined names: (position of the sheet they belong to or None, name in lower case) -> formula."""
        return {
            (_position(element), (element.get("name") or "").casefold()): element.text
            for element in self.name_elements()
        }

    def name_elements(self) -> list[Element]:
        """The elements of defined names."""
        names = self.root.child("definedNames")
        return names.all("definedName") if names else []


def _position(element: Element) -> int | None:
    """The sheet that a defined name belongs to."""
    return None if element.get("localSheetId") is None else element.number("localSheetId")
