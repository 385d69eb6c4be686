"""Documents of one page: what they say, that it fits, and that every figure is the plan's."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.landing import LandingChange, LandingKind
from planner.domain.paper import Column, Heading, Paper, Paragraph, Stamp, Table, words
from planner.domain.plan import Plan
from planner.report.briefs.asks import asks
from planner.report.briefs.executive import executive
from planner.report.briefs.layout import PADDING, Section, one_page
from planner.report.briefs.parts import clause, quoted
from planner.report.briefs.team import team_brief
from planner.report.briefs.weekly import weekly
from planner.report.papers import paper_html, paper_markdown
from planner.report.papers.style import COMPACT
from planner.report.plan_json import plan_from_json, plan_json
from planner.report.text_width import text_width
from planner.report.wording import plain, short
from tests.report.golden import check_golden
from tests.report.sample_plan import AS_OF, HOSTILE, large_plan, sample_plan

SINCE = Stamp(AS_OF - timedelta(days=7), "0a1b2c3d4e5f", ("q3.xlsx",), 0.1)


def stamp(plan: Plan) -> Stamp:
    """With an id that stays when `plan.json` learns more."""
    return Stamp(plan.as_of, "4f9c2a7d1b3e", plan.files, plan.assumed_share)


def changes(plan: Plan) -> tuple[LandingChange, ...]:
    """Each item that lands, three working days later."""
    return tuple(
        LandingChange(
            item.id,
            item.title,
            item.customer,
            item.pm,
            LandingKind.LATER,
            item.lands - timedelta(days=3),
            item.lands,
            3,
            item.target,
            item.days_late,
            "LED-1 is done 3 days later",
            item.reason,
        )
        for item in plan.items
        if item.lands
    )


def documents(plan: Plan) -> dict[str, Paper]:
    assert plan.headline
    return {
        "exec": executive(plan, plan.headline, stamp(plan)),
        "team": team_brief(plan, plan.teams[1], stamp(plan)),
        "weekly": weekly(plan, SINCE, changes(plan), stamp(plan)),
    }


def tables(paper: Paper) -> dict[str, list[dict[str, str]]]:
    """Rows by title of column, by heading without what it counts."""
    found, heading = {}, ""
    for block in paper.blocks:
        if isinstance(block, Heading):
            heading = block.text.partition(" (")[0]
        if isinstance(block, Table):
            titles = [column.title for column in block.columns]
            found[heading] = [dict(zip(titles, map(words, row), strict=True)) for row in block.rows]
    return found


@pytest.mark.parametrize("name", ["exec", "team", "weekly"])
def test_golden(name: str, request: pytest.FixtureRequest) -> None:
    check_golden(f"report-{name}.md", paper_markdown(documents(sample_plan())[name]), request)


def test_what_was_read_back_makes_the_same_documents() -> None:
    plan = sample_plan()
    again = plan_from_json(plan_json(plan))
    assert again.headline
    assert executive(again, again.headline, stamp(plan)) == documents(plan)["exec"]
    assert team_brief(again, again.teams[1], stamp(plan)) == documents(plan)["team"]
    assert weekly(again, SINCE, changes(plan), stamp(plan)) == documents(plan)["weekly"]


def test_the_five_numbers_are_those_of_plan_json() -> None:
    """Throwaway 9 ED in plain order, 0 here; J 140 there and 113.5 here: 26.5 ED are 5.3 engineer-weeks."""
    plan = sample_plan()
    content = json.loads(plan_json(plan))["headline"]
    figures = documents(plan)["exec"].blocks[1].figures
    assert [figure.value for figure in figures] == [
        str(content["on_track"]),
        str(content["late"]),
        f"{content['throwaway'] / 5:g}",
        str(len(content["decisions_due"])),
        f"{content['operations_roadmap'] * 100:g} %",
    ]
    assert figures[2].note == f"at risk; {content['throwaway_avoided'] / 5:g} avoided"
    comparison = documents(plan)["exec"].blocks[2].text
    assert "the plan in plain priority order of the same data: 1.8 engineer-weeks there, 0 here." in comparison
    assert "5.3 engineer-weeks less here" in comparison


def test_without_a_plain_plan_nothing_is_said_to_be_avoided() -> None:
    plan = sample_plan()
    assert plan.headline
    headline = replace(plan.headline, throwaway_plain=None, objective_plain=None)
    blocks = executive(plan, headline, stamp(plan)).blocks
    assert blocks[1].figures[2].note == "at risk"
    assert "nothing tells what this plan avoids" in blocks[2].text


def test_three_asks_of_different_kinds_each_with_its_figure_and_day() -> None:
    plan = sample_plan()
    found = asks(plan, 3)
    assert [(ask.who, ask.figure, ask.by) for ask in found] == [
        ("Payments, Ledger", "1 engineer-week not thrown away", date(2026, 9, 21)),
        ("Ada", "1 day late", date(2026, 10, 1)),
        ("Leadership", "2 tasks hang on it", date(2026, 9, 21)),
    ]
    assert found[0].what.startswith("Keep PAY-1, drop LED-2: PAY-1 of Payments sets")
    assert found[2].by_is_assumed


def test_nobody_is_asked_twice_for_the_same() -> None:
    """The conflict waits for DEC-1: who decides that one is asked once, and next comes the overloaded team."""
    plan = sample_plan()
    plan = replace(plan, conflicts=tuple(replace(c, decisions=("DEC-1",)) for c in plan.conflicts))
    assert [ask.about for ask in asks(plan, 3)] == ["DEC-1", "ASK-1", "Payments"]


def test_the_team_page_says_who_asks_and_who_waits() -> None:
    found = tables(documents(sample_plan())["team"])
    assert [(row["Task"], row["For"]) for row in found["What others ask of us, in this order"]] == [
        ("PAY-1", "ASK-1, Blau & Söhne (Ada)"),
        ("PAY-2", "ASK-3, Acme (Ada)"),
    ]
    assert [(row["Team"], row["Their task"], row["Our task"]) for row in found["For whom we wait"]] == [
        ("Ledger", "LED-1", "PAY-1")
    ]
    assert [(row["What"], row["Late by"]) for row in found["What is late and ends with us"]] == [
        ("ASK-1", "1 day"),
        ("PAY-2", "3 days"),
    ]


@pytest.mark.parametrize(
    ("relation", "days"),
    [("", ("18 Sep", "23 Sep")), ("SS+2d", ("starts 7 Sep", "23 Sep")), ("FF", ("18 Sep", "ends 2 Oct"))],
)
def test_who_waits_for_a_start_or_with_its_finish_says_so(relation: str, days: tuple[str, str]) -> None:
    """Else a team would read that it starts before what it waits for is done."""
    plan = sample_plan()
    tasks = []
    for task in plan.tasks:
        links = tuple(replace(link, relation=relation) for link in task.waits_for)
        dates = {"LED-1": (date(2026, 9, 7), date(2026, 9, 18)), "PAY-1": (date(2026, 9, 23), date(2026, 10, 2))}
        start, finish = dates.get(task.id, (task.start, task.finish))
        tasks.append(replace(task, waits_for=links, start=start, finish=finish))
    found = tables(team_brief(replace(plan, tasks=tuple(tasks)), plan.teams[1], stamp(plan)))
    assert [(row["Done on"], row["Our start"]) for row in found["For whom we wait"]] == [days]


def test_without_any_target_nothing_stands_against_one() -> None:
    plan = sample_plan()
    assert plan.headline
    plan = replace(plan, items=tuple(replace(item, target=None, days_late=0) for item in plan.items))
    assert plan.headline
    rows = tables(executive(plan, plan.headline, stamp(plan)))["What lands when"]
    assert "Against target" not in rows[0]


def test_the_week_says_what_changed_and_whom_to_ask() -> None:
    found = tables(documents(sample_plan())["weekly"])
    assert [(row["Item"], row["Change"], row["Ask"]) for row in found["What changed"]] == [
        ("ASK-2", "3 days later", "Ada: tell Acme: 18 Sep"),
        ("ASK-1", "3 days later", "Ledger: finish LED-1 before 18 Sep"),
        ("ASK-3", "3 days later", "Ada: tell Acme: 23 Oct"),
        ("ASK-4", "3 days later", "Ada: tell Acme: 11 Jan 2027"),
    ]
    assert [row["Decision"] for row in found["Decisions due in 30 days"]] == ["DEC-1", "DEC-2"]
    assert [row["Team"] for row in found["Who is overloaded"]] == ["Payments"]


def test_a_week_without_changes_says_so() -> None:
    plan = sample_plan()
    page = weekly(plan, SINCE, (), stamp(plan))
    assert words(page.blocks[0].text).startswith("0 items changed.")
    assert "What changed" not in tables(page)


def test_at_most_fifteen_changes_and_the_heading_counts_the_rest() -> None:
    plan = large_plan()
    page = weekly(plan, SINCE, changes(plan), stamp(plan))
    rows = tables(page)["What changed"]
    assert 8 <= len(rows) <= 15
    assert f"What changed ({len(rows)} of 60, all in roadmap diff)" in [
        block.text for block in page.blocks if isinstance(block, Heading)
    ]


@pytest.mark.parametrize("name", ["exec", "team", "weekly"])
def test_hostile_names_stay_text(name: str) -> None:
    plan = sample_plan()
    items = tuple(replace(item, title=HOSTILE, customer=HOSTILE, pm=HOSTILE) for item in plan.items)
    page = documents(replace(plan, items=items))[name]
    assert "<script" not in paper_html(page)
    assert "<script" not in paper_markdown(page)
    assert "Ledger | &#x27;" not in paper_markdown(page)


def test_a_page_is_filled_row_by_row_and_never_more() -> None:
    """About 742 points are free; a row of one line takes 12.8: the first section gets what the second leaves."""
    columns = (Column("A"), Column("B"))
    rows = tuple((f"row {k}", "text") for k in range(100))
    page = one_page(
        "T",
        SINCE,
        (Section("First", columns, rows, 3, 90), Paragraph("Between."), Section("Second", columns, rows[:5], 3, 5)),
    )
    first, second = (block for block in page.blocks if isinstance(block, Table))
    assert len(second.rows) == 5
    assert 40 <= len(first.rows) <= 50
    assert page.blocks[0] == Heading(f"First ({len(first.rows)} of 100, the rest in sequence.md)")


def test_the_most_important_rows_stand_in_their_own_order() -> None:
    rows = (("late",), ("later",), ("last",))
    section = Section("S", (Column("A"),), rows, 1, 2, places=(2, 0, 1))
    assert [row[0] for row in section.blocks(2)[1].rows] == ["later", "late"]


def test_columns_that_are_empty_are_left_out_and_long_texts_get_more_room() -> None:
    rows = (("1", "", "a text that is a good deal longer than the number"),)
    (_, table) = Section("S", (Column("#"), Column("Customer"), Column("Title")), rows, 1, 1).blocks(1)
    assert [column.title for column in table.columns] == ["#", "Title"]
    assert table.columns[1].width > 4 * table.columns[0].width


@pytest.mark.parametrize("text", ["", "x" * 500, "a b " * 200, HOSTILE])
def test_short_texts_are_short_and_plain(text: str) -> None:
    for made in (short(text, 30), clause(text, 30)):
        assert len(made) <= 30
        assert plain(made) == made
    assert quoted(text)[0] + quoted(text)[-1] == "“”"


def test_dates_of_a_team_s_queue_stay_on_one_line() -> None:
    """Seven columns, two of them dates with years: titles and customers break instead."""
    titles = ("#", "Task", "Title", "For", "Start", "Finish", "Engineer-weeks")
    row = ("12", "LED-18", "Replay postings in the second region", "OPS-3, operations (Jonas)")
    rows = ((*row, "18 Jan 2027", "24 Mar 2027", "5.8, assumed"),)
    (_, table) = Section("S", tuple(map(Column, titles)), rows, 1, 1).blocks(1)
    for k in (4, 5):
        assert table.columns[k].width >= PADDING + text_width(rows[0][k], COMPACT.table)
