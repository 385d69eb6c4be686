"""One row read column by column: typed values out, trouble and assumptions into the findings."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import TypeVar

from planner.domain.cells import Cell, Source
from planner.domain.diagnostics import Assumption, Diagnostic, Rule
from planner.domain.roadmap import natural_key
from planner.sheets import rules
from planner.sheets.columns import columns_of
from planner.sheets.table import Row, Table, Value
from planner.sheets.values import Conventions, Parsed, Problem, day_order, parse_number, text_of
from planner.sheets.values.numbers import number_of

T = TypeVar("T")
B = TypeVar("B")

LONGEST_QUOTE = 80
"""Characters of a cell that a message quotes, on one line."""

DATE_TYPES = ("date", "target")

JIRA_ESTIMATE = re.compile(r"\b(?:original|remaining)[ _-]?estimate\b", re.IGNORECASE)
"""Headers under which Jira exports seconds."""

EXAMPLES = 3
"""So many of those that share a doubt are named."""


@dataclass
class Findings:
    """What intake has found so far; grows while rows are read."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    assumptions: list[Assumption] = field(default_factory=list)
    set_aside: list[Cell] = field(default_factory=list)
    _shared: dict[tuple[Rule, str], list[tuple[str, Cell]]] = field(default_factory=lambda: defaultdict(list))

    def report(self, rule: Rule, message: str, *cells: Cell, suggestion: str = "") -> None:
        """One defect, in a sentence for a PM."""
        self.diagnostics.append(Diagnostic(rule, message, cells, suggestion))

    def share(self, rule: Rule, text: str, example: str, cell: Cell) -> None:
        """A defect that many rows may have: one diagnostic for all with the same `text`, which ends the sentence."""
        self._shared[rule, text].append((example, cell))

    def report_shared(self) -> None:
        """Report what rows have in common, when all are read."""
        for (rule, text), found in self._shared.items():
            found.sort(key=lambda pair: natural_key(pair[0]))
            named = ", ".join(example for example, _ in found[:EXAMPLES])
            more = f" and {len(found) - EXAMPLES} more" if len(found) > EXAMPLES else ""
            self.report(rule, f"{named}{more}: {text}", *(cell for _, cell in found))
        self._shared.clear()

    def assume(self, column: str, subject: str, value: str, cell: Cell | None = None) -> None:
        """A value that nobody typed."""
        self.assumptions.append(Assumption(column, subject, value, cell))


def column_conventions(table: Table, base: Conventions) -> Mapping[str, Conventions]:
    """Conventions of the columns whose cells tell more together than alone: dates and percentages."""
    base = replace(base, uses_1904_dates=table.uses_1904_dates)
    conventions = {"": base}
    for column in columns_of(table.kind):
        if column.name not in table.columns:
            continue
        values = [row.values[column.name] for row in table.rows if column.name in row.values]
        order = day_order(values) if column.type in DATE_TYPES else None
        if order is not None:
            conventions[column.name] = replace(base, day_first=order, day_first_certain=True)
        elif column.type == "percent":
            conventions[column.name] = replace(base, whole_percent=any(map(_is_whole_percent, values)))
        elif column.type == "effort" and JIRA_ESTIMATE.search(table.headers[column.name]):
            conventions[column.name] = replace(base, in_seconds=True)
    return conventions


def _is_whole_percent(value: Value) -> bool:
    """Whether the number shows that its column counts in whole per cent."""
    number = number_of(value)
    return number is not None and number > 1


class RowReader:
    """A row and how to read it; `subject` is the id or name that messages speak of."""

    def __init__(self, table: Table, row: Row, conventions: Mapping[str, Conventions], findings: Findings):
        self.table = table
        self.row = row
        self.findings = findings
        self.source: Source = table.source(row)
        self.place = (table.file, table.sheet)
        self.subject = f"row {row.number}"
        self._conventions = conventions

    def cell(self, column: str = "") -> Cell:
        """The cell of a column of this row."""
        return self.source.cell(column)

    def text(self, column: str) -> str:
        """The cell as text, empty where it is blank."""
        value = self.row.values.get(column)
        return "" if value is None else text_of(value)

    def has(self, column: str) -> bool:
        """Whether anything stands in the cell."""
        return bool(self.text(column))

    def conventions(self, column: str) -> Conventions:
        """How the cells of a column are read."""
        return self._conventions.get(column) or self._conventions[""]

    def read(self, column: str, parse: Callable[[Value, Conventions], Parsed[T]], blank: B) -> T | B:
        """The parsed cell, `blank` where nothing stands in it; problems are reported, assumptions noted."""
        value = self.row.values.get(column)
        if value is None:
            return blank
        parsed = parse(value, self.conventions(column))
        self.note(column, parsed)
        return parsed.value

    def note(self, column: str, parsed: Parsed[T]) -> None:
        """Report the problems and the assumption of a parsed cell."""
        for problem in parsed.problems:
            self.problem(column, problem)
        if parsed.assumed:
            self.findings.assume(column, self.subject, parsed.assumed, self.cell(column))

    def problem(self, column: str, problem: Problem) -> None:
        """Report a problem with a cell."""
        typed = shorten(self.text(column), LONGEST_QUOTE, placeholder=" ...")
        message = f'"{self.subject}": {column} "{typed}" {problem.text}'
        self.findings.report(problem.rule, message, self.cell(column), suggestion=problem.suggestion)

    def report(self, rule: Rule, text: str, *columns: str, suggestion: str = "") -> None:
        """Report trouble with the row as a whole; `text` continues a sentence that begins with the subject."""
        cells = tuple(self.cell(column) for column in columns) or (self.cell(),)
        self.findings.report(rule, f'"{self.subject}" {text}', *cells, suggestion=suggestion)

    def amount(self, column: str) -> float | None:
        """A number that is not negative."""
        number = self.read(column, parse_number, None)
        if number is not None and number < 0:
            self.problem(column, Problem(rules.OUT_OF_RANGE, "is negative; treated as blank."))
            return None
        return number

    def set_aside(self, reason: str, *columns: str) -> None:
        """The row cannot be understood: it is kept out of the plan, with an error."""
        cells = tuple(self.cell(column) for column in columns) or (self.cell(),)
        sheet = self.table.sheet or self.table.kind
        self.findings.report(
            rules.ROW_SET_ASIDE, f'Row {self.row.number} of "{sheet}" {reason}; it is set aside.', *cells
        )
        self.findings.set_aside.append(self.cell())
