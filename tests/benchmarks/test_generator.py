"""Generated roadmaps: the same for the same seed, shaped as promised, and readable as the workbook they become."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from planner.domain.settings import Settings
from planner.domain.units import MILLI
from planner.scheduling.formulate import formulate
from planner.sheets.read import read_roadmap
from tests.benchmarks.case import case_of
from tests.benchmarks.generator import DAYS, ITEM_TASKS, LARGEST_TEAM, generate
from tests.benchmarks.generator_file import generate_with
from tests.benchmarks.network import Goal, Mode, Network
from tests.benchmarks.sheets import sheets_of
from tests.sheets.workbooks import workbook

PAIR = Network(
    engineers=(2, 1),
    cost_of_delay=(3,),
    team=(0, 1),
    item=(0, 0),
    duration=(4, 5),
    weight=(1, 2),
    before=((), (0,)),
)


def test_the_seed_alone_decides() -> None:
    assert generate(120, 6, 7) == generate(120, 6, 7)
    assert generate(120, 6, 7) != generate(120, 6, 8)


def test_a_roadmap_is_shaped_as_promised() -> None:
    made = generate(2000, 60, 1)
    between_teams = sum(made.team[j] != made.team[i] for j, i in made.edges)
    sizes = Counter(made.item)
    assert len(made.edges) / 2000 == pytest.approx(1.6, abs=0.02)
    assert between_teams / len(made.edges) == pytest.approx(0.36, abs=0.02)
    assert all(ITEM_TASKS[0] <= sizes[g] <= ITEM_TASKS[1] for g in range(len(sizes) - 1))  # the last one may be cut
    assert set(made.duration) == set(range(DAYS[0], DAYS[1] + 1))


def test_load_grows_with_capacity() -> None:
    made = generate(5000, 100, 1)
    days = Counter[int]()
    for team, length in zip(made.team, made.duration, strict=True):
        days[team] += length
    by_size = {
        size: [days[t] for t, engineers in enumerate(made.engineers) if engineers == size]
        for size in range(1, LARGEST_TEAM + 1)
    }
    per_engineer = [sum(loads) / len(loads) / size for size, loads in by_size.items()]
    assert max(per_engineer) < 1.6 * min(per_engineer)


@pytest.mark.parametrize(("tasks", "teams"), [(1, 1), (3, 1), (17, 2)])
def test_small_roadmaps_have_no_cycle_either(tasks: int, teams: int) -> None:
    assert len(case_of(generate(tasks, teams, 1), "task").problem.order) == tasks


def test_what_is_weighed() -> None:
    assert PAIR.goals("task") == (Goal(1, (0,)), Goal(2, (1,)))
    assert PAIR.goals("item") == (Goal(3, (0, 1)),)


def test_any_generator_file(tmp_path: Path) -> None:
    path = tmp_path / "other.py"
    path.write_text(
        "def gen(N, T, seed):\n"
        "    return {'N': N, 'T': T, 'cap': [2, 1], 'team': [0, 1], 'dur': [4, 5], 'item': [0, 0], 'cod': [3],\n"
        "            'w': [1, 2], 'preds': [[], [0]]}\n"
    )
    assert generate_with(path, 2, 2, 1) == PAIR


@pytest.mark.parametrize("mode", ["task", "item"])
def test_the_workbook_says_the_same(tmp_path: Path, mode: Mode) -> None:
    made = generate(60, 4, 1)
    case = case_of(made, mode)
    path = workbook(tmp_path / "generated.xlsx", sheets_of(made, mode))
    read = read_roadmap((path,), Settings(), date(2026, 9, 7)).roadmap
    formulation = formulate(read, Settings(), date(2026, 9, 7))
    problem = formulation.problem
    place = [formulation.index[f"T-{i}"] for i in range(60)]
    assert [problem.finish(i, 0) for i in place] == list(made.duration)
    for i, team in zip(place, made.team, strict=True):
        (resource, tenths), *more = problem.activities[i].demands
        assert (problem.resources[resource].peak, tenths, more) == (10 * made.engineers[team], 10, [])
    assert {(r.predecessor, r.successor) for r in problem.precedences} == {
        (place[j], place[i]) for j, i in made.edges
    }
    assert Counter((item.delay_weight, frozenset(item.activities)) for item in problem.deliverables) == Counter(
        (goal.weight * MILLI, frozenset(place[i] for i in goal.tasks)) for goal in case.goals
    )
