"""Ctrl-C keeps the best plan so far."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from planner.pipeline.inputs import PlanOptions
from planner.scheduling.budget import Budget


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Within, the first Ctrl-C only asks the search to stop; a second one ends the command."""
    asked = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    if threading.current_thread() is not threading.main_thread():  # signals belong to the main thread
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def searching(options: PlanOptions) -> Iterator[Budget]:
    """The budget of a command; the first Ctrl-C uses it up."""
    with interruptible() as interrupted:
        yield Budget(options.time_limit, options.work, options.seed, options.workers, interrupted)
