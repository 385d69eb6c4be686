"""Diagrams as Mermaid text, which wikis and code hosts draw: tasks in their teams, or the teams."""

import json
from collections.abc import Iterable, Sequence

from planner.domain.plan import Plan, PlannedTask
from planner.report.dot import MOST_TASKS
from planner.report.dot_teams import critical_pairs, joined, team_title, waiting, widest
from planner.report.wording import count, day, full_day, percent, plain, span

CRITICAL = "classDef critical stroke:#D55E00,stroke-width:3px;"
DONE = "classDef done fill:#E6E6E6,stroke:#767676;"
SAFE = frozenset(" .,:-+/()='!?*")
"""Signs of ASCII that mean nothing within a quoted label."""


def mermaid_graph(plan: Plan, tasks: Sequence[str] | None = None) -> str:
    """The diagram that is readable: of the selected tasks, else of all, else (too many) of the teams."""
    if tasks is None and len(plan.tasks) > MOST_TASKS:
        return mermaid_teams(plan)
    wanted = None if tasks is None else set(tasks)
    shown = [task for task in plan.tasks if wanted is None or task.id in wanted]
    names = {task.id: f"t{number}" for number, task in enumerate(shown)}
    by_team: dict[str, list[PlannedTask]] = {}
    for task in shown:
        by_team.setdefault(task.teams[0] if task.teams else "", []).append(task)
    lines = _head(f"{plan.title}: tasks and what they wait for, as of {full_day(plan.as_of)}")
    for number, team in enumerate(sorted(by_team)):
        lines.append(f"  subgraph s{number}[{_label([team or 'Nobody has taken these'])}]")
        lines += [f"    {names[task.id]}{_node(task, plan)}{_class(task)}" for task in by_team[team]]
        lines.append("  end")
    for task in shown:
        lines += [
            f"  {names[link.task]} {_arrow(link.relation, link.cross_team)} {names[task.id]}"
            for link in task.waits_for
            if link.task in names
        ]
    return "\n".join([*lines, f"  {CRITICAL}", f"  {DONE}", ""])


def mermaid_teams(plan: Plan) -> str:
    """The teams, an arrow from each to those that wait for it, with how many tasks do; of very many the widest."""
    pairs, on_chain = waiting(plan), critical_pairs(plan)
    drawn = widest(pairs, on_chain)
    planned = plan.teams_by_name()
    names = {team: f"t{number}" for number, team in enumerate(joined(plan, pairs, drawn))}
    lines = _head(f"{team_title(plan, pairs, drawn)}, as of {full_day(plan.as_of)}")
    for team, name in names.items():
        known = planned.get(team)
        says = [f"{percent(known.busy)} busy"] if known and known.demand else []
        lines.append(f"  {name}[{_label([team, *says])}]")
    arrows = sorted(drawn.items())
    lines += [f"  {names[provider]} -->|{tasks}| {names[user]}" for (provider, user), tasks in arrows]
    critical = ",".join(str(number) for number, (pair, _) in enumerate(arrows) if pair in on_chain)
    lines += [f"  linkStyle {critical} stroke:#D55E00,stroke-width:3px;"] if critical else []
    return "\n".join([*lines, ""])


def _head(title: str) -> list[str]:
    return ["---", f"title: {json.dumps(plain(title), ensure_ascii=False)}", "---", "flowchart LR"]


def _node(task: PlannedTask, plan: Plan) -> str:
    """A box, a hexagon for a milestone; what it is called, when it is worked on, and how late it is."""
    lines = [task.id, task.title, span(task.start, task.finish, plan.as_of)]
    lines += [f"{count(task.days_late, 'day')} late"] if task.days_late else []
    lines += [f"out {day(task.launch, plan.as_of)}"] if task.launch and task.launch > task.finish else []
    label = _label(lines)
    return f"{{{{{label}}}}}" if task.is_milestone else f"[{label}]"


def _class(task: PlannedTask) -> str:
    return ":::done" if not task.sequence else ":::critical" if task.on_chain else ""


def _arrow(relation: str, cross_team: bool) -> str:
    """Thick between teams, dotted where it is soft or waits for a launch, named where it is no plain one."""
    if relation.startswith(("soft", "launch")):
        return f"-.->|{_label([relation])}|"
    arrow = "==>" if cross_team else "-->"
    return f"{arrow}|{_label([relation])}|" if relation else arrow


def _label(lines: Iterable[str]) -> str:
    """Lines as a quoted label that shows them as they are: signs that could mean something are character codes."""
    return f'"{"<br/>".join("".join(map(_shown, plain(line))) for line in lines)}"'


def _shown(letter: str) -> str:
    return letter if not letter.isascii() or letter.isalnum() or letter in SAFE else f"#{ord(letter)};"
