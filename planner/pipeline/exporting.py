"""The story of `roadmap export`: a workbook for every PM or team, kept as the base of what they send back."""

import re
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from planner.domain.errors import UserError
from planner.domain.exports import ExportedFile, ExportRun, Receiver, ReceiverKind, Sent
from planner.domain.parcel import Parcel
from planner.domain.roadmap import id_key
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, PlanOptions, Report, silent, state_folder
from planner.pipeline.locks import locked
from planner.pipeline.log import entries
from planner.pipeline.replacing import refuse_open
from planner.pipeline.sent import base_of, keep, last_to
from planner.pipeline.taking_up import TakenUp, taken_up
from planner.report.export_xlsx import export_xlsx
from planner.report.plan_json import plan_id
from planner.sheets.export.parcels import Master, parcels, record_of
from planner.sheets.export.stamp import PROPERTY, SHEET, exported, mark_of
from planner.sheets.files import find_files, read_tables

LONGEST_NAME = 80
"""Characters of a file name that every system takes."""
_UNSAFE = frozenset('\\/:*?"<>|')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for itself."""


def export(
    inputs: Inputs,
    options: PlanOptions,
    kind: ReceiverKind,
    folder: Path | None = None,
    plan_file: Path | None = None,
    report: Report = silent,
) -> ExportRun:
    """Write a workbook for every PM or team into a folder; each is stored first, as the base of what comes back.

    Raises
    ------
    UserError
        If there is no plan, or a file in the folder is open, none of ours, or edited since it was sent.
    """
    now = taken_up(inputs, options, plan_file, report)
    tables = read_tables(now.inputs.paths, now.settings, report).tables
    master = Master(now.plan, tables, now.missing, _authors(now.inputs))
    made = parcels(master, kind, lambda receiver: last_to(now.inputs, receiver))
    folder = folder or Path("exports") / now.plan.title
    names = file_names([parcel.export.receiver for parcel in made])
    paths = [folder / name for name in names]
    for path in paths:
        _refuse(path, now.inputs)
    state = state_folder(now.inputs)
    for place in (state, folder):
        place.mkdir(parents=True, exist_ok=True)
    with locked(state, "roadmap export"):
        for parcel, path in zip(made, paths, strict=True):
            report(f"writing {path.name}")
            _send(parcel, path, now)
    return ExportRun(
        kind=kind,
        title=now.plan.title,
        master=str(now.inputs.paths[0]),
        folder=str(folder),
        files=tuple(_file(parcel, path) for parcel, path in zip(made, paths, strict=True)),
        unchanged=now.unchanged,
    )


def file_names(receivers: Sequence[Receiver]) -> list[str]:
    """A file name for each, safe on every system; names that would be one get a number.

    >>> file_names([Receiver(ReceiverKind.PM, name) for name in ("A/B", "a:b", "", "CON")])
    ['A-B.xlsx', 'a-b (2).xlsx', 'nobody.xlsx', 'CON-.xlsx']
    """
    taken: set[str] = set()
    names = []
    for receiver in receivers:
        stem = safe_stem(receiver.shown)
        number, free = 1, stem
        while free.casefold() in taken:
            number += 1
            free = f"{stem} ({number})"
        taken.add(free.casefold())
        names.append(f"{free}.xlsx")
    return names


def safe_stem(name: str) -> str:
    """A name without what some system does not take."""
    kept = "".join(
        "-" if letter in _UNSAFE or not letter.isprintable() else letter
        for letter in unicodedata.normalize("NFC", name)
    )
    stem = kept[:LONGEST_NAME].strip(" .~$") or "unnamed"
    return f"{stem}-" if _DEVICES.fullmatch(stem.partition(".")[0]) else stem


def _authors(inputs: Inputs) -> dict[str, str]:
    """Whose files the tasks came in that were merged as new ones: folded id -> name."""
    labels = find_files(inputs.paths).keys()
    log = (entry for entry in entries(state_folder(inputs)) if entry.workbook in labels)
    return {id_key(row.id): row.who for entry in log for row in entry.added if row.sheet == "Tasks"}


def _refuse(path: Path, inputs: Inputs) -> None:
    """A file that stands in the way must be the one that was sent, untouched: nobody's edits are overwritten."""
    refuse_open(path)
    if not path.exists():
        return
    content = path.read_bytes()
    mark = exported(content, str(path)) if zipfile.is_zipfile(path) else None
    if mark is None:
        raise UserError(f"{path} is no workbook that roadmap has sent: choose another folder with --out")
    if base_of(inputs, mark.id) != content:
        raise UserError(
            f"{path} was edited since it was sent: merge it with `roadmap merge`, then move it away, "
            "or choose another folder with --out"
        )


def _send(parcel: Parcel, path: Path, now: TakenUp) -> None:
    """Store a workbook and its record, then write it where it is taken from."""
    content = export_xlsx(parcel, mark_of(parcel.export), PROPERTY, SHEET)
    items, tasks, conflicts = record_of(parcel)
    sent = Sent(
        id=parcel.export.id,
        receiver=parcel.export.receiver,
        made=datetime.now(UTC).isoformat(timespec="microseconds"),
        plan=plan_id(now.plan),
        files=tuple(map(str, now.inputs.paths)),
        path=str(path),
        items=items,
        tasks=tasks,
        conflicts=conflicts,
    )
    keep(now.inputs, sent, content)
    write(path, content)


def _file(parcel: Parcel, path: Path) -> ExportedFile:
    return ExportedFile(
        path=str(path),
        id=parcel.export.id,
        receiver=parcel.export.receiver,
        items=len(parcel.items.rows),
        tasks=len(parcel.tasks.rows),
        questions=len(parcel.questions),
        news=len(parcel.news),
        reserved_items=sum(row.reserved for row in parcel.items.rows),
        reserved_tasks=sum(row.reserved for row in parcel.tasks.rows),
    )
