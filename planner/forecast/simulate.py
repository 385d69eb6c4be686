"""Many runs in chunks, on several threads: the same numbers however many there are and whenever it is stopped."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from planner.forecast import plainly
from planner.forecast.model import Courses, Model, courses
from planner.forecast.quantiles import Keys, normal_table, run_keys
from planner.forecast.tally import Tally, empty
from planner.scheduling.compiled.jit import AVAILABLE, plain
from planner.scheduling.compiled.kept import kept

CHUNK = 250
"""Runs of a chunk: a quarter of a second for 10,000 activities."""
PLAIN_CHUNK = 2_500
"""... and without machine code, where few runs take as long as many: a second or two for 200 activities."""
WORTH_COMPILING = 20_000_000
"""Activities times runs from which on compiling the kernels (half a minute, once) is faster than doing without."""


def simulated(
    model: Model,
    runs: int,
    seed: int,
    threads: int = 1,
    is_stopped: Callable[[], bool] = lambda: False,
    report: Callable[[int], None] = lambda done: None,
) -> Tally:
    """The tally of so many runs; of fewer, at least one chunk, where it is stopped. `report` hears of each chunk."""
    tally = empty(model, runs)
    machine_code = _machine_code(model, runs)
    simulate, chunk = (_kernel(model), CHUNK) if machine_code else (_plain(model), PLAIN_CHUNK)
    chunks = (run_keys(seed, first, min(chunk, runs - first)) for first in range(0, runs, chunk))
    for found in _in_order(simulate, chunks, threads if machine_code else 1):
        tally.add(found, machine_code)
        report(tally.runs)
        if is_stopped():
            break
    return tally


def _machine_code(model: Model, runs: int) -> bool:
    """Whether to run the kernels: where they are kept compiled, or the work is so large that compiling them pays."""
    if not AVAILABLE:
        return False
    from planner.forecast.events import simulate

    return kept(plain(simulate)) or len(model.activities.work) * runs >= WORTH_COMPILING


def _kernel(model: Model) -> Callable[[Keys], Courses]:
    from planner.forecast.events import simulate, state

    table = normal_table()

    def chunk(keys: Keys) -> Courses:
        found = courses(model, len(keys))
        simulate(model, state(model), table, keys, found)
        return found

    return chunk


def _plain(model: Model) -> Callable[[Keys], Courses]:
    table = normal_table()
    return lambda keys: plainly.simulate(model, table, keys)


def _in_order(simulate: Callable[[Keys], Courses], chunks: Iterator[Keys], threads: int) -> Iterator[Courses]:
    """Results in the order of the chunks, a few of which are under way at once."""
    if threads == 1:
        yield from map(simulate, chunks)
        return
    with ThreadPoolExecutor(threads) as pool:
        under_way: deque[Future[Courses]] = deque()
        try:
            for keys in chunks:
                under_way.append(pool.submit(simulate, keys))
                if len(under_way) > threads:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()
