"""Laws of intake: the order of rows changes nothing, no table makes it raise, and it is fast."""

import random
import time
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.settings import Settings
from planner.sheets.columns import columns_of, sheet_names
from planner.sheets.roadmap import build_roadmap
from tests.sheets.tables import rows_table
from tests.sheets.test_values_properties import cells

TODAY = date(2026, 9, 1)
HEADERS = ["Task ID", "Title", "Team", "Effort", "Depends on", "Item ID(s)", "Status", "Due"]


@st.composite
def task_rows(draw):
    """Rows with unique ids that refer to each other, to nothing, and to items, with teams of several spellings."""
    count = draw(st.integers(1, 8))
    references = st.sampled_from(
        [f"T-{n}" for n in range(count + 2)] + ["I-1", "none", "after T-1 is done", "soft:T-2 SS+1d"]
    )
    return [
        [
            f"T-{number}",
            draw(st.sampled_from(["Refund", "Ledger", None])),
            draw(st.sampled_from(["Web", "web", "WEB / Pay", "Pay", "Pay & Web", None, "TBD"])),
            draw(st.sampled_from(["8", "2-8", "M", "TBD", None, 3.0])),
            "; ".join(draw(st.lists(references, max_size=3))) or None,
            draw(st.sampled_from(["I-1", "i-1; I-2", None])),
            draw(st.sampled_from(["done", "wip", None, "odd"])),
            draw(st.sampled_from(["03/04/2027", "Q4 2026", "13/05/2027", None])),
        ]
        for number in range(count)
    ]


def without_rows(reading):
    """What was read and said, without where it stood and in no order."""
    roadmap = reading.roadmap
    tasks = {
        (
            t.id,
            t.title,
            t.teams,
            t.estimate,
            t.items,
            t.status,
            t.due,
            tuple((d.predecessor, d.link, d.lag) for d in t.depends_on),
        )
        for t in roadmap.tasks
    }
    return (
        tasks,
        {item.id for item in roadmap.items},
        {team.name for team in roadmap.teams},
        sorted((d.rule.id, d.message, d.suggestion) for d in reading.diagnostics),
        sorted((a.column, a.subject, a.value) for a in reading.assumptions),
    )


@settings(max_examples=150, deadline=None)
@given(task_rows(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, rng):
    shuffled = rng.sample(rows, len(rows))
    first, second = (build_roadmap([rows_table(HEADERS, order)], Settings(), TODAY) for order in (rows, shuffled))
    assert without_rows(first) == without_rows(second)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sheet_names()), st.data())
def test_no_table_makes_it_raise(kind, data):
    headers = [column.name for column in columns_of(kind)]
    rows = data.draw(st.lists(st.lists(cells, min_size=len(headers), max_size=len(headers)), max_size=3))
    tables = [rows_table(headers, rows, kind), rows_table(["Task ID", "Title"], [["PAY-7", "x"]])]
    roadmap = build_roadmap(tables, Settings(), TODAY).roadmap
    ids = [task.id for task in roadmap.tasks]
    assert len(set(ids)) == len(ids)
    assert all(dependency.predecessor in ids for task in roadmap.tasks for dependency in task.depends_on)


def test_ten_thousand_tasks_are_understood():
    rng = random.Random(7)
    rows = [
        [
            f"T{number % 24}-{number}",
            f"Task {number}",
            f"Team {number % 24}",
            rng.choice(["8", "2-3-8", "M", 5.0]),
            f"T{(number - 1) % 24}-{number - 1}; soft:T{number % 24}-{number + 20_000}" if number else None,
            f"I-{number % 400}",
            "planned",
            "2026-12-01",
        ]
        for number in range(10_000)
    ]
    start = time.process_time()
    reading = build_roadmap([rows_table(HEADERS, rows)], Settings(), TODAY)
    assert time.process_time() - start < 4  # 1.2 s on the machine it was written on; quadratic would take minutes
    assert len(reading.roadmap.tasks) == 10_000
    assert sum(d.rule.id == "dangling-reference" for d in reading.diagnostics) == 9_999
