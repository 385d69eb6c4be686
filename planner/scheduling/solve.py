"""Solve a problem: list schedules, improvement, CP-SAT, bounds; the best schedule and the best bound win."""

import os
import random
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.problem import Problem, Schedule, Solution, SolveStatus
from planner.scheduling.bounds import lower_bound
from planner.scheduling.budget import Budget, Meter, Progress, ignore
from planner.scheduling.costs import Objective, cost, rank, regular
from planner.scheduling.cpsat import Refused, solve_exactly
from planner.scheduling.dual import Dual
from planner.scheduling.improve import PASS_WORK, shuffled_lists
from planner.scheduling.lagrange import ascents
from planner.scheduling.neighbourhoods import Neighbourhoods
from planner.scheduling.priorities import PRIORITY_RULES
from planner.scheduling.sgs import COMPILED_FROM, Generator
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations
from planner.scheduling.windows import Windows

if TYPE_CHECKING:
    from planner.scheduling.chains import Chains

EXACT_ACTIVITIES = 400
"""Up to so many the whole problem is given to CP-SAT."""
SHUFFLE_SHARE, SHUFFLE_SECONDS = 0.03, 5.0
"""Part of the budget for shuffled lists; neighbourhoods make more of the rest."""
KEPT_FROM = 50
"""From so many activities on small plans are annealed, too, where the kernels are compiled already."""
ANNEAL_SHARE = 0.7
"""Part of the budget for annealing, where the problem is large."""
FIRST_PROOF_SHARE, SHORTEN_SHARE = 0.1, 0.9
"""In makespan mode: part of the budget for CP-SAT to prove what is easy, and of the rest for `shorten`."""
PRICE_SHARE = 0.4
"""Part of the budget for the bound by prices, which ends earlier where it no longer rises."""
BESIDE_SHARE = 0.88
"""Part of the budget for that bound and the tree on top of it, beside annealings of a small plan."""
FIRST_EXACT_SHARE, LAST_EXACT_SHARE = 0.1, 0.9
"""Part of the budget for the whole problem, where it is small enough: what is easy first, and a last try."""
POLISH_SHARE = 0.7
"""Part of the budget for neighbourhoods before that last try; they get the rest of it, too."""
NO_MACHINE = "numba is not installed, or the process has less than 1 GB"

__all__ = ["Budget", "Objective", "Progress", "solve"]


def solve(
    problem: Problem,
    budget: Budget,
    objective: Objective = "full",
    progress: Callable[[Progress], None] = ignore,
    before: Sequence[int] | None = None,
) -> Solution:
    """The best schedule found within the budget, never worse than the best list schedule, and the best bound.

    With the starts of a plan `before` a small change of it, by position, the search begins with them, where they
    still hold, and with their list, and tries no other rule. Among equal costs the least sum of finishes is kept,
    then the lower positions first. Without a list schedule CP-SAT decides whether there is any: `INFEASIBLE` is a
    proof within this horizon.
    """
    search = _Search(problem, budget, objective, progress)
    search.construct(before)
    search.prove()
    if objective == "makespan":
        search.exact(FIRST_PROOF_SHARE)
        search.shorten()
    else:
        search.exact(search.first_share)
    search.shuffle()
    search.price()
    search.anneal()
    search.polish(POLISH_SHARE)
    search.exact(LAST_EXACT_SHARE)
    search.polish()
    return search.solution()


class _Search:
    """The state of one search: the best schedule and the best bound so far."""

    def __init__(self, problem: Problem, budget: Budget, objective: Objective, progress: Callable[[Progress], None]):
        self._problem = problem if objective == "full" else regular(problem)
        self._budget, self._objective, self._progress = budget, objective, progress
        self._meter = Meter(budget)
        self._rng = random.Random(budget.seed)
        self._generator = Generator(self._problem)
        self._best: Schedule | None = None
        self._rank: tuple[int, int, tuple[int, ...]] = (0, 0, ())
        self._value = 0
        self._method = ""
        self._infeasible = bool(self._generator.windows.impossible)
        self._bound = 0
        self._windows: Windows | None = None
        self._annealed: Callable[[], Schedule] | None = None
        self._prices: Dual | None = None
        self._log: list[tuple[str, int, int]] = []
        self._left_out: list[str] = []

    def construct(self, before: Sequence[int] | None = None) -> None:
        """Serial and parallel list schedules with every priority rule, or what an earlier plan had."""
        if before is not None and not self._infeasible:
            self._meter.charge(2 * len(self._problem.activities) * PASS_WORK)
            if max(before, default=0) <= self._problem.horizon:  # a smaller problem may know fewer days
                as_it_was = complete(self._problem, before)
                self._offer(None if violations(self._problem, as_it_was) else as_it_was, "the plan before")
            self._offer(self._generator.generate(before, False), "list of the plan before")
            if self._best is not None:
                return
        for rule in PRIORITY_RULES:
            if self._infeasible or (self._best is not None and self._budget.stop()):
                return
            priority = rule.function(self._problem)
            for scheme, non_delay in (("serial", False), ("parallel", True))[: 1 if self._generator.machine else 2]:
                self._meter.charge(len(self._problem.activities) * PASS_WORK)
                self._offer(self._generator.generate(priority, non_delay), f"{scheme} list, {rule.name}")

    def prove(self) -> None:
        """A bound without a search; it takes longer than a list schedule, so it comes behind the first ones."""
        if not self._infeasible:
            self._bound = lower_bound(self._problem, self._objective)

    def shuffle(self) -> None:
        """Shuffled lists for a share of the budget."""
        if self._best is None or self._done or self._generator.machine or self._chains:
            return
        meter = Meter(self._meter.part(SHUFFLE_SHARE, at_most=SHUFFLE_SECONDS))
        for schedule in shuffled_lists(self._generator, self._best, self._objective, meter, self._rng):
            self._offer(schedule, "shuffled list")
            if self._done:
                break
        self._meter.charge(meter.charged)

    def price(self) -> None:
        """A stronger bound on the full objective for a share of the budget, and lists by the starts at its prices.

        A small plan gets a tree on top of it, and is annealed on another thread meanwhile.
        """
        if self._best is None or self._done or self._objective == "makespan":
            return
        if self._chains is None:
            self._ascend(Meter(self._meter.part(PRICE_SHARE)))
            return
        if self._budget.threads == 1:
            self._ascend(Meter(self._meter.part(PRICE_SHARE)))
            self._branch(Meter(self._meter.part(PRICE_SHARE)), 1)
            return
        budget = self._meter.part(BESIDE_SHARE)
        with self._chains.beside(self._best, budget, self._rng) as self._annealed:
            meter = Meter(budget)
            self._ascend(meter)
            self._branch(meter, max((budget.threads or os.cpu_count() or 1) - 1, 1))
        self._look_beside()
        self._annealed = None

    def _ascend(self, meter: Meter) -> None:
        """Let the prices rise and schedule by them."""
        assert self._best is not None, "prices aim at a schedule"
        if self._annealed is None:
            search = ascents(self._problem, self._best, meter)
        else:  # annealing makes better lists, and a tree goes on where the prices are nearly there
            search = ascents(self._problem, self._best, meter, every=50, shortest=5.0)
        better = None
        while not self._done:
            try:
                found = search.send(better)
            except StopIteration:
                break
            before = self._best
            self._bound = max(self._bound, min(found.bound, self._value))
            self._windows, self._prices = found.windows, found.dual
            self._meter.charge(len(found.starts) * PASS_WORK)
            self._offer(self._generator.generate(found.starts.tolist()), "list by prices")
            self._look_beside()
            better = None if self._best is before else self._best
        self._meter.charge(meter.charged)

    def _branch(self, meter: Meter, threads: int) -> None:
        """A tree with the bound by prices at its leaves."""
        if self._prices is None or self._done:
            return
        from planner.scheduling.branching import growths  # here, so that others do not load numba

        search = growths(self._problem, self._prices, self._value, meter, threads)
        goal = None
        while not self._done:
            try:
                grown = search.send(goal)
            except StopIteration:
                break
            self._bound = max(self._bound, min(grown, self._value))
            self._progress(Progress("tree", self._value, self._bound, self._meter.seconds))
            self._look_beside()
            goal = self._value
        search.close()

    def _look_beside(self) -> None:
        """Take what is annealed on another thread."""
        if self._annealed is not None:
            self._offer(self._annealed(), "annealing")

    def anneal(self) -> None:
        """Destroy and repair in machine code for a share of the budget."""
        if self._best is None or self._done or self._objective == "makespan":
            return
        if self._chains is not None and self._budget.threads != 1:
            return  # done beside the prices
        annealer = self._chains or self._generator.machine
        if annealer is None:
            if len(self._problem.activities) >= COMPILED_FROM:
                self._leave_out(f"annealing ({NO_MACHINE})")
            return
        meter = Meter(self._meter.part(ANNEAL_SHARE))
        for schedule in annealer.annealed(self._best, meter, self._rng):
            self._offer(schedule, "annealing")
            if self._done:
                break
        self._meter.charge(meter.charged)

    def shorten(self) -> None:
        """Forward-backward improvement in machine code for a share of the budget."""
        if self._best is None or self._done:
            return
        from planner.scheduling.genetic import AVAILABLE, forward_backward  # here, so that others do not load numba

        if not AVAILABLE:
            self._leave_out(f"forward-backward improvement ({NO_MACHINE})")
            return
        meter = Meter(self._meter.part(SHORTEN_SHARE))
        for schedule in forward_backward(self._problem, self._generator.windows, self._best, meter, self._rng):
            self._offer(schedule, "forward-backward")
            if self._done:
                break
        self._meter.charge(meter.charged)

    @property
    def first_share(self) -> float:
        """Part of the budget for the whole problem before anything else; prices and a tree do more with it."""
        return FIRST_EXACT_SHARE if self._chains is None else FIRST_EXACT_SHARE / 4

    def exact(self, share: float) -> None:
        """The whole problem for CP-SAT, where it is small or where no schedule has been found."""
        small = len(self._problem.activities) <= EXACT_ACTIVITIES
        if self._done or not (small or self._best is None):
            return
        limits = self._meter.part(1.0 if self._best is None else share)
        try:
            solution = solve_exactly(
                self._problem,
                limits,
                self._best,
                self._tell,
                self._objective,
                self._meter.charge,
                self._windows,
                self._bound,
            )
        except (Refused, MemoryError) as reason:
            self._leave_out(f"CP-SAT on the whole plan ({reason or 'out of memory'})")
            return
        if solution.status is SolveStatus.INFEASIBLE:
            self._infeasible = True
            return
        self._bound = max(self._bound, solution.bound)
        if solution.schedule is not None:
            self._offer(self._generator.left_shift(solution.schedule), solution.method)

    def polish(self, share: float = 1.0) -> None:
        """Neighbourhoods for CP-SAT with a share of what is left of the budget."""
        if self._best is None or self._done:
            return
        meter = Meter(self._meter.part(share))
        try:
            for schedule in self._neighbourhoods.search(self._best, meter):
                self._offer(schedule, "neighbourhood")
                if self._done:
                    break
        except (Refused, MemoryError) as reason:
            self._leave_out(f"CP-SAT on parts of the plan ({reason or 'out of memory'})")
        self._meter.charge(meter.charged)

    @cached_property
    def _neighbourhoods(self) -> Neighbourhoods:
        return Neighbourhoods(self._generator, self._objective, self._rng)

    @cached_property
    def _chains(self) -> "Chains | None":
        """Annealing of a small plan, where its kernels and those of the tree are compiled already.

        Not under a limit of work: what that finds must not depend on what a machine has compiled.
        """
        few = KEPT_FROM <= len(self._problem.activities) < COMPILED_FROM
        if not few or self._budget.deterministic or self._objective == "makespan":
            return None
        from planner.scheduling import branching, chains  # here, so that others do not load numba

        if not (chains.ready() and branching.ready()):
            return None
        return chains.Chains(self._problem, self._generator.windows, self._budget.threads)

    def _leave_out(self, what: str) -> None:
        """Remember what could not be done."""
        if what not in self._left_out:
            self._left_out.append(what)

    def solution(self) -> Solution:
        """What was found, moved to the left as far as it goes."""
        interrupted = self._budget.stop()
        if self._best is None:
            status = SolveStatus.INFEASIBLE if self._infeasible else SolveStatus.UNKNOWN
            return Solution(status, log=tuple(self._log), interrupted=interrupted, left_out=tuple(self._left_out))
        self._offer(self._generator.left_shift(self._best), self._method)
        value = cost(self._problem, self._best, self._objective)
        return Solution(
            SolveStatus.OPTIMAL if value <= self._bound else SolveStatus.FEASIBLE,
            self._best,
            value,
            min(self._bound, value),
            self._method,
            log=tuple(self._log),
            interrupted=interrupted,
            left_out=tuple(self._left_out),
        )

    @property
    def _done(self) -> bool:
        """Nothing better can be found, or the budget is used up."""
        return self._infeasible or self._meter.over or (self._best is not None and self._value <= self._bound)

    def _offer(self, schedule: Schedule | None, method: str) -> None:
        """Keep a schedule that ranks before the best so far; a lower cost is told."""
        if schedule is None:
            return
        found = rank(self._problem, schedule, self._objective)
        if self._best is None or found < self._rank:
            cheaper = self._best is None or found[0] < self._value
            self._best, self._rank = schedule, found
            if cheaper:
                self._value, self._method = found[0], method
                self._log.append((method, found[0], self._bound))
                self._progress(Progress(method, found[0], self._bound, self._meter.seconds))

    def _tell(self, step: Progress) -> None:
        """Pass on a step of CP-SAT in the time of the whole search."""
        bound = max(self._bound, step.bound)
        self._progress(Progress(step.stage, step.objective, bound, self._meter.seconds))
