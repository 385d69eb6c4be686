"""Real planning data, with the maps that are kept for it, is understood to the last reference."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from planner.config import read_settings
from planner.domain.settings import Settings
from planner.sheets.read import read_roadmap

MAPS = Path(__file__).parents[1] / "cases"


@pytest.mark.parametrize(
    ("case", "tasks", "items", "teams", "asks", "arcs", "without_team"),
    [("rustgoals_2026", 606, 85, 41, 210, 532, 134), ("fedora20", 380, 10, 14, 0, 368, 18)],
)
def test_every_row_and_reference_is_there(cases, case, tasks, items, teams, asks, arcs, without_team):
    settings = read_settings(MAPS / case / "roadmap.toml").settings
    read = read_roadmap([cases / case], settings, settings.planning_start or date(2026, 1, 1))
    roadmap = read.roadmap
    assert (len(roadmap.tasks), len(roadmap.items), len(roadmap.teams), len(roadmap.asks)) == (
        tasks,
        items,
        teams,
        asks,
    )
    assert sum(len(task.depends_on) for task in roadmap.tasks) == arcs
    found = Counter(diagnostic.rule.id for diagnostic in read.diagnostics)
    assert found.pop("no-team") == without_team
    assert set(found) <= {"column-shadowed"}


def test_proposals_without_a_map_are_read_with_their_doubts_named(cases):
    paths = [cases / "pep" / name for name in ("items.csv", "tasks.csv", "teams.csv")]
    read = read_roadmap(paths, Settings(), date(2026, 9, 1))
    found = Counter(diagnostic.rule.id for diagnostic in read.diagnostics)
    assert len(read.roadmap.tasks) == 736
    assert found["unknown-release"] == 28  # targets such as "3.12", of no calendar
    assert found["unknown-choice"] == 1  # the status "April Fool!"
