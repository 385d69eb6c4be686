"""Text: neighbours by fused ranks, probable duplicates, proposed Touches, and the figures on real data."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.conflicts import probable_duplicate, proposed_touches
from planner.conflicts.context import Context
from planner.conflicts.proposals import proposals
from planner.conflicts.text import Text, fuse, neighbours, shared_words, stems
from planner.domain.cells import Source
from planner.domain.conflict import Conflict
from planner.domain.roadmap import Component, Dependency, Item, Priority, Roadmap, Status, Task, Touch, TouchMode
from planner.domain.settings import Settings
from planner.sheets.read import read_roadmap
from tests.benchmarks.text_recall import recall

MONDAY = date(2026, 9, 7)
DATA = Path(__file__).parents[2] / "data"
HERE = Source("q3.xlsx", "Tasks", 2)


def tasks(drawing: str) -> tuple[Task, ...]:
    """`id | team | title`, one task a line."""
    rows = ([cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines())
    return tuple(Task(id_, HERE, title, teams=(team,) if team else ()) for id_, team, title in rows)


def context(found: Sequence[Task], components: Sequence[str] = ()) -> Context:
    shared = tuple(Component(name, HERE) for name in components)
    return Context(Roadmap(tasks=tuple(found), components=shared), MONDAY, Settings(), {})


ROUNDING = tasks(
    """
    REF-4 | Refunds  | Round amounts by currency in one shared library
    REF-5 | Refunds  | Round the amounts of a refund by currency
    WAL-3 | Wallet   | Shared library to round amounts by currency
    POU-1 | Payouts  | Hold marketplace money by seller
    """
)


def pairs(found: Sequence[Conflict]) -> list[tuple[str, ...]]:
    return [conflict.identity for conflict in found]


def test_ranks_are_fused_by_their_reciprocals() -> None:
    assert fuse([(1.0, ["a", "b"]), (2.0, ["b"])]) == {"a": 1 / 61, "b": 1 / 62 + 2 / 61}


def test_words_match_in_any_ending() -> None:
    assert stems("the reminder mailer").keys() == stems("Reminders, mailing").keys()
    assert shared_words("Replace the reminder mailer", "Rebuild reminder mails") == ("reminder", "mailer")


def test_the_nearest_text_is_the_one_about_the_same() -> None:
    near = neighbours([Text(task.title) for task in ROUNDING], top=1)
    assert (near[0][0].place, near[2][0].place) == (2, 0)


def test_groups_hide_texts_of_the_same_group_and_a_blank_group_hides_nothing() -> None:
    texts = [Text("round amounts"), Text("round amounts"), Text("round sums")]
    assert [found.place for found in neighbours(texts, 3, ["A", "A", "B"])[0]] == [2]
    assert {found.place for found in neighbours(texts, 3, ["", "", "B"])[0]} == {1, 2}


@pytest.mark.parametrize("texts", [[], [Text("alone")], [Text(""), Text("")], [Text("of the"), Text("?")]])
def test_texts_without_anything_to_compare_have_no_neighbours(texts: list[Text]) -> None:
    assert neighbours(texts, 3) == tuple(() for _ in texts)


def test_a_duplicate_is_shown_with_its_words_and_costs_nothing() -> None:
    (first, *_) = probable_duplicate.candidates(context(ROUNDING))
    assert first.identity == ("REF-4", "WAL-3")
    assert set(first.words) == {"round", "amounts", "currency", "shared", "library"}
    assert first.type.hygiene
    assert first.cost == 0
    assert first.at_risk == ()


def test_pairs_within_a_team_only_where_asked_for() -> None:
    assert ("REF-4", "REF-5") not in pairs(probable_duplicate.candidates(context(ROUNDING)))
    assert ("REF-4", "REF-5") in pairs(probable_duplicate.candidates(context(ROUNDING), "all"))


@pytest.mark.parametrize(
    "change",
    [
        {"duplicate_of": ("ref-4",)},
        {"replaces": ("REF-4",)},
        {"alternative_to": ("REF-4",)},
        {"depends_on": (Dependency("REF-4"),)},
        {"touches": (Touch("Money-Format", TouchMode.CREATE),)},
        {"status": Status.DONE},
        {"status": Status.DROPPED},
    ],
    ids=str,
)
def test_what_the_tables_say_already_is_not_proposed(change: dict[str, object]) -> None:
    first, *rest = ROUNDING
    first = replace(first, touches=(Touch("money-format", TouchMode.CREATE),))
    told = [first, *(replace(task, **change) if task.id == "WAL-3" else task for task in rest)]  # type: ignore[arg-type]
    assert ("REF-4", "WAL-3") not in pairs(probable_duplicate.candidates(context(told)))
    assert ("REF-4", "WAL-3") not in pairs(proposals(context(told)))


def test_no_task_is_shown_too_often_and_the_list_is_short() -> None:
    many = tasks("\n".join(f"T-{n} | Team {n} | Round amounts by currency" for n in range(60)))
    found = probable_duplicate.candidates(context(many), per_task=2)
    shown = [task for conflict in found for task in conflict.tasks]
    assert 0 < len(found) <= probable_duplicate.MOST
    assert max(map(shown.count, shown)) <= 2


def test_the_order_of_the_rows_changes_nothing() -> None:
    assert pairs(probable_duplicate.candidates(context(ROUNDING[::-1]))) == pairs(
        probable_duplicate.candidates(context(ROUNDING))
    )


API = tasks(
    """
    INV-2 | Invoicing     | Replace the invoice API with version 2
    SUB-5 | Subscriptions | Add pause fields to the invoice API
    CON-1 | Console       | Show fields of an invoice
    INV-9 | Invoicing     | Document the invoice API
    """
)


def test_a_replacement_against_an_extension_is_proposed_as_touches() -> None:
    (found,) = proposed_touches.candidates(context(API))
    assert found.identity == ("INV-2", "SUB-5")
    assert found.words == ("invoice", "api")
    assert found.resolutions[0].text == (
        'If it is so, type Touches `invoice-api:replace` and Sets `invoice-api.version=2` at "INV-2" '
        'and Touches `invoice-api:extend` at "SUB-5".'
    )


def test_a_known_component_is_proposed_by_its_name() -> None:
    (found,) = proposed_touches.candidates(context(API, ["Invoice-API"]))
    assert "`Invoice-API:replace`" in found.resolutions[0].text


def test_one_word_is_enough_where_it_is_a_component() -> None:
    ledger = tasks("L | Ledger | Drop the ledger\nW | Wallet | Extend the ledger")
    assert proposed_touches.candidates(context(ledger)) == ()
    assert pairs(proposed_touches.candidates(context(ledger, ["ledger"]))) == [("L", "W")]


def test_tasks_that_both_have_touches_have_said_what_they_touch() -> None:
    one, other = API[0], API[1]
    old = replace(one, touches=(Touch("invoice-api-1", TouchMode.REMOVE),))
    new = replace(other, touches=(Touch("invoice-api", TouchMode.EXTEND),))
    assert pairs(proposed_touches.candidates(context([old, other]))) == [("INV-2", "SUB-5")]
    assert proposed_touches.candidates(context([old, new])) == ()


def test_the_more_urgent_of_two_equal_pairs_goes_first() -> None:
    found = tasks(
        """
        A-1 | Ledger | Replace the posting queue
        A-2 | Wallet | Extend the posting queue
        B-1 | Ledger | Replace the refund mailer
        B-2 | Wallet | Extend the refund mailer
        """
    )
    late, urgent = Item("SLOW", HERE, priority=Priority.P3), Item("FAST", HERE, priority=Priority.P0)
    for slow, first in (("A", ("B-1", "B-2")), ("B", ("A-1", "A-2"))):
        planned = tuple(replace(task, items=("SLOW" if task.id[0] == slow else "FAST",)) for task in found)
        roadmap = Roadmap(items=(late, urgent), tasks=planned)
        assert pairs(proposed_touches.candidates(Context(roadmap, MONDAY, Settings(), {})))[0] == first


def test_a_dependency_settles_a_proposed_contradiction() -> None:
    waits = [replace(API[1], depends_on=(Dependency("INV-2"),)), API[0]]
    assert proposed_touches.candidates(context(waits)) == ()


@pytest.mark.parametrize(
    ("title", "mode"),
    [
        ("Migrate the ledger", TouchMode.REPLACE),
        ("Removing old tables", TouchMode.REMOVE),
        ("Add and then remove a flag", TouchMode.REMOVE),
        ("Query cost by service", TouchMode.READ),
    ],
)
def test_verbs_say_what_happens(title: str, mode: TouchMode) -> None:
    assert proposed_touches.mode_of(Task("T", HERE, title)) is mode


def test_the_ten_proposals_for_the_messy_intake_hold_half_of_what_was_planted() -> None:
    sys.path.insert(0, str(DATA))
    try:
        import quillon
    finally:
        sys.path.remove(str(DATA))
    title = {task["Task ID"]: task["Title"] for task in quillon.read_story().sheets["Tasks"]}
    kinds = ("contradicting-values", "extend-before-replace", "need-not-provided", "remove-while-used")
    contradictions = [case for kind in (*kinds, "contested-replacement") for case in quillon.PLANTED[kind]]
    planted = [frozenset(title[id_] for id_ in case) for case in contradictions]
    roadmap = read_roadmap((DATA / "intake-messy.xlsx",), Settings(), MONDAY).roadmap
    bare = tuple(replace(task, touches=(), sets=(), needs=()) for task in roadmap.tasks)
    found = proposals(Context(replace(roadmap, tasks=bare), MONDAY, Settings(), {}))
    titles = {task.id: task.title for task in bare}
    shown = {frozenset(titles[id_] for id_ in conflict.tasks) for conflict in found}
    assert len(found) == 10
    assert 2 * sum(case in shown for case in planted) >= len(planted)
    twice = [frozenset(title[id_] for id_ in case) for case in quillon.PLANTED["duplicate"]]
    assert all(case in shown for case in twice)


def test_text_finds_what_replaced_what(cases: Path) -> None:
    found = recall(cases)
    assert found[5] >= 0.80
    assert found[3] >= 0.65
