"""Laws of the whole story: small workbooks end with a verified plan or a clash; the order of rows changes nothing."""

import csv
import json
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.plan import Plan
from planner.pipeline import Inputs, PlanOptions, plan
from planner.report.plan_json import plan_json

MONDAY = date(2026, 9, 7)
HEADERS = ("Task ID", "Title", "Item ID", "Team", "Effort", "Engineers", "Duration", "Depends on", "Not before")
HEADERS += ("Due", "Status", "% done", "Actual start", "Actual finish", "Touches", "Launch")
DIRT = ("TBD", "n/a", "=1+1", "???", "-3", "31/02/2027", "Übung", "1e9", "T-1; T-1")
WORK = 20
"""Milliseconds of search; without any, facts that clash are not looked for either."""
Row = tuple[str, ...]


@st.composite
def rows(draw) -> list[Row]:
    """Tasks with ids of their own that refer to each other and to nothing; some cells hold dirt."""
    count = draw(st.integers(1, 6))
    ids = [f"T-{number}" for number in range(1, count + 2)]
    reference = st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "", "soft:", "launch:"]),
        st.sampled_from(ids),
        st.sampled_from(["", "", " SS", " FF+2d", " FS-1d", " SF+3d"]),
    )
    days = ["", "", "2026-09-14", "2026-10-01!", "Q4 2026", "03/11/2026", "2026-09-09!"]
    past = ["", "", "2026-08-03", "2026-09-01", "2027-01-01"]
    cells = (
        st.sampled_from(["Refunds", "Ledger", "Usage by minute"]),
        st.sampled_from(["", "A-1", "A-2; A-1", "A-9"]),
        st.sampled_from(["", "Pay", "Ledger", "Pay; Ledger", "external:Acme", "pay / Web"]),
        st.sampled_from(["", "3", "0", "M", "2-3-8", "Pay=2; Ledger=3", "0.1", "60"]),
        st.sampled_from(["", "", "1", "0.5", "40"]),
        st.sampled_from(["", "", "3", "0", "2w"]),
        st.lists(reference, max_size=3).map("; ".join),
        st.sampled_from(days),
        st.sampled_from(days),
        st.sampled_from(["", "", "in progress", "done", "dropped"]),
        st.sampled_from(["", "50%", "100%"]),
        st.sampled_from(past),
        st.sampled_from(past),
        st.sampled_from(["", "ledger:replace", "ledger; api:read"]),
        st.sampled_from(["", "no"]),
    )
    clean = [(name, *draw(st.tuples(*cells))) for name in ids[:count]]
    return [_dirtied(draw, row) for row in clean]


def _dirtied(draw, row: Row) -> Row:
    """The row with dirt in one cell or in none, never in the id."""
    place = draw(st.integers(1, 2 * len(row)))
    return tuple(draw(st.sampled_from(DIRT)) if index == place else cell for index, cell in enumerate(row))


SHEETS = {
    "roadmap": (
        ("Item ID", "Title", "Cost of delay", "Target", "Commitment"),
        ("A-1", "Refunds", "5", "Q4 2026", "must"),
        ("A-2", "Statements", "", "2026-09-30", ""),
    ),
    "teams": (("Team", "Engineers", "Operations", "Calendar"), ("Pay", "2", "0", ""), ("Ledger", "1", "20%", "DE")),
    "calendar": (("Name", "Kind", "Start", "End"), ("Freeze", "block", "2026-09-21", "2026-10-09")),
}


def planned(tasks: Sequence[Row]) -> Plan:
    """The plan of these tasks beside two items, two teams and a block, with little search."""
    with TemporaryDirectory() as folder:
        for name, lines in {**SHEETS, "tasks": (HEADERS, *tasks)}.items():
            with (Path(folder) / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(lines)
        return plan(Inputs((Path(folder),), as_of=MONDAY), PlanOptions(work=WORK))


def placeless(made: Plan) -> object:
    """What plan.json holds, without cells and the folder's name; doubts stand in no order."""

    def strip(node: object) -> object:
        if isinstance(node, dict):
            return {key: strip(value) for key, value in node.items() if key not in ("cell", "cells")}
        return [strip(entry) for entry in node] if isinstance(node, list) else node

    outside = ("title", "paths")  # the folder
    written = {name: strip(node) for name, node in json.loads(plan_json(made)).items() if name not in outside}
    return written | {name: sorted(written[name], key=json.dumps) for name in ("diagnostics", "assumptions")}


@settings(max_examples=60, deadline=None)
@given(rows())
def test_a_workbook_ends_with_a_verified_plan_or_a_clash(tasks):
    """`plan` raises where its verifier objects; here it must not, whatever was typed."""
    made = planned(tasks)
    live = {task.id for task in made.roadmap.tasks if task.status.value != "dropped"}
    assert made.clash or {task.id for task in made.tasks} == live


@settings(max_examples=40, deadline=None)
@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(tasks, rng: random.Random):
    """Ids are unique and none is blank; nor is an item or a team, since a blank may mean "as above"."""
    said = [(*row[:2], row[2] or "-", row[3] or "-", *row[4:]) for row in tasks]
    assert placeless(planned(rng.sample(said, len(said)))) == placeless(planned(said))
