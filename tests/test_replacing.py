"""A workbook is replaced as a whole or not at all, whenever a run is killed."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.domain.edits import CellEdit, Patched
from planner.domain.errors import UserError
from planner.pipeline.replacing import replace_workbook
from planner.sheets.ooxml import patch
from tests.sheets.ooxml.books import hand_made


class Killed(BaseException):
    """The run ends here."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "q3.xlsx"
    path.write_bytes(hand_made("<sheetData/>"))
    return path


def edited(path: Path) -> Patched:
    return patch(path.read_bytes(), path.name, [CellEdit("Tasks", 1, 1, "new")])


def test_the_old_file_is_kept_beside(book: Path) -> None:
    before, patched = book.read_bytes(), edited(book)
    assert replace_workbook(book, patched, before)
    assert book.read_bytes() == patched.content
    assert (book.parent / "q3.xlsx.bak").read_bytes() == before


def test_without_a_change_nothing_is_written(book: Path) -> None:
    assert not replace_workbook(book, patch(book.read_bytes(), "q3.xlsx", []))
    assert [path.name for path in book.parent.iterdir()] == ["q3.xlsx"]


@pytest.mark.parametrize("lock", ["~$q3.xlsx", ".~lock.q3.xlsx#"])
def test_an_open_workbook_is_left(book: Path, lock: str) -> None:
    before, patched = book.read_bytes(), edited(book)
    (book.parent / lock).touch()
    with pytest.raises(UserError, match="close it there"):
        replace_workbook(book, patched)
    assert book.read_bytes() == before


def test_a_file_that_was_saved_meanwhile_is_left(book: Path) -> None:
    before, patched = book.read_bytes(), edited(book)
    book.write_bytes(b"saved by the PM")
    with pytest.raises(UserError, match="saved since"):
        replace_workbook(book, patched, before)
    assert book.read_bytes() == b"saved by the PM"


def test_links_and_permissions_stay(book: Path) -> None:
    book.chmod(0o640)
    link = book.parent / "link.xlsx"
    link.symlink_to(book)
    patched = edited(book)
    replace_workbook(link, patched)
    assert link.is_symlink()
    assert book.read_bytes() == patched.content
    assert stat.S_IMODE(book.stat().st_mode) == 0o640


@pytest.mark.parametrize("step", range(6))
def test_a_killed_run_leaves_the_old_or_the_new_file(book: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before the n-th change of the disk: one of each that a replacement makes."""
    before, patched = book.read_bytes(), edited(book)
    left = [step]

    def mortal(call: Callable[..., object]) -> Callable[..., object]:
        def dies(*args: object, **options: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return call(*args, **options)

        return dies

    for name in ("replace", "fdopen", "chmod"):
        monkeypatch.setattr(os, name, mortal(getattr(os, name)))
    with pytest.raises(Killed):
        replace_workbook(book, patched)
    assert book.read_bytes() in (before, patched.content)
