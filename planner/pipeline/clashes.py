"""Clashes on their way to a decision: found, asked about, and kept in `.roadmap/clashes/` until somebody decides."""

import json
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from planner.domain.edits import CellValue
from planner.domain.merge_report import Clash
from planner.domain.merging import Difference, Verdict
from planner.pipeline.files import write
from planner.sheets.merge.answers import Answer, QuestionKind
from planner.sheets.merge.grid import SheetGrid, rows_of

Ask = Callable[[Clash], str]
"""Says about a clash "ours", "theirs", "base" or a value, or, to leave it, nothing."""
Place = tuple[str, str, str]
"""Sheet, key and column of a cell."""

_VALUES = ("base", "ours", "theirs")


def open_clashes(state: Path, master: Path) -> tuple[Clash, ...]:
    """The clashes that were left by the merge before; none where the file is missing."""
    path = _file(state, master)
    if not path.exists():
        return ()
    return tuple(map(_clash, json.loads(path.read_text(encoding="utf-8"))))


def _clash(kept: dict[str, Any]) -> Clash:
    """A clash as it was kept."""
    values = {name: _value(kept[name]) for name in _VALUES}
    row = tuple((key, _value(value)) for key, value in kept.get("row", ()))
    return Clash(**{**kept, **values, "row": row})


def keep_clashes(state: Path, master: Path, clashes: Sequence[Clash]) -> None:
    """Remember what is left; without any there is no file."""
    path = _file(state, master)
    if clashes:
        path.parent.mkdir(parents=True, exist_ok=True)
        content = [{field.name: getattr(clash, field.name) for field in fields(clash)} for clash in clashes]
        write(path, json.dumps(content, ensure_ascii=False, indent=1, default=_tagged).encode())
    else:
        path.unlink(missing_ok=True)


def _file(state: Path, master: Path) -> Path:
    return state / "clashes" / f"{master.name}.json"


def _tagged(value: date) -> dict[str, str]:
    return {"time" if isinstance(value, datetime) else "day": value.isoformat()}


def _value(value: CellValue | dict[str, str]) -> CellValue:
    if not isinstance(value, dict):
        return value
    return datetime.fromisoformat(value["time"]) if "time" in value else date.fromisoformat(value["day"])


def clash_of(difference: Difference) -> Clash:
    """A difference as something to decide about."""
    return Clash(
        sheet=difference.sheet,
        key=difference.key,
        column=difference.column,
        base=difference.base,
        ours=difference.ours,
        theirs=difference.theirs,
        who=difference.who,
        reason=difference.reason,
        row=difference.row,
    )


def asked(differences: Sequence[Difference], ask: Ask) -> Iterator[Answer]:
    """What somebody at the terminal says about each cell that clashes."""
    for difference in differences:
        if difference.verdict is not Verdict.CLASH or not difference.column or difference.theirs_cell is None:
            continue
        clash = clash_of(difference)
        said = ask(clash)
        if said:
            yield Answer(
                question=clash.id,
                kind=QuestionKind.CLASH,
                sheet=clash.sheet,
                key=clash.key,
                column=clash.column,
                answer=said,
                cell=difference.theirs_cell,
                base=clash.base,
                ours=clash.ours,
                theirs=clash.theirs,
                row=clash.row,
            )


def left(
    before: Sequence[Clash],
    differences: Sequence[Difference],
    tables: Sequence[SheetGrid],
    decided: Container[Place],
    anew: Container[str],
) -> tuple[Clash, ...]:
    """The clashes of this run, behind those of runs `before` that are still open.

    Open is a cell or row that nobody has `decided` about and whose file is not among those that were merged `anew`;
    a cell that says by now what the file wanted is settled, and so is a row that is gone.
    """
    rows = {(row.grid.kind, row.row.id) for row in (rows_of(tables) if before else ())}
    values = {
        (row.grid.kind, row.row.id, column.name): row.value(key)
        for row in (rows_of(tables) if before else ())
        for key, column in row.grid.columns.items()
    }
    kept = (
        clash
        for clash in before
        if clash.place not in decided and clash.who not in anew
        if (values.get(clash.place, clash.ours) != clash.theirs if clash.column else (clash.sheet, clash.key) in rows)
    )
    found = (clash_of(difference) for difference in differences if difference.verdict is Verdict.CLASH)
    return tuple({clash.id: clash for clash in (*kept, *found)}.values())
