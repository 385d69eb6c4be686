"""One-way doors wait: what cannot be undone begins when its hypotheses are tested and its decisions are taken.

This is hard, unlike the price of other work at risk: no delay that it saves is worth a step that nobody takes back.
Where nothing will ever bring the evidence, or the evidence itself waits for the door, there is nothing to wait for:
the risk stays priced, and `unproven-one-way-door` says so. A start that a person has pinned stays where it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from planner.domain.calendar import Calendar
from planner.domain.roadmap import Decision, Dependency, Link, Roadmap, Status, Strength, Task, id_key

OPEN = (Status.PLANNED, Status.IN_PROGRESS)


def with_evidence_first(
    roadmap: Roadmap, decision_days: int, as_of: date, cut: frozenset[tuple[str, str]]
) -> Roadmap:
    """The same with one-way doors that wait for their evidence; `cut` are relations that do not hold."""
    doors = [task for task in roadmap.tasks if task.waits_for_evidence]
    if not doors:
        return roadmap
    known = _Evidence(roadmap, Calendar(as_of).date_of(decision_days - 1))
    changed: dict[str, Task] = {}
    for task in doors:
        changed[task.id] = _held(task, known, {**known.tasks, **changed}, cut)
    return replace(roadmap, tasks=tuple(changed.get(task.id, task) for task in roadmap.tasks))


class _Evidence:
    """What brings the evidence of a task: other tasks, or a day."""

    def __init__(self, roadmap: Roadmap, assumed: date) -> None:
        self.tasks = roadmap.tasks_by_id()
        self._assumed = assumed
        self._hypotheses = {id_key(h.id): h for h in roadmap.hypotheses if not h.result and h.probability != 1}
        self._decisions: dict[str, list[Decision]] = defaultdict(list)
        for decision in roadmap.decisions:
            if decision.is_open:
                self._decisions[id_key(decision.key)].append(decision)
        self._settling: dict[str, list[str]] = defaultdict(list)
        for task in roadmap.tasks:
            for settled in task.settles:
                self._settling[id_key(settled)].append(task.id)

    def of(self, task: Task) -> Iterator[tuple[str, tuple[str, ...], date | None]]:
        """Name of the hypothesis or decision, the open tasks that bring it, the day on which it is known."""
        for key in dict.fromkeys(map(id_key, task.hypotheses)):
            hypothesis = self._hypotheses.get(key)
            if hypothesis and task.id not in hypothesis.tested_by:
                yield hypothesis.id, self._open(hypothesis.tested_by), hypothesis.readout
        for key in dict.fromkeys(id_key(setting.key) for setting in (*task.needs, *task.sets)):
            for decision in self._decisions.get(key, ()):
                settlers = self._open(self._settling[id_key(decision.id)])
                if task.id not in settlers:
                    yield decision.id, settlers, None if settlers else decision.due or self._assumed

    def _open(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name in self.tasks and self.tasks[name].status in OPEN)


def _held(task: Task, known: _Evidence, tasks: Mapping[str, Task], cut: frozenset[tuple[str, str]]) -> Task:
    """The task behind all its evidence that does not wait for itself."""
    cell = task.source.cell("Door")
    for name, before, day in known.of(task):
        reason = f"a one-way door: {name} has to be known first"
        for other in before:
            is_typed = any(_comes_first(dependency, other) for dependency in task.depends_on)
            if not is_typed and other != task.id and not _waits_for(other, task.id, tasks, cut):
                added = Dependency(other, cell=cell, reason=reason)
                task = replace(task, depends_on=(*task.depends_on, added))
        if day is not None and (task.not_before is None or task.not_before <= day):
            task = replace(task, not_before=day + timedelta(days=1), not_before_reason=reason)
    return task


def _comes_first(dependency: Dependency, task: str) -> bool:
    """Whether a relation lets a task be done before the successor begins."""
    is_late = dependency.link is Link.FS and dependency.lag >= 0 and dependency.strength is not Strength.SOFT
    return is_late and dependency.predecessor == task


def _waits_for(task: str, other: str, tasks: Mapping[str, Task], cut: frozenset[tuple[str, str]]) -> bool:
    """Whether a task comes after another one, by hard relations."""
    seen, front = {task}, [task]
    while front:
        name = front.pop()
        if name == other:
            return True
        for dependency in tasks[name].depends_on if name in tasks else ():
            is_hard = dependency.strength is not Strength.SOFT and (dependency.predecessor, name) not in cut
            if is_hard and dependency.predecessor not in seen:
                seen.add(dependency.predecessor)
                front.append(dependency.predecessor)
    return False
