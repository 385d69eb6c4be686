"""Diagrams of tasks as DOT text: in their teams, with what they wait for and what they clash with."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

import graphviz

from planner.domain.plan import Plan, PlannedTask, TaskLink
from planner.domain.roadmap import Status
from planner.report.conflicts import ranked
from planner.report.dot_style import (
    CLASH,
    CRITICAL_EDGE,
    CRITICAL_NODE,
    CROSS_TEAM,
    FINISHED,
    LAUNCH,
    MILESTONE,
    SOFT,
    STARTED,
    VENDOR,
    Samples,
    digraph,
    frame_around,
    label,
    legend,
    wrapped,
)
from planner.report.dot_teams import team_graph
from planner.report.wording import count, day, full_day, span

MOST_TASKS = 60
"""Above so many nodes a task diagram is not readable and the teams are drawn instead."""

FEW_TASKS = 25
"""Above so many nodes everything is drawn closer and said shorter, so that a sheet of A4 can still be read."""
DENSE = {"ranksep": "0.22", "nodesep": "0.07"}
DENSE_NODE = {"margin": "0.05,0.02", "height": "0.2"}

FEW_TEAMS = 8
"""Up to so many clusters share their columns; with more, Graphviz would route arrows across tasks of other teams."""

MOST_CLASHES = 3
"""Lines drawn for one conflict: of very many tasks that clash the first say enough."""


def graph(plan: Plan, tasks: Sequence[str] | None = None) -> str:
    """The diagram that is readable: of the selected tasks, else of all, else (too many) of the teams."""
    if tasks is None and len(plan.tasks) > MOST_TASKS:
        return team_graph(plan)
    return task_graph(plan, tasks)


def task_graph(plan: Plan, tasks: Sequence[str] | None = None) -> str:
    """DOT of tasks (all, or those selected by id) in a cluster for each team, with the relations between them."""
    wanted = None if tasks is None else set(tasks)
    shown = [task for task in plan.tasks if wanted is None or task.id in wanted]
    dense = len(shown) > FEW_TASKS
    part = f": {len(shown)} of {count(len(plan.tasks), 'task')}" if len(shown) < len(plan.tasks) else ""
    part += "; dates are the last days worked" if dense else ""
    dot = digraph(f"{plan.title}: tasks and what they wait for, as of {full_day(plan.as_of)}{part}")
    names = {task.id: f"t{number}" for number, task in enumerate(shown)}
    external = {team.name for team in plan.teams if team.is_external}
    clashing = {task for conflict in ranked(plan.conflicts) for task in conflict.tasks}
    by_team: dict[str, list[PlannedTask]] = {}
    for task in shown:
        by_team.setdefault(task.teams[0] if task.teams else "", []).append(task)
    dot.attr("graph", newrank="true" if len(by_team) <= FEW_TEAMS else "false")
    if dense:
        dot.attr("graph", **DENSE)
        dot.attr("node", **DENSE_NODE)
    for number, team in enumerate(sorted(by_team)):
        with dot.subgraph(name=f"cluster_{number}") as cluster:
            cluster.attr(**frame_around(team or "Nobody has taken these"))
            for task in by_team[team]:
                notes = _notes(task, clashes=task.id in clashing)
                lines = _short_lines(task, notes, plan.as_of) if dense else _lines(task, notes, plan.as_of)
                cluster.node(names[task.id], **_task_node(task, lines, external=team in external))
    critical = {task.id for task in shown if task.on_chain}
    for task in shown:
        for link in task.waits_for:
            if link.task in names:
                both = {link.task, task.id} <= critical
                dot.edge(names[link.task], names[task.id], **_task_edge(task, link, both))
    for (one, other), title in _clashes(plan).items():
        if one in names and other in names:
            said = {"tooltip" if dense else "label": label([title])}
            dot.edge(names[one], names[other], constraint="false", dir="both", **said, **CLASH)
    for before, after in _spread(by_team.values(), names):
        dot.edge(names[before], names[after], style="invis")
    _task_legend(dot, bool(clashing))
    return str(dot.source)


def _clashes(plan: Plan) -> dict[tuple[str, str], str]:
    """Pairs of tasks that clash -> what their dearest conflict is called."""
    found: dict[tuple[str, str], str] = {}
    for conflict in ranked(plan.conflicts):
        for other in conflict.tasks[1 : 1 + MOST_CLASHES]:
            found.setdefault((conflict.tasks[0], other), conflict.type.title)
    return found


def _spread(queues: Iterable[Sequence[PlannedTask]], shown: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a team to be drawn side by side: who waits for nothing shown stands after what was done before it.

    Without them all such tasks would pile up in the first column.
    """
    for queue in queues:
        for task in queue:
            before = [other for other in queue if other.finish < task.start]
            if before and not any(link.task in shown for link in task.waits_for):
                yield max(before, key=lambda other: other.finish).id, task.id


def _notes(task: PlannedTask, clashes: bool) -> list[str]:
    """The state of a task in words."""
    notes = [
        ("in progress", task.status == Status.IN_PROGRESS),
        ("done", task.status == Status.DONE),
        (f"{count(task.days_late, 'day')} late", task.days_late > 0),
        ("in a cycle", task.in_cycle),
        ("in conflict", clashes),
    ]
    return [note for note, holds in notes if holds]


def _lines(task: PlannedTask, notes: Sequence[str], today: date) -> list[str]:
    """What stands in a node: id, title, dates, a note a line."""
    launch = f", out {day(task.launch, today)}" if task.launch and task.launch > task.finish else ""
    return [task.id, *wrapped(task.title), span(task.start, task.finish, today) + launch, *notes]


def _short_lines(task: PlannedTask, notes: Sequence[str], today: date) -> list[str]:
    """The same on as few and as short lines as can be; the date is the last day worked."""
    return [f"{task.id} · {day(task.finish, today)}", *wrapped(task.title, lines=2), *wrapped(", ".join(notes))]


def _task_node(task: PlannedTask, lines: Sequence[str], external: bool) -> dict[str, str]:
    """Label and looks of a task; kinds by shape."""
    looks = {
        **(VENDOR if external else {}),
        **(MILESTONE if task.is_milestone else {}),
        **(STARTED if task.status == Status.IN_PROGRESS else {}),
        **(FINISHED if task.status == Status.DONE else {}),
        **(CRITICAL_NODE if task.on_chain else {}),
    }
    return {"label": label(lines), "tooltip": label([f"{task.id}: {task.title}"]), **looks}


def _task_edge(task: PlannedTask, link: TaskLink, critical: bool) -> dict[str, str]:
    """Looks of a relation: width tells whether it crosses teams, style its strength."""
    return {
        "label": label([link.relation]) if link.relation else "",
        "tooltip": label([f"{task.id} waits for {link.task}"]),
        **(CROSS_TEAM if link.cross_team else {}),
        **(SOFT if link.relation.startswith("soft") else {}),
        **(LAUNCH if link.relation.startswith("launch") else {}),
        **(CRITICAL_EDGE if critical else {}),
    }


def _task_legend(dot: graphviz.Digraph, clashes: bool) -> None:
    """One row of sample tasks, joined by sample relations; a clash only where there is one."""
    samples: Samples = (
        ("task", {}, "same team", {}),
        ("critical chain", CRITICAL_NODE, "other team", CROSS_TEAM),
        ("milestone", MILESTONE, "soft", SOFT),
        ("vendor", VENDOR, "launch", LAUNCH),
        (
            "in progress",
            STARTED,
            *(("in conflict", {"dir": "both", **CLASH}) if clashes else ("", {"style": "invis"})),
        ),
        ("done", FINISHED, "", {}),
    )
    legend(dot, samples)
