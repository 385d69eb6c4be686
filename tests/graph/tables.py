"""Roadmaps and problems written as small tables."""

from planner.domain.cells import Cell, Source
from planner.domain.problem import Activity, LaunchCalendar, Precedence, Problem, Profile
from planner.domain.roadmap import Dependency, Link, Roadmap, Status, Strength, Task, Touch, TouchMode
from planner.domain.units import MILLI


def roadmap(table: str) -> Roadmap:
    """Rows `task | team | after | rest`: after `A, B SS+2, soft:C, launch:D`, rest `item=X status=done touches=y`."""
    tasks = []
    for number, line in enumerate(filter(str.strip, table.splitlines()), start=2):
        name, team, after, rest = ([part.strip() for part in line.split("|")] + [""] * 3)[:4]
        words = dict(word.split("=") for word in rest.split())
        tasks.append(
            Task(
                name,
                Source("q3.xlsx", "Tasks", number),
                teams=tuple(team.split()),
                depends_on=tuple(_dependency(text, number) for text in after.split(",") if text.strip()),
                items=tuple(words["item"].split(",")) if "item" in words else (),
                status=Status(words.get("status", "planned").replace("_", " ")),
                touches=(Touch(words["touches"], TouchMode.EXTEND),) if "touches" in words else (),
            )
        )
    return Roadmap(tasks=tuple(tasks))


def _dependency(text: str, row: int) -> Dependency:
    name, _, relation = text.strip().partition(" ")
    strength = Strength.HARD
    for kind in (Strength.SOFT, Strength.LAUNCH):
        if name.startswith(f"{kind}:"):
            strength, name = kind, name.removeprefix(f"{kind}:")
    return Dependency(
        name, Link(relation[:2] or "FS"), int(relation[2:] or 0), strength, Cell("q3.xlsx", "Tasks", row, 5)
    )


def problem(
    durations: list[int],
    *relations: tuple[int, int] | tuple[int, int, Link, int],
    off: frozenset[int] = frozenset(),
    closed: frozenset[int] = frozenset(),
    launch: frozenset[tuple[int, int]] = frozenset(),
    horizon: int = 40,
) -> Problem:
    """Activities of whole days in one calendar without the days `off`; launches not on the days `closed`.

    Relations are (predecessor, successor[, link, lag]) between earlier and later positions; those in `launch`
    wait for the launch.
    """
    cumulative = [0]
    for day in range(horizon):
        cumulative.append(cumulative[-1] + (0 if day in off else MILLI))
    following = [horizon] * (horizon + 1)
    for day in reversed(range(horizon)):
        following[day] = following[day + 1] if day in closed else day
    precedences = tuple(
        Precedence(r[0], r[1], *(r[2:] if len(r) == 4 else ()), launch=(r[0], r[1]) in launch) for r in relations
    )
    positions = range(len(durations))
    return Problem(
        horizon,
        tuple(Activity(chr(65 + i), d * MILLI, launch_calendar=0) for i, d in enumerate(durations)),
        profiles=(Profile(cumulative),),
        launch_calendars=(LaunchCalendar(following),),
        precedences=precedences,
        order=tuple(positions),
        predecessors=tuple(tuple(p for p in precedences if p.successor == i) for i in positions),
        successors=tuple(tuple(p for p in precedences if p.predecessor == i) for i in positions),
    )
