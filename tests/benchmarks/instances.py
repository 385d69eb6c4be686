"""Readers of published instances: a Patterson or an mplib file becomes a `Problem` of the planner.

Both formats are whitespace-separated numbers; line breaks carry no meaning.

* **Patterson** (RCPSP): activities, resources; capacities; then per activity its duration, one demand per resource,
  the number of successors and the successors, counted from 1.
* **mplib** (RCMPSP; Van Eynde and Vanhoucke 2020): projects, resources; capacities; then per project its number of
  activities, its release and one 0/1 per resource; then its activities as above, successors as `project:activity`.
  The projects share the resources; each is a network of its own with a start and an end. The makespan is that of
  the whole portfolio.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.domain.problem import Activity, Precedence, Problem, Profile, Resource
from planner.domain.units import MILLI
from planner.scheduling.costs import makespan
from planner.scheduling.priorities import latest_finish
from planner.scheduling.relations import topology
from planner.scheduling.sgs import serial


@dataclass(frozen=True)
class Row:
    """One activity of a file: its id, duration, demand per resource, successors' ids, least start."""

    id: str
    duration: int
    demands: tuple[int, ...]
    successors: tuple[str, ...]
    release: int = 0


def read(text: str) -> Problem:
    """The problem that a file holds; raises ValueError where it ends too early or goes on too long."""
    words = iter(text.split())
    try:
        capacities, rows = _mplib(words) if ":" in text else _patterson(words)
    except StopIteration:
        raise ValueError("the file ends in the middle of an activity") from None
    if next(words, None) is not None:
        raise ValueError("there is more in the file than its activities")
    return problem(capacities, rows)


def read_file(path: Path) -> Problem:
    """The problem in a file."""
    return read(path.read_text(encoding="ascii"))


def problem(capacities: Sequence[int], rows: Sequence[Row]) -> Problem:
    """The problem with a horizon of twice what a list schedule takes: no plan needs to know more days."""
    longest = max((row.release for row in rows), default=0) + sum(row.duration for row in rows)
    one_by_one = within(longest, capacities, rows)
    listed = serial(one_by_one, latest_finish(one_by_one))
    return one_by_one if listed is None else within(min(longest, 2 * makespan(listed)), capacities, rows)


def within(horizon: int, capacities: Sequence[int], rows: Sequence[Row]) -> Problem:
    """The problem over so many days, all of them working days."""
    position = {row.id: i for i, row in enumerate(rows)}
    relations = [Precedence(position[row.id], position[after]) for row in rows for after in row.successors]
    order, before, after = topology(len(rows), relations)
    return Problem(
        horizon=horizon,
        activities=tuple(
            Activity(
                row.id,
                row.duration * MILLI,
                demands=tuple((resource, units) for resource, units in enumerate(row.demands) if units),
                release=row.release,
            )
            for row in rows
        ),
        resources=tuple(Resource(f"R{k + 1}", (units,) * horizon) for k, units in enumerate(capacities)),
        profiles=(Profile(tuple(range(0, MILLI * horizon + 1, MILLI))),),
        precedences=tuple(relations),
        order=order,
        predecessors=before,
        successors=after,
    )


def _patterson(words: Iterator[str]) -> tuple[list[int], list[Row]]:
    """Capacities and activities of a Patterson file."""
    count, resources = _numbers(words, 2)
    return _numbers(words, resources), [_row(words, str(i + 1), resources) for i in range(count)]


def _mplib(words: Iterator[str]) -> tuple[list[int], list[Row]]:
    """Capacities and activities of an mplib file."""
    projects, resources = _numbers(words, 2)
    capacities, rows = _numbers(words, resources), list[Row]()
    for project in range(1, projects + 1):
        count, release = _numbers(words, 2)
        _numbers(words, resources)  # which resources the project uses: its demands say so
        rows += [_row(words, f"{project}:{i + 1}", resources, release) for i in range(count)]
    return capacities, rows


def _row(words: Iterator[str], name: str, resources: int, release: int = 0) -> Row:
    """The next activity."""
    duration, *demands = _numbers(words, 1 + resources)
    successors = tuple(next(words) for _ in range(int(next(words))))
    return Row(name, duration, tuple(demands), successors, release)


def _numbers(words: Iterator[str], count: int) -> list[int]:
    """The next so many integers."""
    return [int(next(words)) for _ in range(count)]
