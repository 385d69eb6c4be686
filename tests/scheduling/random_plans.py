"""Random small plans with every term of the objective: for searches and bounds to be compared with proven optima."""

from dataclasses import replace
from random import Random

from planner.domain.problem import (
    Activity,
    Coordination,
    Debt,
    Deliverable,
    Evidence,
    FragileHandover,
    InterfaceRelease,
    Precedence,
    Problem,
    Risk,
    Supersession,
)
from planner.domain.roadmap import Link
from tests.scheduling.instances import problem

DAY = 1000
HORIZON = 60


def random_plan(rng: Random, count: int = 9, teams: int = 3) -> Problem:
    """`count` activities, some of two teams, with leave and days off, up to three items, structures of each kind."""
    capacities = [
        [rng.choice((10, 20, 20, 30)) if day % 5 < 4 else 0 for day in range(HORIZON)] for _ in range(teams)
    ]
    activities = [_activity(rng, i, teams) for i in range(count)]
    pairs = [(i, j) for j in range(count) for i in range(j)]
    relations = [_relation(rng, i, j) for i, j in sorted(rng.sample(pairs, count - 2))]
    items = _items(rng, count)
    blocked = {rng.randrange(HORIZON // 2) for _ in range(5)}
    plain = problem(activities, capacities, relations, items, [day not in blocked for day in range(HORIZON)])
    return replace(plain, **_structures(rng, count, relations))


def _activity(rng: Random, i: int, teams: int) -> Activity:
    crew = sorted(rng.sample(range(teams), rng.choice((1, 1, 1, 2))))
    days = rng.randint(1, 4)
    return Activity(
        id=f"T{i}",
        work=days * DAY - rng.choice((0, 250)),
        wait=rng.choice((0, 0, 0, 0, 2)),
        demands=tuple((team, rng.choice((10, 10, 20))) for team in crew),
        release=rng.choice((0, 0, 0, 3)),
        launch_calendar=rng.choice((None, 0, 0)),
        effort=days * DAY,
        team=crew[0],
    )


def _relation(rng: Random, i: int, j: int) -> Precedence:
    link = rng.choice((Link.FS, Link.FS, Link.FS, Link.SS, Link.FF))
    launch = link is Link.FS and rng.random() < 0.1
    return Precedence(i, j, link, rng.choice((0, 0, 0, 1)), launch, rng.random() < 0.3, rng.choice((0, 200)))


def _items(rng: Random, count: int) -> list[Deliverable]:
    """Every activity belongs to one item."""
    owner = [rng.randrange(3) for _ in range(count)]
    return [
        Deliverable(
            f"item {g}",
            tuple(i for i in range(count) if owner[i] == g),
            rng.choice((200, 500, 1000, 2000)),
            rng.choice((0, 1000)),
            rng.choice((None, 10)),
        )
        for g in sorted(set(owner))
    ]


def _structures(rng: Random, count: int, relations: list[Precedence]) -> dict[str, tuple[object, ...]]:
    """One or two of each kind, over any activities."""

    def some(number: int) -> list[int]:
        return rng.sample(range(count), number)

    first, second, third, fourth = some(4)
    later = next((r for r in relations if r.link is Link.FS), relations[0])
    return {
        "supersessions": (Supersession(*some(2), cost=rng.randint(500, 4000), slope=15),),
        "risks": (
            Risk(first, 1000, 3, (Evidence(300, period=rng.randint(2, 8)),)),
            Risk(second, 1000, 3, (Evidence(400, third), Evidence(200, period=4)), reversal=500),
        ),
        "releases": (InterfaceRelease("api", tuple(sorted(some(2))), rng.randint(1000, 6000), 3),),
        "coordinations": (Coordination(*some(2), cost=rng.randint(50, 300)),),
        "handovers": (FragileHandover(later.predecessor, later.successor, rng.randint(20, 200), 4),),
        "debts": (Debt(fourth, 100, 2000, 40, repaid_by=third, touches=((second, 400),)),),
    }
