"""Small roadmaps in one line each, and the earliest schedule of one lane."""

from datetime import date

from planner.domain.cells import Source
from planner.domain.problem import Problem, Schedule
from planner.domain.roadmap import CapacityChange, Dependency, Estimate, Roadmap, Task, Team
from planner.domain.settings import Defaults, Settings
from planner.scheduling.formulate import Formulation, formulate
from planner.scheduling.timing import complete

MONDAY = date(2026, 9, 7)
"""The planning start of all examples; that September has no public holiday where nobody names a country."""

SOURCE = Source("plan.xlsx", "Tasks", 2, {"Effort": 6, "Team": 5})
NO_OPERATIONS = Settings(defaults=Defaults(operations=0.0))


def task(name: str, effort: float | None = 1, team: str = "Pay", after: str = "", **more: object) -> Task:
    """A task of one team (several after `;`) with a single-point estimate, after others (`A B`)."""
    fields: dict[str, object] = {
        "teams": tuple(part.strip() for part in team.split(";") if part.strip()),
        "estimate": None if effort is None else Estimate(effort, effort, effort),
        "depends_on": tuple(Dependency(before) for before in after.split()),
    }
    return Task(name, SOURCE, **{**fields, **more})  # type: ignore[arg-type]


def team(name: str = "Pay", engineers: float | None = 1, **more: object) -> Team:
    """A team that no operations slow down."""
    return Team(name, Source("plan.xlsx", "Teams", 2), engineers=engineers, **{"operations": 0.0, **more})  # type: ignore[arg-type]


def change(engineers: float, start: date | None, end: date | None, name: str = "Pay") -> CapacityChange:
    return CapacityChange(name, engineers, Source("plan.xlsx", "Capacity", 2), start, end)


def formulated(
    *tasks: Task, teams: tuple[Team, ...] = (team(),), as_of: date = MONDAY, **more: object
) -> Formulation:
    """The formulation of these tasks, without operations where a team says nothing of them."""
    return formulate(Roadmap(tasks=tasks, teams=teams, **more), NO_OPERATIONS, as_of)  # type: ignore[arg-type]


def earliest(problem: Problem) -> Schedule:
    """Every task as soon as its finish-to-start predecessors are done; capacity is not looked at."""
    start = [0] * len(problem.activities)
    for i in problem.order:
        ready = [problem.finish(r.predecessor, start[r.predecessor]) for r in problem.predecessors[i]]
        start[i] = problem.first_start(i, max([problem.activities[i].release, *ready]))
    return complete(problem, start)


def dates(formulation: Formulation, name: str) -> tuple[date, date, date]:
    """First day worked, last day worked and day of the launch of a task in the earliest schedule."""
    schedule, i = earliest(formulation.problem), formulation.index[name]
    day = formulation.calendar.date_of
    return day(schedule.start[i]), day(schedule.finish[i] - 1), day(schedule.launch[i] - 1)


def rules(formulation: Formulation) -> list[str]:
    return [diagnostic.rule.id for diagnostic in formulation.diagnostics]


def assumed(formulation: Formulation, column: str) -> dict[str, str]:
    """Subject -> value of the assumptions of one column."""
    return {a.subject: a.value for a in formulation.assumptions if a.column == column}
