"""What `roadmap export` did, as text and as JSON: which workbooks, for whom, how much is in each."""

import json
from dataclasses import asdict

from planner.domain.exports import ExportedFile, ExportRun, ReceiverKind
from planner.report.columns import aligned
from planner.report.wording import count, plain

HEADERS = ("file", "items", "tasks", "questions", "changes")


def exports_text(run: ExportRun) -> str:
    """A table of the files, then what has to be known of them; ends with a newline."""
    if not run.files:
        return f"{plain(run.title)}: there is no {_who(run.kind)} to send anything to.\n"
    rows = [HEADERS, *(_cells(file, run.folder) for file in run.files)]
    lines = [f"{plain(run.title)}: {count(len(run.files), 'workbook')} in {run.folder}", ""]
    lines += aligned(rows)
    return "\n".join([*lines, "", *_notes(run)]).rstrip() + "\n"


def exports_json(run: ExportRun) -> str:
    """Everything for programs; ends with a newline."""
    return json.dumps(asdict(run), ensure_ascii=False, indent=1) + "\n"


def _who(kind: ReceiverKind) -> str:
    return "PM" if kind is ReceiverKind.PM else "team"


def _cells(file: ExportedFile, folder: str) -> tuple[str, ...]:
    name = file.path.removeprefix(folder).lstrip("/\\")
    return plain(name), *(str(amount) for amount in (file.items, file.tasks, file.questions, file.news))


def _notes(run: ExportRun) -> list[str]:
    """What is not as somebody may think."""
    notes = []
    for file in run.files:
        if not file.receiver.name:
            what = f"{count(file.items, 'item')} and {count(file.tasks, 'task')}"
            notes.append(f"{what} have no {_who(run.kind)}: they are in {file.path}, for nobody yet.")
            column = "PM" if run.kind is ReceiverKind.PM else "Team"
            notes.append(f'Fill the column "{column}" of {run.master} and export again.')
    reserved = sum(file.reserved_items + file.reserved_tasks for file in run.files)
    if reserved:
        notes.append(f"{count(reserved, 'row')} went out as Reserved, as their Audience does not name the receiver.")
    own = [file.receiver.name for file in run.files if file.reserved_items and run.kind is ReceiverKind.PM]
    if own:
        notes.append(
            f"Reserved from their own PM: items of {', '.join(own)}. Add the PM to the Audience to send them."
        )
    if not run.unchanged:
        notes.append("The plan written last does not hold on these workbooks (or there is none): planned anew.")
    return notes
