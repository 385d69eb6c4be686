"""`.roadmap/breakglass.jsonl` and its anchor: read, held against each other, added to; call it under the lock."""

import hashlib
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from planner.domain.errors import UserError
from planner.domain.governance import Anchor, ChainState, Link
from planner.domain.settings import Settings
from planner.governance.chain import anchor_of, examined, linked, to_line
from planner.pipeline.files import write

LOG = "breakglass.jsonl"


def anchor_file(state: Path, settings: Settings) -> Path:
    """Where head and length are kept: as roadmap.toml says, relative to it, else in the user's own state folder."""
    if settings.gatekeeping.anchor:
        return Path(settings.path).parent / settings.gatekeeping.anchor
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME")
    home = Path(named) if named else Path.home() / ".local" / "state"
    name = hashlib.sha256(str((state / LOG).resolve()).encode()).hexdigest()[:16]
    return home / "roadmap" / "anchors" / f"{name}.json"


def read_anchor(path: Path) -> Anchor | None:
    """What is kept outside; None where nothing is. Raises UserError for a file that was spoilt."""
    try:
        return Anchor(**json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise UserError(f"{path}: this is no anchor that roadmap wrote ({error}); restore it, or remove it") from None


def keep_anchor(path: Path, anchor: Anchor) -> None:
    """Keep head and length outside the log. Raises UserError where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, (json.dumps(asdict(anchor)) + "\n").encode())
    except OSError as error:
        raise UserError(f"{path}: cannot be written ({error}); set anchor in [breakglass] of roadmap.toml") from None


def read_chain(state: Path, anchor: Anchor | None) -> ChainState:
    """The log, held against an anchor."""
    path = state / LOG
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    return examined(lines, anchor)


def append(state: Path, anchors: Path, link: Link) -> Link:
    """Add a link to a log that was found sound, and move the anchor; the disk has the link before the anchor.

    A run that is killed in between leaves a log that is one link ahead of its anchor, which is sound.
    """
    done = linked(link)
    handle = os.open(state / LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        line = to_line(done)
        while line:
            line = line[os.write(handle, line) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    links = read_chain(state, None).links
    keep_anchor(anchors, anchor_of(links))
    return done
