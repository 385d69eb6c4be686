"""Dates and amounts that would only stretch the time axis, typing errors mostly, are brought down to ten years."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.cells import Source
from planner.domain.roadmap import CalendarEvent, CapacityChange, Item, Roadmap, Task
from planner.scheduling.rules import FAR_DATE, IMPLAUSIBLE_AMOUNT, Notebook

FAR_YEARS = 10
MOST_DAYS = 260 * FAR_YEARS
"""Working days of waiting or of a lag."""

MOST_EFFORT = 10_000.0
"""ED of one task; more is a sum of money or a date that Excel made a number of."""


def made_plausible(roadmap: Roadmap, as_of: date, notebook: Notebook) -> Roadmap:
    """The same with no date later than ten years after `as_of`, and no wait longer than that.

    A change of capacity that ends later has no end; an implausible effort counts as blank.
    """
    axis = _Axis(as_of + timedelta(days=365 * FAR_YEARS), notebook)
    return replace(
        roadmap,
        tasks=tuple(axis.amounts(axis.dates(task)) for task in roadmap.tasks),
        items=tuple(map(axis.item, roadmap.items)),
        capacity=tuple(map(axis.change, roadmap.capacity)),
        calendar=tuple(map(axis.event, roadmap.calendar)),
    )


@dataclass(frozen=True)
class _Axis:
    """The part of time that is planned."""

    far: date
    notebook: Notebook

    def dates(self, task: Task) -> Task:
        dates = (task.not_before, task.due, task.actual_start, task.actual_finish, task.actual_launch)
        if all(day is None or day <= self.far for day in dates):
            return task
        return replace(
            task,
            not_before=self._near(task.not_before, task.id, task.source, "Not before"),
            due=self._near(task.due, task.id, task.source, "Due"),
            actual_start=self._near(task.actual_start, task.id, task.source, "Actual start"),
            actual_finish=self._near(task.actual_finish, task.id, task.source, "Actual finish"),
            actual_launch=self._near(task.actual_launch, task.id, task.source, "Actual launch"),
        )

    def amounts(self, task: Task) -> Task:
        if task.duration is not None and task.duration > MOST_DAYS:
            self._implausible(task, "Duration", f"{task.duration} days", f"{MOST_DAYS} days")
            task = replace(task, duration=MOST_DAYS)
        if task.estimate is not None and task.estimate.likely > MOST_EFFORT:
            self._implausible(task, "Effort", f"{task.estimate.likely:g} ED", "if it were blank")
            task = replace(task, estimate=None, effort_by_team=())
        if task.remaining is not None and task.remaining > MOST_EFFORT:
            self._implausible(task, "Remaining", f"{task.remaining:g} ED", "if it were blank")
            task = replace(task, remaining=None)
        if any(abs(dependency.lag) > MOST_DAYS for dependency in task.depends_on):
            self._implausible(task, "Depends on", "a lag", f"{MOST_DAYS} days")
            short = (replace(d, lag=max(-MOST_DAYS, min(d.lag, MOST_DAYS))) for d in task.depends_on)
            task = replace(task, depends_on=tuple(short))
        return task

    def _implausible(self, task: Task, column: str, typed: str, planned: str) -> None:
        self.notebook.report(
            IMPLAUSIBLE_AMOUNT,
            f'{column} of "{task.id}" says {typed}, more than can be meant; planned as {planned}.',
            task.source.cell(column),
        )

    def change(self, change: CapacityChange) -> CapacityChange:
        return replace(
            change,
            start=self._near(change.start, change.team, change.source, "Start"),
            end=None if change.end is not None and change.end > self.far else change.end,
        )

    def event(self, event: CalendarEvent) -> CalendarEvent:
        start = self._near(event.start, event.name, event.source, "Start")
        end = self._near(event.end, event.name, event.source, "End")
        return replace(event, start=start or event.start, end=end or event.end)

    def item(self, item: Item) -> Item:
        """Silently: a target so far away is in time anyway."""
        if all(target.last <= self.far for target in item.targets):
            return item
        return replace(item, targets=tuple(replace(t, last=min(t.last, self.far)) for t in item.targets))

    def _near(self, day: date | None, name: str, source: Source, column: str) -> date | None:
        if day is None or day <= self.far:
            return day
        self.notebook.report(
            FAR_DATE,
            f'{column} of "{name}", {day}, is more than {FAR_YEARS} years away; planned as {self.far}.',
            source.cell(column),
        )
        return self.far
