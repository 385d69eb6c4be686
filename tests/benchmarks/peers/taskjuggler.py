"""TaskJuggler 3 on an exported project; a team is a group of engineers, of whom a task keeps the one it begins with.

Its days have 8 working hours and its weeks 7 days, slots are an hour, the longest there is. It books slot by slot,
and interrupts a task when its engineer is taken: a task may take longer than its days.
"""

import csv
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from planner.domain.problem import Problem
from tests.benchmarks.case import Case
from tests.benchmarks.peers.answer import Answer, Dates, Limits, Unavailable
from tests.benchmarks.stopwatch import Stopwatch

PROGRAM = "tj3"
FIRST_DAY = datetime(2026, 9, 7)
ONE_DAY = timedelta(days=1)
TIME_FORMAT = "%Y-%m-%d %H:%M"
Rule = Callable[[Problem], list[float]]
"""As in `scheduling.priorities`: smaller numbers go first."""
HIGHEST, LOWEST = 1000, 1
"""Priorities that TaskJuggler knows."""


def solve(case: Case, limits: Limits, rule: Rule | None = None) -> Answer:
    """Run the program to its end, it knows no limits; with its own priorities or with those of a rule.

    What it takes to start is not in the time, as imports are not in that of the others.
    """
    if shutil.which(PROGRAM) is None:
        raise Unavailable("install the Debian package tj3")
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project.tjp"
        project.write_text(exported(case, rule), encoding="utf-8")
        stopwatch = Stopwatch()
        subprocess.run([PROGRAM, "--version"], capture_output=True, check=True)
        start = stopwatch.spent()
        run = subprocess.run([PROGRAM, "--silent", project.name], cwd=folder, capture_output=True, check=False)
        spent = stopwatch.spent() - start - start
        if run.returncode:
            return Answer(None, spent)
        return Answer(dates((Path(folder) / "plan.csv").read_text(encoding="utf-8")), spent)


def exported(case: Case, rule: Rule | None) -> str:
    """The project in TaskJuggler's language."""
    network = case.network
    priority = _priorities(rule(case.problem)) if rule else None
    lines = [
        f'project roadmap "Roadmap" {FIRST_DAY:%Y-%m-%d} +{case.problem.horizon}d {{',
        '  timezone "UTC"',
        "  timingresolution 60min",
        "  dailyworkinghours 8",
        "  workinghours mon - sun 0:00 - 8:00",
        "}",
    ]
    for team, engineers in enumerate(network.engineers):
        members = (f'  resource {one} "{one}"' for one in _members(team, engineers))
        lines += [f'resource team{team} "Team {team}" {{', *members, "}"]
    for i, (team, days, before) in enumerate(zip(network.team, network.duration, network.before, strict=True)):
        first, *others = _members(team, network.engineers[team])
        choice = f" {{ alternative {', '.join(others)} persistent }}" if others else ""
        waits = [f"  depends {', '.join(f'task{j}' for j in before)}"] if before else []
        rank = [f"  priority {priority[i]}"] if priority else []
        lines += [
            f'task task{i} "Task {i}" {{',
            f"  effort {days}d",
            f"  allocate {first}{choice}",
            *waits,
            *rank,
            "}",
        ]
    lines.append(f'taskreport "plan" {{ formats csv columns id, start, end timeformat "{TIME_FORMAT}" }}')
    return "\n".join(lines) + "\n"


def dates(report: str) -> Dates:
    """The dates of TaskJuggler's report."""
    rows = csv.DictReader(io.StringIO(report), delimiter=";")
    by_position = sorted(rows, key=lambda row: int(row["Id"].removeprefix("task")))
    starts = [datetime.strptime(row["Start"], TIME_FORMAT) - FIRST_DAY for row in by_position]
    ends = [datetime.strptime(row["End"], TIME_FORMAT) - FIRST_DAY for row in by_position]
    return Dates(tuple(start.days for start in starts), tuple(-(-end // ONE_DAY) for end in ends))


def own_weight(problem: Problem) -> list[float]:
    """WSPT (Smith 1956): a task's own weight per day, or that of its item."""
    weight = [0] * len(problem.activities)
    for goal in problem.deliverables:
        for i in goal.activities:
            weight[i] += goal.delay_weight
    return [-own / it.work for own, it in zip(weight, problem.activities, strict=True)]


def _members(team: int, engineers: int) -> list[str]:
    """The engineers of a team."""
    return [f"engineer{team}_{k}" for k in range(engineers)]


def _priorities(rank: Sequence[float]) -> list[int]:
    """TaskJuggler's priorities, the larger the sooner, of a rule's, the smaller the sooner."""
    priority = [0] * len(rank)
    for place, i in enumerate(sorted(range(len(rank)), key=rank.__getitem__)):
        priority[i] = HIGHEST - (HIGHEST - LOWEST) * place // len(rank)
    return priority
