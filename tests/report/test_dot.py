import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.report.dot import MOST_TASKS, graph, task_graph
from planner.report.dot_teams import team_graph, waiting
from planner.report.mermaid import mermaid_teams
from planner.report.picture import render

from .diagrams import five_teams, many_teams, plan, planned

SVG = "{http://www.w3.org/2000/svg}"


def statement(dot: str, text: str) -> str:
    """The one line of DOT that has a text."""
    [line] = [line for line in dot.splitlines() if text in line]
    return line


def texts(dot: str) -> list[str]:
    """What the picture of a diagram says, line by line."""
    return [element.text or "" for element in ElementTree.fromstring(render(dot, "svg")).iter(f"{SVG}text")]


def test_a_task_shows_its_id_title_dates_and_state() -> None:
    shown = texts(task_graph(five_teams()))
    assert {"PAY-4", "Card network", "certification", "26 Oct – 4 Nov", "6 days late"} <= set(shown)
    assert {"31 Oct – 16 Nov, out 4 Jan 2027", "in progress", "done", "in a cycle"} <= set(shown)
    assert {"PAY", "LED", "COST", "PLAT", "WEB", "external:Acme", "Legend"} <= set(shown)


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("LED-3\\n", ["shape=diamond", "peripheries=2"]),
        ("ACM-1\\n", ["shape=parallelogram"]),
        ("PLAT-1\\n", ["shape=folder"]),
        ("LED-1\\n", ["peripheries=2", 'color="#D55E00"']),
        ("LED-2 waits for PAY-1", ["penwidth=2.4", "arrowhead=normalnormal"]),
        ("PLAT-3 waits for LED-1", ["style=dashed"]),
        ("PAY-3 waits for LED-4", ["style=dotted"]),
        ("PAY-2 waits for LED-2", ['label="SS+2d"']),
    ],
)
def test_kinds_and_relations_are_told_by_shape_border_and_line(text: str, looks: list[str]) -> None:
    line = statement(task_graph(five_teams()), text)
    assert [look for look in looks if look not in line] == []


def test_relations_within_a_team_are_thin_and_plain() -> None:
    line = statement(task_graph(five_teams()), "COST-2 waits for COST-1")
    assert re.search("penwidth|style|color", line) is None


def test_a_selection_shows_its_tasks_and_the_relations_between_them() -> None:
    dot = task_graph(five_teams(), ["LED-1", "LED-2", "PAY-1"])
    assert "3 of 25 tasks" in dot
    assert re.findall(r'"(\S+) waits for (\S+)"', dot) == [("LED-2", "LED-1"), ("LED-2", "PAY-1")]


def test_tasks_without_predecessors_stand_after_what_their_team_did_before() -> None:
    queue = [planned("A-1", day=0, days=4), planned("A-2", day=4), planned("A-3", day=5), planned("B-1", day=9)]
    dot = task_graph(plan(queue))
    assert [line.split(" [")[0].strip() for line in dot.splitlines() if "style=invis" in line] == [
        "t0 -> t2",
        "legend4 -> legend5",
    ]


def test_teams_are_drawn_above_sixty_tasks_unless_some_are_selected() -> None:
    tasks = [planned(f"PAY-{number}") for number in range(MOST_TASKS + 1)]
    many = replace(many_teams(), tasks=tuple(tasks))
    assert graph(many) == team_graph(many)
    assert graph(many, ["PAY-1"]) == task_graph(many, ["PAY-1"])
    fewer = replace(many, tasks=tuple(tasks[1:]))
    assert graph(fewer) == task_graph(fewer)


def test_very_many_tasks_are_said_shorter_so_that_a_sheet_can_still_be_read() -> None:
    tasks = [planned(f"PAY-{number}", "Refund saga", days=4, days_late=2, in_cycle=True) for number in range(26)]
    shown = texts(task_graph(plan(tasks)))
    assert "PAY-7 · 9 Oct" in shown
    assert "2 days late, in a" in shown
    assert not any("5 Oct – 9 Oct" in line for line in shown)
    assert "5 Oct – 9 Oct" in texts(task_graph(plan(tasks[1:])))


def test_arrows_between_teams_run_from_provider_to_user_with_the_count() -> None:
    chain = [planned("A-1", on_chain=True), planned("B-1", after="A-1", on_chain=True)]
    matrix = replace(many_teams().dsm, teams=("A", "B", "C"), counts=((40, 0, 1), (5, 0, 0), (0, 10, 0)))
    dot = team_graph(plan(chain, dsm=matrix))
    assert "team0 -> team1" in statement(dot, "5 dependencies of B on A")
    assert "penwidth=2.9" in statement(dot, "5 dependencies of B on A")
    assert "arrowhead=normalnormal" in statement(dot, "5 dependencies of B on A")
    assert "arrowhead" not in statement(dot, "10 dependencies of C on B")
    assert "team2 -> team0" in statement(dot, "1 dependency of A on C")


def test_load_of_a_team_is_written_and_not_only_coloured() -> None:
    shown = texts(team_graph(many_teams()))
    assert {"80 % busy", "100 % busy", "promised 130 %"} <= set(shown)


def test_of_very_many_arrows_the_widest_are_drawn_and_every_team_is_there() -> None:
    """24 teams with 52 pairs: 40 arrows; a team that waits for anybody, or is waited for, is in one of them."""
    crowd = many_teams()
    pairs = waiting(crowd)
    assert len(pairs) == 52
    dot = team_graph(crowd)
    assert f"(40 of {len(pairs)} arrows, the widest" in dot
    said = mermaid_teams(crowd)
    assert said.count("-->") == 40
    drawn = re.findall(r'"(\d+) dependenc\w+ of (.+?) on (.+?)"', dot)
    assert len(drawn) == 40
    assert {name for _, user, provider in drawn for name in (user, provider)} == {n for pair in pairs for n in pair}


odd = st.text(st.sampled_from('ab <>|{}"\\&;#%\n\t\r\x00\x0bNGl/éאب😀日'), max_size=12) | st.text(max_size=6)


@settings(max_examples=40, deadline=None)
@given(title=odd, name=odd)
def test_any_text_is_shown_as_text(title: str, name: str) -> None:
    """Nothing in a title or id is markup, an escape or an entity, whatever people type."""
    dot = task_graph(plan([planned("X", title, "Team")]))
    assert "".join("".join(texts(dot)).split()).startswith("q4:tasks")
    dot = task_graph(plan([replace(planned("X", "title", "Team"), id=f"a{name}z")]))
    [shown] = [line for line in texts(dot) if line.startswith("a") and line.endswith("z")]
    visible = [c for c in f"a{name}z" if c.isprintable() and not c.isspace()]
    assert [c for c in shown if c.isprintable() and not c.isspace()] == visible


@pytest.mark.parametrize(
    "title",
    ['say "yes"', "<script>x</script>", "<b>", "a | b", "{a}", r"C:\new\G", "R&amp;D", "AT&T", "😀 ok", "שלום"],
)
def test_titles_survive(title: str) -> None:
    assert title in texts(task_graph(plan([planned("X", title)])))


def test_an_empty_plan_is_a_legend() -> None:
    assert "Legend" in texts(graph(plan([])))
    assert "Legend" in texts(team_graph(plan([])))
