"""The story of Quillon Cloud as data: reads the tables in `story/`, checks them, names what was planted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "story"
AREAS = ("billing", "payments", "usage")

Row = Mapping[str, str]
"""Column of ours -> what is typed; blank cells are left out."""

TEAMS = {
    **{"LED": "Ledger", "INV": "Invoicing", "MET": "Metering", "RAT": "Rating", "CAT": "Pricing Catalogue"},
    **{"SUB": "Subscriptions", "TAX": "Tax", "DUN": "Dunning", "PAY": "Payments", "REF": "Refunds", "POU": "Payouts"},
    **{"FRD": "Fraud", "WAL": "Wallet", "REC": "Reconciliation", "SAN": "Sanctions", "CEX": "Cost Explorer"},
    **{"BUD": "Budgets", "EXP": "Usage Exports", "COM": "Commitments", "FOR": "Forecasting"},
    **{"CON": "Billing Console", "IDN": "Identity", "DAT": "Data Platform", "REL": "Release Engineering"},
}
"""Prefix of a task id -> its team."""

PLANTED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "contradicting-values": (("LED-3", "REC-4"),),
    "extend-before-replace": (("SUB-5", "INV-2"),),
    "need-not-provided": (("REF-2",),),
    "remove-while-used": (("MET-6", "EXP-5"),),
    "contested-replacement": (("DUN-4", "CON-8"),),
    "duplicate": (("REF-4", "WAL-3"), ("CEX-3", "FOR-5")),
    "cycle": (("PAY-9", "IDN-4", "FRD-3"),),
    "hypothesis": (("H-1",), ("H-2",), ("H-3",)),
    "one-way-door": (("LED-6",), ("TAX-5",)),
    "bridge": (("EXP-2", "EXP-6"),),
    "unknown-team": (("LED-17",),),
    "dangling-reference": (("REC-5",),),
    "duplicate-id": (("MET-4",),),
    "date-as-text": (("DUN-6",),),
    "effort-as-date": (("EXP-4",),),
    "item-without-task": (("ASK-41",),),
}
"""What is wrong or doubtful in the sample on purpose: kind -> the ids of each case."""


@dataclass(frozen=True)
class Story:
    """The rows of every sheet by our column names, and the story as prose."""

    sheets: Mapping[str, tuple[Row, ...]]
    prose: tuple[str, ...]


def read_story() -> Story:
    """The whole story, checked."""
    items: list[Row] = []
    tasks: list[Row] = []
    for area in AREAS:
        for line in _lines(area):
            if line.startswith(" "):
                tasks.append(_task(_cells(line), items[-1]["Item ID"], tasks))
            else:
                items.append(_item(_cells(line)))
    _check_dependencies(tasks)
    return Story({"Roadmap": tuple(items), "Tasks": tuple(tasks), **_frame()}, tuple(_lines("story")))


def _lines(name: str) -> list[str]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _further(cells: list[str]) -> Row:
    """`Column: value` cells."""
    return dict(cell.split(": ", 1) for cell in cells if cell)


def _typed(row: Row) -> Row:
    return {column: value for column, value in row.items() if value}


def _item(cells: list[str]) -> Row:
    id_, title, pm, priority, target, commitment, customer, *further = cells
    source = "operations" if id_.startswith("OPS") else "customer" if customer != "-" else "internal"
    row = {"Item ID": id_, "Title": title, "Source": source, "Customer": customer.strip("-"), "PM": pm}
    row |= {"Priority": priority, "Target": target, "Commitment": commitment}
    return _typed({**row, **_further(further)})


def _task(cells: list[str], item: str, before: list[Row]) -> Row:
    """A task line; `^` in its dependencies is the task above, `^2` the one above that."""
    id_, title, effort, after, *further = cells
    after = re.sub(r"\^(\d?)", lambda match: before[-int(match[1] or 1)]["Task ID"], after)
    row = {"Task ID": id_, "Title": title, "Item ID(s)": item, "Team": TEAMS[id_[:3]], "Effort": effort}
    return _typed({**row, "Depends on": after, **_further(further)})


def _frame() -> Mapping[str, tuple[Row, ...]]:
    """The sheets around the work: `[Sheet]`, then a line of headers, then rows."""
    sheets: dict[str, list[list[str]]] = {}
    for line in _lines("frame"):
        if line.startswith("["):
            rows = sheets.setdefault(line.strip("[]"), [])
        else:
            rows.append(_cells(line))
    return {
        sheet: tuple(_typed(dict(zip(headers, cells, strict=True))) for cells in rows)
        for sheet, (headers, *rows) in sheets.items()
    }


def predecessors(task: Row) -> tuple[str, ...]:
    """Ids that a task depends on."""
    return tuple(re.findall(r"[A-Z]{3}-\d+", task.get("Depends on", "")))


def _check_dependencies(tasks: list[Row]) -> None:
    """Every reference finds a task, and the only circle is the planted one."""
    dangling = {id_ for (id_,) in PLANTED["dangling-reference"]}
    waiting: dict[str, set[str]] = {}
    for task in tasks:
        waiting.setdefault(task["Task ID"], set()).update(predecessors(task))
    unknown = {id_ for id_, needs in waiting.items() if needs - waiting.keys()}
    assert unknown == dangling, f"references to nothing: {unknown ^ dangling}"
    while ready := {id_ for id_, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {id_: needs for id_, needs in waiting.items() if id_ not in ready}
    cycle = set(PLANTED["cycle"][0])
    while ends := {id_ for id_ in waiting if not any(id_ in needs for needs in waiting.values())}:
        waiting = {id_: needs for id_, needs in waiting.items() if id_ not in ends}
    assert set(waiting) == cycle, f"circles: {set(waiting) ^ cycle}"
