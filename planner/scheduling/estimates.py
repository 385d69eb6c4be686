"""How much work a task is: effort where nobody typed it, engineers at once, days, what is left of started work."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import median, quantiles

from planner.domain.calendar import Calendar
from planner.domain.roadmap import EXTERNAL, Estimate, Roadmap, Status, Task, id_key
from planner.domain.settings import Defaults, Settings
from planner.domain.units import TENTHS_PER_ENGINEER
from planner.scheduling.capacity import Staffing
from planner.scheduling.rules import TOO_MANY_ENGINEERS, Notebook

LEAST_SHARE = 0.1
"""Started work without a word on its progress has at least this share left."""


LEAST_ENGINEERS = 1 / TENTHS_PER_ENGINEER
"""Nobody works on a task with less than the tenth in which capacity is counted."""


@dataclass(frozen=True, slots=True)
class TeamWork:
    """One team's part of a task: remaining effort in ED and how many engineers are at it."""

    team: str
    effort: float
    engineers: float


@dataclass(frozen=True, slots=True)
class Size:
    """What is left of a task: its parts by team (owner first), full-speed days of work, days of waiting.

    `effort` is the remaining effort in ED; `estimated` is False where it is assumed.
    """

    work: tuple[TeamWork, ...]
    days: float
    wait: int
    effort: float
    estimated: bool


def planned_effort(roadmap: Roadmap, settings: Settings) -> Mapping[str, float]:
    """Total effort in ED by task id: the likely estimate, or what is assumed in its place."""
    assumed = assumed_estimates(roadmap.tasks, settings.defaults)
    return {task.id: _typed_effort(task, assumed)[0] for task in roadmap.tasks}


def assumed_estimates(tasks: Iterable[Task], defaults: Defaults) -> Mapping[str, Estimate]:
    """By team key what an estimate is taken for: the median and the outer deciles of at least five of its own.

    The empty key holds the default for all other teams.
    """
    typed: dict[str, list[float]] = defaultdict(list)
    for task in tasks:
        if task.estimate is not None and task.estimate.likely > 0 and task.owner:
            typed[id_key(task.owner)].append(task.estimate.likely)
    own = {team: _spread(efforts) for team, efforts in typed.items() if len(efforts) >= defaults.own_estimates}
    return {**own, "": Estimate(*defaults.effort)}


def three_points(task: Task, assumed: Mapping[str, Estimate]) -> Estimate | None:
    """The range that a person gave, or that is assumed for want of an estimate; None of one number.

    A promised date, and work without effort or duration, has no range: its three points are equal.
    """
    if task.estimate is not None and (task.estimate.is_range or task.estimate.certain):
        return task.estimate
    if is_promise(task) or (task.estimate is not None and task.estimate.likely <= 0 and not task.duration):
        return Estimate(1.0, 1.0, 1.0, certain=True)
    return _typed_effort(task, assumed)[1]


def _spread(efforts: list[float]) -> Estimate:
    """First decile, median and last decile; one estimate alone has no spread."""
    deciles = quantiles(efforts, n=10, method="inclusive") if len(efforts) > 1 else efforts
    return Estimate(deciles[0], median(efforts), deciles[-1])


def _typed_effort(task: Task, assumed: Mapping[str, Estimate]) -> tuple[float, Estimate | None]:
    """Total effort in ED, and the estimate that was assumed for it (None where it follows from what was typed).

    A task that only waits (Duration, or a vendor's promised date) has no effort.
    """
    if task.estimate is not None:
        return task.estimate.likely, None
    if task.status is Status.IN_PROGRESS and task.remaining is not None:
        return task.remaining, None
    if task.duration is not None or is_promise(task):
        return 0.0, None
    estimate = assumed.get(id_key(task.owner), assumed[""])
    return estimate.likely, estimate


def is_external(team: str) -> bool:
    """Whether a team of this name is a vendor."""
    return id_key(team).startswith(EXTERNAL)


def is_promise(task: Task) -> bool:
    """Whether all that is known of a vendor's task is the day on which it comes."""
    says_more = task.estimate is not None or task.duration is not None or task.remaining is not None
    return is_external(task.owner) and not says_more and (task.due or task.not_before) is not None


def runs(task: Task) -> bool:
    """Whether work has begun; a vendor's promise is all about the day on which it comes."""
    return task.status is Status.IN_PROGRESS and not is_promise(task)


@dataclass(frozen=True)
class Sizer:
    """Sizes tasks; `staff` by team key, the empty key standing for a team that nobody named."""

    staff: Mapping[str, Staffing]
    assumed: Mapping[str, Estimate]
    defaults: Defaults
    calendar: Calendar
    notebook: Notebook

    def size(self, task: Task) -> Size:
        """The remaining work of a task that is neither done nor dropped; what is assumed is noted."""
        total, assumption = _typed_effort(task, self.assumed)
        if total and not task.teams:
            self.notebook.assume("Team", task.id, "no capacity needed", task.source)
        if assumption is not None:
            self._note_effort(task, assumption)
        work, days = self._work(task, total)
        left, wait = self._left(task, total, days)
        return Size(
            tuple(replace(part, effort=part.effort * left) for part in work),
            days * left,
            wait,
            total * left,
            assumption is None,
        )

    def _note_effort(self, task: Task, estimate: Estimate) -> None:
        low, likely, high = estimate.optimistic, estimate.likely, estimate.pessimistic
        self.notebook.assume("Effort", task.id, f"{likely:g} ED ({low:g}-{likely:g}-{high:g})", task.source)

    def _work(self, task: Task, total: float) -> tuple[tuple[TeamWork, ...], float]:
        """Parts by team and the days that all of them need: the longest part's, the others spread over it."""
        if task.duration is not None and task.teams and all(map(is_external, task.teams)):
            return tuple(TeamWork(team, effort, 0.0) for team, effort in _shares(task, total).items()), 0.0
        parts = []
        for team, effort in _shares(task, total).items():
            staff = self.staff[id_key(team)]
            engineers = self._engineers(task, team, effort, staff)
            parts.append((team, effort, engineers, effort / (engineers * (1 - staff.operations)), staff))
        days = max((part_days for *_, part_days, _ in parts), default=0.0)
        work = tuple(
            TeamWork(
                staff.team.name or team,
                effort,
                engineers if part_days == days else effort / (days * (1 - staff.operations)),
            )
            for team, effort, engineers, part_days, staff in parts
        )
        return work if task.teams else (), days

    def _engineers(self, task: Task, team: str, effort: float, staff: Staffing) -> float:
        """Engineers at once, typed (a bare number is for all teams) or assumed, at most what there ever are."""
        typed = {id_key(name): count for name, count in task.engineers_by_team}.get(id_key(team))
        if typed is None and task.engineers is not None:
            typed = task.engineers / max(1, len(task.teams))
        if typed is not None and typed > 0:
            has_limit = staff.team.name and not staff.team.is_external
            typed = max(typed, LEAST_ENGINEERS)
            return self._available(task, typed, staff) if has_limit else typed
        if staff.team.is_external or effort <= 0:
            return 1.0
        wanted = max(1, math.ceil(effort / self.defaults.days_per_engineer))  # the quotient of a speck may be 0
        assumed = min(wanted, max(1.0, staff.engineers / 2))
        assumed = min(assumed, staff.peak)
        self.notebook.assume("Engineers", task.id, f"{assumed:g}", task.source)
        return assumed

    def _available(self, task: Task, typed: float, staff: Staffing) -> float:
        if typed <= staff.peak:
            return typed
        self.notebook.report(
            TOO_MANY_ENGINEERS,
            f'"{task.id}" wants {typed:g} engineers of "{staff.team.name}", which never has more than '
            f"{staff.peak:g}; planned with {staff.peak:g}.",
            task.source.cell("Engineers"),
        )
        return staff.peak

    def _left(self, task: Task, total: float, days: float) -> tuple[float, int]:
        """Share of the work that is left, and working days of waiting: the day of the delivery for a promise."""
        if is_promise(task):
            return 1.0, 1
        wait = task.duration or 0
        if task.status is not Status.IN_PROGRESS:
            return 1.0, wait
        if task.remaining is not None:
            return (task.remaining / total if total else 1.0), wait
        if task.done_share is not None:
            share = min(max(1 - task.done_share, 0.0), 1.0)
            return share, wait if total else math.ceil(wait * share)
        elapsed = 0 if task.actual_start is None else max(0, -self.calendar.on_or_after(task.actual_start))
        if not total:
            return 1.0, max(min(wait, 1), wait - elapsed)
        share = max(LEAST_SHARE, 1 - elapsed / days) if days else 1.0
        self.notebook.assume("Remaining", task.id, f"{total * share:g} ED", task.source)
        return share, wait


def _shares(task: Task, total: float) -> Mapping[str, float]:
    """Effort by team: as typed, else equal parts; without a team all of it stands under the empty name."""
    teams = tuple(dict.fromkeys(task.teams)) or ("",)
    typed = {id_key(team): effort for team, effort in task.effort_by_team}
    if not typed:
        return dict.fromkeys(teams, total / len(teams))
    return {team: typed.get(id_key(team), 0.0) for team in teams}
