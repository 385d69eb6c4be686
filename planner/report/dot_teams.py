"""The diagram of the teams as DOT text: how many tasks of each wait for another's."""

from collections.abc import Mapping

import graphviz

from planner.domain.plan import Plan, PlannedTeam
from planner.report.dot_style import (
    CRITICAL_EDGE,
    CRITICAL_NODE,
    LOADS,
    VENDOR,
    Samples,
    digraph,
    label,
    legend,
    wrapped,
)
from planner.report.wording import count, full_day, percent

MOST_ARROWS = 40
"""With more arrows a diagram of teams is not readable on a sheet of A4; the matrix (DSM) holds all."""

Pairs = Mapping[tuple[str, str], int]
"""(provider, user) -> how many tasks of the user wait for one of the provider."""


def team_graph(plan: Plan) -> str:
    """DOT of the teams: load in the nodes, arrows from provider to user as wide as the number of dependencies.

    Of very many arrows the widest are drawn, and the teams that they join; the title says so.
    """
    pairs, critical = waiting(plan), critical_pairs(plan)
    drawn = widest(pairs, critical)
    dot = digraph(*_message(pairs), f"{team_title(plan, pairs, drawn)}, as of {full_day(plan.as_of)}")
    dot.attr("graph", rankdir="TB", ranksep="0.45", nodesep="0.15")
    names = {team: f"team{n}" for n, team in enumerate(joined(plan, pairs, drawn))}
    planned = plan.teams_by_name()
    critical_teams = {team for task in plan.tasks if task.on_chain for team in task.teams}
    for team, name in names.items():
        dot.node(name, **_team_node(team, planned.get(team), team in critical_teams))
    for (provider, user), tasks in drawn.items():
        looks = _team_edge(provider, user, tasks, tasks / max(drawn.values()))
        dot.edge(names[provider], names[user], **looks, **(CRITICAL_EDGE if (provider, user) in critical else {}))
    _team_legend(dot)
    return str(dot.source)


def _message(pairs: Pairs) -> tuple[str, ...]:
    """Who waits for others most; nothing where nobody waits."""
    waits: dict[str, int] = {}
    for (_, user), tasks in pairs.items():
        waits[user] = waits.get(user, 0) + tasks
    if not waits:
        return ()
    most = max(waits, key=lambda team: (waits[team], team))
    return (f"{most} waits for other teams most: {count(waits[most], 'dependency')}",)


def team_title(plan: Plan, pairs: Pairs, drawn: Pairs) -> str:
    """What the diagram shows, and how many arrows it leaves out."""
    title = f"{plan.title}: how many tasks of a team wait for another"
    if len(drawn) == len(pairs):
        return title
    return f"{title} ({len(drawn)} of {len(pairs):,} arrows, the widest; all are in the DSM)"


def joined(plan: Plan, pairs: Pairs, drawn: Pairs) -> tuple[str, ...]:
    """The teams to be drawn, in the order of the matrix: all, or those with an arrow where arrows are left out."""
    ends = {team for pair in drawn for team in pair}
    return tuple(team for team in plan.dsm.teams if len(drawn) == len(pairs) or team in ends)


def waiting(plan: Plan) -> dict[tuple[str, str], int]:
    """(provider, user) -> how many tasks of the user wait for one of the provider."""
    return {
        (provider, user): tasks
        for user, row in zip(plan.dsm.teams, plan.dsm.counts, strict=True)
        for provider, tasks in zip(plan.dsm.teams, row, strict=True)
        if tasks and provider != user
    }


def widest(pairs: Pairs, critical: set[tuple[str, str]]) -> Pairs:
    """The critical ones and the widest; among equals first those by which a team comes into the diagram at all."""
    if len(pairs) <= MOST_ARROWS:
        return pairs
    known: set[str] = set()
    first = set()
    for pair in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        if not set(pair) <= known:
            first.add(pair)
            known |= set(pair)
    ranked = sorted(pairs, key=lambda pair: (pair not in critical, pair not in first, -pairs[pair], pair))
    return {pair: pairs[pair] for pair in ranked[:MOST_ARROWS]}


def critical_pairs(plan: Plan) -> set[tuple[str, str]]:
    """Teams (provider, user) between which the critical chain crosses."""
    tasks = plan.tasks_by_id()
    return {
        (link.team, team)
        for task in plan.tasks
        for link in task.waits_for
        for team in task.teams[:1]
        if task.on_chain and link.cross_team and link.task in tasks and tasks[link.task].on_chain
    }


def _team_node(name: str, team: PlannedTeam | None, critical: bool) -> dict[str, str]:
    """Label and looks of a team; its load in words and as fill."""
    lines = wrapped(name)
    fill = "white"
    if team and not team.is_external:
        lines += [f"{percent(team.busy)} busy"] if team.demand else []
        lines += [f"promised {percent(team.overload)}"] if team.overload > 1 else []
        fill = next(colour for share, colour in LOADS if max(team.busy, team.overload) >= share)
    looks = {**(VENDOR if team and team.is_external else {"fillcolor": fill}), **(CRITICAL_NODE if critical else {})}
    return {"label": label(lines), "tooltip": label([name]), "fontsize": "12", **looks}


def _team_edge(provider: str, user: str, tasks: int, share: float) -> dict[str, str]:
    """Looks of the dependencies of one team on another: how many, in figures and (`share` of the most) as width."""
    return {
        "label": f" {tasks} " if tasks > 1 else "",
        "tooltip": label([f"{count(tasks, 'dependency')} of {user} on {provider}"]),
        "penwidth": f"{0.8 + 4.2 * share:.1f}",
        "weight": str(tasks),
        "fontsize": "12",
    }


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
