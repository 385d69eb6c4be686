"""The smallest set of facts that cannot hold together: no fact of it can be left out and it still clashes.

QuickXplain (Junker 2004) over deadlines, pinned starts, releases, relations and the demands on teams. Sets
without demands are decided by propagation (`windows`), others by a list schedule or else by CP-SAT.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.domain.problem import Clash, Precedence, Problem, SolveStatus
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.cpsat import Model, run
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import Generator
from planner.scheduling.windows import windows

TEST_SECONDS = 2.0
"""For one set of facts; what is not decided by then counts as possible, so that the answer stays a true clash."""


@dataclass(frozen=True)
class _Demand:
    """That one activity holds engineers of one team."""

    activity: int
    resource: int


_Fact = Clash | _Demand


def smallest_clash(problem: Problem, budget: Budget) -> tuple[Clash, ...]:
    """Facts that cannot hold together, minimal; empty if nothing is proved to clash but the horizon.

    When the budget runs out the set still clashes, but need not be minimal.
    """
    tester = _Tester(problem, Meter(budget))
    dates = _dates(problem)
    relations = [Clash("precedence", (r.predecessor, r.successor), r) for r in problem.precedences]
    demands: list[_Fact] = [_Demand(i, r) for i, it in enumerate(problem.activities) for r, _ in it.demands]
    if tester.possible([*dates, *relations]):
        found = (
            [] if tester.possible([*dates, *relations, *demands]) else tester.explain([*demands, *relations, *dates])
        )
    else:
        found = tester.explain([*relations, *dates])
    if not any(isinstance(fact, Clash) and fact.kind in ("deadline", "pinned") for fact in found):
        return ()
    return _facts(found)


def _dates(problem: Problem) -> list[Clash]:
    """What was typed as a date: releases, deadlines, pinned starts."""
    return [
        Clash(kind, (i,))
        for i, it in enumerate(problem.activities)
        for kind, typed in (
            ("release", it.release > 0),
            ("deadline", it.deadline is not None),
            ("pinned", it.pinned is not None),
        )
        if typed
    ]


def _facts(found: Sequence[_Fact]) -> tuple[Clash, ...]:
    """The demands on one team become one fact about the team; dates first, then relations, then teams."""
    held: dict[int, list[int]] = {}
    for fact in found:
        if isinstance(fact, _Demand):
            held.setdefault(fact.resource, []).append(fact.activity)
    teams = [Clash("capacity", tuple(sorted(held[r])), resource=r) for r in sorted(held)]
    stated = [fact for fact in found if isinstance(fact, Clash)]
    return (*sorted(stated, key=lambda fact: (fact.kind == "precedence", fact.activities)), *teams)


class _Tester:
    """Decides whether a set of facts can hold, and finds minimal sets that cannot."""

    def __init__(self, problem: Problem, meter: Meter):
        self._problem, self._meter = problem, meter

    def explain(self, facts: Sequence[_Fact]) -> list[_Fact]:
        """A minimal part of `facts`, which cannot hold together; empty if not even the work alone fits."""
        return self._explain([], False, facts) if self.possible([]) else []

    def _explain(self, background: Sequence[_Fact], grown: bool, facts: Sequence[_Fact]) -> list[_Fact]:
        """Minimal X of `facts` that clashes with the background (which has just `grown`)."""
        if grown and not self.possible(background):
            return []
        if len(facts) <= 1:
            return list(facts)
        half = len(facts) // 2
        first, second = facts[:half], facts[half:]
        late = self._explain([*background, *first], True, second)
        early = self._explain([*background, *late], bool(late), first)
        return [*early, *late]

    def possible(self, facts: Sequence[_Fact]) -> bool:
        """Whether some schedule within the horizon keeps all facts; also true where that stays undecided."""
        problem = _only(self._problem, facts)
        found = windows(problem)
        if found.impossible:
            return False
        if self._meter.over or not any(it.demands for it in problem.activities):
            return True
        if Generator(problem, found).generate(latest_finish(problem)) is not None:
            return True
        model = Model(problem, found.earliest, found.latest)
        limits = self._meter.part(1.0, at_most=TEST_SECONDS)
        return run(model, 0, limits, None, "full", charge=self._meter.charge).status is not SolveStatus.INFEASIBLE


def _only(problem: Problem, facts: Sequence[_Fact]) -> Problem:
    """The problem with these facts alone; work, calendars and launches stay."""
    kept = set(facts)

    def keep(relations: Sequence[Precedence]) -> tuple[Precedence, ...]:
        return tuple(r for r in relations if Clash("precedence", (r.predecessor, r.successor), r) in kept)

    return replace(
        problem,
        activities=tuple(
            replace(
                it,
                release=it.release if Clash("release", (i,)) in kept else 0,
                deadline=it.deadline if Clash("deadline", (i,)) in kept else None,
                pinned=it.pinned if Clash("pinned", (i,)) in kept else None,
                demands=tuple(demand for demand in it.demands if _Demand(i, demand[0]) in kept),
            )
            for i, it in enumerate(problem.activities)
        ),
        precedences=keep(problem.precedences),
        predecessors=tuple(keep(relations) for relations in problem.predecessors),
        successors=tuple(keep(relations) for relations in problem.successors),
    )
