"""Whether two spellings are one person: case, accents, order, initials and look-alike letters do not count."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

_LOOKALIKES = str.maketrans("аеорсухіјѕһԁԛԝαορνικτ", "aeopcyxijshdqwaopvikt")
"""Cyrillic and Greek letters that look like Latin ones, after case folding."""

_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ø", "o"), ("æ", "a"), ("œ", "o"), ("ł", "l"), ("đ", "d"))
"""Umlauts written out, and letters that do not decompose; folded on both sides of a comparison."""


def tokens(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared, sorted; of an address the part before the @.

    >>> tokens("Stöne,  ALMA") == tokens("alma.stoene@quillon.example") == tokens("Alma Stone")
    True
    """
    local = re.sub(r"^.*<([^>]+)>\s*$", r"\1", name.strip()).partition("@")[0]
    folded = unicodedata.normalize("NFKD", local).casefold()
    bare = "".join(c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    for written, plain in _DIGRAPHS:
        bare = bare.replace(written, plain)
    return tuple(sorted(re.findall(r"[^\W_]+", bare.translate(_LOOKALIKES))))


def _alike(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the words agree one by one, an initial standing for any word that begins with it."""
    if not first or len(first) != len(second):
        return "".join(first) == "".join(second) != ""

    def fits(a: str, b: str) -> bool:
        return a == b or (1 in (len(a), len(b)) and a[0] == b[0])

    # names have two to four words: the first word that fits is taken, longest words first
    left = sorted(second, key=len, reverse=True)
    for word in sorted(first, key=len, reverse=True):
        partner = next((other for other in left if fits(word, other)), None)
        if partner is None:
            return False
        left.remove(partner)
    return True


def same_person(first: Iterable[str], second: Iterable[str], people: Mapping[str, Iterable[str]] = {}) -> bool:
    """Whether any name of one side means the same person as any of the other; `people` are further spellings.

    >>> same_person(["Alma Stone"], ["A. STONE"]), same_person(["astone"], ["Alma"], {"Alma": ["astone"]})
    (True, True)
    >>> same_person(["Alma Stone"], ["Alva Stone"])
    False
    """
    left, right = _spellings(first, people), _spellings(second, people)
    return any(_alike(a, b) for a in left for b in right)


def _spellings(names: Iterable[str], people: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The names, and all that a person of theirs is known by."""
    own = [tokens(name) for name in names if name.strip()]
    known = ([tokens(person), *map(tokens, spellings)] for person, spellings in people.items())
    further = (group for group in known if any(_alike(a, b) for a in own for b in group))
    return [*own, *(spelling for group in further for spelling in group)]
