"""Plans to simulate: in a line each, and at random with everything that a course of events knows."""

import random
from dataclasses import replace
from datetime import date, timedelta

from planner.domain.cells import Source
from planner.domain.problem import Schedule
from planner.domain.roadmap import (
    CalendarEvent,
    Dependency,
    Estimate,
    EventKind,
    Hypothesis,
    Item,
    Link,
    Roadmap,
    Strength,
    Target,
    Task,
)
from planner.domain.settings import Settings, Uncertainty
from planner.scheduling.formulate import Formulation, formulate
from planner.scheduling.sgs import Generator
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, SOURCE, change, task, team


def planned(roadmap: Roadmap, settings: Settings = NO_OPERATIONS) -> tuple[Formulation, Schedule]:
    """The roadmap with a list schedule in the order of its rows, everything moved to the left."""
    formulation = formulate(roadmap, settings, MONDAY)
    generator = Generator(formulation.problem)
    schedule = generator.generate([float(i) for i in range(len(formulation.tasks))])
    assert schedule is not None
    return formulation, generator.left_shift(schedule)


def uncertain(correlation: float = 0.0, low: float = 0.75, high: float = 3.0) -> Settings:
    """No operations, this default range and this correlation."""
    return replace(NO_OPERATIONS, uncertainty=Uncertainty((low, 1.0, high), correlation))


def ranged(name: str, points: tuple[float, float, float], team: str = "Pay", after: str = "", **more: object) -> Task:
    """A task with three points."""
    return task(
        name, None, team, after, estimate=Estimate(*points, certain=points[0] == points[2]), engineers=1, **more
    )


def hypothesis(name: str, probability: float, test: str, **more: object) -> Hypothesis:
    return Hypothesis(name, Source("plan.xlsx", "Hypotheses", 2), probability=probability, tested_by=(test,), **more)  # type: ignore[arg-type]


def random_roadmap(seed: int, links: tuple[Link, ...] = (Link.FS,), lags: tuple[int, ...] = (0,)) -> Roadmap:
    """Teams of several sizes with leave and holidays, tasks of one or two teams, waits, launches, blocks, bets."""
    rng = random.Random(seed)
    teams = tuple(team(name, rng.choice([1, 2, 3]), country=rng.choice(["", "DE"])) for name in ("Pay", "Led", "Api"))
    tasks: list[Task] = []
    for n in range(rng.randint(4, 14)):
        before = rng.sample(range(n), min(n, rng.choice([0, 0, 1, 2])))
        depends = tuple(
            Dependency(
                f"T{k}",
                rng.choice(links),
                rng.choice(lags),
                rng.choice([Strength.HARD, Strength.HARD, Strength.LAUNCH]),
            )
            for k in before
        )
        names = rng.sample([one.name for one in teams], rng.choice([1, 1, 1, 2]))
        likely = rng.choice([0, 1, 3, 5, 8])
        tasks.append(
            task(
                f"T{n}",
                None,
                "; ".join(names),
                estimate=Estimate(likely * 0.5, likely, likely * 2.5),
                depends_on=depends,
                engineers=rng.choice([None, 0.5, 1.0]),
                duration=rng.choice([None, None, None, 2]),
                items=(f"I{n % 3}",),
                not_before=rng.choice([None, None, MONDAY + timedelta(days=rng.randint(0, 20))]),
                hypotheses=rng.choice([(), (), ("H1",), ("H2",)]) if n > 2 else (),
            )
        )
    source = Source("plan.xlsx", "Roadmap", 2)
    quarter = Target(date(2026, 9, 1), date(2026, 9, 30), "month", "Sep")
    return Roadmap(
        items=tuple(Item(f"I{k}", source, targets=(quarter,)) for k in range(3)),
        tasks=tuple(tasks),
        teams=teams,
        capacity=(
            (change(-1, MONDAY + timedelta(days=7), MONDAY + timedelta(days=18), rng.choice(teams).name),)
            if rng.random() < 0.6
            else ()
        ),
        hypotheses=(hypothesis("H1", 0.5, "T1", rollback=rng.choice([None, 3.0])), hypothesis("H2", 0.7, "T2")),
        calendar=(
            CalendarEvent(
                "year end", EventKind.BLOCK, MONDAY + timedelta(days=9), MONDAY + timedelta(days=13), SOURCE
            ),
        ),
    )


__all__ = ["MONDAY", "Roadmap", "hypothesis", "planned", "random_roadmap", "ranged", "team", "uncertain"]
