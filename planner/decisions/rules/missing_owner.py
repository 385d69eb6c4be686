"""Actions that nobody has: in lists of actions, and in sentences in which something has to happen by itself."""

import re
from collections.abc import Iterator

from planner.decisions.text import Document, Hit, Kind, Passage, hit
from planner.decisions.word_lists import words_of

_ACTIONS = re.compile(r"\b(?:actions?|action items|next steps|to-?dos?|follow-?ups?)\b", re.IGNORECASE)
_BOX = re.compile(r"\[[ xX]\]\s+|(?:TODO|ACTION|Action)\b:?\s*")
_OWNED = re.compile(
    r"@\w|\b[Oo]wner\b|\b[Dd]river\b|\b[Aa]ssigned to\b"
    r"|\([^()]*?[A-Z][^()]*\)\s*\.?$"  # "(Anna)"
    r"|[:–—]\s*[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+)*\s*\.?$"  # "– Anna Berg"
)
_MUST = r"(?:must|should|shall|needs? to|ha(?:s|ve) to|will have to|ought to|is to|are to)"
_NOBODY = re.compile(
    rf"\b(?:somebody|someone|anybody|anyone|one|people|we all|everybody|everyone)\s+{_MUST}\b", re.IGNORECASE
)
_OBLIGED = re.compile(rf"\b{_MUST}\s+(?:\w+ly\s+)?be\s+(\w+)", re.IGNORECASE)
_NO_DEED = re.compile(r"\b(?:nothing|none|no|nobody|that|which|what)\b(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
"""Before a duty: there is none ("nothing has to be moved"), or it only describes ("the work that has to be done")."""
_BY = re.compile(
    r"[^.;]*?\bby\s+(?!\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:the\s+)?(?:end|start|middle|time)\b)(?!Q[1-4])\w"
)
"""Behind a duty: by somebody, not by a day."""

LEAD = 4
"""Words of a line above a list that is a heading without saying so, at most: "Next steps for May:"."""
WHO = "who does it, and by when? Name one person or team"


def missing_owners(document: Document) -> Iterator[Hit]:
    """Items of a list of actions that begin with the verb and name nobody; duties of somebody or of no one."""
    lead = ""
    for passage in document.passages:
        if passage.kind is not Kind.ITEM:
            lead = passage.own if len(passage.own.split()) <= LEAD else ""
        elif _is_ownerless(passage, f"{passage.section}\n{lead}"):
            yield Hit(passage, 0, len(passage.text), WHO)
            continue
        for sentence in passage.sentences:
            for match in (_NOBODY.search(sentence.own), _OBLIGED.search(sentence.own)):
                if match and not (match.re is _OBLIGED and not _is_duty(match, sentence.own)):
                    yield hit(sentence, *match.span(), WHO)
                    break


def _is_ownerless(passage: Passage, heading: str) -> bool:
    """Whether an item below a heading is an action, and neither begins nor ends with a name."""
    box = _BOX.match(passage.own)
    if not (box or _ACTIONS.search(heading)):
        return False
    text = passage.own[box.end() :] if box else passage.own
    first = re.match(r"\W*([A-Za-z]+)\b", text)
    return bool(first and first.group(1).casefold() in words_of("action-verbs")) and not _OWNED.search(text)


def _is_duty(match: re.Match[str], text: str) -> bool:
    """Whether "must be ..." asks for a deed and does not say whose: a participle without "by" behind it."""
    verb = match.group(1).casefold()
    is_deed = verb in words_of("participles") or (verb.endswith("ed") and verb not in words_of("not-passive"))
    return is_deed and not _BY.match(text[match.end() :]) and not _NO_DEED.search(text[: match.start()])
