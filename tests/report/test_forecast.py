"""A forecast as text, csv and pictures: golden, and with names that bite."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from planner.domain.forecast import CurvePoint, DateForecast, Driver, Forecast
from planner.report.forecast import forecast_csv, forecast_text
from planner.report.forecast_curve import forecast_curve_svg
from planner.report.forecast_drivers import forecast_drivers_svg
from tests.report.golden import check_golden
from tests.report.sample_plan import AS_OF, HOSTILE, sample_plan


def forecast() -> Forecast:
    """Of the sample plan: its items, one of them a bet, two drivers of each kind."""
    sample = sample_plan()
    days = [date(2026, 10, 5), date(2026, 10, 20), date(2026, 11, 3)]
    items = [
        DateForecast(item.id, *days, 0.25 * k if item.target else None, 0.5, item.lands, 0.1, 1.0 - 0.3 * (k == 1))
        for k, item in enumerate(sample.items)
        if item.lands
    ]
    tasks = [DateForecast(task.id, *days, None, 0.2, task.finish, 0.3) for task in sample.tasks if task.sequence]
    drivers = (
        Driver("team", HOSTILE, "", 0.4, 21.4),
        Driver("task", "LED-1", HOSTILE, 0.12, 9.0),
        Driver("hypothesis", "H-1", "People pay", 0.05, -4.0),
    )
    return Forecast(
        runs=10_000,
        seed=0,
        items=tuple(items),
        tasks=tuple(tasks),
        finish=DateForecast("", *days, None, 1.0, date(2026, 9, 30), 0.03),
        title=sample.title,
        as_of=AS_OF,
        asked=10_000,
        chance_error=0.005,
        finish_error=0.12,
        assumed=0.62,
        range=(0.75, 1.0, 3.0),
        correlation=0.2,
        curve=tuple(CurvePoint(date(2026, 9, 20 + k), k / 10) for k in range(11)),
        drivers=drivers,
        late_drivers=drivers[:2],
    )


def test_the_screen(request: pytest.FixtureRequest) -> None:
    check_golden("forecast.txt", forecast_text(forecast(), sample_plan(), 110), request)


def test_the_csv_runs_nothing(request: pytest.FixtureRequest) -> None:
    check_golden("forecast.csv", forecast_csv(forecast(), sample_plan()), request)


def test_the_pictures(request: pytest.FixtureRequest) -> None:
    found = forecast()
    for name, drawn in (
        ("forecast-curve.svg", forecast_curve_svg(found, HOSTILE, "a stamp", AS_OF)),
        ("forecast-drivers.svg", forecast_drivers_svg(found, HOSTILE, "a stamp")),
    ):
        ElementTree.fromstring(drawn)
        assert "<script>" not in drawn
        check_golden(f"pictures/{name}", drawn, request)


def test_nothing_to_say_is_drawn_all_the_same() -> None:
    empty = Forecast(runs=1, seed=0)
    ElementTree.fromstring(forecast_curve_svg(empty, "q3", "", AS_OF))
    ElementTree.fromstring(forecast_drivers_svg(empty, "q3", ""))


def test_stopped_it_says_so_and_without_items_it_shows_tasks() -> None:
    found = replace(forecast(), runs=500, items=())
    said = forecast_text(found, replace(sample_plan(), items=()), 100)
    assert "Stopped after 500 of 10,000 runs" in said
    assert "Task" in said
