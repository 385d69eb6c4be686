"""Plants contradictions and duplicates, and what only looks like them."""

import random
from collections.abc import Callable, Mapping, Sequence

from tests.conflicts.builder import Builder


def contradicting_values(builder: Builder, _: random.Random) -> frozenset[str]:
    """Two teams, one key, two values."""
    one, other = builder.teams(2)
    key = f"{builder.component()}.storage"
    return frozenset((builder.task(one, sets={key: "Aurora"}), builder.task(other, sets={key: "DynamoDB"})))


def same_value(builder: Builder, _: random.Random) -> None:
    """Two teams, one key, the same value in another spelling."""
    one, other = builder.teams(2)
    key = f"{builder.component()}.storage"
    builder.task(one, sets={key: "Aurora"})
    builder.task(other, sets={key: "aurora"})


PLANTERS: Mapping[str, Callable[[Builder, random.Random], frozenset[str]]] = {
    "contradicting-values": contradicting_values,
}
NEAR_MISSES: Sequence[Callable[[Builder, random.Random], None]] = (same_value,)
