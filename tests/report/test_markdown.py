"""The sequence report shows the plan's figures and any title as text."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from planner.report.markdown import escape, sequence_markdown
from planner.report.wording import count, day, plain, weeks
from tests.report.golden import check_golden
from tests.report.sample_plan import AS_OF, HOSTILE, impossible_plan, sample_plan

RENDER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def rows(markdown: str, heading: str) -> list[list[str]]:
    """The cells of the table below a heading, its titles first."""
    lines = markdown.split(f"{heading}\n")[1].split("\n#")[0].splitlines()
    table = [line for line in lines if line.startswith("|") and not line.startswith("| ---")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table]


def test_golden_markdown(request: pytest.FixtureRequest) -> None:
    check_golden("sequence.md", sequence_markdown(sample_plan()), request)


def test_every_team_queue_has_the_plan_s_figures() -> None:
    plan = sample_plan()
    text, by_id = sequence_markdown(plan), plan.tasks_by_id()
    for team in plan.teams:
        table = rows(text, f"### {team.name}")[1:]
        assert [row[4] for row in table] == list(team.queue)
        for row in table:
            task = by_id[row[4]]
            assert row[:4] == [str(task.queue), *(day(d, AS_OF) for d in (task.start, task.finish, task.launch))]
            assert row[6].removesuffix(" (assumed)") == weeks(task.effort)
            assert row[9] == task.reason.text


def test_every_item_has_the_plan_s_figures() -> None:
    plan = sample_plan()
    table = {row[0]: row for row in rows(sequence_markdown(plan), "## Every item")[1:]}
    assert table.keys() == {item.id for item in plan.items}
    for item in plan.items:
        late = count(item.days_late, "day") if item.days_late else ""
        assert (table[item.id][6], table[item.id][8]) == (day(item.lands, AS_OF), late)
        assert table[item.id][9] == weeks(item.effort)


def test_every_row_has_as_many_cells_as_its_table_has_titles() -> None:
    text = sequence_markdown(sample_plan())
    for heading in re.findall(r"^#+ .*", text, re.M):
        table = rows(text, heading)
        assert len({len(row) for row in table}) <= 1, heading


def test_every_doubt_is_listed_once_in_full() -> None:
    text = sequence_markdown(sample_plan()).split("## Every doubt in the data")[1]
    assert text.count("* q3.xlsx!Tasks!") == 4


@given(st.text(max_size=40))
def test_any_title_shows_as_text(title: str) -> None:
    html = RENDER.render(f"| Title |\n| --- |\n| x {escape(title)} y |\n")
    shown = html.split("<td>")[1].split("</td>")[0]
    assert "<" not in shown
    expected = plain(f"x {plain(title)} y")
    assert plain(shown) == plain(
        expected.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def test_a_hostile_plan_title_stays_a_title() -> None:
    html = RENDER.render(sequence_markdown(replace(sample_plan(), title=HOSTILE)))
    assert "<script" not in html
    assert "href" not in html


def test_an_impossible_plan_names_its_facts_and_draws_nothing() -> None:
    text = sequence_markdown(impossible_plan())
    assert "LED-1 must be finished by 11 Sep" in text
    assert "pictures/" not in text
