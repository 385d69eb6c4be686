"""Plants contradictions and duplicates, and what only looks like them.

Components are planted without an owner, so that no team writes what belongs to another.
"""

import random
from collections.abc import Callable, Mapping, Sequence

from planner.domain.roadmap import Status
from tests.conflicts.builder import Builder

DONE, DROPPED = Status.DONE, Status.DROPPED


def contradicting_values(builder: Builder, _: random.Random) -> frozenset[str]:
    """Two teams, one key, two values; a third task sets the value of the first."""
    one, other, third = builder.teams(3)
    key = f"{builder.component()}.storage"
    return frozenset(
        {
            builder.task(one, sets={key: "Aurora"}),
            builder.task(other, sets={key: "DynamoDB"}),
            builder.task(third, sets={key: "aurora"}),
        }
    )


def agreeing_values(builder: Builder, _: random.Random) -> None:
    """The same value in another spelling; another value that is done; a decision that is taken; an upgrade."""
    one, other = builder.teams(2)
    key = f"{builder.component()}.storage"
    builder.task(one, sets={key: "Aurora"})
    builder.task(other, sets={key: "aurora"})
    builder.task(other, sets={key: "DynamoDB"}, status=DONE)
    decided = f"{builder.component()}.storage"
    builder.decision(decided, {"Aurora": 0.5, "DynamoDB": 0.5}, chosen="Aurora", status="decided")
    builder.task(one, sets={decided: "Aurora"})
    builder.task(other, sets={decided: "DynamoDB"})
    version = f"{builder.component()}.version"
    second = builder.task(one, sets={version: "9"})
    builder.task(other, sets={version: "10"}, after=[second])


def need_not_provided(builder: Builder, _: random.Random) -> frozenset[str]:
    """Version 3 is needed, version 2 is what comes; a task that was dropped would have brought 3."""
    provider, needer = builder.teams(2)
    key = f"{builder.component()}.version"
    second = builder.task(provider, sets={key: "2"})
    builder.task(provider, sets={key: "3"}, status=DROPPED)
    return frozenset({builder.task(needer, needs={key: "3"}, after=[second])})


def provided_needs(builder: Builder, _: random.Random) -> None:
    """The value is there, comes first, or was chosen."""
    provider, needer = builder.teams(2)
    done, coming, chosen = (f"{builder.component()}.version" for _ in range(3))
    builder.task(provider, sets={done: "2"}, status=DONE)
    builder.decision(chosen, {"2": 0.5, "3": 0.5}, chosen="2", status="decided")
    first = builder.task(provider, sets={coming: "V2"})
    builder.task(needer, needs={done: "2", coming: "v2", chosen: "2"}, after=[first])


def extend_before_replace(builder: Builder, rng: random.Random) -> frozenset[str]:
    """One team extends or changes what another replaces."""
    one, other = builder.teams(2)
    component = builder.component()
    return frozenset(
        {
            builder.task(one, touches={component: "replace"}),
            builder.task(other, touches={component: rng.choice(["extend", "change"])}),
        }
    )


def extended_afterwards(builder: Builder, _: random.Random) -> None:
    """The replacement comes first through a third task, or is done; a reader loses nothing."""
    one, other = builder.teams(2)
    component, replaced = builder.component(), builder.component()
    first = builder.task(one, touches={component: "replace"})
    between = builder.task(other, after=[first])
    builder.task(other, touches={component: "extend"}, after=[between])
    builder.task(one, touches={component: "read"}, after=[first])
    builder.task(one, touches={replaced: "replace"}, status=DONE)
    builder.task(other, touches={replaced: "change"})


def remove_while_used(builder: Builder, rng: random.Random) -> frozenset[str]:
    """Somebody still uses what is removed."""
    one, other = builder.teams(2)
    component = builder.component()
    return frozenset(
        {
            builder.task(one, touches={component: "remove"}),
            builder.task(other, touches={component: rng.choice(["read", "extend", "change"])}),
        }
    )


def removed_afterwards(builder: Builder, _: random.Random) -> None:
    """The last user comes before the removal; others are done or dropped."""
    one, other = builder.teams(2)
    component = builder.component()
    last = builder.task(other, touches={component: "read"})
    builder.task(other, touches={component: "extend"}, status=DONE)
    builder.task(other, touches={component: "change"}, status=DROPPED)
    builder.task(one, touches={component: "remove"}, after=[last])


def alternatives_both_planned(builder: Builder, rng: random.Random) -> frozenset[str]:
    """Two or three alternatives, named in a chain."""
    one, other, third = builder.teams(3)
    first = builder.task(one)
    second = builder.task(other, alternative_to=(first,))
    more = {builder.task(third, alternative_to=(second,))} if rng.random() < 0.5 else set()
    return frozenset({first, second} | more)


def decided_alternatives(builder: Builder, _: random.Random) -> None:
    """One of two is dropped, or done."""
    one, other = builder.teams(2)
    builder.task(one, alternative_to=(builder.task(other, status=DROPPED),))
    builder.task(one, alternative_to=(builder.task(other, status=DONE),))


def superseded_still_planned(builder: Builder, _: random.Random) -> frozenset[str]:
    """A task that another makes obsolete, in no order."""
    one, other = builder.teams(2)
    old = builder.task(one)
    return frozenset({old, builder.task(other, replaces=(old,))})


def replaced_knowingly(builder: Builder, _: random.Random) -> None:
    """The replaced task is done, dropped, or a bridge that comes first."""
    one, other = builder.teams(2)
    builder.task(one, replaces=(builder.task(other, status=DONE),))
    builder.task(one, replaces=(builder.task(other, status=DROPPED),))
    bridge = builder.task(one)
    builder.task(one, replaces=(bridge,), after=[bridge])


def contested_replacement(builder: Builder, _: random.Random) -> frozenset[str]:
    """Two teams replace the same finished task."""
    one, other, third = builder.teams(3)
    old = builder.task(third, status=DONE)
    return frozenset({builder.task(one, replaces=(old,)), builder.task(other, replaces=(old,))})


def uncontested_replacements(builder: Builder, _: random.Random) -> None:
    """One of two replacements is dropped, is done, or follows the other."""
    one, other, third = builder.teams(3)
    for status in (DROPPED, DONE):
        old = builder.task(third, status=DONE)
        builder.task(one, replaces=(old,), status=status)
        builder.task(other, replaces=(old,))
    old = builder.task(third, status=DONE)
    first = builder.task(one, replaces=(old,))
    builder.task(other, replaces=(old,), after=[first])


def interface_clash(builder: Builder, rng: random.Random) -> frozenset[str]:
    """Two teams use it, one follows the change."""
    one, follower, other = builder.teams(3)
    component = builder.component(consumers={follower: 2.0, other: 3.0})
    breaking = builder.task(one, touches={component: rng.choice(["replace", "remove"])})
    builder.task(follower, after=[breaking])
    return frozenset({breaking})


def followed_interfaces(builder: Builder, _: random.Random) -> None:
    """All consumers follow; the owner uses it itself; an extension breaks nothing."""
    one, other = builder.teams(2)
    component = builder.component(consumers={one: 1.0, other: 3.0})
    breaking = builder.task(one, touches={component: "replace"})
    moving = builder.task(other, after=[breaking])
    builder.task(other, touches={component: "read"}, after=[moving])
    builder.task(one, touches={builder.component(consumers={other: 3.0}): "extend"})


def concurrent_change(builder: Builder, rng: random.Random) -> frozenset[str]:
    """Two teams write one component."""
    component = builder.component()
    modes = ["extend", "change"]
    return frozenset({builder.task(team, touches={component: rng.choice(modes)}) for team in builder.teams(2)})


def changes_in_turn(builder: Builder, _: random.Random) -> None:
    """Two teams one after the other; one team twice; one that only reads."""
    one, other = builder.teams(2)
    component, own = builder.component(), builder.component()
    first = builder.task(one, touches={component: "change"})
    builder.task(other, touches={component: "extend"}, after=[first])
    builder.task(one, touches={own: "change"})
    builder.task(one, touches={own: "extend"})
    builder.task(other, touches={own: "read"})


def frozen_component(builder: Builder, rng: random.Random) -> frozenset[str]:
    """A write to a frozen component."""
    (team,) = builder.teams(1)
    component = builder.component(status="frozen")
    return frozenset({builder.task(team, touches={component: rng.choice(["extend", "change"])})})


def thawed_component(builder: Builder, _: random.Random) -> None:
    """Reading a frozen component; a change of it that is done; a change before it is frozen."""
    (team,) = builder.teams(1)
    frozen, later = builder.component(status="frozen"), builder.component()
    builder.task(team, touches={frozen: "read"})
    builder.task(team, touches={frozen: "change"}, status=DONE)
    change = builder.task(team, touches={later: "change"})
    builder.task(team, touches={later: "freeze"}, after=[change])


def duplicate_creation(builder: Builder, rng: random.Random) -> frozenset[str]:
    """Two teams create one component, or one says that its task is another's."""
    one, other = builder.teams(2)
    if rng.random() < 0.5:
        first = builder.task(one)
        return frozenset({first, builder.task(other, duplicate_of=(first,))})
    component = builder.component()
    return frozenset(builder.task(team, touches={component: "create"}) for team in (one, other))


def created_once(builder: Builder, _: random.Random) -> None:
    """Creation in two steps, or of two parts; one that is done; a duplicate that was dropped."""
    one, other = builder.teams(2)
    steps, parts, there = (builder.component() for _ in range(3))
    first = builder.task(one, touches={steps: "create"})
    builder.task(other, touches={steps: "create"}, after=[first])
    part = builder.task(one, touches={parts: "create"})
    builder.task(other, touches={parts: "create"}, split_from=(part,))
    builder.task(one, touches={there: "create"}, status=DONE)
    builder.task(other, touches={there: "create"})
    builder.task(one, duplicate_of=(builder.task(other, status=DROPPED),))


def competing_replacements(builder: Builder, _: random.Random) -> frozenset[str]:
    """Two teams replace one component."""
    component = builder.component()
    return frozenset(builder.task(team, touches={component: "replace"}) for team in builder.teams(2))


def replacements_in_turn(builder: Builder, _: random.Random) -> None:
    """One replacement after the other, or one team in two tasks."""
    one, other = builder.teams(2)
    component, own = builder.component(), builder.component()
    first = builder.task(one, touches={component: "replace"})
    builder.task(other, touches={component: "replace"}, after=[first])
    builder.task(one, touches={own: "replace"})
    builder.task(one, touches={own: "replace"})


PLANTERS: Mapping[str, Callable[[Builder, random.Random], frozenset[str]]] = {
    "contradicting-values": contradicting_values,
    "need-not-provided": need_not_provided,
    "extend-before-replace": extend_before_replace,
    "remove-while-used": remove_while_used,
    "alternatives-both-planned": alternatives_both_planned,
    "superseded-still-planned": superseded_still_planned,
    "contested-replacement": contested_replacement,
    "interface-clash": interface_clash,
    "concurrent-change": concurrent_change,
    "frozen-component": frozen_component,
    "duplicate-creation": duplicate_creation,
    "competing-replacements": competing_replacements,
}
NEAR_MISSES: Sequence[Callable[[Builder, random.Random], None]] = (
    agreeing_values,
    provided_needs,
    extended_afterwards,
    removed_afterwards,
    decided_alternatives,
    replaced_knowingly,
    uncontested_replacements,
    followed_interfaces,
    changes_in_turn,
    thawed_component,
    created_once,
    replacements_in_turn,
)
