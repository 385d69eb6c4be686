"""To whom a calendar entry applies: `all`, `org:X`, `team:Y` or `component:Z`."""

from collections.abc import Iterable, Mapping

from planner.domain.roadmap import CalendarEvent, Task, Team, TouchMode, id_key


def scope_key(scope: str) -> str:
    """How a scope is matched: `Team: Ledger` and `team:ledger` are the same."""
    kind, colon, name = scope.partition(":")
    return f"{id_key(kind)}{colon}{id_key(name)}"


def scopes_of(teams: Iterable[Team]) -> frozenset[str]:
    """All scopes that these teams stand in, as `scope_key`s."""
    keys = {"all"}
    for team in teams:
        keys.add(f"team:{id_key(team.name)}")
        keys.update({f"org:{id_key(team.org)}"} if team.org else ())
    return frozenset(keys)


def components_of(task: Task) -> frozenset[str]:
    """The scopes of the components that a task writes to, as `scope_key`s."""
    written = (touch.component for touch in task.touches if touch.mode is not TouchMode.READ)
    return frozenset(f"component:{id_key(name)}" for name in written)


def scopes_of_task(task: Task, teams: Mapping[str, Team]) -> frozenset[str]:
    """All scopes that a task stands in; `teams` by `id_key` of the name, an unknown team stands for itself."""
    return scopes_of(teams.get(id_key(name), Team(name)) for name in task.teams) | components_of(task)


def covers(event: CalendarEvent, scopes: frozenset[str]) -> bool:
    """Whether a calendar entry applies to one of these scopes."""
    return any(scope_key(scope) in scopes for scope in event.scopes)
