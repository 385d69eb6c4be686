"""Who is needed for an item: teams in order, each with the reasons that speak for it."""

from dataclasses import dataclass
from enum import StrEnum


class Clue(StrEnum):
    """Where a suggestion comes from, in the words that people see."""

    INVOLVED = "has work or an ask of it"
    NAMED = "is named in it"
    OWNER = "owns a component of it"
    CONSUMER = "uses a component of it"
    SIMILAR = "works on similar items"
    ASKED = "is asked by many items"


@dataclass(frozen=True, slots=True)
class Reason:
    """One clue: the ids or names that it rests on, and the words that matched."""

    clue: Clue
    sources: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestedTeam:
    """A team, its fused score (only the order of the scores means something) and why."""

    team: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """All teams for which something speaks, best first."""

    item: str
    title: str
    teams: tuple[SuggestedTeam, ...]
