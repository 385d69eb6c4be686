"""What a plan says of itself in a workbook that it is written into, and what is said of the writing."""

from collections.abc import Sequence

from planner.domain.edits import CellValue, OwnSheet
from planner.domain.exports import Sent
from planner.domain.own_sheets import PLAN_SHEET, PLAN_SHEET_TITLE
from planner.domain.plan import Plan, PlannedItem
from planner.domain.writing_back import WrittenBack
from planner.report.document import document
from planner.report.wording import count, listing, plain

HEADERS = ("Item", "Title", "PM", "Lands", "Target", "Working days late", "Last task", "Why then")
WIDTHS = (16, 44, 16, 14, 14, 18, 14, 70)
MOST_REFUSED = 20
"""Refused cells that are listed; the rest is counted."""


def plan_sheet(plan: Plan, plan_id: str, file: str, sent: int = 0, waiting: Sequence[Sent] = ()) -> OwnSheet:
    """The sheet "Roadmap plan" of one workbook: how the plan stands, and when the items land that it may show.

    `sent` people were sent their part of the workbook; what they are `waiting` with is as old as what they got.
    """
    content = document(plan)
    quality = next((section.sentences for section in content.sections if section.title == "How good the plan is"), ())
    facts: list[tuple[CellValue, ...]] = [
        ("As of", plan.as_of),
        ("Plan", plan_id),
        ("Status", plan.status),
        *(("", text) for text in (*content.lead[1:], *quality)),
        *_answers(sent, waiting),
        ("Next", plan.next_command),
    ]
    items = [_item(item) for item in plan.items if _is_shown(plan, item, file)]
    table: list[tuple[CellValue, ...]] = [(), HEADERS, *items] if items else []
    return OwnSheet(PLAN_SHEET, ((PLAN_SHEET_TITLE,), *facts, *table), WIDTHS)


def _answers(sent: int, waiting: Sequence[Sent]) -> list[tuple[CellValue, ...]]:
    """How many have answered, and the age of what the others have not."""
    if not sent:
        return []
    rest = (
        f"{one.receiver.shown}: {count(len(one.items), 'item')}, {count(len(one.tasks), 'task')} "
        f"as sent on {one.made[:10]}, not answered"
        for one in waiting
    )
    return [("Answers", f"{sent - len(waiting)} of {count(sent, 'file')} in"), *(("", text) for text in rest)]


def _is_shown(plan: Plan, item: PlannedItem, file: str) -> bool:
    """Items of this very workbook, and of others those that its tasks serve and everybody may see."""
    if any(cell.file == file for cell in item.cells):
        return True
    known = plan.roadmap.items_by_id().get(item.id)
    tasks = plan.roadmap.tasks_by_id()
    serves = any(tasks[task].source.file == file for task in item.tasks if task in tasks)
    return serves and known is not None and not known.audience


def _item(item: PlannedItem) -> tuple[CellValue, ...]:
    return (
        item.id,
        item.title,
        item.pm,
        item.lands,
        item.target.text if item.target else None,
        item.days_late or None,
        item.last_task,
        item.reason.text if item.reason else "nobody has taken it",
    )


def written_back_text(written: tuple[WrittenBack, ...]) -> str:
    """A line for each workbook, below it what could not be written and what to do about it."""
    if not written:
        return "Nothing is planned, so nothing was written back.\n"
    return "\n".join(line for workbook in written for line in _lines(workbook)) + "\n"


def _lines(written: WrittenBack) -> list[str]:
    if not written.is_writable:
        return [f"{written.path} is no .xlsx or .xlsm file: not touched. Its plan is in reports/."]
    if not written.is_changed:
        lines = [f"{written.path} says already what this plan says: not touched."]
    else:
        added = f"added {listing(written.added, len(written.added))}" if written.added else ""
        changed = f"changed {count(len(written.changed), 'cell')}" if written.changed else ""
        what = " and ".join(filter(None, (added, changed))) or f'updated the sheet "{PLAN_SHEET}"'
        lines = [f"Wrote {count(written.tasks, 'task')} back into {written.path}: {what}. Before: {written.backup}"]
    refused = tuple(dict.fromkeys(written.refused))
    shown = refused[:MOST_REFUSED]
    lines += [f"  not written: {refusal.cell} {plain(refusal.message)}" for refusal in shown]
    if len(refused) > len(shown):
        lines.append(f"  and {count(len(refused) - len(shown), 'cell')} more")
    return lines
