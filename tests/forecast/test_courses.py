"""Both ways to simulate agree run by run, keep the rules, and follow the plan where nothing is uncertain."""

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.problem import Schedule
from planner.domain.roadmap import Link
from planner.domain.settings import Settings
from planner.forecast import plainly
from planner.forecast.building import Built, build
from planner.forecast.model import NONE, Courses, courses
from planner.forecast.quantiles import normal_table, run_keys
from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.formulate import Formulation
from tests.forecast.plans import Roadmap, planned, random_roadmap, uncertain

RUNS = 40
EVERY_LINK, EVERY_LAG = tuple(Link), (0, 0, 2, -1)


def case(
    seed: int, policy: str = "list", wild: bool = False, reserves: bool = True
) -> tuple[Roadmap, Formulation, Schedule, Built]:
    roadmap = random_roadmap(seed, EVERY_LINK, EVERY_LAG) if wild else random_roadmap(seed)
    if not reserves:
        roadmap = replace(roadmap, hypotheses=tuple(replace(h, rollback=None) for h in roadmap.hypotheses))
    settings = uncertain(0.2)
    formulation, schedule = planned(roadmap, settings)
    return roadmap, formulation, schedule, build(roadmap, formulation, schedule, settings, policy)  # type: ignore[arg-type]


def plain(built: Built, runs: int = RUNS) -> Courses:
    return plainly.simulate(built.model, normal_table(), run_keys(1, 0, runs))


@pytest.mark.skipif(not AVAILABLE, reason="numba is missing")
@pytest.mark.parametrize("policy", ["list", "chain"])
def test_machine_code_and_plain_code_agree_run_by_run(policy: str) -> None:
    from planner.forecast.events import simulate, state

    for seed in range(60):
        *_, built = case(seed, policy, wild=seed % 2 == 1)
        expected, found = plain(built), courses(built.model, RUNS)
        simulate(built.model, state(built.model), normal_table(), run_keys(1, 0, RUNS), found)
        for name in ("finish", "lands", "end", "late", "critical", "critical_items"):
            assert np.array_equal(getattr(expected, name), getattr(found, name)), (seed, name)
        assert np.allclose(expected.sums, found.sums)


def test_a_course_without_surprises_is_the_plan() -> None:
    """Multiples of 1 and hypotheses that hold: every task ends as planned, with leave, holidays, blocks and waits.

    Without roll-backs: the plan holds time in reserve for them, which is then free.
    """
    for seed in range(40):
        _, formulation, schedule, built = case(seed, reserves=False)
        model = built.model
        certain = model._replace(
            luck=model.luck._replace(multiples=np.ones_like(model.luck.multiples)),
            bets=model.bets._replace(chance=np.ones_like(model.bets.chance)),
        )
        found = plainly.simulate(certain, normal_table(), run_keys(1, 0, 1))
        ends = {formulation.tasks[i].id: int(found.finish[0, k]) for k, i in enumerate(built.order)}
        assert ends == {task.id: schedule.finish[i] for i, task in enumerate(formulation.tasks)}, seed
        for g, item in enumerate(formulation.problem.deliverables):
            assert found.lands[0, g] == max(schedule.launch[i] for i in item.activities), seed


def test_nobody_begins_before_those_that_it_waits_for_are_done() -> None:
    for seed in range(20):
        _, formulation, _, built = case(seed)
        found = plain(built)
        place = {i: k for k, i in enumerate(built.order)}
        for relation in formulation.problem.precedences:
            before, after = found.finish[:, place[relation.predecessor]], found.finish[:, place[relation.successor]]
            both = (before != NONE) & (after != NONE)
            assert (before[both] <= after[both]).all(), seed


@pytest.mark.parametrize("policy", ["list", "chain"])
def test_every_course_comes_to_an_end(policy: str) -> None:
    """Nobody waits for what will not be done."""
    for seed in range(40):
        *_, built = case(seed, policy)
        assert plain(built).end.max() < built.model.axis, seed


def test_what_relies_on_a_failed_hypothesis_is_not_built() -> None:
    """In the share of runs in which a hypothesis holds, and in no other, what relies on it is built."""
    for seed in range(20):
        roadmap, formulation, _, built = case(seed)
        found = plain(built, 400)
        for k, i in enumerate(built.order):
            relies = formulation.tasks[i].hypotheses
            share = float((found.finish[:, k] != NONE).mean())
            bets = {bet.hypothesis.id: bet for bet in built.bets if i in bet.relying}
            if formulation.tasks[i].id == "H1 roll-back":  # is done where the hypothesis does not hold
                assert share == pytest.approx(0.5, abs=0.1)
            elif not bets:
                assert share == 1.0, (seed, relies)
            elif len(bets) == 1:
                (bet,) = bets.values()
                assert share == pytest.approx(bet.hypothesis.probability, abs=0.1), (seed, roadmap.tasks[i].id)


def test_the_luck_of_a_task_depends_on_its_name_only() -> None:
    """Another task before it in the sheet, or other runs beside it, change nothing about what it takes."""
    settings: Settings = uncertain(0.2)
    roadmap = random_roadmap(4)
    formulation, schedule = planned(roadmap, settings)
    model = build(roadmap, formulation, schedule, settings).model
    whole = plainly.Drawn(model, normal_table(), run_keys(7, 0, 20))
    part = plainly.Drawn(model, normal_table(), run_keys(7, 5, 10))
    assert np.array_equal(whole.multiple[:, 5:15], part.multiple)
