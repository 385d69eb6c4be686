"""Who may approve that a block is opened: the roster of its scopes, else the roster of all."""

from collections.abc import Iterable

from planner.domain.governance import Gatekeeping, Identity, Proof
from planner.domain.roadmap import CalendarEvent
from planner.domain.scopes import scope_key
from planner.governance.people import same_person

ALL = "all"


def approvers_of(block: CalendarEvent, rules: Gatekeeping, task_scopes: frozenset[str]) -> tuple[str, ...]:
    """The names that may open a block for a task in these scopes; empty where nobody may.

    Each scope that the block and the task share has its own roster; one without stands under that of `all`.
    """
    rosters = {scope_key(scope): names for scope, names in rules.approvers.items()}
    shared = [key for key in map(scope_key, block.scopes) if key in task_scopes] or [ALL]
    found = (name for key in shared for name in rosters.get(key, rosters.get(ALL, ())))
    return tuple(dict.fromkeys(found))


def names_of(identity: Identity) -> tuple[str, ...]:
    """By which a person is compared; an asserted name does not speak for the account that typed it."""
    return (identity.name,) if identity.proof is Proof.ASSERTED else (identity.name, identity.account)


def is_listed(names: Iterable[str], roster: Iterable[str], rules: Gatekeeping) -> bool:
    """Whether one of these names is on a roster."""
    given = tuple(names)
    return any(same_person(given, [listed], rules.people) for listed in roster)
