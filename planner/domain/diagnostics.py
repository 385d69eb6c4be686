"""What is wrong or doubtful in the data: rules, diagnostics, assumptions. Bad data is a result, not an exception."""

from dataclasses import dataclass
from enum import IntEnum

from planner.domain.cells import Cell


class Severity(IntEnum):
    """Most severe first when sorted. Errors make the exit code 1, they never stop the rest of a plan."""

    ERROR = 0
    WARNING = 1
    NOTE = 2

    @property
    def word(self) -> str:
        """The lower-case word that people see."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of defect: its id, how bad it is, what it is called and the way out of it."""

    id: str
    severity: Severity
    title: str
    advice: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One defect: a sentence for a PM, the cells it speaks of, a suggestion where one exists.

    `message` names ids and values in quotes and says what the planner does about it ("ignored",
    "planned as 5 ED"); it does not repeat the cell. `severity` is the rule's, raised by `--strict`.
    """

    rule: Rule
    message: str
    cells: tuple[Cell, ...] = ()
    suggestion: str = ""
    strict: bool = False

    @property
    def severity(self) -> Severity:
        """The rule's severity; a warning is an error under `--strict`."""
        if self.strict and self.rule.severity is Severity.WARNING:
            return Severity.ERROR
        return self.rule.severity

    def __str__(self) -> str:
        where = f"{self.cells[0]}: " if self.cells else ""
        hint = f" {self.suggestion}" if self.suggestion else ""
        return f"{where}{self.message}{hint}"


def sort_key(diagnostic: Diagnostic) -> tuple[int, str, tuple[Cell, ...], str]:
    """Most severe first, then by rule, then by place: the order of every list of diagnostics."""
    return (diagnostic.severity, diagnostic.rule.id, diagnostic.cells, diagnostic.message)


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value that nobody typed: the column it stands for, of what, which value, and where it would be typed.

    Reports group assumptions by `column` with a count and three examples.
    """

    column: str
    subject: str
    value: str
    cell: Cell | None = None
