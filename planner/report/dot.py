"""Diagrams as DOT text: tasks in their teams, or teams with how much they wait for each other.

Nothing rests on colour alone: the critical chain has a double border, kinds have shapes, relations have line
styles, states are written out. Colours are Okabe and Ito's (2008), distinct for colour-blind readers.
"""

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

import graphviz

from planner.domain.plan import Plan, PlannedTask, PlannedTeam, TaskLink
from planner.domain.roadmap import Status
from planner.report.conflicts import ranked
from planner.report.wording import count, day, full_day, percent, plain, span, weeks

MOST_TASKS = 60
"""Above so many nodes a task diagram is not readable and the teams are drawn instead."""
MOST_ARROWS = 150
"""Above so many arrows between teams a diagram is neither readable nor drawn in reasonable time."""

FEW_TEAMS = 8
"""Up to so many clusters share their columns; with more, Graphviz would route arrows across tasks of other teams."""

TITLE_WIDTH = 22
TITLE_LINES = 3

NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}
"""The two characters that are no control characters and that no SVG may hold."""

MOST_CLASHES = 3
"""Lines drawn for one conflict: of very many tasks that clash the first say enough."""

INK = "#333333"
QUIET = "#767676"
CRITICAL = "#D55E00"
UNDER_WAY = "#DCEEF9"
DONE = "#E6E6E6"
GROUND = "#F6F6F2"
LOADS = ((1.0, "#F5C9A8"), (0.8, "#FBE8C8"), (0.0, "#FFFFFF"))
"""Share of a team's capacity that is planned or promised, whichever is more -> fill."""

GRAPH = {
    "rankdir": "LR",
    "ranksep": "0.7",
    "nodesep": "0.18",
    "splines": "spline",
    "labelloc": "t",
    "labeljust": "l",
    "fontsize": "16",
    "pad": "0.25",
    "size": "46,32",  # at most A0, so that no renderer runs out of canvas
}
FONT = {"fontname": "Helvetica,Arial,sans-serif"}
TASK_NODE = {"shape": "box", "style": "rounded,filled", "fillcolor": "white", "color": INK, "fontsize": "10"}
TASK_EDGE = {"color": QUIET, "fontsize": "9", "fontcolor": INK, "arrowsize": "0.7"}

CRITICAL_NODE = {"peripheries": "2", "color": CRITICAL, "penwidth": "1.6"}
MILESTONE = {"shape": "diamond", "style": "filled", "margin": "0.02"}
VENDOR = {"shape": "parallelogram", "style": "filled", "margin": "0.02,0.05"}
FINISHED = {"shape": "folder", "style": "filled", "fillcolor": DONE, "color": QUIET, "fontcolor": "#4D4D4D"}
STARTED = {"fillcolor": UNDER_WAY}

Samples = Sequence[tuple[str, Mapping[str, str], str, Mapping[str, str]]]
"""A legend's nodes with their looks, and the edges to the next node with theirs."""

CROSS_TEAM = {"penwidth": "2.4", "color": INK}
CRITICAL_EDGE = {"color": CRITICAL, "arrowhead": "normalnormal"}
SOFT = {"style": "dashed"}
LAUNCH = {"style": "dotted"}
CLASH_COLOUR = "#8F3A66"
CLASH = {"style": "bold", "color": CLASH_COLOUR, "fontcolor": CLASH_COLOUR, "arrowhead": "tee", "arrowtail": "tee"}
"""Between two that clash: a line with a bar at both ends."""


def graph(plan: Plan, tasks: Sequence[str] | None = None) -> str:
    """The diagram that is readable: of the selected tasks, else of all, else (too many) of the teams."""
    if tasks is None and len(plan.tasks) > MOST_TASKS:
        return team_graph(plan)
    return task_graph(plan, tasks)


def task_graph(plan: Plan, tasks: Sequence[str] | None = None) -> str:
    """DOT of tasks (all, or those selected by id) in a cluster for each team, with the relations between them."""
    wanted = None if tasks is None else set(tasks)
    shown = [task for task in plan.tasks if wanted is None or task.id in wanted]
    part = f": {len(shown)} of {count(len(plan.tasks), 'task')}" if len(shown) < len(plan.tasks) else ""
    dot = digraph(f"{plan.title}: tasks and what they wait for, as of {full_day(plan.as_of)}{part}")
    names = {task.id: f"t{number}" for number, task in enumerate(shown)}
    external = {team.name for team in plan.teams if team.is_external}
    clashing = {task for conflict in ranked(plan.conflicts) for task in conflict.tasks}
    by_team: dict[str, list[PlannedTask]] = {}
    for task in shown:
        by_team.setdefault(task.teams[0] if task.teams else "", []).append(task)
    dot.attr("graph", newrank="true" if len(by_team) <= FEW_TEAMS else "false")
    for number, team in enumerate(sorted(by_team)):
        with dot.subgraph(name=f"cluster_{number}") as cluster:
            cluster.attr(**_cluster(team or "Nobody has taken these"))
            for task in by_team[team]:
                cluster.node(names[task.id], **_task_node(task, plan.as_of, team in external, task.id in clashing))
    critical = {task.id for task in shown if task.on_chain}
    for task in shown:
        for link in task.waits_for:
            if link.task in names:
                both = {link.task, task.id} <= critical
                dot.edge(names[link.task], names[task.id], **_task_edge(task, link, both))
    for (one, other), title in _clashes(plan).items():
        if one in names and other in names:
            dot.edge(names[one], names[other], label=label([title]), constraint="false", dir="both", **CLASH)
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


def _waiting(plan: Plan) -> dict[tuple[str, str], int]:
    """(provider, user) -> how many tasks of the user wait for one of the provider."""
    return {
        (provider, user): tasks
        for user, row in zip(plan.dsm.teams, plan.dsm.counts, strict=True)
        for provider, tasks in zip(plan.dsm.teams, row, strict=True)
        if tasks and provider != user
    }


def _spread(queues: Iterable[Sequence[PlannedTask]], shown: Collection[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a team to be drawn side by side: who waits for nothing shown stands after what was done before it.

    Without them all such tasks would pile up in the first column.
    """
    for queue in queues:
        for task in queue:
            before = [other for other in queue if other.finish < task.start]
            if before and not any(link.task in shown for link in task.waits_for):
                yield max(before, key=lambda other: other.finish).id, task.id


def team_graph(plan: Plan) -> str:
    """DOT of the teams: load in the nodes, arrows from provider to user as wide as the number of dependencies.

    Of very many arrows the widest are drawn, and the teams that they join; the title says so.
    """
    waiting = _waiting(plan)
    widest = dict(sorted(waiting.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ARROWS])
    part = f" (the {MOST_ARROWS} widest of {len(waiting):,} arrows)" if len(waiting) > MOST_ARROWS else ""
    dot = digraph(f"{plan.title}: how many tasks of a team wait for another, as of {full_day(plan.as_of)}{part}")
    dot.attr("graph", ranksep="1.1", nodesep="0.3")
    joined = {team for pair in widest for team in pair}
    names = {team: f"team{n}" for n, team in enumerate(plan.dsm.teams) if not part or team in joined}
    planned = plan.teams_by_name()
    critical_teams = {team for task in plan.tasks if task.on_chain for team in task.teams}
    for team, name in names.items():
        dot.node(name, **_team_node(team, planned.get(team), team in critical_teams))
    critical_pairs = _critical_pairs(plan)
    for (provider, user), tasks in widest.items():
        looks = _team_edge(provider, user, tasks, tasks / max(widest.values()))
        critical = CRITICAL_EDGE if (provider, user) in critical_pairs else {}
        dot.edge(names[provider], names[user], **{**looks, **critical})
    _team_legend(dot)
    return str(dot.source)


def _critical_pairs(plan: Plan) -> set[tuple[str, str]]:
    """Teams (provider, user) between which the critical chain crosses."""
    tasks = plan.tasks_by_id()
    return {
        (link.team, team)
        for task in plan.tasks
        for link in task.waits_for
        for team in task.teams[:1]
        if task.on_chain and link.cross_team and link.task in tasks and tasks[link.task].on_chain
    }


def digraph(title: str) -> graphviz.Digraph:
    """An empty diagram in the house style."""
    return graphviz.Digraph(
        "roadmap",
        graph_attr={**GRAPH, **FONT, "label": label([title]), "tooltip": label([title])},
        node_attr={**FONT, **TASK_NODE},
        edge_attr={**FONT, **TASK_EDGE},
    )


def _cluster(title: str) -> dict[str, str]:
    """The frame around a team."""
    return {
        "label": label([title]),
        "tooltip": label([title]),
        "style": "rounded,filled",
        "color": "#BDBDB5",
        "fillcolor": GROUND,
        "fontsize": "13",
        "margin": "10",
    }


def _task_node(task: PlannedTask, today: date, external: bool, clashes: bool) -> dict[str, str]:
    """Label and looks of a task; kinds by shape, states in words."""
    notes = [
        ("in progress", task.status == Status.IN_PROGRESS),
        ("done", task.status == Status.DONE),
        (f"{count(task.days_late, 'day')} late", task.days_late > 0),
        ("in a cycle", task.in_cycle),
        ("in conflict", clashes),
    ]
    lines = [task.id, *_wrapped(task.title), _dates(task, today)]
    lines += [note for note, holds in notes if holds]
    looks = {
        **(VENDOR if external else {}),
        **(MILESTONE if task.is_milestone else {}),
        **(STARTED if task.status == Status.IN_PROGRESS else {}),
        **(FINISHED if task.status == Status.DONE else {}),
        **(CRITICAL_NODE if task.on_chain else {}),
    }
    return {"label": label(lines), "tooltip": label([f"{task.id}: {task.title}"]), **looks}


def _dates(task: PlannedTask, today: date) -> str:
    """First to last day worked, and the launch where it is later."""
    launch = f", out {day(task.launch, today)}" if task.launch and task.launch > task.finish else ""
    return span(task.start, task.finish, today) + launch


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


def _team_node(name: str, team: PlannedTeam | None, critical: bool) -> dict[str, str]:
    """Label and looks of a team; its load in words and as fill."""
    lines = _wrapped(name)
    fill = "white"
    if team and not team.is_external:
        lines += [count(len(team.queue), "task"), weeks(team.demand), f"{percent(team.busy)} busy"]
        lines += [f"promised {percent(team.overload)}"] if team.overload > 1 else []
        fill = next(colour for share, colour in LOADS if max(team.busy, team.overload) >= share)
    looks = {**(VENDOR if team and team.is_external else {"fillcolor": fill}), **(CRITICAL_NODE if critical else {})}
    return {"label": label(lines), "tooltip": label([name]), "fontsize": "12", **looks}


def _team_edge(provider: str, user: str, waiting: int, share: float) -> dict[str, str]:
    """Looks of the dependencies of one team on another: how many, in figures and (`share` of the most) as width."""
    return {
        "label": str(waiting),
        "tooltip": label([f"{count(waiting, 'dependency')} of {user} on {provider}"]),
        "penwidth": f"{0.8 + 4.2 * share:.1f}",
        "fontsize": "11",
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


def _team_legend(dot: graphviz.Digraph) -> None:
    """One row of sample teams."""
    samples: Samples = (
        ("provider", {}, "1 task waits", {"penwidth": "0.8"}),
        ("user", {}, "many wait", {"penwidth": "5"}),
        (r"80 % busy\nand more", {"fillcolor": LOADS[1][1]}, "", {"style": "invis"}),
        (r"promised 130 %:\ntargets cannot\nall hold", {"fillcolor": LOADS[0][1]}, "", {"style": "invis"}),
        (r"on the critical\nchain", CRITICAL_NODE, "critical", CRITICAL_EDGE),
        ("vendor", VENDOR, "", {}),
    )
    legend(dot, samples)


def legend(dot: graphviz.Digraph, samples: Samples) -> None:
    """A framed row of (node, its looks, the edge to the next, its looks)."""
    with dot.subgraph(name="cluster_legend") as frame:
        frame.attr(**{**_cluster("Legend"), "fillcolor": "white"})
        for number, (text, looks, _, _) in enumerate(samples):
            frame.node(f"legend{number}", label=text, tooltip=text, **looks)
        for number, (_, _, text, looks) in enumerate(samples[:-1]):
            frame.edge(f"legend{number}", f"legend{number + 1}", label=text, tooltip=text, **looks)


def _wrapped(text: str) -> list[str]:
    """A title on a few lines, the rest left out with an ellipsis."""
    return textwrap.wrap(plain(text), TITLE_WIDTH, max_lines=TITLE_LINES, placeholder=" …")


def label(lines: Iterable[str]) -> graphviz.quoting.NoHtml:
    """Lines as a DOT label that shows them as they are: no markup, no escapes, no entities."""
    escaped = (plain(line).translate(NOT_IN_XML).replace("\\", "\\\\").replace("&", "&amp;") for line in lines)
    return graphviz.nohtml("\\n".join(escaped))
