"""A workbook of somebody else is replaced by its edited copy: as a whole, with the old file kept beside it."""

from pathlib import Path

from planner.domain.edits import Patched
from planner.domain.errors import UserError
from planner.pipeline.files import write

BACKUP = ".bak"


def replace_workbook(path: Path, patched: Patched, read: bytes | None = None) -> bool:
    """Put edited bytes in the place of a file, keep the old ones as `NAME.bak`; whether there was a change.

    At every moment the path holds the old or the new file, whole; a link stays a link, permissions stay.

    Parameters
    ----------
    read
        The bytes that were edited: with them, a file that has changed since is not replaced.

    Raises
    ------
    UserError
        If the workbook is open in a spreadsheet program, or was saved since it was read.
    """
    path = path.resolve()
    refuse_open(path)
    before = path.read_bytes()
    if read is not None and read != before:
        raise UserError(f"{path.name}: was saved since it was read, and was left as it is. Run this again.")
    if patched.content == before:
        return False
    permissions = path.stat().st_mode
    for place, content in ((path.with_name(path.name + BACKUP), before), (path, patched.content)):
        write(place, content).chmod(permissions)
    return True


def refuse_open(path: Path) -> None:
    """Raise UserError where Excel or LibreOffice has a workbook open: they leave a file beside it."""
    for program, lock in (("Excel", f"~${path.name}"), ("LibreOffice", f".~lock.{path.name}#")):
        if (path.parent / lock).exists():
            raise UserError(f"{path} is open in {program}: close it there and try again")
