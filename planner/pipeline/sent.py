"""The workbooks that were sent out: each kept whole with its record in `.roadmap/exports/ID/`, beside the master."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from planner.domain.exports import PlannedSpan, Receiver, ReceiverKind, Sent
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, state_folder

RECORD, BASE = "export.json", "sent.xlsx"


def keep(inputs: Inputs, sent: Sent, content: bytes) -> Path:
    """Store a workbook and its record, the record last: an export without one was never finished."""
    folder = _folder(inputs) / sent.id
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / BASE, content)
    return write(folder / RECORD, _record(sent).encode())


def stored(inputs: Inputs) -> tuple[Sent, ...]:
    """All that was sent, the newest last; what has no readable record is left out."""
    found = filter(None, map(_read, sorted(_folder(inputs).glob(f"*/{RECORD}"))))
    return tuple(sorted(found, key=lambda sent: (sent.made, sent.id)))


def last_to(inputs: Inputs, receiver: Receiver) -> Sent | None:
    """What a receiver was sent last; None if nothing."""
    return next((sent for sent in reversed(stored(inputs)) if sent.receiver.key == receiver.key), None)


def base_of(inputs: Inputs, export: str) -> bytes | None:
    """The workbook as it was sent under this export id; None where it is not stored here."""
    path = base_path(inputs, export)
    return path.read_bytes() if path else None


def base_path(inputs: Inputs, export: str) -> Path | None:
    """Where the workbook that was sent under this export id is stored; None where it is not."""
    path = _folder(inputs) / Path(export).name / BASE
    return path if path.is_file() else None


def _folder(inputs: Inputs) -> Path:
    return state_folder(inputs) / "exports"


def _record(sent: Sent) -> str:
    content = {
        "id": sent.id,
        "receiver": {"kind": sent.receiver.kind, "name": sent.receiver.name},
        "made": sent.made,
        "plan": sent.plan,
        "files": sent.files,
        "path": sent.path,
        "items": {item: _day(lands) for item, lands in sent.items.items()},
        "tasks": {
            task: [span.start.isoformat(), span.finish.isoformat()] if span else None
            for task, span in sent.tasks.items()
        },
        "conflicts": sent.conflicts,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _read(path: Path) -> Sent | None:
    """A record; None for one that somebody has spoilt, which takes nothing but the comparison with it."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        items: Mapping[str, str | None] = content["items"]
        tasks: Mapping[str, tuple[str, str] | None] = content["tasks"]
        return Sent(
            id=str(content["id"]),
            receiver=Receiver(ReceiverKind(content["receiver"]["kind"]), str(content["receiver"]["name"])),
            made=str(content["made"]),
            plan=str(content["plan"]),
            files=tuple(map(str, content["files"])),
            path=str(content["path"]),
            items={item: date.fromisoformat(lands) if lands else None for item, lands in items.items()},
            tasks={task: _span(*days) if days else None for task, days in tasks.items()},
            conflicts=tuple(map(str, content["conflicts"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _span(start: str, finish: str) -> PlannedSpan:
    return PlannedSpan(date.fromisoformat(start), date.fromisoformat(finish))
