"""One run at a time on the workbooks of a folder: a file lock that the system frees when its holder ends."""

import getpass
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from planner.domain.errors import UserError

NAME = "lock"
PATIENCE = 10.0
"""Seconds to wait for another run."""
_PAUSE = 0.05
_FAR = 1 << 30
"""Windows locks bytes against reading too: one far behind the text is locked, so that others can read the text."""

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(state: Path, doing: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of a state folder (`.roadmap`) while the block runs; `doing` is what others are told.

    Raises
    ------
    UserError
        If another run holds it for longer than `patience` seconds; names that run.
    """
    state.mkdir(parents=True, exist_ok=True)
    path = state / NAME
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle, path, patience)
        holder = f"{doing} by {user()} on {platform.node()}, process {os.getpid()}, since {datetime.now():%H:%M:%S}"
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, holder.encode())
        yield
    finally:
        os.close(handle)  # which frees the lock


def user() -> str:
    """Who runs this, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for the user id, as in some containers
        return "unknown"


def _take(handle: int, path: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            return _try(handle)
        except OSError:
            if time.monotonic() >= until:
                holder = path.read_text(encoding="utf-8", errors="replace") or "another run"
                raise UserError(
                    f"these workbooks are in use: {holder}. Wait until it has ended and try again."
                ) from None
            time.sleep(_PAUSE)
