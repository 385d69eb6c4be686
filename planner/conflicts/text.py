"""Which texts are alike: three TF-IDF views, each ranked on its own, fused by reciprocal ranks.

No threshold tells a duplicate from a neighbour, so nothing here decides anything: it ranks. The fusion is that of
Cormack, Clarke and Buettcher (SIGIR 2009): score = sum over views of 1 / (60 + rank). scikit-learn is imported where
it is used, because most commands never compare texts.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

RRF_K = 60
DEPTH = 50
"""Ranks of a view that count."""
CHUNK = 256
"""Texts that are compared with all others at once: 256 x 10,000 similarities are 10 MB."""
COMMON = 0.1
"""Of many texts, words and parts of words in more than this share tell nothing and would take most of the time."""
MANY = 1000
ENDINGS = (
    "ations",
    "ation",
    "ings",
    "ing",
    "ions",
    "ion",
    "ages",
    "age",
    "ers",
    "er",
    "ies",
    "ed",
    "es",
    "s",
    "e",
    "y",
)
SHORTEST_STEM = 4
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about above after again against all also an and any are as at be been before being below between both but by
        can could do does each few for from had has have how if in into is it its more most no nor not of off on once
        one only onto or other our out over own per same should so some such than that the their them then there these
        they this those through to too under until up upon via was we were what when where which while who whose why
        will with within without would you your
        """,
    )
)
"""Function words only: scikit-learn's own list holds `move`, `keep`, `bill` and `system`, which tell much here."""

Progress = Callable[[str], None]
Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared: a title, and what is said besides."""

    title: str
    body: str = ""

    @property
    def whole(self) -> str:
        """Title and body."""
        return f"{self.title} {self.body}".strip()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another text by its place: the fused score, and the mean cosine similarity of the views (0..1)."""

    place: int
    score: float
    similarity: float


def neighbours(
    texts: Sequence[Text],
    top: int,
    groups: Sequence[Hashable] | None = None,
    progress: Progress = lambda _: None,
) -> tuple[tuple[Neighbour, ...], ...]:
    """For each text the `top` most similar others, best first; with `groups`, only those of another group.

    A group that is falsy is unknown: such a text is compared with all others.
    """
    views = tuple(_views(texts))
    if not views:
        return tuple(() for _ in texts)
    group = _group_numbers(groups) if groups is not None else None
    found: list[tuple[Neighbour, ...]] = []
    for first in range(0, len(texts), CHUNK):
        progress(f"comparing texts: {first} of {len(texts)}")
        found.extend(_fused(first, [_similarity(view, first) for view in views], group, top))
    return tuple(found)


def fuse(rankings: Iterable[tuple[float, Sequence[Thing]]]) -> Mapping[Thing, float]:
    """Reciprocal-rank fusion of (weight, ranking best first): the score of everything that is ranked somewhere.

    >>> scores = fuse([(1, ["a", "b"]), (1, ["b"])])
    >>> max(scores, key=scores.get)
    'b'
    """
    scores: dict[Thing, float] = {}
    for weight, ranking in rankings:
        for rank, thing in enumerate(ranking, 1):
            scores[thing] = scores.get(thing, 0.0) + weight / (RRF_K + rank)
    return scores


def stems(text: str) -> Mapping[str, str]:
    """The words of a text that carry meaning, by stem, as first written; stems join mails, mailer and mailing.

    >>> stems("Rebuild the reminder mails")
    {'rebuild': 'rebuild', 'remind': 'reminder', 'mail': 'mails'}
    """
    found: dict[str, str] = {}
    for stem, word in _stemmed(text):
        found.setdefault(stem, word)
    return found


def shared_words(one: str, other: str) -> tuple[str, ...]:
    """The words of the first text that the other has too, in any ending, in the order of the first."""
    theirs = stems(other)
    return tuple(word for stem, word in stems(one).items() if stem in theirs)


def _stemmed(text: str) -> Iterable[tuple[str, str]]:
    """(stem, word) of each word that is no stop word, in order."""
    for word in re.findall(r"[^\W_]+", text.casefold()):
        if word not in STOP_WORDS:
            yield _stem(word), word


def _stem(word: str) -> str:
    """A word without its ending, where enough is left."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _views(texts: Sequence[Text]) -> Iterable["csr_matrix"]:
    """Rows of length 1, so that a product of two is a cosine; none where there is nothing to compare."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

    stemmed = [" ".join(stem for stem, _ in _stemmed(text.whole)) for text in texts]
    titles = [text.title for text in texts]
    most = COMMON if len(texts) > MANY else 1.0
    for analyzer, lengths, source in (
        ("word", (1, 2), stemmed),
        ("char_wb", (3, 5), stemmed),
        ("char_wb", (3, 5), titles),
    ):
        vectorizer = TfidfVectorizer(analyzer=analyzer, ngram_range=lengths, max_df=most, dtype=np.float32)
        with suppress(ValueError):  # scikit-learn's word for an empty vocabulary: titles without any word
            yield vectorizer.fit_transform(source).tocsr()


def _similarity(view: "csr_matrix", first: int) -> "npt.NDArray[np.float32]":
    """Cosines of one chunk of texts with all: (chunk, texts)."""
    dense: npt.NDArray[np.float32] = (view[first : first + CHUNK] @ view.T).toarray()
    return dense


def _group_numbers(groups: Sequence[Hashable]) -> "npt.NDArray[np.int64]":
    """Equal groups, equal numbers; an unknown group has a number of its own."""
    import numpy as np

    known: dict[Hashable, int] = {}
    return np.array([known.setdefault(group, place) if group else -1 - place for place, group in enumerate(groups)])


def _fused(
    first: int,
    similarities: Sequence["npt.NDArray[np.float32]"],
    group: "npt.NDArray[np.int64] | None",
    top: int,
) -> Iterable[tuple[Neighbour, ...]]:
    """The neighbours of each text of a chunk, from its similarities in every view."""
    import numpy as np

    ranked = []
    for similarity in similarities:
        rows = np.arange(len(similarity))
        similarity[rows, rows + first] = 0.0  # nobody is his own neighbour
        if group is not None:
            similarity[group[first : first + len(rows), None] == group[None, :]] = 0.0
        ranked.append(_best(similarity))
    for row in range(len(similarities[0]) if similarities else 0):
        scores = fuse(
            (1.0, [int(place) for place in places[row] if view[row, place] > 0])
            for places, view in zip(ranked, similarities, strict=True)
        )
        best = sorted(scores.items(), key=lambda found: (-found[1], found[0]))[:top]
        yield tuple(
            Neighbour(place, score, float(np.mean([view[row, place] for view in similarities])))
            for place, score in best
        )


def _best(similarity: "npt.NDArray[np.float32]") -> "npt.NDArray[np.int64]":
    """Places of the `DEPTH` largest of each row, largest first, equal ones by place."""
    import numpy as np

    count = similarity.shape[1]
    kept = np.argpartition(-similarity, min(DEPTH, count) - 1, axis=1)[:, :DEPTH]
    kept.sort(axis=1)
    order = np.argsort(-np.take_along_axis(similarity, kept, axis=1), axis=1, kind="stable")
    places: npt.NDArray[np.int64] = np.take_along_axis(kept, order, axis=1)
    return places
