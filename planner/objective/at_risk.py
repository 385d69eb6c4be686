"""T, throwaway, second part: work that is done before it is known to be worth doing.

Evidence k of an activity comes at t_k; with probability q_k the work is then discarded. By t_k
W_k = min(d, (t_k - S)+) days of it are done. Numbered in the order of their results, the design (section 4) says

    T = burn x sum over k of (product over j < k of (1 - q_j)) q_k W_k:

the work goes with the first evidence that speaks against it. Sorting is nothing that a model can be told, so we
write it as a sum over the sets A of evidence that speaks against it, the empty one apart:

    T = burn x sum over A of prob(A) min over k in A of W_k,    prob(A) = product_A q_k product_not A (1 - q_k).

Both are the same: W grows with t, so the least W in A belongs to the first k of A; and all sets whose first is k
together have the probability (product over j < k of (1 - q_j)) q_k, as what comes after k sums up to 1.

A one-way door that is passed before the first such evidence (F < the least t_k of A) costs its reversal besides.
The number of sets doubles with every evidence: of more than `MOST_EVIDENCE` those count that are likeliest to
discard the work.
"""

from functools import lru_cache
from itertools import product
from math import prod

from planner.domain.problem import Evidence, Problem, Risk
from planner.domain.units import MILLI
from planner.objective.variables import Variables, X

MOST_EVIDENCE = 6


def at_risk(problem: Problem, variables: Variables[X]) -> X:
    """Expected work that is discarded when its evidence comes, in milli ED."""
    return variables.algebra.linear([(1, risk_cost(risk, variables)) for risk in problem.risks])


def risk_cost(risk: Risk, variables: Variables[X]) -> X:
    """Expected loss of one activity in milli ED, each product of a probability rounded to a whole one."""
    algebra = variables.algebra
    start, finish = variables.start[risk.activity], variables.finish[risk.activity]
    evidence = sorted(risk.evidence, key=lambda known: -known.loss)[:MOST_EVIDENCE]
    times = [_time(known, variables) for known in evidence]
    done = [
        algebra.minimum([algebra.positive_part(algebra.linear([(1, time), (-1, start)]))], risk.duration)
        for time in times
    ]
    passed = [algebra.less(finish, time) for time in times] if risk.reversal else []
    costs: list[tuple[int, X]] = []
    for probability, against in outcomes(tuple(known.loss for known in evidence)):
        costs.append((round(probability * risk.burn), algebra.minimum([done[k] for k in against], risk.duration)))
        if risk.reversal:
            costs.append((round(probability * risk.reversal), algebra.minimum([passed[k] for k in against], 1)))
    return algebra.linear(costs)


def _time(known: Evidence, variables: Variables[X]) -> X:
    """When the evidence is there: with the finish of its activity, not before its period."""
    shown = [] if known.activity is None else [variables.finish[known.activity]]
    return variables.algebra.maximum(shown, known.period)


@lru_cache(maxsize=1024)
def outcomes(losses: tuple[int, ...]) -> tuple[tuple[float, tuple[int, ...]], ...]:
    """Every set of evidence that speaks against the work, with its probability; what cannot happen is left out.

    Evaluation asks for the same few again and again.

    >>> outcomes((300, 1000))
    ((0.3, (0, 1)), (0.7, (1,)))
    """
    outcomes = []
    for fails in product((True, False), repeat=len(losses)):
        chances = (loss if fail else MILLI - loss for loss, fail in zip(losses, fails, strict=True))
        probability = prod(chances) / MILLI ** len(losses)
        if probability and any(fails):
            outcomes.append((probability, tuple(k for k, fail in enumerate(fails) if fail)))
    return tuple(outcomes)
