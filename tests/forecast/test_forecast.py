"""What a forecast says of a plan: the same for the same seed, no spread without uncertainty, what drives the end."""

import pytest

from planner.domain.forecast import Forecast
from planner.domain.roadmap import Estimate, Item, Roadmap, Target
from planner.domain.settings import Settings
from planner.forecast import forecast
from planner.forecast.building import build
from planner.forecast.ranges import Multiples, multiples
from planner.forecast.simulate import simulated
from planner.report.forecast import forecast_from_json, forecast_json
from tests.forecast.plans import MONDAY, hypothesis, planned, random_roadmap, ranged, team, uncertain
from tests.scheduling.roadmaps import SOURCE, task


def made(roadmap: Roadmap, settings: Settings, runs: int = 500, seed: int = 0, threads: int = 1) -> Forecast:
    formulation, schedule = planned(roadmap, settings)
    return forecast(roadmap, formulation, schedule, settings, runs, seed, threads=threads)


def test_the_same_seed_gives_the_same_table_whatever_the_threads() -> None:
    one = made(random_roadmap(2), uncertain(0.2))
    assert made(random_roadmap(2), uncertain(0.2), threads=2) == one
    assert made(random_roadmap(2), uncertain(0.2), seed=1) != one


def test_certain_estimates_have_no_spread() -> None:
    """`5-5-5` means what it says; so does a default range of 1, 1, 1."""
    tasks = (ranged("A", (5, 5, 5)), ranged("B", (3, 3, 3), after="A"))
    for settings, own in ((uncertain(0.2), tasks), (uncertain(0.2, 1, 1), (task("A", 5), task("B", 3, after="A")))):
        found = made(Roadmap(tasks=own, teams=(team(),)), settings)
        for one in (*found.tasks, found.finish):
            assert one is not None
            assert one.p50 == one.p90 == one.planned
            assert one.planned_chance == 1.0
        assert found.drivers == ()
        assert found.finish_error == 0.0


def test_one_number_gets_the_default_range_and_what_was_typed_keeps_its_own() -> None:
    tasks = (task("A", 5), ranged("B", (2, 4, 10)), ranged("C", (5, 5, 5)), task("D", None), task("E", 0))
    found = multiples(tasks, tasks, Settings().defaults, uncertain().uncertainty)
    assert found == (
        Multiples(0.75, 1.0, 3.0),
        Multiples(0.5, 1.0, 2.5, True),
        Multiples(1.0, 1.0, 1.0, True),
        Multiples(0.4, 1.0, 3.0),
        Multiples(1.0, 1.0, 1.0, True),
    )


def test_the_longest_task_drives_the_end_and_is_critical() -> None:
    tasks = (ranged("long", (10, 20, 60)), ranged("short", (1, 2, 6), "Led"))
    found = made(Roadmap(tasks=tasks, teams=(team(), team("Led"))), uncertain())
    assert (found.drivers[0].kind, found.drivers[0].name) in (("task", "long"), ("team", "Pay"))
    assert found.drivers[0].share > 0.95
    assert {one.id: one.criticality for one in found.tasks}["long"] > 0.99


def test_an_item_of_a_hypothesis_is_built_as_often_as_it_holds() -> None:
    """T is built in 60 % of the runs; the chance to meet the target is of all runs, the days are of those 60 %."""
    target = Target(MONDAY, MONDAY.replace(year=2030), "day", "2030")
    roadmap = Roadmap(
        items=(Item("I", SOURCE, targets=(target,)),),
        tasks=(ranged("test", (2, 2, 2)), ranged("T", (5, 5, 5), after="test", items=("I",), hypotheses=("H",))),
        teams=(team(),),
        hypotheses=(hypothesis("H", 0.6, "test"),),
    )
    (item,) = made(roadmap, uncertain(), 2000).items
    assert item.built == pytest.approx(0.6, abs=0.035)
    assert item.on_target == item.built
    assert item.p50 == item.p90 == item.planned


def test_rolling_back_takes_the_team_that_had_begun() -> None:
    """Fails half of the time, on day 2; then 4 days of roll-back instead of 10 of work: done on day 6 or 12."""
    roadmap = Roadmap(
        tasks=(ranged("test", (2, 2, 2), "Led"), ranged("T", (10, 10, 10), after="test", hypotheses=("H",))),
        teams=(team(), team("Led")),
        hypotheses=(hypothesis("H", 0.5, "test", rollback=4.0),),
    )
    settings = uncertain(0.0, 1.0, 1.0)
    formulation, schedule = planned(roadmap, settings)
    tally = simulated(build(roadmap, formulation, schedule, settings).model, 400, 0)
    assert set(tally.end.tolist()) == {6, 12}
    assert (tally.end == 12).mean() == pytest.approx(0.5, abs=0.08)


def test_a_task_without_an_estimate_has_the_spread_that_is_assumed() -> None:
    tasks = (*(task(f"T{n}", effort) for n, effort in enumerate((2, 4, 6, 8, 10))), task("blank", None))
    found = multiples(tasks, tasks, Settings().defaults, uncertain().uncertainty)
    assert found[-1] == Multiples(2.8 / 6, 1.0, 9.2 / 6)


def test_stopped_early_it_says_how_far_it_came() -> None:
    roadmap, settings = random_roadmap(1), uncertain(0.2)
    formulation, schedule = planned(roadmap, settings)
    done: list[int] = []
    found = forecast(
        roadmap, formulation, schedule, settings, 100_000, 0, is_stopped=lambda: bool(done), report=done.append
    )
    assert found.interrupted
    assert found.runs == done[0] < found.asked == 100_000
    assert found.chance_error == pytest.approx(0.5 / found.runs**0.5)


def test_what_is_written_is_read_back() -> None:
    found = made(random_roadmap(3), uncertain(0.2), 200)
    assert forecast_json(forecast_from_json(forecast_json(found))) == forecast_json(found)


def test_pert_means_and_overruns_are_those_of_the_surveys() -> None:
    """The default range: mean 1.29 of what was typed, and three of four overrun."""
    roadmap = Roadmap(tasks=tuple(task(f"T{n}", 100, f"Team {n}") for n in range(50)))
    settings = uncertain(0.0, *[Settings().uncertainty.range[k] for k in (0, 2)])
    formulation, schedule = planned(roadmap, settings)
    tally = simulated(build(roadmap, formulation, schedule, settings).model, 400, 0)
    assert tally.sums[:50, 0].mean() / 400 == pytest.approx((0.75 + 4 + 3) / 6, abs=0.01)
    late = 1 - sum(one.planned_chance for one in made(roadmap, settings, 400).tasks) / 50
    assert late == pytest.approx(0.75, abs=0.03)
    assert Estimate(1, 1, 1) != Estimate(1, 1, 1, certain=True)
