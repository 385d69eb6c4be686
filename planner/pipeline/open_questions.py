"""What may be asked about by its id: an open decision, a conflict, or a conflict that waits for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from planner.domain.conflict import Change, ChangeKind, Conflict
from planner.domain.errors import UserError
from planner.domain.roadmap import Decision, id_key


@dataclass(frozen=True)
class Way:
    """An option before it was planned: what it is called and what it changes."""

    name: str
    text: str
    changes: tuple[Change, ...]
    chance: float | None = None


@dataclass(frozen=True)
class OpenQuestion:
    """A question with its ways out; `conflicts` are all open ones about it, the one that was asked about too."""

    id: str
    text: str
    ways: tuple[Way, ...]
    decision: Decision | None
    conflict: Conflict | None
    conflicts: tuple[Conflict, ...]


def open_question(name: str, decided: Sequence[Decision], found: Sequence[Conflict]) -> OpenQuestion:
    """The decision or conflict of this id. Raises UserError where there is none, or it is decided."""
    decisions = {id_key(decision.id): decision for decision in decided}
    conflicts = {id_key(conflict.id): conflict for conflict in found if not conflict.dismissed}
    key = id_key(name)
    if key in decisions:
        decision = decisions[key]
        if not decision.is_open:
            raise UserError(
                f"{decision.id} is decided: {decision.chosen or decision.status}; `roadmap decisions` has it"
            )
        about = tuple(c for c in conflicts.values() if decision.id in c.decisions)
        ways = tuple(_way(decision, option, chance) for option, chance in decision.options)
        return OpenQuestion(decision.id, decision.question or decision.key, ways, decision, None, about)
    if key in conflicts:
        conflict = conflicts[key]
        decision_ = next((decisions[id_key(one)] for one in conflict.decisions if id_key(one) in decisions), None)
        ways = tuple(Way(way.text, way.text, way.changes) for way in conflict.resolutions)
        related = (c for c in conflicts.values() if c is conflict or (decision_ and decision_.id in c.decisions))
        return OpenQuestion(conflict.id, conflict.type.title, ways, decision_, conflict, tuple(related))
    known = [
        *(decision.id for decision in decisions.values() if decision.is_open),
        *(c.id for c in conflicts.values()),
    ]
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known[:5]) or 'none'}"
    raise UserError(f"no open decision or conflict is called {name!r}; {hint}")


def _way(decision: Decision, option: str, chance: float | None) -> Way:
    change = Change(ChangeKind.CHOOSE, decision.id, value=option)
    return Way(option, f"Choose “{option}” in {decision.id}", (change,), chance)
