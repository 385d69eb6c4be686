"""How often `suggest` names the teams that a goal really asked, beside the plain list of the most asked teams.

    python -m tests.benchmarks.suggest_recall [FOLDER]

FOLDER (or the environment variable ROADMAP_CASES) holds the case `rustgoals_2026`. One goal at a time loses its
asks: the rows of Asks and the tasks that repeat them. The teams of its other tasks are hidden too, because a goal
that nobody has broken down has none; the second line shows them. Recall: share of all asks found in the first k.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.config import read_settings
from planner.conflicts.suggest import suggest
from planner.domain.roadmap import Roadmap
from planner.sheets.read import read_roadmap
from tests.benchmarks.real_cases import folder

MAP = Path(__file__).parents[1] / "cases" / "rustgoals_2026" / "roadmap.toml"
TOPS = (3, 5)
ASK_TITLE = "Team ask"

Recall = Mapping[int, float]


@dataclass(frozen=True)
class Recalls:
    """Share of the asks that are found, by length of the list, for each way to rank the teams."""

    most_asked: Recall
    suggested: Recall
    with_own_teams: Recall


def recalls(cases: Path) -> Recalls:
    """All three, leaving one goal out at a time."""
    roadmap = read_roadmap((cases / "rustgoals_2026",), read_settings(MAP).settings, date(2026, 1, 1)).roadmap
    asked: dict[str, set[str]] = defaultdict(set)
    for ask in roadmap.asks:
        asked[ask.item].add(ask.team)
    items = roadmap.items_by_id()

    def ranked(goal: str, keep_teams: bool) -> list[str]:
        suggestion = suggest(without_asks(roadmap, goal, keep_teams), items[goal])
        return [found.team for found in suggestion.teams]

    return Recalls(
        recall(asked, lambda goal: most_asked(asked, goal)),
        recall(asked, lambda goal: ranked(goal, False)),
        recall(asked, lambda goal: ranked(goal, True)),
    )


def recall(asked: Mapping[str, set[str]], ranking: Callable[[str], Sequence[str]]) -> Recall:
    """Share of all asks whose team is among the first k of its goal's ranking."""
    rankings = {goal: ranking(goal) for goal in asked}
    total = sum(map(len, asked.values()))
    return {k: sum(len(asked[goal] & set(rankings[goal][:k])) for goal in asked) / total for k in TOPS}


def most_asked(asked: Mapping[str, set[str]], goal: str) -> list[str]:
    """The teams that the other goals ask, most often first."""
    times = Counter(team for other, teams in asked.items() if other != goal for team in teams)
    return sorted(times, key=lambda team: (-times[team], team))


def without_asks(roadmap: Roadmap, goal: str, keep_teams: bool) -> Roadmap:
    """The roadmap without what the goal asks, and without the teams of its own tasks unless they are kept."""
    tasks = (task for task in roadmap.tasks if goal not in task.items or not task.title.startswith(ASK_TITLE))
    return replace(
        roadmap,
        asks=tuple(ask for ask in roadmap.asks if ask.item != goal),
        tasks=tuple(task if keep_teams or goal not in task.items else replace(task, teams=()) for task in tasks),
    )


def main() -> None:
    """Print the recall of each way."""
    found = recalls(folder())
    for name, by_length in (
        ("the most asked teams", found.most_asked),
        ("suggest", found.suggested),
        ("suggest, own teams kept", found.with_own_teams),
    ):
        print(f"{name:24} " + "   ".join(f"top {k}: {share:.1%}" for k, share in by_length.items()))


if __name__ == "__main__":
    main()
