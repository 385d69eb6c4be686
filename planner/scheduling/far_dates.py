"""Dates so far away that they would only stretch the time axis, typing errors mostly, are brought nearer."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.cells import Source
from planner.domain.roadmap import CalendarEvent, CapacityChange, Item, Roadmap, Task
from planner.scheduling.rules import FAR_DATE, Notebook

FAR_YEARS = 10


def bring_nearer(roadmap: Roadmap, as_of: date, notebook: Notebook) -> Roadmap:
    """The same with no date later than ten years after `as_of`; a change of capacity that ends later has no end."""
    axis = _Axis(as_of + timedelta(days=365 * FAR_YEARS), notebook)
    return replace(
        roadmap,
        tasks=tuple(map(axis.task, roadmap.tasks)),
        items=tuple(map(axis.item, roadmap.items)),
        capacity=tuple(map(axis.change, roadmap.capacity)),
        calendar=tuple(map(axis.event, roadmap.calendar)),
    )


@dataclass(frozen=True)
class _Axis:
    """The part of time that is planned."""

    far: date
    notebook: Notebook

    def task(self, task: Task) -> Task:
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
