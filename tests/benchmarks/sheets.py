"""A network as the workbook that somebody would have typed."""

from planner.domain.units import DAYS_PER_WEEK
from tests.benchmarks.network import Mode, Network

Rows = list[list[object]]


def sheets_of(network: Network, mode: Mode) -> dict[str, Rows]:
    """Roadmap, Tasks and Teams; in task mode every task is an item of its own. Cost of delay is typed per week."""
    goals = network.goals("item" if mode == "makespan" else mode)
    item_of = {i: g for g, goal in enumerate(goals) for i in goal.tasks}
    tasks: Rows = [["Task ID", "Title", "Item ID", "Team", "Effort", "Engineers", "Depends on"]]
    for i, (team, days, before) in enumerate(zip(network.team, network.duration, network.before, strict=True)):
        after = "; ".join(f"T-{j}" for j in before)
        tasks.append([f"T-{i}", f"Task {i}", f"I-{item_of[i]}", f"Team {team}", days, 1, after])
    items: Rows = [["Item ID", "Title", "Cost of delay"]]
    items += [[f"I-{g}", f"Item {g}", goal.weight * DAYS_PER_WEEK] for g, goal in enumerate(goals)]
    teams: Rows = [["Team", "Engineers", "Operations"]]
    teams += [[f"Team {t}", engineers, 0] for t, engineers in enumerate(network.engineers)]
    return {"Roadmap": items, "Tasks": tasks, "Teams": teams}
