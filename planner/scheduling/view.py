"""A schedule in dates, with the look-ups that tasks, items, teams and sentences share."""

from collections import defaultdict
from datetime import date
from functools import cached_property

from planner.domain.calendar import Calendar
from planner.domain.plan import CycleFound, TaskLink
from planner.domain.problem import Problem, Schedule
from planner.domain.roadmap import Dependency, Link, Roadmap, Strength, Task, id_key, natural_key
from planner.graph.critical_path import Floats, float_times, resource_critical_chain
from planner.scheduling.explain import Fact, reasons
from planner.scheduling.formulate import Formulation
from planner.scheduling.windows import earliest_start, ends_required


class View:
    """Read-only; activities by position, tasks by id."""

    def __init__(
        self, roadmap: Roadmap, cycles: tuple[CycleFound, ...], formulation: Formulation, schedule: Schedule
    ) -> None:
        self.formulation = formulation
        self.schedule = schedule
        self.problem: Problem = formulation.problem
        self.calendar: Calendar = formulation.calendar
        planned = {task.id: task for task in formulation.tasks}
        self.tasks = {**roadmap.tasks_by_id(), **planned}  # with what the plan adds to them
        self.in_cycle = {task for cycle in cycles for task in cycle.path}
        self._cut = {cycle.cut for cycle in cycles}

    @cached_property
    def floats(self) -> Floats:
        """Early and late times on the precedence relations alone."""
        return float_times(self.problem)

    @cached_property
    def chain(self) -> frozenset[int]:
        """Activities whose delay moves the end of the plan."""
        return resource_critical_chain(self.problem, self.schedule)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What binds each activity's start."""
        return reasons(self.problem, self.schedule)

    @cached_property
    def waited_by(self) -> dict[str, tuple[TaskLink, ...]]:
        """Who waits for a task, by its id."""
        links: dict[str, list[TaskLink]] = defaultdict(list)
        for task in self.tasks.values():
            for dependency in self._dependencies(task):
                before = self.tasks[dependency.predecessor]
                links[before.id].append(_link(task, dependency, before.owner))
        return {task: tuple(sorted(found, key=lambda link: natural_key(link.task))) for task, found in links.items()}

    def waits_for(self, task: Task) -> tuple[TaskLink, ...]:
        """For whom a task waits."""
        return tuple(_link(self.tasks[d.predecessor], d, task.owner) for d in self._dependencies(task))

    def _dependencies(self, task: Task) -> list[Dependency]:
        """The relations that the plan keeps: to tasks that exist, without those cut from a cycle."""
        return [
            d for d in task.depends_on if d.predecessor in self.tasks and (d.predecessor, task.id) not in self._cut
        ]

    def days_waited(self, i: int) -> int:
        """Working days between the start that relations and release allow and the start in the schedule."""
        at = self.schedule
        least_start, least_finish = ends_required(self.problem.predecessors[i], at.start, at.finish, at.launch)
        ready = earliest_start(self.problem, i, least_start, least_finish)
        return at.start[i] - ready

    def start_day(self, i: int) -> date:
        """First day worked; a milestone stands on the first day from which it holds."""
        return self.calendar.date_of(self.schedule.start[i])

    def finish_day(self, i: int) -> date:
        """Last day worked or waited."""
        start, finish = self.schedule.start[i], self.schedule.finish[i]
        return self.calendar.date_of(finish - 1 if finish > start else start)

    def launch_day(self, i: int) -> date | None:
        """The day of the launch; None where nothing is deployed."""
        if self.problem.activities[i].launch_calendar is None:
            return None
        return max(self.calendar.date_of(self.schedule.launch[i] - 1), self.finish_day(i))


def _link(other: Task, dependency: Dependency, own_team: str) -> TaskLink:
    relation = "" if dependency.link is Link.FS else dependency.link.value
    if dependency.lag:
        relation = f"{dependency.link.value}{dependency.lag:+d}d"
    if dependency.strength is not Strength.HARD:
        relation = f"{dependency.strength.value} {relation}".strip()
    return TaskLink(other.id, other.owner, relation, id_key(other.owner) != id_key(own_team))
