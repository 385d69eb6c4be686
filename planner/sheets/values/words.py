"""Words: text, lists, and the one of several that is meant (synonyms as data, "did you mean" for the rest)."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from rapidfuzz import fuzz, process

from planner.domain.roadmap import Commitment, Door, EventKind, Origin, Priority, Status, TouchMode
from planner.sheets import rules
from planner.sheets.table import Value
from planner.sheets.values.parsed import NOTHING, UNDECIDED, Conventions, Parsed, Problem, fold, text_of

Choice = TypeVar("Choice", bound=StrEnum)

CLOSE = 75.0
"""Similarity in per cent from which a word is offered as "did you mean"."""


class ComponentStatus(StrEnum):
    """Where a component stands in its life."""

    ACTIVE = "active"
    FROZEN = "frozen"
    RETIRING = "retiring"


class Verdict(StrEnum):
    """How a test of a hypothesis ended."""

    PASS = "pass"
    FAIL = "fail"


SYNONYMS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Status: {
        Status.PLANNED: (
            "backlog; to do; todo; open; new; accepted; draft; proposed; not started; ready; idea; approved; "
            "scheduled; committed; on hold; paused; blocked; waiting; deferred; postponed; later; next; "
            "upcoming; funnel; selected for development; refined; tbd; reopened; theme; future"
        ),
        Status.IN_PROGRESS: (
            "in review; review; doing; wip; started; ongoing; active; now; in development; in dev; development; "
            "in test; testing; in qa; qa; implementing; under way; underway; in work; at risk; on track; "
            "rolling out"
        ),
        Status.DONE: (
            "closed; resolved; complete; completed; finished; shipped; released; launched; delivered; live; "
            "deployed; final; merged; implemented; finish"
        ),
        Status.DROPPED: (
            "cancelled; canceled; rejected; withdrawn; won't do; wont do; wontfix; won't fix; obsolete; "
            "superseded; abandoned; declined; not accepted; duplicate; killed; discarded; removed; descoped; "
            "out of scope"
        ),
    },
    Priority: {
        Priority.P0: "0; critical; highest; blocker; urgent; very high; flagship; showstopper; prio 0",
        Priority.P1: "1; high; major; important; highlight; prio 1",
        Priority.P2: "2; medium; normal; mid; med; moderate; default; prio 2",
        Priority.P3: "3; 4; p4; low; lowest; minor; trivial; nice to have; very low; prio 3",
    },
    Commitment: {
        Commitment.MUST: "must have; must-have; m; committed; contractual; promised; yes; hard; required",
        Commitment.SHOULD: "should have; should-have; s; planned; expected; target",
        Commitment.COULD: (
            "could have; could-have; c; nice to have; stretch; best effort; optional; no; won't; would"
        ),
    },
    Origin: {
        Origin.CUSTOMER: "client; external; customer ask; customers; sales; market; support; user; product",
        Origin.OPERATIONS: (
            "ops; kto; ktlo; run; bau; sre; operational; maintenance; keep the lights on; reliability"
        ),
        Origin.INTERNAL: "engineering; tech; technical; platform; tech debt; internally; team; compliance; legal",
    },
    Door: {
        Door.ONE_WAY: "one way; oneway; 1-way; 1 way; irreversible; type 1; no way back",
        Door.TWO_WAY: "two way; twoway; 2-way; 2 way; reversible; type 2",
    },
    EventKind: {
        EventKind.BLOCK: "freeze; blackout; code freeze; change freeze; launch freeze; peak; moratorium",
        EventKind.HOLIDAY: "public holiday; bank holiday; day off; shutdown; vacation; company holiday",
        EventKind.MILESTONE: "deadline; date; event; gate; review; conference",
        EventKind.RELEASE: "version; train; release train; launch; ga",
    },
    TouchMode: {
        TouchMode.READ: "reads; use; uses; consume; consumes; query; call; calls",
        TouchMode.CREATE: "creates; new; add; adds; build; introduce; created",
        TouchMode.EXTEND: "extends; enhance; expand; extended",
        TouchMode.CHANGE: (
            "changes; modify; modifies; update; updates; edit; write; writes; alter; refactor; changed"
        ),
        TouchMode.REPLACE: "replaces; rewrite; rewrites; migrate; supersede; replaced; rework",
        TouchMode.REMOVE: "removes; delete; deletes; retire; drop; decommission; sunset; removed",
        TouchMode.FREEZE: "freezes; frozen; lock",
    },
    ComponentStatus: {
        ComponentStatus.ACTIVE: "live; in use; supported; maintained; ok",
        ComponentStatus.FROZEN: "freeze; locked; maintenance; no changes; feature freeze",
        ComponentStatus.RETIRING: (
            "deprecated; sunset; end of life; eol; legacy; to be retired; retired; phasing out"
        ),
    },
    Verdict: {
        Verdict.PASS: "passed; success; successful; confirmed; true; yes; holds; positive; validated; won; ok",
        Verdict.FAIL: "failed; failure; rejected; false; no; negative; invalidated; lost; refuted",
    },
}
"""Other words for the values of each choice; separators and case do not matter."""


def _squash(text: str) -> str:
    """A word without case, blanks and hyphens: `In-Progress` and `in progress` are one."""
    return re.sub(r"[\s_-]+", "", fold(text))


WORDS: Mapping[type[StrEnum], Mapping[str, StrEnum]] = {
    kind: {
        _squash(word): member
        for member, synonyms in members.items()
        for word in (member.value, *synonyms.split("; "))
    }
    for kind, members in SYNONYMS.items()
}


def parse_text(value: Value, conventions: Conventions) -> Parsed[str]:
    """Any cell as text."""
    return Parsed(text_of(value))


parse_id = parse_text
"""An id is text; what makes it unique is `sheets.identifiers`."""


def split_list(text: str) -> tuple[str, ...]:
    """Entries of a cell, separated by semicolons or lines, else by commas; words for nothing are no entries."""
    parts = re.split(r"[;\n]", text)
    if len(parts) == 1:
        parts = text.split(",")
    return tuple(part.strip() for part in parts if part.strip() and fold(part) not in NOTHING)


def parse_list(value: Value, conventions: Conventions) -> Parsed[tuple[str, ...]]:
    """Entries of a cell; teams, which may contain separators, are split by `sheets.team_names`."""
    return Parsed(split_list(text_of(value)))


parse_ids = parse_list
"""Ids in a cell; those with commas in them are told apart by `sheets.identifiers`."""


def did_you_mean(word: str, choices: tuple[str, ...]) -> str:
    """`Did you mean "x"?` for the closest of the choices, empty when none is close; ties by order."""
    best = process.extractOne(fold(word), choices, scorer=fuzz.ratio, processor=fold, score_cutoff=CLOSE)
    return f'Did you mean "{best[0]}"?' if best else ""


def parse_choice(kind: type[Choice]) -> Callable[[Value, Conventions], Parsed[Choice | None]]:
    """The parser of one of the allowed words or their synonyms; a leading P0..P3 may be followed by words.

    >>> parse_choice(Status)("In Review", Conventions(date(2026, 9, 1))).value
    <Status.IN_PROGRESS: 'in progress'>
    """
    words = WORDS[kind]

    def parse(value: Value, conventions: Conventions) -> Parsed[Choice | None]:
        text = text_of(value)
        first = re.split(r"\s*[-–:(,]\s+|\s+[-–(]|\s+\(", text, maxsplit=1)[0]
        for candidate in (text, first):
            member = words.get(_squash(candidate))
            if member is not None:
                return Parsed(kind(member))
        word = fold(text)
        if word in NOTHING:
            return Parsed(None)
        if word in UNDECIDED:
            return Parsed(None, (Problem(rules.UNDECIDED_VALUE, "is still to be decided; treated as blank."),))
        allowed = tuple(member.value for member in kind)
        text = f"is none of {', '.join(allowed)}; treated as blank."
        return Parsed(None, (Problem(rules.UNKNOWN_CHOICE, text, did_you_mean(word, allowed)),))

    return parse


parse_status = parse_choice(Status)

COUNTRY_NAMES = {
    **{"germany": "DE", "deutschland": "DE", "austria": "AT", "switzerland": "CH", "france": "FR", "spain": "ES"},
    **{
        "usa": "US",
        "united states": "US",
        "uk": "GB",
        "united kingdom": "GB",
        "great britain": "GB",
        "ireland": "IE",
    },
    **{"india": "IN", "china": "CN", "japan": "JP", "canada": "CA", "mexico": "MX", "brazil": "BR", "poland": "PL"},
    **{"netherlands": "NL", "belgium": "BE", "italy": "IT", "portugal": "PT", "sweden": "SE", "norway": "NO"},
    **{"denmark": "DK", "finland": "FI", "romania": "RO", "israel": "IL", "australia": "AU", "singapore": "SG"},
    **{"czechia": "CZ", "czech republic": "CZ", "hungary": "HU", "ukraine": "UA", "new zealand": "NZ"},
}


def parse_country(value: Value, conventions: Conventions) -> Parsed[str]:
    """A country code with an optional subdivision: `DE`, `US-CA`; common names are understood."""
    text = text_of(value)
    code = COUNTRY_NAMES.get(fold(text), text.upper().replace("_", "-").replace("UK", "GB"))
    if re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", code):
        return Parsed(code)
    if fold(text) in NOTHING:
        return Parsed("")
    return Parsed("", (Problem(rules.UNREADABLE_VALUE, "is no country code such as DE or US-CA; treated as blank."),))
