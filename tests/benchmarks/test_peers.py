"""Other planners get the same project, and their answers are judged like ours."""

import re

import pytest

from planner.domain.units import MILLI
from planner.scheduling.budget import Budget
from planner.scheduling.costs import cost
from planner.scheduling.sgs import Generator
from tests.benchmarks.case import case_of
from tests.benchmarks.generator import generate
from tests.benchmarks.network import Mode, Network
from tests.benchmarks.peers import PEERS, Answer, Dates, Limits, Unavailable, cpsat, taskjuggler
from tests.benchmarks.search import watched
from tests.benchmarks.side_by_side import their_lines
from tests.benchmarks.stopwatch import Spent

MODES: tuple[Mode, ...] = ("task", "item", "makespan")
LIMITS = Limits(seconds=10.0, workers=1)

ONE_ENGINEER = Network(
    engineers=(1,),
    cost_of_delay=(5, 1),
    team=(0, 0, 0),
    item=(0, 0, 1),
    duration=(3, 1, 2),
    weight=(3, 2, 1),
    before=((), (), ()),
)
"""One engineer, three tasks: B, A, C costs 1 * 2 + 4 * 3 + 6 * 1 = 20; as items (A and B, then C) 4 * 5 + 6 * 1."""


@pytest.mark.parametrize(("mode", "least"), [("task", 20), ("item", 26), ("makespan", 6)])
def test_a_solver_by_hand(mode: Mode, least: int) -> None:
    answer = cpsat.solve(case_of(ONE_ENGINEER, mode), LIMITS)
    assert answer.dates is not None
    assert (case_of(ONE_ENGINEER, mode).value(answer.dates.ends), answer.bound) == (least, least)


@pytest.mark.parametrize("mode", MODES)
def test_values_are_those_of_the_objective(mode: Mode) -> None:
    case = case_of(generate(80, 5, 3), mode)
    schedule = Generator(case.problem).generate([0.0] * 80, False)
    assert schedule is not None
    assert case.value(case.ends(schedule.start)) * MILLI == cost(case.problem, schedule, case.objective)
    assert case.faults(schedule.start) == ()


def test_too_many_at_once_are_found() -> None:
    assert "asked for 30 tenths" in case_of(ONE_ENGINEER, "task").faults((0, 0, 0))[0]


@pytest.mark.parametrize("name", [name for name, _ in PEERS])
def test_answers_hold_and_bounds_are_bounds(name: str) -> None:
    case = case_of(generate(40, 3, 2), "item")
    try:
        answer = dict(PEERS)[name](case, LIMITS)
    except Unavailable as missing:
        pytest.skip(str(missing))
    assert answer.dates is not None
    starts, ends = answer.dates.starts, answer.dates.ends
    assert all(ends[i] <= starts[j] for i, j in case.network.edges)
    assert answer.bound is None or answer.bound <= case.value(ends)
    assert name.startswith("TaskJuggler") or case.faults(starts) == ()


def test_the_exported_project_is_the_project() -> None:
    case = case_of(generate(40, 3, 2), "item")
    network = case.network
    text = taskjuggler.exported(case, taskjuggler.own_weight)
    tasks = re.findall(r'task task(\d+) "[^"]*" \{(.*?)\n\}', text, flags=re.DOTALL)
    assert [int(number) for number, _ in tasks] == list(range(40))
    for i, (_, body) in enumerate(tasks):
        crew = set(re.findall(r"engineer(\d+)_\d+", body))
        assert crew == {str(network.team[i])}
        assert body.count("engineer") == network.engineers[network.team[i]]
        assert f"effort {network.duration[i]}d" in body
        assert tuple(map(int, re.findall(r"\btask(\d+)", body))) == network.before[i]
    assert text.count("  resource engineer") == sum(network.engineers)


def test_heavy_tasks_get_the_higher_priority() -> None:
    text = taskjuggler.exported(case_of(ONE_ENGINEER, "task"), taskjuggler.own_weight)
    a, b, c = map(int, re.findall(r"priority (\d+)", text))
    assert b > a > c  # weights per day 2, 1, 1/2


def test_dates_are_read_from_its_report() -> None:
    rows = (
        '"Id";"Start";"End"',
        '"task1";"2026-09-10 00:00";"2026-09-11 08:00"',
        '"task0";"2026-09-07 00:00";"2026-09-09 08:00"',
    )
    assert taskjuggler.dates("\n".join(rows)) == Dates(starts=(0, 3), ends=(3, 5))


def test_interrupted_tasks_are_said_to_be_and_their_order_is_tried_without() -> None:
    case = case_of(ONE_ENGINEER, "task")
    ours = watched(case.problem, Budget(work=100), case.objective)
    torn = Answer(Dates(starts=(0, 1, 4), ends=(4, 2, 6)), Spent(1.0, 1.0))
    first, second = their_lines("torn", case, torn, ours, 20)
    assert re.search(r"22 .* 1 tasks interrupted", first)  # 3 * 4 + 2 * 2 + 6
    assert re.search(r"same order, uninterrupted +23 .* yes", second)  # A, B, C: 9 + 8 + 6


def test_no_plan_is_said() -> None:
    case = case_of(ONE_ENGINEER, "task")
    ours = watched(case.problem, Budget(work=100), case.objective)
    assert "no plan" in their_lines("slow", case, Answer(None, Spent(1.0, 1.0)), ours, 20)[0]
