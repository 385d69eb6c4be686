"""Ours beside plain CP-SAT, PyJobShop and TaskJuggler on one project in one run, as ratios.

    python -m tests.benchmarks.side_by_side --tasks 1000 --teams 30 --time-limit 30 [--mode item] [--generator FILE]

Every value is recomputed from the dates by one function, every answer is checked by `scheduling.verify`. `to ours`
is their value in parts of ours, `above` the distance of a value from the solver's own bound. `as good` is how many
times less processor time than theirs ours had used when it knew a plan at least as good as theirs, `15 % less` when
it knew one that costs 15 % less. What it takes to start (imports, machine code, another program) counts for nobody.
"""

from collections.abc import Sequence

from planner.domain.units import MILLI
from planner.scheduling.budget import Budget
from tests.benchmarks.case import Case, case_of
from tests.benchmarks.options import network_of, parser_of
from tests.benchmarks.peers import PEERS, Answer, Limits, Unavailable
from tests.benchmarks.search import Watched, watched
from tests.benchmarks.stopwatch import Spent
from tests.benchmarks.table import row

MUCH_LESS = 0.85
"""What 15 % less is a share of."""
HEADER = row("", "value", "to ours", "above", "seconds", "CPU s", "as good", "15 % less") + "  verified"


def our_line(case: Case, ours: Watched) -> tuple[int, str]:
    """The value that all others are compared with, and the line."""
    schedule = ours.solution.schedule
    if schedule is None:
        raise SystemExit("ours: no plan in this time")
    value = case.value(schedule.finish)
    cells = _figures(value, value, ours.solution.bound / MILLI, ours.spent)
    return value, row("ours", *cells, "", "") + _verdict(case, schedule.start)


def their_lines(name: str, case: Case, answer: Answer, ours: Watched, value: int) -> list[str]:
    """One line; where tasks were interrupted, which no team wants, a second one with the same order without that."""
    if answer.dates is None:
        return [row(name, "no plan", "", "", f"{answer.spent.seconds:.1f}", f"{answer.spent.cpu:.1f}")]

    def line(title: str, ends: Sequence[int], verdict: str) -> str:
        theirs = case.value(ends)
        figures = _figures(theirs, value, answer.bound, answer.spent)
        return row(title, *figures, *_times_faster(theirs, answer.spent.cpu, ours)) + verdict

    starts, ends = answer.dates.starts, answer.dates.ends
    interrupted = sum(end != whole for end, whole in zip(ends, case.ends(starts), strict=True))
    if not interrupted:
        return [line(name, ends, _verdict(case, starts))]
    lines = [line(name, ends, f"  no: {interrupted} tasks interrupted")]
    listed = case.listed(starts)
    if listed is not None:
        lines.append(line("  same order, uninterrupted", case.ends(listed), _verdict(case, listed)))
    return lines


def _figures(value: int, ours: int, bound: float | None, spent: Spent) -> list[str]:
    """The cells up to the processor time."""
    above = f"{value / bound - 1:.1%}" if bound else ""
    return [f"{value:,}", f"{value / ours:.3f}", above, f"{spent.seconds:.1f}", f"{spent.cpu:.1f}"]


def _times_faster(value: int, cpu: float, ours: Watched) -> list[str]:
    """How many times less processor time ours took to cost as little, and 15 % less; "never" where it did not."""
    reached = [ours.reached(share * value * MILLI) for share in (1.0, MUCH_LESS)]
    return [f"{cpu / spent.cpu:.1f} x" if spent else "never" for spent in reached]


def _verdict(case: Case, starts: Sequence[int]) -> str:
    return "  NO" if case.faults(starts) else "  yes"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each planner."""
    parser = parser_of(__doc__)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    network = network_of(given, given.seed)
    case = case_of(network, given.mode)
    print(f"{network}; {given.mode} mode\n{HEADER}")
    ours = watched(case.problem, Budget(given.time_limit, workers=given.workers), case.objective)
    value, line = our_line(case, ours)
    print(line, flush=True)
    for name, solve in PEERS:
        try:
            answer = solve(case, Limits(given.time_limit, given.workers))
        except Unavailable as missing:
            print(row(name, "skipped:") + f" {missing}")
            continue
        print("\n".join(their_lines(name, case, answer, ours, value)), flush=True)


if __name__ == "__main__":
    main()
