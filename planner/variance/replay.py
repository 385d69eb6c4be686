"""The sequence of one plan on other facts: its list and its waits, without any search.

A serial schedule generation scheme (Kolisch 1996) takes the tasks in the order of their starts in the plan and places
each as early as it can; what the plan let wait on purpose waits until the same day, or for the same decision, test or
soft predecessor. On the plan's own facts this gives the plan itself: an active schedule is what its own list makes
(Sprecher, Kolisch, Drexl 1995), and what is not active in it is held. Hard due dates do not bind here and pins are
earliest starts, so that there is always an answer: how late it would be.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from planner.domain.plan import Plan
from planner.domain.problem import Precedence, Problem, Risk, Schedule
from planner.domain.roadmap import Task, id_key
from planner.graph.cycles import break_cycles
from planner.scheduling.estimates import planned_effort
from planner.scheduling.formulate import Formulation, formulate
from planner.scheduling.sgs import Generator, Orders
from planner.scheduling.timing import complete
from planner.variance.facts import Facts
from planner.variance.lineage import Names

HORIZON_DOUBLINGS = 4


@dataclass(frozen=True)
class Dates:
    """When tasks end: their last day worked, and the launch of those that launch; done ones as they were."""

    finish: Mapping[str, date]
    launch: Mapping[str, date]
    start: Mapping[str, date]
    items: Mapping[str, tuple[str, ...]]
    """Item -> its tasks."""

    @property
    def whole(self) -> date | None:
        """The last day worked on anything."""
        return max(self.finish.values(), default=None)

    def lands(self, item: str) -> date | None:
        """When the last task of an item is out; None without a task."""
        ends = [self.launch.get(task) or self.finish[task] for task in self.items.get(item, ())]
        return max(ends, default=None)


@dataclass(frozen=True)
class Sequence:
    """What is kept of a plan: where each task stands in its list, and until when it waits on purpose.

    `waits` are days; `for_evidence` are the tasks that wait for what their risks wait for, on whatever day that is.
    """

    place: Mapping[str, tuple[int, int]]
    waits: Mapping[str, date] = field(default_factory=dict)
    for_evidence: frozenset[str] = frozenset()

    def with_places(self, tasks: Collection[str], other: Mapping[str, date]) -> "Sequence":
        """The same with some tasks where another plan starts them, and not waiting any more."""
        moved = {task: (other[task].toordinal(), -1) for task in tasks if task in other}
        return Sequence(
            {**self.place, **moved},
            {task: day for task, day in self.waits.items() if task not in moved},
            self.for_evidence - moved.keys(),
        )


def planned_dates(plan: Plan) -> Dates:
    """The dates of a plan as it was written."""
    items: dict[str, list[str]] = {}
    for task in plan.tasks:
        for item in task.items:
            items.setdefault(item, []).append(task.id)
    return Dates(
        {task.id: task.finish for task in plan.tasks},
        {task.id: task.launch for task in plan.tasks if task.launch},
        {task.id: task.resumes or task.start for task in plan.tasks if task.sequence},
        {item: tuple(tasks) for item, tasks in items.items()},
    )


def sequence_of(facts: Facts, start: Mapping[str, date]) -> Sequence:
    """The list and the waits of a plan, from its facts and the days on which its tasks begin or resume."""
    formulation = formulated(facts)
    problem, calendar = formulation.problem, formulation.calendar
    days = [start.get(task.id, facts.as_of) for task in formulation.tasks]
    periods = [max(0, calendar.on_or_after(day)) for day in days]
    rank = {i: k for k, i in enumerate(problem.order)}
    place = {
        task.id: (day.toordinal(), rank[i]) for i, (task, day) in enumerate(zip(formulation.tasks, days, strict=True))
    }
    if not periods or max(periods) >= problem.horizon:
        return Sequence(place)
    schedule = complete(problem, periods)
    if max(schedule.finish) > problem.horizon:
        return Sequence(place)
    waiting = Generator(problem).could_start_earlier(schedule, range(len(periods)))
    evidence = {i for i in waiting if _evidence_end(problem, schedule, i) == schedule.start[i]}
    return Sequence(
        place,
        {formulation.tasks[i].id: calendar.date_of(begin) for i, begin in waiting.items() if i not in evidence},
        frozenset(formulation.tasks[i].id for i in evidence),
    )


def renamed_dates(dates: Dates, to: Names) -> Dates:
    """The same under the names of another plan."""

    def tasks(days: Mapping[str, date]) -> dict[str, date]:
        return {to.task(task): day for task, day in days.items()}

    items = {to.item(item): tuple(map(to.task, found)) for item, found in dates.items.items()}
    return Dates(tasks(dates.finish), tasks(dates.launch), tasks(dates.start), items)


def holds(facts: Facts, dates: Dates) -> bool:
    """Whether a plan is one of these facts: its own sequence gives its dates."""
    again = replayed(facts, sequence_of(facts, dates.start))
    open_tasks = dates.start.keys()
    return again.start.keys() == open_tasks and all(
        again.finish[task] == dates.finish[task] and again.launch.get(task) == dates.launch.get(task)
        for task in open_tasks
    )


def replayed(facts: Facts, sequence: Sequence) -> Dates:
    """When everything ends if the sequence is kept on these facts.

    Raises
    ------
    ValueError
        If the work does not fit into any horizon, which no readable workbook makes.
    """
    formulation = formulated(facts)
    for _ in range(HORIZON_DOUBLINGS):
        problem = formulation.problem
        found = Generator(problem).generate(_priorities(formulation, sequence), orders=_orders(formulation, sequence))
        if found is not None:
            return dates_of(formulation, found)
        formulation = formulated(facts, 2 * problem.horizon)
    raise ValueError(f"the work does not fit into {formulation.problem.horizon} working days")


def formulated(facts: Facts, horizon: int | None = None) -> Formulation:
    """The problem without dates that could make it impossible."""
    cycles = break_cycles(facts.roadmap, planned_effort(facts.roadmap, facts.settings))
    capacity = "limited" if facts.is_limited else "unlimited"
    made = formulate(
        facts.roadmap,
        facts.settings,
        facts.as_of,
        cut=cycles.cut,
        capacity=capacity,  # type: ignore[arg-type]
        horizon=horizon,
    )
    free = tuple(
        replace(it, deadline=None, pinned=None, release=max(it.release, it.pinned or 0))
        for it in made.problem.activities
    )
    return replace(made, problem=replace(made.problem, activities=free))


def _priorities(formulation: Formulation, sequence: Sequence) -> list[int]:
    """Ranks by place in the list; a task that is new to it goes right before the first that waits for it."""
    tasks, problem = formulation.tasks, formulation.problem
    keys = [sequence.place.get(task.id) for task in tasks]
    last = max(sequence.place.values(), default=(0, 0))
    end = (last[0] + 1, 0)
    for i in reversed(problem.order):
        if keys[i] is None:
            after = (keys[r.successor] or end for r in problem.successors[i])
            keys[i] = min(after, default=end)
    rank = {i: k for k, i in enumerate(problem.order)}
    listed = sorted(range(len(tasks)), key=lambda i: (keys[i] or end, rank[i]))
    ranks = [0] * len(tasks)
    for k, i in enumerate(listed):
        ranks[i] = k
    return ranks


def _orders(formulation: Formulation, sequence: Sequence) -> Orders:
    """What waits on purpose goes on doing so."""
    problem, relations, not_before = formulation.problem, [], []
    for i, task in enumerate(formulation.tasks):
        if problem.activities[i].started:
            continue
        if task.id in sequence.waits:
            not_before.append((i, max(0, formulation.calendar.on_or_after(sequence.waits[task.id]))))
        elif task.id in sequence.for_evidence:
            for risk in _risks_of(problem, i):
                not_before.append((i, max(e.period for e in risk.evidence)))
                relations += [Precedence(e.activity, i) for e in risk.evidence if e.activity is not None]
    return Orders(tuple(relations), tuple(not_before))


def _risks_of(problem: Problem, i: int) -> list[Risk]:
    return [risk for risk in problem.risks if risk.activity == i]


def _evidence_end(problem: Problem, schedule: Schedule, i: int) -> int | None:
    """The first day on which an activity can begin after all that its risks wait for; None where they are none."""
    ends = [
        max(e.period, schedule.finish[e.activity] if e.activity is not None else 0)
        for risk in _risks_of(problem, i)
        for e in risk.evidence
    ]
    return problem.first_start(i, max(ends)) if ends else None


def dates_of(formulation: Formulation, schedule: Schedule) -> Dates:
    """The dates of a schedule, with those of what is done."""
    problem, day = formulation.problem, formulation.calendar.date_of
    finish, launch, start = {}, {}, {}
    items: dict[str, list[str]] = {}
    for i, task in enumerate(formulation.tasks):
        first, end = schedule.start[i], schedule.finish[i]
        start[task.id] = day(first)
        finish[task.id] = day(end - 1 if end > first else first)
        if problem.activities[i].launch_calendar is not None:
            launch[task.id] = max(day(schedule.launch[i] - 1), finish[task.id])
    for task in formulation.done:
        finish[task.id] = task.actual_finish or task.actual_launch or day(-1)
        if task.actual_launch:
            launch[task.id] = task.actual_launch
    for task in (*formulation.tasks, *formulation.done):
        for item in task.items:
            items.setdefault(item, []).append(task.id)
    return Dates(finish, launch, start, {item: tuple(tasks) for item, tasks in items.items()})


def waited_for_by(tasks: Collection[Task], items: Collection[str]) -> frozenset[str]:
    """The tasks of some items, and all that these wait for."""
    wanted = {id_key(item) for item in items}
    known = {task.id: task for task in tasks}
    front = [task for task in tasks if any(id_key(item) in wanted for item in task.items)]
    found = {task.id for task in front}
    while front:
        for dependency in front.pop().depends_on:
            if dependency.predecessor in known and dependency.predecessor not in found:
                found.add(dependency.predecessor)
                front.append(known[dependency.predecessor])
    return frozenset(found)
