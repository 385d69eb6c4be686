"""What relations and terms of J say about two ends, as pulls: a form that a relaxation can price day by day.

A pull compares `early` with `late`. With x = early - late it is one of

* a hard relation, early <= late: x is never positive;
* a penalty of at least min(slope x, total) where x is positive, nothing else.

For every non-decreasing function phi that rises by at most `slope` a period and by at most `total` in all,
phi(early) - phi(late) is at most what the schedule pays: 0 at most where x <= 0, else at most min(slope x, total).
By day these are the precedence constraints of Christofides, Alvarez-Valdes and Tamarit (1987), some with a penalty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from planner.domain.problem import Debt, FragileHandover, Precedence, Problem, Risk, Supersession
from planner.domain.roadmap import Link
from planner.objective.at_risk import MOST_EVIDENCE, outcomes
from planner.objective.fragile_handover import FIFTHS
from planner.scheduling.compiled.arrays import ON_FINISH, ON_LAUNCH, ON_START
from planner.scheduling.windows import Windows


@dataclass(frozen=True, slots=True)
class End:
    """The start, finish or launch (`of`) of a node, plus `lag`, at least `least` and then at most `most`.

    Without a node it is the period `lag`. A launch is what the launch calendar makes of the finish alone.
    """

    node: int | None
    of: int = ON_START
    lag: int = 0
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """What it costs, in milli ED, that `early` comes after `late`; nothing finite: it must not."""

    early: End
    late: End
    slope: float = inf
    total: float = inf


def relation_pull(relation: Precedence) -> Pull:
    """A relation that every schedule keeps."""
    finishes = ON_FINISH if relation.link in (Link.FS, Link.FF) else ON_START
    return Pull(
        End(relation.predecessor, ON_LAUNCH if relation.launch else finishes, relation.lag),
        End(relation.successor, ON_START if relation.link in (Link.FS, Link.SS) else ON_FINISH),
    )


def term_pulls(problem: Problem, found: Windows) -> Iterator[Pull]:
    """What throwaway, resistance, debt and moved starts cost at least, as far as pulls can say it."""
    for risk in problem.risks:
        yield from _risk(risk, found)
    for pair in problem.handovers:
        yield from _handover(pair)
    for pair_ in problem.supersessions:
        yield _supersession(problem, pair_, found)
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


def _supersession(problem: Problem, pair: Supersession, found: Windows) -> Pull:
    """What the pair costs at least where the superseded comes first: with the largest gap that the windows leave."""
    gap = problem.finish(pair.late, found.latest[pair.late]) - found.finish[pair.early]
    tie = int(pair.early < pair.late)
    least = max(0, pair.cost - pair.slope * max(gap, 0))
    return Pull(End(pair.late, ON_FINISH, tie), End(pair.early, ON_FINISH), total=least)


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
