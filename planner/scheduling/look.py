"""What waits for what in a plan and who answers for it: where questions about missing facts are weighed."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.domain.problem import Schedule
from planner.domain.roadmap import Item, Roadmap, Team, id_key
from planner.domain.settings import Settings
from planner.scheduling.formulate import Formulation

NEXT, LONGEST = 3, 40
"""Tasks of the same team to which a delay passes on, and the longest delay in days that is followed."""


@dataclass(frozen=True)
class Look:
    """A roadmap with the schedule of its plan."""

    roadmap: Roadmap
    settings: Settings
    formulation: Formulation
    schedule: Schedule

    @cached_property
    def team(self) -> Mapping[str, Team]:
        """Teams by key."""
        return {id_key(team.name): team for team in self.roadmap.teams}

    @cached_property
    def item(self) -> Mapping[str, Item]:
        """Items by key."""
        return {id_key(item.id): item for item in self.roadmap.items}

    @cached_property
    def landings(self) -> Mapping[str, int]:
        """Exclusive landing by key of the item."""
        launch = self.schedule.launch
        return {
            id_key(it.id): max(launch[i] for i in it.activities)
            for it in self.formulation.problem.deliverables
            if it.activities
        }

    @cached_property
    def gaps(self) -> Mapping[str, Mapping[int, int]]:
        """By task id the items, by position, that land later when it is done later, and the days until they do.

        A delay passes on to those who wait for a task and to the next tasks of its team, less the days between.
        """
        problem, schedule = self.formulation.problem, self.schedule
        queues: dict[int | None, list[int]] = defaultdict(list)
        for i in sorted(range(len(self.formulation.tasks)), key=lambda i: (schedule.start[i], i)):
            queues[problem.activities[i].team].append(i)
        found: list[dict[int, int]] = [{} for _ in problem.activities]
        for k, item in enumerate(problem.deliverables):
            last = max((schedule.launch[i] for i in item.activities), default=0)
            for i in item.activities:
                found[i][k] = last - schedule.launch[i]
        for i in sorted(range(len(found)), key=lambda i: (schedule.start[i], i), reverse=True):
            team = problem.activities[i].team
            queue = queues[team] if team is not None else []
            next_one = bisect_left(queue, schedule.finish[i], key=lambda j: schedule.start[j])
            later = [*(r.successor for r in problem.successors[i]), *queue[next_one : next_one + NEXT]]
            for j in later:
                between = max(0, schedule.start[j] - schedule.finish[i])
                for k, days in found[j].items():
                    if between + days < found[i].get(k, LONGEST):
                        found[i][k] = between + days
        return {task.id: found[i] for i, task in enumerate(self.formulation.tasks)}

    def delay(self, task: str, days: float) -> float:
        """Milli ED that it costs when a task is done so many days later."""
        items = self.formulation.problem.deliverables
        return sum(items[k].delay_weight * max(0.0, days - gap) for k, gap in self.gaps[task].items())

    def days(self, task: str) -> int:
        """Days from the start of a task to its finish."""
        i = self.formulation.index[task]
        return self.schedule.finish[i] - self.schedule.start[i]

    def pm(self, items: Iterable[str]) -> tuple[str, str]:
        """The PM of the first item that names one, and as what."""
        found = (self.item.get(id_key(item)) for item in items)
        return next(((item.pm, f"PM of {item.id}") for item in found if item and item.pm), ("", ""))

    def manager(self, team: str, items: Iterable[str] = ()) -> tuple[str, str]:
        """The team's manager, else the PM of an item, else the team itself."""
        known = self.team.get(id_key(team))
        if known and known.manager:
            return known.manager, f"manager of {known.name}"
        return self.pm(items) if any(self.pm(items)) else (team, "team" if team else "")
