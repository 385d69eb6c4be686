"""The lock and the log: one run at a time, and a run that is killed between any two writes breaks nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.domain.edits import Patched
from planner.domain.errors import UserError
from planner.pipeline.locks import locked
from planner.pipeline.log import Entry, LoggedCell, entries, repair, replace_and_log

OLD, NEW = b"the old workbook", b"the new workbook"
CELL = LoggedCell("Tasks", "PAY-1", "Effort", "q3.xlsx!Tasks!D2", 5, 8.0, "Ada")
ENTRY = Entry("merge", "q3.xlsx", exports=("e1",), cells=(CELL,))
WRITES = ("replace", "write", "fsync", "open", "ftruncate")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / ".roadmap").mkdir()
    path = tmp_path / "q3.xlsx"
    path.write_bytes(OLD)
    return path


def change(book: Path) -> None:
    replace_and_log(book.parent / ".roadmap", book, Patched(NEW, (), {}), OLD, ENTRY)


def killed(run: Callable[[], None], before: int) -> bool:
    """Run in a process that dies before its n-th call of anything that writes; whether it came so far."""
    child = os.fork()
    if child == 0:
        left = before

        def dying(call: Callable[..., object]) -> Callable[..., object]:
            def guarded(*arguments: object, **options: object) -> object:
                nonlocal left
                left -= 1
                if left < 0:
                    os._exit(9)
                return call(*arguments, **options)

            return guarded

        for name in WRITES:
            setattr(os, name, dying(getattr(os, name)))
        run()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_run_killed_before_any_write_leaves_old_or_new_and_the_next_one_logs_what_was_done(book: Path) -> None:
    state = book.parent / ".roadmap"
    outcomes = []
    for place in range(100):
        for path in (*state.iterdir(), *book.parent.glob("q3*"), *book.parent.glob(".q3*")):
            path.unlink()
        book.write_bytes(OLD)
        if not killed(lambda: change(book), place):
            break
        now = book.read_bytes()
        assert now in (OLD, NEW)
        repair(state)
        logged = entries(state)
        assert len(logged) == (now == NEW)
        assert all(entry.cells == (CELL,) and entry.exports == ("e1",) for entry in logged)
        if now == NEW:
            assert (book.parent / "q3.xlsx.bak").read_bytes() == OLD
        repair(state)
        assert entries(state) == logged
        outcomes.append(now)
    assert outcomes == sorted(outcomes, reverse=True)  # "old" in front of "new"
    assert {OLD, NEW} == set(outcomes)


def test_an_error_in_between_leaves_old_or_new_too(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full from the first, second, ... time on that bytes are to be on it; in the end it never is."""
    state, real = book.parent / ".roadmap", os.fsync
    outcomes = []
    for free in range(10):
        left = iter(range(free))

        def full(handle: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise OSError("no space left on device")
            real(handle)

        book.write_bytes(OLD)
        (state / "log.jsonl").unlink(missing_ok=True)
        monkeypatch.setattr(os, "fsync", full)
        try:
            change(book)
            failed = False
        except OSError:
            failed = True
        monkeypatch.undo()
        repair(state)
        is_new = book.read_bytes() == NEW
        assert len(entries(state)) == is_new
        assert is_new or book.read_bytes() == OLD
        outcomes.append((failed, is_new))
        if not failed:
            break
    assert set(outcomes) == {(True, False), (True, True), (False, True)}


def test_half_a_line_at_the_end_of_the_log_is_no_entry_and_the_next_one_takes_its_place(book: Path) -> None:
    state = book.parent / ".roadmap"
    change(book)
    log = state / "log.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole + whole[:40])
    assert len(entries(state)) == 1
    replace_and_log(state, book, Patched(OLD, (), {}), NEW, ENTRY)
    assert [entry.before == entry.after for entry in entries(state)] == [False, False]
    assert all(json.loads(line) for line in log.read_text().splitlines())


def test_a_change_that_was_made_is_logged_although_somebody_has_saved_the_workbook_since(book: Path) -> None:
    state = book.parent / ".roadmap"
    change(book)
    announcement = {"path": str(book), "entry": json.loads((state / "log.jsonl").read_text())}
    (state / "log.jsonl").unlink()
    (state / "pending.json").write_text(json.dumps(announcement))
    book.write_bytes(b"saved again by its PM")
    repair(state)
    assert [entry.workbook for entry in entries(state)] == ["q3.xlsx"]


def test_nothing_to_change_and_nothing_answered_is_not_logged(book: Path) -> None:
    state = book.parent / ".roadmap"
    assert not replace_and_log(state, book, Patched(OLD, (), {}), OLD, Entry("plan --write-back", "q3.xlsx"))
    assert entries(state) == ()
    assert list(state.iterdir()) == []


def test_a_spoilt_log_is_said_and_not_passed_over(book: Path) -> None:
    change(book)
    log = book.parent / ".roadmap" / "log.jsonl"
    log.write_text("spoilt\n" + log.read_text())
    with pytest.raises(UserError, match=r"log\.jsonl: a line of the log cannot be read"):
        entries(book.parent / ".roadmap")


HOLD = """
import sys, pathlib
from planner.pipeline.locks import locked
with locked(pathlib.Path(sys.argv[1]), "`roadmap merge`"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_run_is_told_who_holds_the_lock_and_gets_it_when_that_one_was_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        held = rf"in use: `roadmap merge` by .+ on .+, process {holder.pid}, since "
        with pytest.raises(UserError, match=held), locked(tmp_path, "a test", patience=0.1):
            pass
    finally:
        holder.kill()
        holder.wait()
    with locked(tmp_path, "a test", patience=5):
        pass
