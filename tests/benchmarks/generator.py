"""Random cross-team roadmaps: 1.6 relations a task, 36 % of them between teams, load in proportion to capacity.

Items are 4 to 16 tasks of 1 to 30 days over one to four teams. They come in tiers, platform below service below
feature: a task waits for tasks before it in its own item and, now and then, for one of a lower tier.
"""

import random
from collections.abc import Sequence

from tests.benchmarks.network import Network

LARGEST_TEAM = 8
ITEM_TASKS = (4, 16)
TEAMS_OF_ITEM = (1, 2, 2, 3, 3, 4)
DAYS = (1, 30)
TIERS = (0, 0, 1, 1, 2)
EDGES_PER_TASK = 1.6
CROSS_TEAM = 0.36
BETWEEN_ITEMS = 0.05
COST_OF_DELAY = (2.5, 0.9)
"""Mean and deviation of its logarithm: half of the items cost more than 12 a day."""
TRIES = 50
"""A relation that finds no pair of tasks in so many draws is left out (very small roadmaps)."""


def generate(tasks: int, teams: int, seed: int) -> Network:
    """A roadmap of so many tasks and teams; the same seed gives the same one on every machine."""
    rng = random.Random(seed)
    engineers = [rng.randint(1, LARGEST_TEAM) for _ in range(teams)]
    item = _items(rng, tasks)
    crews = [_crew(rng, engineers) for _ in range(item[-1] + 1)]
    team = [rng.choice(crews[g]) for g in item]
    cost_of_delay = [max(1, round(rng.lognormvariate(*COST_OF_DELAY))) for _ in crews]
    return Network(
        engineers=tuple(engineers),
        cost_of_delay=tuple(cost_of_delay),
        team=tuple(team),
        item=tuple(item),
        duration=tuple(rng.randint(*DAYS) for _ in item),
        weight=tuple(max(1, round(cost_of_delay[g] * rng.uniform(0.3, 1.0))) for g in item),
        before=_relations(rng, item, team),
    )


def _items(rng: random.Random, tasks: int) -> list[int]:
    """The item of every task, one item after the other."""
    item: list[int] = []
    while len(item) < tasks:
        item += [item[-1] + 1 if item else 0] * rng.randint(*ITEM_TASKS)
    return item[:tasks]


def _crew(rng: random.Random, engineers: Sequence[int]) -> list[int]:
    """The teams of one item: large ones more often."""
    left = list(range(len(engineers)))
    crew = []
    for _ in range(min(rng.choice(TEAMS_OF_ITEM), len(left))):
        crew.append(rng.choices(left, [engineers[t] for t in left])[0])
        left.remove(crew[-1])
    return crew


def _relations(rng: random.Random, item: Sequence[int], team: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """What every task waits for: as many relations as wanted, as many of them between teams as wanted."""
    tier = [rng.choice(TIERS) for _ in range(item[-1] + 1)]
    first = [i for i, g in enumerate(item) if not i or item[i - 1] != g]
    lower = [[i for i, g in enumerate(item) if tier[g] < level] for level in range(max(TIERS) + 1)]
    before: list[set[int]] = [set() for _ in item]
    wanted = round(EDGES_PER_TASK * len(item))
    for number in range(wanted):
        cross = number < CROSS_TEAM * wanted
        for _ in range(TRIES):
            i = rng.randrange(len(item))
            outside = rng.random() < BETWEEN_ITEMS
            pool: Sequence[int] = lower[tier[item[i]]] if outside else range(first[item[i]], i)
            j = rng.choice(pool) if pool else i
            if j != i and j not in before[i] and (team[j] != team[i]) == cross:
                before[i].add(j)
                break
    return tuple(tuple(sorted(group)) for group in before)
