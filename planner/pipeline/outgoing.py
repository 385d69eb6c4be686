"""The story of `roadmap export --msproject`, `--mermaid` and `--ics`: the plan for other programs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from planner.domain.calendar import Calendar
from planner.domain.conflict import Conflict
from planner.domain.merging import RESERVED
from planner.domain.outgoing import (
    Outgoing,
    OutgoingEvent,
    OutgoingItem,
    OutgoingLink,
    OutgoingShare,
    OutgoingTask,
    OutgoingTeam,
    SentOut,
    Span,
)
from planner.domain.plan import Plan, PlannedTask
from planner.domain.roadmap import EventKind, Status, Strength, Task, id_key
from planner.pipeline.current import Current, current
from planner.pipeline.exporting_jira import EVERYBODY
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, PlanOptions, Report, silent
from planner.pipeline.interrupt import searching
from planner.pipeline.planning import framed
from planner.pipeline.solving import with_findings
from planner.report.calendar import calendar_ics, events_of
from planner.report.gantt_mermaid import gantt_mermaid
from planner.report.msproject import msproject_xml
from planner.report.wording import count
from planner.scheduling.assemble import assemble
from planner.scheduling.formulate import Formulation
from planner.sheets.export.veil import Veil

Format = Literal["msproject", "mermaid", "ics"]

FORMATS: Mapping[Format, tuple[str, Callable[[Outgoing], bytes]]] = {
    "msproject": ("project.xml", msproject_xml),
    "mermaid": ("gantt.mmd", gantt_mermaid),
    "ics": ("calendar.ics", calendar_ics),
}
"""Format -> the file's name and what makes it."""


def export_plan(
    form: Format,
    inputs: Inputs,
    options: PlanOptions,
    target: Path | None = None,
    plan_file: Path | None = None,
    report: Report = silent,
) -> SentOut:
    """Write the plan in a format of other programs; `target` is the file or its folder, else exports/NAME.

    Raises
    ------
    UserError
        If there is no plan and no file, or nothing can be planned.
    """
    with searching(options) as budget:
        now = current(inputs, options, budget, plan_file, report)
    checked = with_findings(now.checked, now.cycles, now.formulation, False)
    made = assemble(framed(checked, now.inputs, now.options, now.cycles), now.formulation, now.solution)
    name, render = FORMATS[form]
    out = outgoing(made, now, now.written.conflicts if now.unchanged else ())
    target = target or Path("exports") / made.title
    path = target if target.suffix.lower() == Path(name).suffix else target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    report(f"writing {path.name}")
    write(path, render(out))
    return SentOut(
        title=made.title,
        path=str(path),
        tasks=len(out.tasks),
        items=len(out.items),
        events=len(events_of(out)) if form == "ics" else 0,
        notes=() if form == "ics" else out.notes,
        unchanged=now.unchanged,
    )


def outgoing(made: Plan, now: Current, priced: tuple[Conflict, ...] = ()) -> Outgoing:
    """A plan as other programs take it, with its conflicts as priced; what has an Audience goes out as Reserved."""
    return _Sender(made, now.formulation, priced).all()


@dataclass(frozen=True)
class _Sender:
    """A plan, the integers behind it, and its conflicts with the days to decide by."""

    plan: Plan
    formulation: Formulation
    priced: tuple[Conflict, ...]

    def all(self) -> Outgoing:
        """Everything."""
        return Outgoing(
            title=self.plan.title,
            as_of=self.plan.as_of,
            weekdays=self._axis.weekdays,
            teams=tuple(self._teams()),
            items=tuple(self._items()),
            tasks=tuple(map(self._task, self.plan.tasks)),
            blocks=tuple(self._blocks()),
            decisions=tuple(self._decisions()),
            conflicts=tuple(self._conflicts()),
            notes=tuple(self._notes()),
        )

    @property
    def _axis(self) -> Calendar:
        return self.formulation.calendar

    @cached_property
    def _veil(self) -> Veil:
        return Veil(self.plan.roadmap, EVERYBODY)

    @cached_property
    def _known(self) -> Mapping[str, Task]:
        """What was typed, and the ramps, clean-ups and roll-backs that we have added."""
        return {**self.plan.roadmap.tasks_by_id(), **{task.id: task for task in self.formulation.tasks}}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """Task -> the id under which it goes out."""
        hidden = [task.id for task in self.plan.tasks if self._veil.hides(self._known[task.id])]
        return {
            **{task.id: task.id for task in self.plan.tasks},
            **{name: f"{RESERVED} {number}" for number, name in enumerate(hidden, 1)},
        }

    @cached_property
    def _off(self) -> Mapping[str, frozenset[int]]:
        """Team -> periods up to the end of the plan on which it does not work."""
        resources = self.formulation.problem.resources
        last = max((self._axis.after(task.finish) for task in self.plan.tasks), default=0)
        return {
            team.name: frozenset(t for t, tenths in enumerate(resource.capacity[:last]) if not tenths)
            for team, resource in zip(self.formulation.teams, resources, strict=False)
        }

    def _teams(self) -> Iterable[OutgoingTeam]:
        for team in self.plan.teams:
            off = self._off.get(team.name, frozenset())
            yield OutgoingTeam(team.name, team.org, team.engineers, tuple(self._spans(sorted(off))))

    def _spans(self, periods: Sequence[int]) -> Iterable[Span]:
        """Runs of periods as days."""
        for k, period in enumerate(periods):
            if k == 0 or periods[k - 1] != period - 1:
                first = period
            if k + 1 == len(periods) or periods[k + 1] != period + 1:
                yield self._axis.date_of(first), self._axis.date_of(period)

    def _items(self) -> Iterable[OutgoingItem]:
        items = self.plan.roadmap.items_by_id()
        for item in self.plan.items:
            if item.lands is not None and not self._veil.hides(items[item.id]):
                target = item.target.last if item.target else None
                last = self._names.get(item.last_task, "")
                yield OutgoingItem(item.id, self._veil.covered(item.title), item.lands, target, last)

    def _task(self, planned: PlannedTask) -> OutgoingTask:
        task = self._known[planned.id]
        is_reserved = self._veil.hides(task)
        items = [item for item in planned.items if id_key(item) not in self._veil.items]
        return OutgoingTask(
            id=self._names[planned.id],
            title=RESERVED if is_reserved else self._veil.covered(planned.title),
            item=items[0] if items and not is_reserved else "",
            shares=self._shares(planned),
            start=planned.start,
            finish=planned.finish,
            launch=planned.launch,
            days=0 if planned.is_milestone else self._days(planned),
            done=_done(task),
            status=task.status,
            is_milestone=planned.is_milestone,
            is_critical=planned.critical or planned.on_chain,
            links=tuple(self._links(task)),
            pinned=task.not_before if task.pinned else None,
            due=task.due,
            due_is_hard=task.due_is_hard,
            actual_start=planned.start if task.status is not Status.PLANNED else None,
            actual_finish=planned.finish if task.status is Status.DONE else None,
            note="" if is_reserved or not planned.sequence else self._veil.covered(f"It {planned.reason.text}."),
            is_reserved=is_reserved,
        )

    def _shares(self, planned: PlannedTask) -> tuple[OutgoingShare, ...]:
        i = self.formulation.index.get(planned.id)
        work = () if i is None else self.formulation.work[i]
        if not work:
            return tuple(OutgoingShare(team, 0.0, 0.0) for team in planned.teams)
        return tuple(OutgoingShare(part.team, part.engineers, part.effort) for part in work)

    def _days(self, planned: PlannedTask) -> int:
        """The owner's working days, both ends included; at least one."""
        off = self._off.get(planned.teams[0], frozenset()) if planned.teams else frozenset()
        first, end = self._axis.on_or_after(planned.start), self._axis.after(planned.finish)
        return max(1, end - first - len([period for period in off if first <= period < end]))

    def _links(self, task: Task) -> Iterable[OutgoingLink]:
        cut = {cycle.cut for cycle in self.plan.cycles}
        for d in task.depends_on:
            binds = d.strength is not Strength.SOFT and (d.predecessor, task.id) not in cut
            if binds and d.predecessor in self._names:
                yield OutgoingLink(self._names[d.predecessor], d.link, d.lag)

    def _blocks(self) -> Iterable[OutgoingEvent]:
        for event in self.plan.roadmap.calendar:
            if event.kind is EventKind.BLOCK and event.end >= self.plan.as_of:
                yield OutgoingEvent(event.name, event.name, event.start, event.end, f"For {', '.join(event.scopes)}.")

    def _decisions(self) -> Iterable[OutgoingEvent]:
        for decision in self.plan.decisions:
            note = f"Driver: {decision.driver}." if decision.driver else "Nobody drives it."
            question = self._veil.covered(decision.question or decision.id)
            yield OutgoingEvent(decision.id, question, decision.due, decision.due, note)

    def _conflicts(self) -> Iterable[OutgoingEvent]:
        for conflict in self.priced:
            day = conflict.decide_by
            if day and day >= self.plan.as_of and not conflict.dismissed and not self._veil.hides_conflict(conflict):
                note = f"{conflict.recommendation} ({conflict.id})".strip()
                yield OutgoingEvent(conflict.id, conflict.message, day, day, note)

    def _notes(self) -> Iterable[str]:
        """What is lost on the way."""
        soft = sum(d.strength is Strength.SOFT for task in self._known.values() for d in task.depends_on)
        launch = sum(d.strength is Strength.LAUNCH for task in self._known.values() for d in task.depends_on)
        later = sum(task.launch is not None and task.launch > task.finish for task in self.plan.tasks)
        reserved = sum(self._veil.hides(self._known[task.id]) for task in self.plan.tasks)
        yield from [f"{count(soft, 'soft dependency')} left out"] if soft else []
        yield from [f"{count(launch, 'dependency')} on a launch went out as one on the finish"] if launch else []
        yield from [f"{count(later, 'task')} launching after the finish: that day is in the notes"] if later else []
        yield from [f"{count(reserved, 'task')} went out as Reserved"] if reserved else []


def _done(task: Task) -> float:
    """Share that is done, as far as anybody says."""
    if task.status is Status.DONE:
        return 1.0
    if task.status is not Status.IN_PROGRESS:
        return 0.0
    if task.remaining is not None and task.estimate is not None and task.estimate.likely > 0:
        return min(1.0, max(0.0, 1 - task.remaining / task.estimate.likely))
    return task.done_share or 0.0
