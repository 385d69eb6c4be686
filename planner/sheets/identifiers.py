"""Ids: every row gets one of its own, every reference finds the row it means.

An id that two sources use is prefixed by its source in both; used twice in one source the second becomes
`PAY-7#2` and references mean the first; a blank one is minted. A source is one sheet of one file.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from rapidfuzz import fuzz, process

from planner.domain.roadmap import id_key as fold_id

id_key = lru_cache(maxsize=2**16)(fold_id)
"""Ids are folded many times each: as rows, as references, as words of a cell."""

Place = tuple[str, str]
"""A source: (file, sheet)."""

CLOSE = 75.0
"""Similarity in per cent from which an id is offered as "did you mean"."""

MOST_SUGGESTIONS = 200
"""So many different misses are compared with every id; where there are more, something else is wrong."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that wants an id: where it stands, what was typed (maybe nothing), how a minted id would begin.

    `content` tells rows without id apart whatever their order.
    """

    place: Place
    row: int
    typed: str
    abbreviation: str = "ROW"
    content: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a reference means: one id, or none, or several candidates to choose from."""

    id: str = ""
    candidates: tuple[str, ...] = ()


def abbreviate(name: str) -> str:
    """Initials of several words, else the first three letters, in capitals.

    >>> abbreviate("Cost and Usage"), abbreviate("payments"), abbreviate("")
    ('CAU', 'PAY', 'ROW')
    """
    words = re.findall(r"[^\W_]+", name)
    letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:3]
    return letters.upper() or "ROW"


def looks_like(text: str) -> str:
    """What is left of an id without zeros in front, separators and case: `00123` looks like `123`."""
    return re.sub(r"0+(?=\d)", "", re.sub(r"[\W_]+", " ", re.sub(r"\.0$", "", id_key(text)))).replace(" ", "")


def stems(places: Iterable[Place]) -> Mapping[Place, str]:
    """A short name for each source: the file's stem, the sheet where a file has several, both if need be."""
    ordered = sorted(set(places))
    sheets_per_file: dict[str, int] = defaultdict(int)
    for file, _ in ordered:
        sheets_per_file[file] += 1
    several_files = len(sheets_per_file) > 1
    names: dict[Place, str] = {}
    for file, sheet in ordered:
        stem = PurePath(file).stem
        if sheets_per_file[file] > 1:
            stem = f"{stem}/{sheet}" if several_files else sheet
        names[file, sheet] = _unused(re.sub(r"[\s;:,]+", "-", stem.strip()), set(names.values()))
    return names


def _unused(name: str, used: set[str]) -> str:
    """The name, with #2, #3, ... where it is taken."""
    number, free = 1, name
    while free in used:
        number += 1
        free = f"{name}#{number}"
    return free


class Namespace:
    """The ids of one kind of row (items, tasks, ...): made from all claims at once, then asked for references.

    `ids` stand in the order of the claims; `first_of` maps the position of a repeated row to that of the first.
    """

    def __init__(self, claims: Sequence[Claim]):
        self.claims = tuple(claims)
        self.first_of: dict[int, int] = {}
        self.ids = self._assign()
        self._by_final = {id_key(final): final for final in self.ids}
        self._by_typed: dict[str, dict[Place, str]] = defaultdict(dict)
        for claim, final in zip(self.claims, self.ids, strict=True):
            if claim.typed:
                self._by_typed[id_key(claim.typed)].setdefault(claim.place, final)
        self._sorted = sorted(self.ids)
        self._alike: dict[str, str] = {}
        for final in reversed(self._sorted):
            self._alike[looks_like(final)] = final
        self.has_commas = any("," in final for final in self.ids)

    def _assign(self) -> tuple[str, ...]:
        """A unique id for every claim."""
        places: dict[str, set[Place]] = defaultdict(set)
        for claim in self.claims:
            if claim.typed:
                places[id_key(claim.typed)].add(claim.place)
        names = stems(claim.place for claim in self.claims)
        ids: list[str] = []
        used = set(places)
        count: dict[tuple[Place, str], int] = defaultdict(int)
        first: dict[tuple[Place, str], int] = {}
        for position, claim in enumerate(self.claims):
            key = id_key(claim.typed)
            final = claim.typed
            if len(places[key]) > 1:
                final = f"{names[claim.place]}:{final}"
            if claim.typed:
                count[claim.place, key] += 1
                first.setdefault((claim.place, key), position)
                if count[claim.place, key] > 1:
                    self.first_of[position] = first[claim.place, key]
                    final = f"{final}#{count[claim.place, key]}"
                if final != claim.typed:
                    final = self._free(final, used)
            ids.append(final)
        for position, minted in self._minted(used).items():
            ids[position] = minted
        return tuple(ids)

    @staticmethod
    def _free(name: str, used: set[str]) -> str:
        """A name that no other row has, noted as used."""
        number, free = 1, name
        while id_key(free) in used:
            number += 1
            free = f"{name}~{number}"
        used.add(id_key(free))
        return free

    def _minted(self, used: set[str]) -> dict[int, str]:
        """Ids for blank ones: numbered in the order of their content, so that sorting a sheet changes nothing."""
        blank = [position for position, claim in enumerate(self.claims) if not claim.typed]
        blank.sort(key=lambda p: (self.claims[p].content, self.claims[p].place, self.claims[p].row))
        counts: dict[str, int] = defaultdict(int)
        minted: dict[int, str] = {}
        for position in blank:
            abbreviation = self.claims[position].abbreviation
            counts[abbreviation] += 1
            minted[position] = self._free(f"{abbreviation}-new-{counts[abbreviation]}", used)
        return minted

    def __len__(self) -> int:
        return len(self.ids)

    def knows(self, text: str) -> bool:
        """Whether the text is an id of some row, as typed or as assigned."""
        key = id_key(text)
        return key in self._by_typed or key in self._by_final

    def resolve(self, text: str, place: Place) -> Match:
        """The row that a reference from `place` means: of the same sheet, of the same file, the only one."""
        key = id_key(text)
        typed = self._by_typed.get(key, {})
        if place in typed:
            return Match(typed[place])
        same_file = [final for (file, _), final in typed.items() if file == place[0]]
        if len(same_file) == 1:
            return Match(same_file[0])
        if len(typed) == 1:
            return Match(next(iter(typed.values())))
        if key in self._by_final:
            return Match(self._by_final[key])
        return Match(candidates=tuple(sorted(typed.values())))

    def suggestions(self, texts: Iterable[str]) -> Mapping[str, str]:
        """Sentence with the closest id for texts that are no id; none where nothing is close.

        Only the first `MOST_SUGGESTIONS` in sorted order are compared with every id.
        """
        sentences: dict[str, str] = {}
        compared = 0
        for text in sorted(set(texts)):
            alike = self._alike.get(looks_like(text))
            if alike:
                sentences[text] = f'It looks like "{alike}", which is another id.'
            elif compared < MOST_SUGGESTIONS:
                compared += 1
                sentences[text] = self._closest(text)
        return sentences

    def _closest(self, text: str) -> str:
        """`Did you mean "LED-8"?`; of equally close ids one with the same digits, then the first by name."""
        best = process.extract(
            id_key(text), self._sorted, scorer=fuzz.ratio, processor=id_key, score_cutoff=CLOSE, limit=20
        )
        if not best:
            return ""
        digits = re.sub(r"\D", "", text)
        final = min(best, key=lambda found: (-found[1], re.sub(r"\D", "", found[0]) != digits, found[0]))[0]
        return f'Did you mean "{final}"?'
