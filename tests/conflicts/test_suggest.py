"""Who is needed: each clue alone, their fusion, and the recall on real asks."""

from pathlib import Path

import pytest

from planner.conflicts.suggest import suggest
from planner.domain.cells import Source
from planner.domain.roadmap import Ask, Component, Item, Roadmap, Status, Task, Team, Touch, TouchMode
from planner.domain.suggestion import Clue, SuggestedTeam
from tests.benchmarks.suggest_recall import recalls

HERE = Source("q3.xlsx", "Tasks", 2)
ITEM = Item("ASK-1", HERE, "Show refunds in the invoice API")


def teams(roadmap: Roadmap) -> dict[str, SuggestedTeam]:
    """By name, best first."""
    return {found.team: found for found in suggest(roadmap, ITEM).teams}


def clues(found: SuggestedTeam) -> list[Clue]:
    return [reason.clue for reason in found.reasons]


def test_owner_and_consumers_of_a_component_that_the_item_names() -> None:
    component = Component("invoice-api", HERE, "Billing", consumers=(("Console", 2.0), ("Exports", 5.0)))
    found = teams(Roadmap(items=(ITEM,), components=(component,)))
    assert list(found) == ["Billing", "Exports", "Console"]
    (reason,) = found["Billing"].reasons
    assert (reason.clue, reason.sources, reason.words) == (Clue.OWNER, ("invoice-api",), ("invoice", "api"))
    assert clues(found["Exports"]) == [Clue.CONSUMER]


def test_a_component_named_in_part_is_none() -> None:
    component = Component("invoice-store", HERE, "Billing")
    assert teams(Roadmap(items=(ITEM,), components=(component,))) == {}


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        (Task("T", HERE, "Serve it", items=("ask-1",), touches=(Touch("Ledger", TouchMode.READ),)), True),
        (Task("T", HERE, "Serve invoice refunds", touches=(Touch("ledger", TouchMode.READ),)), True),
        (Task("T", HERE, "Serve invoices", touches=(Touch("ledger", TouchMode.READ),)), False),
    ],
    ids=["own task", "two words in common", "one word in common"],
)
def test_a_component_is_found_by_the_tasks_that_touch_it(task: Task, expected: bool) -> None:
    roadmap = Roadmap(items=(ITEM,), tasks=(task,), components=(Component("ledger", HERE, "Books"),))
    assert ("Books" in teams(roadmap)) is expected


def test_a_team_that_the_item_names_in_any_ending() -> None:
    (found,) = teams(Roadmap(items=(ITEM,), teams=(Team("Refunding"), Team("Ledger")))).values()
    assert (found.team, clues(found)) == ("Refunding", [Clue.NAMED])
    assert found.reasons[0].words == ("refunds",)


def test_similar_items_give_the_teams_that_they_ask_and_that_work_on_them() -> None:
    items = (ITEM, Item("ASK-2", HERE, "Show credit notes in the invoice API"), Item("ASK-3", HERE, "New colours"))
    asks = (Ask("ASK-2", "Ledger", HERE),)
    tasks = (
        Task("T", HERE, "Credit", items=("ASK-2",), teams=("Console",)),
        Task("D", HERE, items=("ASK-3",), teams=("Design",)),
    )
    found = teams(Roadmap(items=items, asks=asks, tasks=tasks))
    assert clues(found["Ledger"]) == [Clue.SIMILAR, Clue.ASKED]
    assert clues(found["Console"]) == [Clue.SIMILAR]
    assert found["Console"].reasons[0].sources == ("ASK-2",)
    assert {"invoice", "api"} <= set(found["Console"].reasons[0].words)
    assert "Design" not in found


def test_teams_of_the_item_itself_and_popular_teams() -> None:
    others = (Ask("ASK-7", "Ledger", HERE), Ask("ASK-8", "Ledger", HERE), Ask("ASK-7", "Identity", HERE))
    dropped = Task("T", HERE, items=("ASK-1",), teams=("Gone",), status=Status.DROPPED)
    found = teams(Roadmap(items=(ITEM,), asks=(Ask("ask-1", "identity", HERE), *others), tasks=(dropped,)))
    assert list(found) == ["Identity", "Ledger"]
    assert clues(found["Identity"]) == [Clue.INVOLVED, Clue.ASKED]
    assert found["Ledger"].reasons[0].sources == ("ASK-7", "ASK-8")


def test_several_clues_beat_one() -> None:
    component = Component("invoice-api", HERE, "Invoicing")
    found = teams(
        Roadmap(items=(ITEM,), components=(component,), asks=(Ask("X", "Ledger", HERE), Ask("Y", "Invoicing", HERE)))
    )
    assert next(iter(found)) == "Invoicing"


def test_a_team_that_was_asked_goes_before_one_that_two_guesses_name() -> None:
    items = (ITEM, Item("ASK-2", HERE, "Show credit notes in the invoice API"))
    asks = (Ask("ASK-1", "Tax", HERE), Ask("ASK-2", "Ledger", HERE), Ask("ASK-2", "Tax", HERE))
    assert list(teams(Roadmap(items=items, asks=asks))) == ["Tax", "Ledger"]


def test_an_item_of_which_nothing_is_known_needs_nobody_we_know() -> None:
    assert suggest(Roadmap(items=(ITEM,)), ITEM).teams == ()


def test_real_asks_are_found_more_often_than_by_the_most_asked_teams(cases: Path) -> None:
    found = recalls(cases)
    assert found.most_asked[3] == pytest.approx(0.572, abs=0.001)
    assert found.most_asked[5] == pytest.approx(0.712, abs=0.001)
    for top in (3, 5):
        assert found.suggested[top] > found.most_asked[top]
        assert found.with_own_teams[top] > found.most_asked[top]
