"""`.roadmap/log.jsonl`: who changed which cells of which workbook, when and for which export; a line for each change.

A change is announced in `.roadmap/pending.json`, made (`.bak`, then the workbook), logged and its announcement taken
away, in this order. A run that was killed in between leaves the announcement; the next one sees by the workbook's
hash whether the change was made, and logs it or forgets it.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from planner.domain.edits import CellValue, Patched
from planner.domain.errors import UserError
from planner.domain.merging import AddedRow
from planner.pipeline.files import write
from planner.pipeline.locks import user
from planner.pipeline.replacing import BACKUP, replace_workbook

LOG, PENDING = "log.jsonl", "pending.json"


@dataclass(frozen=True, slots=True)
class LoggedCell:
    """A cell that was changed: of which row and column, where, from what to what, on whose word."""

    sheet: str
    key: str
    column: str
    cell: str
    before: CellValue
    after: CellValue
    by: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the log: a command and what it did to one workbook.

    `exports` are the ids of those that were answered, `settled` of the clashes that were decided; `before` and
    `after` the workbook's SHA-256.
    """

    command: str
    workbook: str
    exports: tuple[str, ...] = ()
    cells: tuple[LoggedCell, ...] = ()
    added: tuple[AddedRow, ...] = ()
    settled: tuple[str, ...] = ()
    who: str = ""
    when: str = ""
    """ISO, UTC."""
    before: str = ""
    after: str = ""


def replace_and_log(state: Path, path: Path, patched: Patched, read: bytes, entry: Entry) -> bool:
    """Replace a workbook and log it, so that a run killed between any two steps is made good by `repair`.

    Whether the workbook has changed; the entry is logged also where it has not, if it answers an export.

    Raises
    ------
    UserError
        If the workbook is open in a spreadsheet program, or was saved since it was `read`.
    """
    done = replace(
        entry, who=user(), when=datetime.now(UTC).isoformat(), before=_hash(read), after=_hash(patched.content)
    )
    if patched.content == read and not (entry.exports or entry.settled):
        return False
    pending = state / PENDING
    write(pending, _line({"path": str(path.resolve()), "entry": asdict(done)}))
    try:
        has_changed = replace_workbook(path, patched, read)
    except BaseException:
        if path.read_bytes() == read:
            pending.unlink()
        raise
    _append(state / LOG, done)
    pending.unlink()
    return has_changed


def append(state: Path, entry: Entry, before: bytes, after: bytes) -> None:
    """Log a workbook that was made of another one, which stays as it was."""
    done = replace(entry, who=user(), when=datetime.now(UTC).isoformat(), before=_hash(before), after=_hash(after))
    _append(state / LOG, done)


def repair(state: Path) -> None:
    """Finish what a killed run has begun: a change that was made is logged, one that was not is forgotten."""
    pending = state / PENDING
    if not pending.exists():
        return
    content = json.loads(pending.read_bytes())
    entry, path = _entry(content["entry"]), Path(content["path"])
    if _was_made(entry, path) and entry not in entries(state):
        _append(state / LOG, entry)
    pending.unlink()


def entries(state: Path) -> tuple[Entry, ...]:
    """The log, the oldest first; a last line that was not written to its end is left out.

    Raises
    ------
    UserError
        If somebody has spoilt it: what it says about added rows and decided clashes must not be forgotten unseen.
    """
    path = state / LOG
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    try:
        return tuple(_entry(json.loads(line)) for line in lines if line.endswith(b"\n"))
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"{path}: a line of the log cannot be read ({error}); mend it, or move the file away"
        ) from error


def _was_made(entry: Entry, path: Path) -> bool:
    """Whether the workbook was replaced; somebody may have saved it since, then its `.bak` tells."""
    now = _hash(path.read_bytes()) if path.exists() else ""
    if now in (entry.before, entry.after):
        return now == entry.after
    old = path.with_name(path.name + BACKUP)
    return old.exists() and _hash(old.read_bytes()) == entry.before


def _append(path: Path, entry: Entry) -> None:
    """Add a line and wait until the disk has it; half a line, left by a run that was killed, is cut off before."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        with os.fdopen(os.dup(handle), "rb") as stream:
            whole = stream.read().rfind(b"\n") + 1
        os.ftruncate(handle, whole)
        os.lseek(handle, whole, os.SEEK_SET)
        line = _line(asdict(entry))
        while line:
            line = line[os.write(handle, line) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _line(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, default=lambda value: value.isoformat())
    return text.encode("utf-8", "replace") + b"\n"


def _entry(content: Mapping[str, Any]) -> Entry:
    """An entry as it was logged."""
    parts = {
        "exports": tuple(content["exports"]),
        "cells": tuple(LoggedCell(**cell) for cell in content["cells"]),
        "added": tuple(AddedRow(**row) for row in content["added"]),
        "settled": tuple(content["settled"]),
    }
    return Entry(**{**content, **parts})


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
