"""The page in a headless Chromium: clicks, filters, keys, colours, paper, a phone; titles that bite."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.domain.forecast import DateForecast, Forecast
from planner.domain.plan import Dsm, Plan
from planner.domain.roadmap import Target
from planner.report.page import page_html, with_front
from planner.report.wording import count, day, number, percent, plain, target_words, weeks
from tests.browser import NEEDED, Browser, browser, missing
from tests.report.sample_plan import AS_OF, HOSTILE, impossible_plan, large_plan, sample_plan
from tests.report.test_page import front

pytestmark = pytest.mark.skipif(missing(), reason=NEEDED)


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_text(page_html(sample_plan()), encoding="utf-8")
    return path


@pytest.fixture
def shown(window: Browser, page: Path) -> Iterator[Browser]:
    """The sample's page, freshly opened on a desktop; no script of it may have failed at the end."""
    window.resize(1440, 1000)
    window.open(page)
    window.complaints()
    yield window
    assert window.complaints() == []


def row(task: str) -> str:
    """The row of a task in the timeline."""
    return f'#gantt .label[aria-label^="{task} "]'


def test_the_five_numbers_are_those_of_the_plan_or_a_dash(shown: Browser, tmp_path: Path) -> None:
    figures = "return [...document.querySelectorAll('.cards dd')].map((figure) => figure.textContent)"
    said = sample_plan().headline
    assert said is not None
    assert said.throwaway_avoided is not None
    assert shown.run(figures) == [
        str(said.on_track),
        str(said.late),
        number(said.throwaway / 5),
        number(said.throwaway_avoided / 5),
        str(len(said.decisions_due)),
        percent(said.operations_roadmap),
        percent(said.operations_capacity),
    ]
    path = tmp_path / "index.html"
    path.write_text(page_html(replace(sample_plan(), headline=None)), encoding="utf-8")
    shown.open(path)
    assert set(shown.run(figures)) == {"–"}


def test_throwaway_above_that_of_plain_order_says_what_it_buys(window: Browser, tmp_path: Path) -> None:
    """J is 113.5 here and 140 in plain order: 26.5 ED are 5.3 engineer-weeks."""
    said = sample_plan().headline
    assert said is not None
    path = tmp_path / "index.html"
    path.write_text(page_html(replace(sample_plan(), headline=replace(said, throwaway=15.0))), encoding="utf-8")
    window.open(path)
    assert "; all costs together are 5.3 engineer-weeks less here" in window.text(".cards .card:nth-child(3)")
    assert "ASK-1 by 1 working day" in window.text(".cards .card:nth-child(2)")


@pytest.mark.parametrize("precision", ["day", "month", "quarter"])
def test_targets_are_worded_as_in_the_documents(shown: Browser, precision: str) -> None:
    target = Target(date(2027, 2, 1), date(2027, 2, 28), precision, "2027-02")
    value = {"last": "2027-02-28", "precision": precision, "text": "2027-02"}
    assert shown.run("return Wording.target(arguments[0])", value) == target_words(target, AS_OF)


def test_a_graph_of_many_teams_does_not_shrink_what_is_printed(window: Browser, tmp_path: Path) -> None:
    """A browser scales all pages down where one thing is too wide: A4 across, less its margins, is 1047 pixels."""
    teams = tuple(replace(sample_plan().teams[1], name=f"Team {k}") for k in range(30))
    counts = tuple(tuple(int(j == i - 1) for j in range(30)) for i in range(30))
    path = tmp_path / "index.html"
    plan = replace(sample_plan(), teams=teams, dsm=Dsm(tuple(team.name for team in teams), counts))
    path.write_text(page_html(plan), encoding="utf-8")
    window.resize(1047, 720)
    window.open(path)
    window.devtools("Emulation.setEmulatedMedia", {"media": "print"})
    window.run("dispatchEvent(new Event('beforeprint'))")
    wide = window.run("return document.documentElement.scrollWidth")
    window.devtools("Emulation.setEmulatedMedia", {"media": ""})
    assert wide <= 1047


def test_no_name_turns_the_text_around_it(window: Browser, tmp_path: Path) -> None:
    """U+202E shows all that follows from right to left: "evil" would read "live"."""
    plan = sample_plan()
    turned = {team: f"\u202e{team}" for team in plan.dsm.teams}
    dsm = Dsm(tuple(turned.values()), plan.dsm.counts)
    teams = tuple(replace(team, name=turned.get(team.name, team.name)) for team in plan.teams)
    path = tmp_path / "index.html"
    path.write_text(page_html(replace(plan, dsm=dsm, teams=teams)), encoding="utf-8")
    window.open(path)
    assert "Ledger" in window.text("#teams .graph-box")
    assert "\u202e" not in window.run("return document.querySelector('main').textContent")


def test_a_click_on_a_task_says_why_it_is_there_and_who_waits_for_whom(shown: Browser) -> None:
    shown.click(row("PAY-1"))
    said = shown.text("#details")
    for words in (
        "waits for LED-1 of Ledger, done 18 Sep",  # why
        "same team · SS+2d · starts 5 Oct",  # who waits for it, PAY-2
        "q3.xlsx!Tasks!A5",  # its cell
        "0 working days until the plan ends later",  # float
        "2.2 engineer-weeks (stated)",
        "Two values for one setting",  # its conflict
    ):
        assert words in said
    assert shown.count("#gantt .arrow.in") == 1
    assert shown.count("#gantt .arrow.out") == 1
    assert shown.run("return location.hash") == "#task=PAY-1"
    shown.run("document.querySelector('#details .chain button').click()")  # to what binds it
    assert "LED-1" in shown.text("#details-title")
    shown.click('#details button[aria-label="Back"]')
    assert "PAY-1" in shown.text("#details-title")


def test_a_click_on_a_bar_opens_its_task(shown: Browser) -> None:
    shown.click('#gantt g.row[data-row="1"] .bar')
    assert "WEB-1" in shown.text("#details-title")


def test_a_forecast_is_drawn_on_its_bars_and_said(window: Browser, tmp_path: Path) -> None:
    late = DateForecast("ASK-1", date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 19), 0.25, 0.5, None, 0.0)
    path = tmp_path / "index.html"
    path.write_text(page_html(replace(sample_plan(), forecast=Forecast(500, 7, (late,)))), encoding="utf-8")
    window.resize(1440, 1000)
    window.open(path, "#item=ASK-1")
    window.run("location.reload()")
    assert window.count("#gantt .whisker circle") == 1
    assert "50 % by 5 Oct, 80 % by 12 Oct, 90 % by 19 Oct; the target with 25 %" in window.text("#details")


def test_an_address_with_a_task_opens_it(window: Browser, page: Path) -> None:
    window.open(page, "#task=LED-3")
    window.run("location.reload()")
    assert "may launch again on 11 Jan 2027, after a block" in window.text("#details")


def test_filters_and_search_leave_what_matches(shown: Browser) -> None:
    shown.run(
        "const field = document.getElementById('filter-team'); field.value = 'Web';"
        "field.dispatchEvent(new Event('change'))"
    )
    assert shown.text("#matches") == "2 of 9 tasks"
    assert shown.count("#gantt .label.task") == 2
    assert shown.count("#load tbody tr:not([hidden])") == 1
    shown.click("#clear")
    assert shown.text("#matches") == "9 tasks (1 done)"
    shown.run("document.activeElement.blur()")
    shown.press("/", *"refund api")
    assert shown.text("#matches") == "1 of 9 tasks"
    assert shown.count(row("PAY-1")) == 1
    shown.press("Escape")
    assert shown.text("#matches") == "9 tasks (1 done)"
    shown.run(
        "const field = document.getElementById('filter-status'); field.value = 'chain';"
        "field.dispatchEvent(new Event('change'))"
    )
    assert shown.text("#matches") == "2 of 9 tasks"


def test_keys_move_fold_open_and_close(shown: Browser) -> None:
    shown.run("document.getElementById('gantt').focus()")
    active = (
        "const id = document.getElementById('gantt').getAttribute('aria-activedescendant');"
        "return document.getElementById(id).getAttribute('aria-label')"
    )
    assert shown.run(active).startswith("ASK-2, ")
    shown.press("ArrowDown")
    assert shown.run(active).startswith("WEB-1 ")
    shown.press("Enter")
    assert "WEB-1" in shown.text("#details-title")
    shown.press("Escape")
    assert shown.run("return document.getElementById('details').hidden")
    assert shown.run("return document.activeElement.id") == "gantt"
    shown.press("ArrowLeft", "ArrowLeft")  # to its item, then fold that
    assert (
        shown.run("return document.querySelector('#gantt [aria-expanded]').getAttribute('aria-expanded')") == "false"
    )
    assert shown.count(row("WEB-1")) == 0
    shown.press("ArrowRight", "End")
    assert shown.run(active).startswith("LED-0 ")


def test_the_timeline_by_team_and_the_tasks_inside_a_team(shown: Browser) -> None:
    shown.click('#timeline button[data-value="team"]')
    assert shown.count('#gantt .label.group[aria-label^="Payments, "]') == 1
    assert shown.count("#teams .node") == 2
    shown.run("document.querySelector('#teams .node').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    assert shown.text("#matches") == "5 of 9 tasks"  # Ledger's own four and the one it shares
    shown.run("[...document.querySelectorAll('#teams button')].find((b) => b.textContent === 'Tasks inside').click()")
    assert shown.count("#teams .node") == 5
    shown.run("document.querySelector('#teams button[data-value=table]').click()")
    assert shown.text("#teams table.matrix td.some") == "1"


def test_a_conflict_opens_with_its_ways_out_and_its_curve(shown: Browser) -> None:
    shown.run("document.querySelector('details.conflict').open = true")
    shown.run("return new Promise((done) => setTimeout(done, 50))")
    said = shown.text("details.conflict")
    assert "decide by 21 Sep" in said
    assert "Keep PAY-1, drop LED-2 · gives up LED-2 · the plan costs 0.8 to 1 engineer-week less" in said
    assert "no clear difference" in said
    assert shown.count("details.conflict .curve circle") == 4
    assert shown.count("details.conflict") == 2  # the dismissed one is not shown


def test_dark_colours_follow_the_system_and_the_switch(shown: Browser) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = shown.run(ground)
    shown.resize(1440, 1000, dark=True)
    dark = shown.run(ground)
    assert dark != light
    shown.click("#theme")
    assert shown.run(ground) == light
    shown.click("#theme")
    assert shown.run(ground) == dark


def test_it_prints_every_task_on_landscape_pages(shown: Browser) -> None:
    printed = shown.pdf()
    assert printed.startswith(b"%PDF")
    assert b"841" in printed  # points of A4's long side
    assert shown.count(".on-paper") == 0  # what was made for the paper is gone again
    shown.run("dispatchEvent(new Event('beforeprint'))")
    assert shown.count(".sheet .label.task") == 9
    assert shown.count(".on-paper .conflict") == 1
    shown.run("dispatchEvent(new Event('afterprint'))")


def test_only_rows_in_view_are_drawn_and_every_row_is_reached(window: Browser, tmp_path: Path) -> None:
    plan = sample_plan()
    many = tuple(replace(plan.tasks[4], id=f"X-{k}", items=("ASK-4",)) for k in range(2000))
    path = tmp_path / "index.html"
    path.write_text(page_html(replace(plan, tasks=(*plan.tasks, *many))), encoding="utf-8")
    window.resize(1440, 1000)
    window.open(path)
    assert window.text("#matches") == "2,009 tasks (1 done)"
    assert window.count("#gantt .label") == 6  # items, one of them of tasks without an item: folded, as they are many
    window.click("#fold-all")
    assert 10 < window.count("#gantt .label") < 100
    window.run("document.getElementById('gantt').focus()")
    window.press("End")
    assert window.count('#gantt .label.active[aria-rowindex="2015"]') == 1
    window.run("Selection.select('task', 'X-1000')")
    assert window.count(f"{row('X-1000')}.selected") == 1
    window.run("dispatchEvent(new Event('beforeprint'))")
    assert window.count(".sheet .label.task") == 2009
    sheets = window.count(".sheet")
    assert window.count(".sheet .label.group:nth-child(2)") == sheets  # a group that goes on is named on every page


def test_arrow_keys_move_in_the_load_table_and_open_a_week(shown: Browser) -> None:
    shown.run("document.querySelector('table.heat td[tabindex=\"0\"]').focus()")
    shown.press("ArrowRight", "ArrowDown", "ArrowRight")
    assert shown.run("return document.activeElement.dataset.week") == "2026-09-21"
    shown.press("Enter")
    said = shown.text("#details")
    assert "2 of 2 engineer-weeks planned: 100 %" in said  # Payments, 10 of 10 ED
    assert "PAY-1" in said


@pytest.mark.parametrize(
    "plan", [sample_plan(), large_plan(), impossible_plan()], ids=["sample", "large", "impossible"]
)
def test_a_phone_shows_everything_without_scrolling_sideways(window: Browser, tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "index.html"
    path.write_text(page_html(plan), encoding="utf-8")
    window.resize(390, 844)
    window.complaints()
    window.open(path)
    assert window.run("return document.documentElement.scrollWidth") <= 390
    assert window.complaints() == []


def test_what_people_type_is_text(shown: Browser) -> None:
    assert shown.count("main script") == 0
    shown.run("document.querySelector(arguments[0]).click()", row("LED-1"))
    assert plain(HOSTILE) in shown.text("#details-title")


def test_an_impossible_plan_names_what_clashes(window: Browser, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(page_html(impossible_plan()), encoding="utf-8")
    window.open(path)
    assert "LED-1 must be finished by 11 Sep" in window.text("#overview")
    assert "Nothing is planned." in window.text("#timeline")


def test_a_front_is_drawn(window: Browser, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(with_front(page_html(sample_plan()), front()), encoding="utf-8")
    window.complaints()
    window.open(path)
    assert window.count("#trade circle.proven") == 1
    assert window.count("#trade circle.open") == 1
    assert "24.8" in window.text("#trade table")  # 124 ED
    assert "Least cost in all. The least delay: 8 engineer-weeks of it" in window.text("#trade .trades")
    assert window.complaints() == []


def test_figures_are_worded_as_in_every_other_report(shown: Browser) -> None:
    values = [0, 0.02, 0.2, 0.25, 0.5, 0.75, 1, 1.25, 2.5, 5, 12.34, 99.95, 1234.56, 1234567]
    assert shown.run("return arguments[0].map(Wording.number)", values) == list(map(number, values))
    assert shown.run("return arguments[0].map(Wording.weeks)", values) == list(map(weeks, values))
    shares = [0, 0.0002, 0.013, 0.0995, 0.42, 0.425, 0.999, 1.75, 12.5]
    assert shown.run("return arguments[0].map(Wording.percent)", shares) == list(map(percent, shares))
    days = [date(2026, 9, 7), date(2026, 12, 31), date(2027, 1, 1)]
    said = shown.run("return arguments[0].map(Wording.day)", [each.isoformat() for each in days])
    assert said == [day(each, AS_OF) for each in days]
    nouns = ["task", "dependency", "day", "launch"]
    assert shown.run("return arguments[0].map((noun) => Wording.count(1200, noun))", nouns) == [
        count(1200, n) for n in nouns
    ]
