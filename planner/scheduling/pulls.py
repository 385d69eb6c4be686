"""What relations and terms of J say about two ends, as pulls: a form that a relaxation can price day by day.

A pull compares `early` with `late`. With x = early - late it is one of

* a hard relation, early <= late: x is never positive;
* a penalty of at least min(slope x, total) where x is positive, nothing else;
* a penalty that fades, of at least total - fade x where x is positive, nothing else.

For every non-decreasing function phi that rises by at most `slope` a period and by at most `total` in all,
phi(early) - phi(late) is at most what the schedule pays: 0 at most where x <= 0, else at most min(slope x, total).
By day these are the precedence constraints of Christofides, Alvarez-Valdes and Tamarit (1987), some with a penalty.

Where a penalty fades, let y[t] >= 0 be what phi rises by on day t, in parts of `total`. Then the sum over t of y[t]

    total [early > t] - fade (early - t)+ - (total [late > t] + fade (t - late)+)

is at most what the schedule pays: for late <= t < early a term is total - fade x, and never positive else.

A hard relation may have an `other` early end: not both come after late. Then of phi(early) + phi(other) - phi(late)
one phi too many is the largest at most, so that less `phi` of the last day it is never positive.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import inf, isinf

from planner.domain.problem import Debt, FragileHandover, Precedence, Problem, Risk, Schedule, Supersession
from planner.domain.roadmap import Link
from planner.objective.at_risk import MOST_EVIDENCE, outcomes
from planner.objective.fragile_handover import FIFTHS
from planner.scheduling.compiled.arrays import ON_FINISH, ON_LAUNCH, ON_START
from planner.scheduling.windows import Windows


@dataclass(frozen=True, slots=True)
class End:
    """The start, finish or launch (`of`) of a node, plus `lag`, at least `least` and then at most `most`.

    Without a node it is the period `lag`. A launch is what the launch calendar makes of the finish alone. With `then`
    it is that of another activity, which begins when the work of the node ends.
    """

    node: int | None
    of: int = ON_START
    lag: int = 0
    least: int = 0
    most: int | None = None
    then: int | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """What it costs, in milli ED, that `early` (and any `other`) comes after `late`; nothing finite: it must not.

    With a negative slope and total it spares that much; then one of the ends is a fixed period.
    """

    early: End
    late: End
    slope: float = inf
    total: float = inf
    fade: float = 0
    other: End | None = None

    @property
    def hard(self) -> bool:
        """Whether no schedule breaks it."""
        return isinf(self.slope) and isinf(self.total)


def relation_pull(relation: Precedence) -> Pull:
    """A relation that every schedule keeps."""
    finishes = ON_FINISH if relation.link in (Link.FS, Link.FF) else ON_START
    return Pull(
        End(relation.predecessor, ON_LAUNCH if relation.launch else finishes, relation.lag),
        End(relation.successor, ON_START if relation.link in (Link.FS, Link.SS) else ON_FINISH),
    )


def one_after_the_other(problem: Problem, pulls: Sequence[Pull]) -> Iterator[Pull]:
    """Of two activities that no team has room for at once one begins when the other's work has ended, or later.

    So what follows both follows one of them by that much: for each two of the hard pulls with one late end.
    """
    by_end: dict[End, list[Pull]] = defaultdict(list)
    for pull in pulls:
        if pull.hard and pull.early.node is not None:
            by_end[pull.late].append(pull)
    for late, group in by_end.items():
        for one, two in combinations(group, 2):
            i, j = one.early.node, two.early.node
            if i is not None and j is not None and i != j and _exclude(problem, i, j):
                yield Pull(replace(two.early, node=i, then=j), late, other=replace(one.early, node=j, then=i))


def _exclude(problem: Problem, one: int, other: int) -> bool:
    """Whether some team has room for one of two activities at a time, whatever its capacity of the day."""
    first, second = problem.activities[one], problem.activities[other]
    demands = dict(second.demands)
    return bool(first.work and second.work) and any(
        team in demands and units + demands[team] > problem.resources[team].peak for team, units in first.demands
    )


def term_pulls(problem: Problem, found: Windows, near: Schedule) -> Iterator[Pull]:
    """What throwaway, resistance, debt and moved starts cost at least, as far as pulls can tell; best `near` one."""
    for risk in problem.risks:
        yield from _risk(risk, found)
    for pair in problem.handovers:
        yield from _handover(pair)
    yield from _supersessions(problem.supersessions, near)
    for owed in problem.debts:
        yield from _debt(problem, owed, found)
    for anchor in problem.anchors:
        start, former = End(anchor.activity), End(None, lag=anchor.period)
        yield Pull(former, start, total=anchor.cost)
        yield Pull(start, former, total=anchor.cost)


def _risk(risk: Risk, found: Windows) -> Iterator[Pull]:
    """Work at risk for each set of evidence that may speak against it (`objective.at_risk`).

    Exact where the set has at most one test; of several the first counts, the others come as early as they can.
    """
    work, door = End(risk.activity, ON_START), End(risk.activity, ON_FINISH)
    evidence = sorted(risk.evidence, key=lambda known: -known.loss)[:MOST_EVIDENCE]
    at_best = [max(known.period, 0 if known.activity is None else found.finish[known.activity]) for known in evidence]
    for probability, against in outcomes(tuple(known.loss for known in evidence)):
        test = next((k for k in against if evidence[k].activity is not None), None)
        most = min((at_best[k] for k in against if k != test), default=None)
        if test is None:
            shown = End(None, lag=most or 0)
        else:
            shown = End(evidence[test].activity, ON_FINISH, 0, evidence[test].period, most)
        burn, reversal = round(probability * risk.burn), round(probability * risk.reversal)
        yield Pull(shown, work, burn, burn * risk.duration)
        yield Pull(shown, door, total=reversal)


def _handover(pair: FragileHandover) -> Iterator[Pull]:
    """The fifths that are missing: five for each period, and what of `duration` is no multiple of five at once."""
    days, rest = divmod(pair.duration, FIFTHS)
    late = End(pair.successor)
    yield Pull(End(pair.predecessor, ON_FINISH, days), late, slope=FIFTHS * pair.cost)
    yield Pull(End(pair.predecessor, ON_FINISH, days + 1), late, total=rest * pair.cost)


def _supersessions(pairs: Sequence[Supersession], near: Schedule) -> Iterator[Pull]:
    """What each pair costs where the superseded comes first, at equal finishes the lower position.

    Two that supersede each other cost what both have in common in any order, less what a distance spares: at most
    what the distances of both from any day between them do.
    """
    ends = {(pair.early, pair.late): pair for pair in pairs}
    for pair in pairs:
        back = ends.get((pair.late, pair.early)) if ends[pair.early, pair.late] is pair else None
        tie = int(pair.early < pair.late)
        early, late = End(pair.early, ON_FINISH), End(pair.late, ON_FINISH)
        first = replace(late, lag=tie)
        if back is None:
            yield Pull(first, early, total=pair.cost + tie * pair.slope, fade=pair.slope)
            continue
        between = End(None, lag=(near.finish[pair.early] + near.finish[pair.late]) // 2)
        common = min(pair.cost, back.cost)
        yield Pull(first, early, total=pair.cost - common)
        if pair.slope:
            yield Pull(between, early, -pair.slope, -pair.cost)
            yield Pull(late, between, -pair.slope, -pair.cost)
        if tie:
            yield Pull(End(None, lag=1), End(None), total=common)


def _debt(problem: Problem, owed: Debt, found: Windows) -> Iterator[Pull]:
    """Interest until the debt is repaid; work on top of it where one of the two orders is certain."""
    taken = End(None) if owed.activity is None else End(owed.activity, ON_FINISH)
    if owed.repaid_by is None:
        repaid = End(None, lag=owed.horizon)
    else:
        repaid = End(owed.repaid_by, ON_FINISH, most=owed.horizon)
    yield Pull(repaid, taken, slope=owed.interest)
    for activity, extra in owed.touches:
        later = owed.activity is None or _last_finish(problem, owed.activity, found) <= found.earliest[activity]
        if owed.repaid_by is None:
            yield Pull(End(activity, lag=1), taken, total=extra)
        elif later:
            yield Pull(End(owed.repaid_by, ON_FINISH), End(activity), total=extra)
        elif found.latest[activity] < found.finish[owed.repaid_by]:
            yield Pull(End(activity, lag=1), taken, total=extra)


def _last_finish(problem: Problem, activity: int, found: Windows) -> int:
    return problem.finish(activity, found.latest[activity])
