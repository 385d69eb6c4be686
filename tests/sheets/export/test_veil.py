"""What a receiver may not see, and where it is mentioned."""

import pytest

from planner.domain.cells import Source
from planner.domain.exports import Receiver, ReceiverKind
from planner.domain.roadmap import Item, Roadmap, Task
from planner.sheets.export.veil import Veil

HERE = Source("q3.xlsx", "Roadmap", 2)
ROADMAP = Roadmap(
    items=(
        Item("ASK-1", HERE, "Refunds"),
        Item("SEC-1", HERE, "Project Falcon", audience=("Erin", "Pay Team")),
        Item("SEC-2", HERE, "Refunds", audience=("Erin",)),
    ),
    tasks=(
        Task("PAY-1", HERE, "Screen", items=("ASK-1",)),
        Task("PAY-2", HERE, "Both", items=("ask-1", "sec-1")),
        Task("X(1)", HERE, "Build it", items=("SEC-1",)),
    ),
)


def veil(name: str, kind: ReceiverKind = ReceiverKind.PM) -> Veil:
    return Veil(ROADMAP, Receiver(kind, name))


@pytest.mark.parametrize(
    ("name", "items", "tasks"),
    [
        ("Ada", {"sec-1", "sec-2"}, {"pay-2", "x(1)"}),
        ("  ERIN ", set(), set()),
        ("pay  team", {"sec-2"}, set()),
        ("", {"sec-1", "sec-2"}, {"pay-2", "x(1)"}),
    ],
)
def test_the_audience_names_who_sees_an_item_and_its_tasks(name: str, items: set[str], tasks: set[str]) -> None:
    assert (veil(name).items, veil(name).tasks) == (items, tasks)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("waits for sec-1, then PAY-1", "waits for Reserved, then PAY-1"),
        ("PAY-2;PAY-1", "Reserved;PAY-1"),
        ("PAY-21 and XPAY-2", "PAY-21 and XPAY-2"),
        ("like project  falcon, but smaller", "like Reserved, but smaller"),
        ("after X(1) SS+2d", "after Reserved SS+2d"),
        ("Refunds", "Refunds"),  # others bear this title, too
    ],
)
def test_mentions_are_covered_as_whole_words(text: str, covered: str) -> None:
    assert veil("Ada").covered(text) == covered
    assert veil("Ada").mentions(text) == (text != covered)
    assert veil("Erin").covered(text) == text
