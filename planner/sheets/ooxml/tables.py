"""Tables of a sheet (ListObjects): where they are, and their parts after rows and columns were added."""

from collections.abc import Iterator

from planner.sheets.ooxml.elements import Element, parse
from planner.sheets.ooxml.markup import Splice, cell_text, escape, last_child, plain_text, spliced, with_attribute
from planner.sheets.ooxml.package import Package
from planner.sheets.ooxml.ranges import Range, parse_range


class Table:
    """One table; `ref` covers headers, rows and totals."""

    def __init__(self, package: Package, part: str) -> None:
        self.part = part
        self._package = package
        self._text = package.read(part)
        self._root = parse(self._text)
        self.ref = self._given = parse_range(self._root.get("ref") or "") or Range(0, 0, 0, 0)
        self.names = {self._root.get("name") or "", self._root.get("displayName") or ""} - {""}
        self.has_header = self._root.get("headerRowCount") != "0"
        self.is_linked = self._root.get("tableType") in ("queryTable", "xml")
        self.totals_rows = self._root.number("totalsRowCount")
        self._list = self._root.child("tableColumns")
        self._columns = self._list.all("tableColumn") if self._list else []
        self.columns = [plain_text(column.get("name") or "") for column in self._columns]
        self._added: list[str] = []

    @property
    def data(self) -> Range:
        """The rows between headers and totals."""
        return Range(
            self.ref.top + self.has_header, self.ref.left, self.ref.bottom - self.totals_rows, self.ref.right
        )

    @property
    def is_changed(self) -> bool:
        """Whether rows or columns were added."""
        return self.ref != self._given

    def add_row(self) -> None:
        """One row more."""
        self.ref = Range(self.ref.top, self.ref.left, self.ref.bottom + 1, self.ref.right)

    def add_column(self, name: str) -> None:
        """One column more at the right."""
        self.ref = Range(self.ref.top, self.ref.left, self.ref.bottom, self.ref.right + 1)
        self.columns.append(name)
        self._added.append(name)

    def column_formula(self, column: int) -> str:
        """The formula that every row of a column of the sheet has; empty where it has none, or fills a range."""
        place = column - self.ref.left
        if not 0 <= place < len(self._columns):
            return ""
        formula = self._columns[place].child("calculatedColumnFormula")
        return "" if formula is None or formula.get("array") in ("1", "true") else formula.text

    def columns_with_formula(self) -> Iterator[int]:
        """The columns of the sheet whose rows all have one formula."""
        for place in range(len(self._columns)):
            if self.column_formula(self.ref.left + place):
                yield self.ref.left + place

    def save(self) -> None:
        """Put the part as it is by now into the package."""
        splices = [self._attribute(self._root, "ref", str(self.ref))]
        filtered = self._root.child("autoFilter")
        if filtered:
            below = Range(self.ref.top, self.ref.left, self.ref.bottom - self.totals_rows, self.ref.right)
            splices.append(self._attribute(filtered, "ref", str(below)))
        if self._list and self._added:
            splices.append(self._attribute(self._list, "count", str(len(self.columns))))
            splices.append(last_child(self._text, self._list, b"".join(self._new_columns(self._list))))
        self._package.write(self.part, spliced(self._text, splices))

    def _new_columns(self, parent: Element) -> list[bytes]:
        first = 1 + max((column.number("id") for column in self._columns), default=0)
        return [
            b'<%stableColumn id="%d" name="%s"/>' % (parent.prefix, first + at, escape(_attribute_text(name)))
            for at, name in enumerate(self._added)
        ]

    def _attribute(self, element: Element, name: str, value: str) -> Splice:
        tag = self._text[element.start : element.inner]
        return Splice(element.start, element.inner, with_attribute(tag, name, value))


def _attribute_text(name: str) -> str:
    """A header as the table's part spells it: a line break as _x000a_."""
    return cell_text(name).replace("\n", "_x000a_")
