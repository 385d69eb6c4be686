"""The clashes of a workbook that nobody has settled yet: kept in `.roadmap/clashes/` from one merge to the next."""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path

from planner.domain.edits import CellValue
from planner.domain.merge_report import Clash
from planner.pipeline.files import write

_VALUES = ("base", "ours", "theirs")


def open_clashes(state: Path, master: Path) -> tuple[Clash, ...]:
    """The clashes that were left by the merge before; none where the file is missing."""
    path = _file(state, master)
    if not path.exists():
        return ()
    return tuple(
        Clash(**{**clash, **{name: _value(clash[name]) for name in _VALUES}})
        for clash in json.loads(path.read_text(encoding="utf-8"))
    )


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
