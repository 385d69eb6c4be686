"""What a merge did: which files came back, what became of each edit, which clashes are left, who has not answered."""

from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from planner.domain.edits import CellValue
from planner.domain.merging import AddedRow, Difference, Verdict


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back: from whom, as which export, and how it was compared with the master."""

    file: str
    path: str
    """As it was typed, or found in a folder."""
    who: str
    export: str
    """Id of the export that it is; empty for a file that says of no export that it is it."""
    note: str
    """A sentence, where it was not merged on what was sent."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell, or with an empty `column` a row, on which the master and a file disagree."""

    sheet: str
    key: str
    column: str
    base: CellValue
    ours: CellValue
    theirs: CellValue
    who: str
    reason: str = ""
    row: tuple[tuple[str, CellValue], ...] = ()
    """The returned row by its columns, where the master has deleted it."""

    @property
    def id(self) -> str:
        """The same edit has the same id in every run, whatever the master has by then: it is decided once."""
        said = repr((self.sheet, self.key, self.column, _plain(self.base), _plain(self.theirs), self.who))
        return f"clash-{sha256(said.encode()).hexdigest()[:8]}"

    @property
    def place(self) -> tuple[str, str, str]:
        """The cell: what is decided about it is decided for every file."""
        return self.sheet, self.key, self.column


def _plain(value: CellValue) -> str:
    """5 is 5.0, a day is its midnight."""
    if isinstance(value, date):
        return value.isoformat()[:10] if not isinstance(value, datetime) or value.time() == time() else str(value)
    return repr(float(value)) if isinstance(value, int | float) else str(value or "").strip()


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Somebody who was sent a file and has not answered: his rows stay as they were sent so many days ago."""

    who: str
    export: str
    items: int
    tasks: int
    days: int


@dataclass(frozen=True)
class MergeReport:
    """Everything that a merge says."""

    master: str
    returned: tuple[Returned, ...]
    differences: tuple[Difference, ...]
    added: tuple[AddedRow, ...]
    clashes: tuple[Clash, ...]
    """Those that are left, of this run and of those before it."""
    sent: int
    """How many people were sent a file; 0 if nobody was."""
    outstanding: tuple[Outstanding, ...]
    clashes_file: str = ""
    settled_file: str = ""
    """Where clashes were to be chosen that are all settled now."""
    is_changed: bool = False
    backup: str = ""
    is_dry: bool = False

    def of(self, verdict: Verdict) -> tuple[Difference, ...]:
        """The differences with one verdict."""
        return tuple(difference for difference in self.differences if difference.verdict is verdict)
