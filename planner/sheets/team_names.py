"""Team names: what is typed anywhere becomes the name of one team, cells with several are split.

A name means a team by itself, then by a former name; a merely similar one is offered, never taken.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from planner.domain.roadmap import EXTERNAL, id_key
from planner.sheets.values import did_you_mean, fold
from planner.sheets.values.parsed import NOTHING, UNDECIDED

SOFT_SEPARATOR = re.compile(r"\s*(/|&|\+|\band\b|\bund\b)\s*", re.IGNORECASE)
"""What separates teams only where one of the parts is a team: `R&D` is one, `Payments & Ledger` are two."""


class TeamNames:
    """The names of all teams, known from the sheet Teams and from single names elsewhere."""

    def __init__(self, listed: Sequence[str], formerly: Mapping[str, Sequence[str]], cells: Iterable[str]):
        self._listed = {id_key(name): name for name in reversed(listed)}
        self._former: dict[str, set[str]] = defaultdict(set)
        for name, olds in formerly.items():
            for old in olds:
                self._former[id_key(old)].add(name)
        self._names = tuple(sorted(self._listed.values()))
        self._split: dict[str, tuple[str, ...]] = {}
        self._elsewhere: dict[str, str] = {}
        self._gather(sorted(set(cells)))

    def _gather(self, cells: Sequence[str]) -> None:
        """Names that stand nowhere in the list, shown as the first of their spellings in sorted order."""
        plain = [cell for cell in cells if not SOFT_SEPARATOR.search(cell)]
        for cell in plain + [cell for cell in cells if SOFT_SEPARATOR.search(cell)]:
            for name in self.split(cell):
                if not self.is_listed(name):
                    self._elsewhere.setdefault(id_key(name), name)
        self._split.clear()

    @property
    def count(self) -> int:
        """How many teams are known."""
        return len(self._listed) + len(self._elsewhere)

    @property
    def any_listed(self) -> bool:
        """Whether there is a list of teams at all."""
        return bool(self._listed)

    def is_listed(self, typed: str) -> bool:
        """Whether the name means exactly one team of the list, by its present or a former name."""
        key = id_key(typed)
        return key in self._listed or len(self._former.get(key, ())) == 1

    def is_former(self, typed: str) -> bool:
        """Whether the name is a former one."""
        return id_key(typed) not in self._listed and self.is_listed(typed)

    def is_known(self, typed: str) -> bool:
        """Whether the name is listed or stands somewhere by itself."""
        return self.is_listed(typed) or id_key(typed) in self._elsewhere

    def shown(self, typed: str) -> str:
        """The team's name: of the list where it is there, else the common spelling."""
        key = id_key(typed)
        if key in self._listed:
            return self._listed[key]
        if self.is_former(typed):
            return next(iter(self._former[key]))
        return self._elsewhere.get(key, typed)

    def suggestion(self, typed: str) -> str:
        """The team of the list that was probably meant, as a question."""
        claimed = sorted(self._former.get(id_key(typed), ()))
        if claimed:
            return f"It is a former name of {' and '.join(claimed)}."
        return did_you_mean(typed, self._names)

    def split(self, cell: str) -> tuple[str, ...]:
        """The teams of a cell as typed, owner first, each once; words for nobody are none."""
        if cell not in self._split:
            names: dict[str, str] = {}
            for name in self._parts(cell):
                if self.is_listed(name) or fold(name) not in NOTHING | UNDECIDED:
                    names.setdefault(id_key(self.shown(name)), name)
            self._split[cell] = tuple(names.values())
        return self._split[cell]

    def _parts(self, cell: str) -> list[str]:
        """A cell taken apart at semicolons and lines, then at commas, then at soft separators."""
        names: list[str] = []
        for part in re.split(r"[;\n]", cell):
            whole = part.strip()
            if self.is_known(whole) or id_key(whole).startswith(EXTERNAL):
                names.append(whole)
                continue
            for piece in whole.split(","):
                names.extend(self._softly(piece.strip()))
        return [name for name in names if name]

    def _softly(self, piece: str) -> list[str]:
        """A piece taken apart where at least one of the parts is a team, the longest team first."""
        separators = list(SOFT_SEPARATOR.finditer(piece))
        if self.is_known(piece) or not separators:
            return [piece]
        starts = [0, *(separator.end() for separator in separators)]
        ends = [*(separator.start() for separator in separators), len(piece)]
        names: list[str] = []
        position = 0
        while position < len(starts):
            spans = [(last, piece[starts[position] : ends[last]]) for last in range(len(ends) - 1, position - 1, -1)]
            position, name = next((span for span in spans if self.is_known(span[1])), spans[-1])
            names.append(name)
            position += 1
        return names if any(self.is_known(name) for name in names) else [piece]
