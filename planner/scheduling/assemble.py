"""Roadmap + formulation + solution = Plan: dates, reasons, floats, loads, all that reports show."""

from dataclasses import dataclass, replace
from datetime import date

from planner.domain.calendar import Calendar
from planner.domain.diagnostics import Assumption, Diagnostic
from planner.domain.plan import (
    CycleFound,
    OpenDecision,
    Plan,
    PlannedItem,
    PlannedTask,
    PlannedTeam,
    Reason,
    TermValue,
    WeekLoad,
)
from planner.domain.problem import Solution
from planner.domain.roadmap import Decision, Item, Roadmap, Status, Task, Team, id_key
from planner.domain.settings import Settings
from planner.domain.units import TENTHS_PER_ENGINEER, engineer_days
from planner.graph.dsm import team_dsm
from planner.objective import NAMES, by_term, numbers
from planner.objective.delay import delay_of
from planner.scheduling.formulate import Formulation
from planner.scheduling.iterations import iterations
from planner.scheduling.loads import team_holds, team_loads
from planner.scheduling.overload import Overload, overloads
from planner.scheduling.view import View
from planner.scheduling.waterfall import in_all, team_waterfalls
from planner.scheduling.wording import clash_fact, item_reason, start_reason


@dataclass(frozen=True)
class Frame:
    """What a plan is of: everything that is known before the search."""

    title: str
    as_of: date
    seed: int
    objective_kind: str
    capacity_kind: str
    roadmap: Roadmap
    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    assumptions: tuple[Assumption, ...]
    cycles: tuple[CycleFound, ...]
    settings: Settings
    paths: tuple[str, ...] = ()
    config: str = ""


def impossible(frame: Frame, formulation: Formulation, solution: Solution) -> Plan:
    """A plan without dates: the smallest set of facts that cannot hold together."""
    facts = tuple(clash_fact(formulation, fact) for fact in solution.clash)
    return replace(_blank(frame), status=str(solution.status), clash=facts)


def assemble(frame: Frame, formulation: Formulation, solution: Solution) -> Plan:
    """The plan of a verified schedule; raises ValueError without one."""
    if solution.schedule is None:
        raise ValueError("a plan needs a schedule; see `impossible`")
    view = View(frame.roadmap, frame.cycles, formulation, solution.schedule)
    tasks = _planned_tasks(view, frame.roadmap)
    teams = _planned_teams(view, frame, tasks)
    effort = sum(task.effort for task in tasks if task.sequence)
    values = by_term(formulation.problem, solution.schedule)
    return replace(
        _blank(frame),
        status=str(solution.status),
        tasks=tasks,
        items=_planned_items(view, frame),
        teams=teams,
        waterfall=in_all(team.waterfall for team in teams),
        iterations=iterations(tasks, frame.as_of),
        terms=tuple(TermValue(letter, NAMES[letter], engineer_days(value)) for letter, value in values.items()),
        objective=engineer_days(solution.objective),
        bound=engineer_days(solution.bound),
        gap=_gap(solution.objective, solution.bound, values["E"] if frame.objective_kind == "full" else 0),
        method=solution.method,
        verified=True,
        interrupted=solution.interrupted,
        left_out=solution.left_out,
        finish=max((task.finish for task in tasks if task.sequence), default=None),
        assumed_share=sum(t.effort for t in tasks if t.sequence and not t.estimated) / effort if effort else 0.0,
    )


def _gap(objective: int, bound: int, unavoidable: int) -> float:
    """(J - bound) / (J - the effort that no plan avoids); 0 for 0/0."""
    return (objective - bound) / (objective - unavoidable) if objective > max(bound, unavoidable) else 0.0


def _blank(frame: Frame) -> Plan:
    """What is known without a schedule."""
    taken = {id_key(item) for task in frame.roadmap.tasks for item in task.items}
    return Plan(
        title=frame.title,
        as_of=frame.as_of,
        seed=frame.seed,
        status="infeasible",
        roadmap=frame.roadmap,
        files=frame.files,
        paths=frame.paths,
        config=frame.config,
        objective_kind=frame.objective_kind,
        capacity_kind=frame.capacity_kind,
        diagnostics=frame.diagnostics,
        assumptions=frame.assumptions,
        cycles=frame.cycles,
        dsm=team_dsm(frame.roadmap),
        decisions=_open_decisions(frame),
        untaken=tuple(
            item.id
            for item in frame.roadmap.items
            if id_key(item.id) not in taken and item.status not in (Status.DONE, Status.DROPPED)
        ),
    )


def _open_decisions(frame: Frame) -> tuple[OpenDecision, ...]:
    """Decisions nobody has taken, by due date; a blank due date is assumed."""
    axis = Calendar(frame.as_of)
    assumed = axis.date_of(frame.settings.defaults.decision_days)
    decisions = (
        OpenDecision(
            id=decision.id,
            question=decision.question,
            due=decision.due or assumed,
            due_is_assumed=decision.due is None,
            driver=decision.driver,
            tasks=tuple(task.id for task in frame.roadmap.tasks if _hangs_on(task, decision)),
            cells=(decision.source.cell("Question"),),
        )
        for decision in frame.roadmap.decisions
        if decision.is_open
    )
    return tuple(sorted(decisions, key=lambda d: (d.due, d.id)))


def _hangs_on(task: Task, decision: Decision) -> bool:
    """Whether a task brings the decision about, sets or needs the value that it settles."""
    if task.status in (Status.DONE, Status.DROPPED):
        return False
    keys = {id_key(setting.key) for setting in (*task.sets, *task.needs)}
    return id_key(decision.key) in keys or id_key(decision.id) in {id_key(settled) for settled in task.settles}


def _planned_tasks(view: View, roadmap: Roadmap) -> tuple[PlannedTask, ...]:
    """All tasks that are planned, in sequence, then those that are done."""
    drafts = [_planned_task(view, i, task) for i, task in enumerate(view.formulation.tasks)]
    drafts.sort(key=lambda task: (task.start, task.finish, task.id))
    queues: dict[str, int] = {}
    planned = []
    for sequence, task in enumerate(drafts, 1):
        owner = task.teams[0] if task.teams else ""
        queues[owner] = queues.get(owner, 0) + 1
        planned.append(replace(task, sequence=sequence, queue=queues[owner]))
    return (*planned, *(_done_task(view, task) for task in view.formulation.done))


def _planned_task(view: View, i: int, task: Task) -> PlannedTask:
    """One scheduled task; its place in the sequence comes later."""
    finish = view.finish_day(i)
    started = view.problem.activities[i].started
    work = view.formulation.work[i]
    return PlannedTask(
        id=task.id,
        title=task.title,
        teams=task.teams,
        items=task.items,
        start=task.actual_start if started and task.actual_start else view.start_day(i),
        finish=finish,
        launch=view.launch_day(i),
        sequence=0,
        queue=0,
        effort=round(sum(share.effort for share in work), 3),
        engineers=round(sum(share.engineers for share in work), 2),
        working_days=view.schedule.finish[i] - view.schedule.start[i],
        total_float=view.floats.total_float[i],
        free_float=view.floats.free_float[i],
        critical=view.floats.critical[i],
        on_chain=i in view.chain,
        status=str(task.status),
        waits_for=view.waits_for(task),
        waited_by=view.waited_by.get(task.id, ()),
        reason=start_reason(view, i),
        resumes=view.start_day(i) if started else None,
        due=task.due,
        days_late=max(0, view.schedule.finish[i] - view.calendar.after(task.due)) if task.due else 0,
        estimated=view.formulation.estimated[i],
        is_milestone=view.schedule.finish[i] == view.schedule.start[i],
        in_cycle=task.id in view.in_cycle,
        cells=(task.source.cell("Task ID"),),
    )


def _done_task(view: View, task: Task) -> PlannedTask:
    """A task that is done keeps its dates; without any it stands at the planning start."""
    finish = task.actual_finish or task.actual_launch or view.calendar.date_of(-1)
    return PlannedTask(
        id=task.id,
        title=task.title,
        teams=task.teams,
        items=task.items,
        start=task.actual_start or finish,
        finish=finish,
        launch=task.actual_launch,
        sequence=0,
        queue=0,
        effort=0.0,
        engineers=0.0,
        working_days=0,
        total_float=0,
        free_float=0,
        critical=False,
        status=str(task.status),
        waits_for=view.waits_for(task),
        waited_by=view.waited_by.get(task.id, ()),
        reason=Reason("done", "done"),
        due=task.due,
        cells=(task.source.cell("Task ID"),),
    )


def _planned_items(view: View, frame: Frame) -> tuple[PlannedItem, ...]:
    """Items in the order in which they land; those that nobody has taken last."""
    deliverables = {item.id: item for item in view.problem.deliverables}
    costs = numbers(view.schedule)
    items = []
    for item in frame.roadmap.items:
        if item.status is Status.DROPPED:
            continue
        deliverable = deliverables.get(item.id)
        activities = deliverable.activities if deliverable else ()
        cost = delay_of(deliverable, costs) if deliverable else 0
        items.append(_planned_item(view, frame, item, activities, engineer_days(cost)))
    return tuple(sorted(items, key=lambda item: (item.lands is None, item.lands or date.max, item.id)))


def _planned_item(
    view: View, frame: Frame, item: Item, activities: tuple[int, ...], delay_cost: float
) -> PlannedItem:
    launch, finish = view.schedule.launch, view.schedule.finish
    last = max(activities, key=lambda i: (launch[i], finish[i], -i), default=None)
    target = min(item.targets, key=lambda target: target.last, default=None)
    late = launch[last] - view.calendar.after(target.last) if target and last is not None else 0
    efforts = {i: sum(share.effort for share in view.formulation.work[i]) for i in activities}
    tasks = [view.formulation.tasks[i] for i in sorted(activities, key=lambda i: (view.schedule.start[i], i))]
    defaults = frame.settings.defaults
    return PlannedItem(
        id=item.id,
        title=item.title,
        pm=item.pm,
        customer=item.customer,
        origin=str(item.origin or ""),
        priority=str(item.priority or defaults.priority),
        commitment=str(item.commitment or defaults.commitment),
        lands=None if last is None else view.launch_day(last) or view.finish_day(last),
        finish=max((view.finish_day(i) for i in activities), default=None),
        target=target,
        days_late=max(0, late),
        delay_cost=delay_cost,
        tasks=tuple(task.id for task in tasks),
        teams=tuple(dict.fromkeys(team for task in tasks for team in task.teams)),
        last_task="" if last is None else view.formulation.tasks[last].id,
        reason=None if last is None else item_reason(view, last),
        effort=round(sum(efforts.values()), 3),
        assumed_effort=round(sum(e for i, e in efforts.items() if not view.formulation.estimated[i]), 3),
        cells=(item.source.cell("Item ID"),),
    )


def _planned_teams(view: View, frame: Frame, tasks: tuple[PlannedTask, ...]) -> tuple[PlannedTeam, ...]:
    """Teams by name, each with its queue, its load by week and how it stands against its promises."""
    queues: dict[str, list[str]] = {}
    for task in tasks:
        if task.sequence and task.teams:
            queues.setdefault(task.teams[0], []).append(task.id)
    over = overloads(view.problem, view.floats.early_finish)
    loads, holds = team_loads(view, frame.settings.defaults), team_holds(view)
    falls = team_waterfalls(view, frame.roadmap, loads, frame.settings.defaults)
    ours = [
        replace(
            _planned_team(view, team, tuple(queues.get(team.name, ())), loads[k], over[k]),
            holds=holds[k],
            waterfall=falls[k],
        )
        for k, team in enumerate(view.formulation.teams)
    ]
    vendors = [
        PlannedTeam(team.name, team.org, 0.0, tuple(queues[team.name]), 0.0, 0.0, None, (), is_external=True)
        for team in frame.roadmap.teams
        if team.is_external and team.name in queues
    ]
    return tuple(sorted((*ours, *vendors), key=lambda team: id_key(team.name)))


def _planned_team(
    view: View, team: Team, queue: tuple[str, ...], weeks: tuple[WeekLoad, ...], over: Overload | None
) -> PlannedTeam:
    busy = [week for week in weeks if week.planned]
    until = [week for week in weeks if busy and week.week <= busy[-1].week]
    has = sum(week.capacity for week in until)
    demand = sum(week.planned for week in weeks)
    mine = [i for i, shares in enumerate(view.formulation.work) if any(share.team == team.name for share in shares)]
    last = max((view.finish_day(i) for i in mine), default=None)
    planned = PlannedTeam(
        name=team.name,
        org=team.org,
        engineers=team.engineers or view.problem.resources[view.formulation.teams.index(team)].peak / 10,
        queue=queue,
        demand=round(demand, 2),
        busy=demand / has if has else 0.0,
        free_from=last and view.calendar.date_of(view.calendar.after(last)),
        weeks=weeks,
        waiting_days=sum(view.days_waited(i) for i in mine if view.facts[i].kind == "capacity"),
        assumed=team.engineers is None,
    )
    if over is None:
        return planned
    return replace(
        planned,
        overload=over.ratio,
        overload_first=view.calendar.date_of(over.first - 1),
        overload_last=view.calendar.date_of(over.last - 1),
        overload_due=over.due / TENTHS_PER_ENGINEER,
        overload_has=over.has / TENTHS_PER_ENGINEER,
    )
