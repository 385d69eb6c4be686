"""Passive verbs: a form of *be* or *get*, adverbs at most, then the participle of what somebody does to the subject.

Made for precision: English has no ending of its own for a participle, so everything that may be an adjective
("tired"), a state ("is based in") or stand before its noun ("are planned releases") is let pass. Lists in `words/`:

    participles      irregular ones; others end in -ed
    not-participles  words that merely end alike
    not-passive      kind *adjective*: never a passive; *state*: only before "by", or after "been", "be", "get";
                     *get*: no passive after "get"
    adverbs          may stand between the two
    behind           may stand right behind a passive verb, where a noun would make the participle its adjective
"""

import re
from collections.abc import Iterator, Sequence

from planner.decisions.text import Document, Hit, Sentence, hit
from planner.decisions.word_lists import words_of

_FINITE = words_of("auxiliaries", "finite")
_GET = words_of("auxiliaries", "get")
_BE = _FINITE | words_of("auxiliaries", "sure")
_SURE = words_of("auxiliaries", "sure") | _GET
"""After these a word that may be a state is a passive."""
_BARE = words_of("participles", "bare")
"""Participles that are infinitives too: "what we did was cut the scope"."""
_DETERMINERS = words_of("small-words", "determiner")
_ASKING = words_of("small-words", "asking")
_BLOCKERS = re.compile(r"[;:()\[\]–—.!?]")
_UN = re.compile(r"un(?!done|der|it|if|iv|block|lock|load|ravel|veil|plug|wind|fold|pack|cover)")
_FAR = 4
"""Words between *is* and the participle of a question, at most."""
_INSERTED = 5
"""Words of an insertion between commas, less than."""


def passives(document: Document) -> Iterator[Hit]:
    """Each passive verb from its auxiliary to its participle."""
    for sentence in document.sentences:
        words = [match.group().casefold() for match in sentence.words]
        for i, word in enumerate(words):
            if word in _BE or word in _GET:
                j = _participle(sentence, words, i)
                if j is not None:
                    first, last = sentence.words[i].start(), sentence.words[j].end()
                    yield hit(sentence, first, last, "who does it? Make them the subject")


def _participle(sentence: Sentence, words: Sequence[str], i: int) -> int | None:
    """The position of the participle that makes the auxiliary at `i` a passive; None where it is none."""
    j = _behind_adverbs(sentence, words, i + 1)
    if j is not None and _is_passive(sentence, words, i, j):
        return j
    if words[i] in _FINITE and _is_question(sentence, words, i):
        for k in range(i + 2, min(i + 2 + _FAR, len(words))):
            between = sentence.own[sentence.words[i].end() : sentence.words[k].start()]
            if "," in between or _BLOCKERS.search(between) or words[k - 1] in _DETERMINERS:
                continue
            if k > i + 2 - (words[i + 1] not in _DETERMINERS) and _is_passive(sentence, words, i, k):
                return k
    return None


def _behind_adverbs(sentence: Sentence, words: Sequence[str], j: int) -> int | None:
    """The first word from `j` on that is no adverb; a short insertion between commas is passed over."""
    while j < len(words):
        gap = _gap(sentence, j)
        if _BLOCKERS.search(gap):
            return None
        if "," in gap:
            closing = (k for k in range(j + 1, min(j + _INSERTED, len(words))) if "," in _gap(sentence, k))
            j = next(closing, len(words))
        if j < len(words) and not _is_adverb(words[j]):
            return j
        j += 1
    return None


def _gap(sentence: Sentence, k: int) -> str:
    """What stands between the word at `k` and the one before it."""
    return sentence.own[sentence.words[k - 1].end() : sentence.words[k].start()]


def _is_adverb(word: str) -> bool:
    return word in words_of("adverbs") or (word.endswith("ly") and len(word) > 4 and word not in ("reply", "apply"))


def _is_question(sentence: Sentence, words: Sequence[str], i: int) -> bool:
    """Whether the auxiliary stands before its subject: at the beginning, or behind a question word."""
    asks = sentence.own.rstrip()[-1:] == "?"
    return asks and (i == 0 or (i == 1 and words[0] in _ASKING))


def _is_passive(sentence: Sentence, words: Sequence[str], i: int, j: int) -> bool:
    """Whether the word at `j` is a participle that the auxiliary at `i` makes passive."""
    auxiliary, word = words[i], words[j]
    # nothing follows directly behind a comma
    follows = words[j + 1] if j + 1 < len(words) and not _gap(sentence, j + 1).strip() else ""
    if not _looks_like_participle(word) or word in words_of("not-passive", "adjective"):
        return False
    if auxiliary in _GET:
        return word not in words_of("not-passive")
    if auxiliary in _SURE:
        return True
    if word in words_of("not-passive", "state") and follows != "by":
        return False
    if (word == "used" and follows == "to") or (word in _BARE and follows in _DETERMINERS):
        return False
    return not follows or _may_follow(follows, sentence.words[j + 1].group())


def _may_follow(word: str, typed: str) -> bool:
    """Whether a word may stand right behind a passive verb; a noun there takes the participle as its adjective."""
    return word in words_of("behind") or _is_adverb(word) or typed[0].isupper() or typed[0].isdigit()


def _looks_like_participle(word: str) -> bool:
    if word in words_of("participles"):
        return True
    plain = word.removeprefix("re-")
    regular = plain.isalpha() and len(plain) > 3 and plain.endswith("ed") and plain not in words_of("not-participles")
    return regular and not _UN.match(plain)
