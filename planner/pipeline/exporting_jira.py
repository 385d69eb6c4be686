"""The story of `roadmap export --jira`: a plan as issues for Jira's importer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from planner.domain.exports import Receiver, ReceiverKind
from planner.domain.jira import JiraExport, JiraIssue
from planner.domain.merging import RESERVED
from planner.domain.plan import Plan, PlannedTask
from planner.domain.roadmap import Dependency, Item, Link, Priority, Status, Strength, Task, id_key
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, PlanOptions, Report, silent
from planner.pipeline.taking_up import taken_up
from planner.report.jira import jira_csv
from planner.report.wording import count
from planner.sheets.export.veil import Veil

T = TypeVar("T")

EVERYBODY = Receiver(ReceiverKind.TEAM, "")
"""Many read an issue: who is in an Audience is not asked, its rows go out as Reserved."""

STATUSES: Mapping[Status, str] = {
    Status.PLANNED: "To Do",
    Status.IN_PROGRESS: "In Progress",
    Status.DONE: "Done",
    Status.DROPPED: "Done",
}
PRIORITIES: Mapping[Priority, str] = {
    Priority.P0: "Highest",
    Priority.P1: "High",
    Priority.P2: "Medium",
    Priority.P3: "Low",
}


def export_jira(
    inputs: Inputs,
    options: PlanOptions,
    target: Path | None = None,
    plan_file: Path | None = None,
    report: Report = silent,
) -> JiraExport:
    """Write the plan as a csv for Jira; `target` is the file or its folder, else exports/NAME.

    Raises
    ------
    UserError
        If there is no plan and no file, or nothing can be planned.
    """
    made = taken_up(inputs, options, plan_file, report).plan
    target = target or Path("exports") / made.title
    path = target if target.suffix.lower() == ".csv" else target / "jira.csv"
    issues = _Issues(made)
    found = issues.all()
    path.parent.mkdir(parents=True, exist_ok=True)
    report(f"writing {path.name}")
    write(path, jira_csv(found).encode())
    return JiraExport(made.title, str(path), found, issues.notes())


@dataclass(frozen=True)
class _Issues:
    """Turns items and tasks of a plan into issues; numbers count from 1, epics first."""

    plan: Plan

    @cached_property
    def veil(self) -> Veil:
        """What not everybody may see."""
        return Veil(self.plan.roadmap, EVERYBODY)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items that become epics."""
        return tuple(item for item in self.plan.roadmap.items if not self.veil.hides(item))

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks in the sequence of the plan, those that it leaves out behind."""
        places = {id_key(task.id): place for place, task in enumerate(self.plan.tasks)}
        return tuple(sorted(self.plan.roadmap.tasks, key=lambda task: places.get(id_key(task.id), len(places))))

    @cached_property
    def epics(self) -> Mapping[str, tuple[int, Item]]:
        """Key of an item -> its number and itself."""
        return {id_key(item.id): (number, item) for number, item in enumerate(self.items, 1)}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Key of a task that everybody may see -> its number."""
        numbered = enumerate(self.tasks, len(self.items) + 1)
        return {id_key(task.id): number for number, task in numbered if not self.veil.hides(task)}

    @cached_property
    def planned(self) -> Mapping[str, PlannedTask]:
        """Key of a task -> its dates."""
        return {id_key(task.id): task for task in self.plan.tasks}

    @cached_property
    def links(self) -> Mapping[Strength, Mapping[str, tuple[int, ...]]]:
        """Strength -> key of a task -> the numbers of those that wait for it."""
        found: dict[Strength, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for task in self.tasks:
            for dependency in task.depends_on if id_key(task.id) in self.numbers else ():
                found[dependency.strength][id_key(dependency.predecessor)].append(self.numbers[id_key(task.id)])
        return {strength: {key: tuple(after) for key, after in ahead.items()} for strength, ahead in found.items()}

    def all(self) -> tuple[JiraIssue, ...]:
        """The epics, then the tasks."""
        epics = (self._epic(number, item) for number, item in enumerate(self.items, 1))
        tasks = (self._task(number, task) for number, task in enumerate(self.tasks, len(self.items) + 1))
        return (*epics, *tasks)

    def notes(self) -> tuple[str, ...]:
        """What Jira cannot be told, with counts."""
        seen = [task for task in self.tasks if not self.veil.hides(task)]
        links = [dependency for task in seen for dependency in task.depends_on]
        counts = (
            (
                "dependency",
                "with a lag, or other than finish to start, told as plain Blocks",
                _count(links, _is_bent),
            ),
            ("soft dependency", "told as Relates", _count(links, lambda link: link.strength is Strength.SOFT)),
            ("task", "of several items, told under the first", _count(seen, lambda task: len(task.items) > 1)),
            ("range", "of effort, told as the likely one", _count(seen, _is_range)),
            ("waiting time", "not told", _count(seen, lambda task: bool(task.duration))),
            ("task", "not for everybody, told as Reserved", len(self.tasks) - len(seen)),
        )
        return tuple(f"{count(amount, noun)} {text}." for noun, text, amount in counts if amount)

    def _epic(self, number: int, item: Item) -> JiraIssue:
        name = self.veil.covered(item.title or item.id)
        return JiraIssue(
            number=number,
            type="Epic",
            id=item.id,
            summary=name,
            status=STATUSES[item.status],
            description=self.veil.covered(item.description),
            epic=name,
            priority=PRIORITIES[item.priority] if item.priority else "",
            resolution="Won't Do" if item.status is Status.DROPPED else "",
            due=min((target.last for target in item.targets), default=None),
            labels=_labels(item),
        )

    def _task(self, number: int, task: Task) -> JiraIssue:
        dates = self.planned.get(id_key(task.id))
        first, last = (dates.start, dates.finish) if dates else (None, None)
        team, stated = "; ".join(task.teams), task.estimate.likely if task.estimate else None
        if self.veil.hides(task):
            return JiraIssue(
                number, "Task", "", RESERVED, STATUSES[task.status], team=team, estimate=stated, start=first, due=last
            )
        epic = next((self.epics[key] for key in map(id_key, task.items) if key in self.epics), None)
        key = id_key(task.id)
        blocks = (*self._after(key, Strength.HARD), *self._after(key, Strength.LAUNCH))
        return JiraIssue(
            number=number,
            type="Task",
            id=task.id,
            summary=self.veil.covered(task.title),
            status=STATUSES[task.status],
            description=self.veil.covered(task.description),
            parent=epic[0] if epic else None,
            epic=self.veil.covered(epic[1].title or epic[1].id) if epic else "",
            team=team,
            resolution="Won't Do" if task.status is Status.DROPPED else "",
            estimate=stated,
            remaining=task.remaining,
            start=first,
            due=last,
            components=tuple(dict.fromkeys(touch.component for touch in task.touches)),
            labels=_labels(task),
            blocks=tuple(dict.fromkeys(blocks)),
            duplicates=self._numbers(task.duplicate_of),
            relates=self._after(key, Strength.SOFT),
        )

    def _after(self, key: str, strength: Strength) -> tuple[int, ...]:
        return self.links.get(strength, {}).get(key, ())

    def _numbers(self, tasks: Iterable[str]) -> tuple[int, ...]:
        return tuple(self.numbers[id_key(task)] for task in tasks if id_key(task) in self.numbers)


def _labels(noun: Item | Task) -> tuple[str, ...]:
    """Labels that came from Jira; it takes no blanks in them."""
    texts = (text for header, text in noun.extra if header == "Labels")
    labels = (label.strip() for text in texts for label in text.split(";"))
    return tuple("-".join(label.split()) for label in labels if label)


def _count(things: Iterable[T], is_so: Callable[[T], bool]) -> int:
    return sum(map(is_so, things))


def _is_bent(dependency: Dependency) -> bool:
    is_plain = dependency.link is Link.FS and not dependency.lag
    return dependency.strength is not Strength.SOFT and not (is_plain and dependency.strength is Strength.HARD)


def _is_range(task: Task) -> bool:
    return task.estimate is not None and task.estimate.is_range
