"""E, effort: what is spent whatever the sequence.

E = sum over activities of P_i e_i, with P_i the probability that all hypotheses of i hold (design, section 4).
What is spent on i although one of them fails is throwaway (`at_risk`): together they are the expected spend.
"""

from planner.domain.problem import Problem
from planner.domain.units import MILLI
from planner.objective.variables import Variables, X


def effort(problem: Problem, variables: Variables[X]) -> X:
    """Expected remaining effort of everything that is scheduled, in milli ED; no plan avoids it."""
    spent = sum(round(activity.effort * activity.success / MILLI) for activity in problem.activities)
    return variables.algebra.linear([], spent)


def merge_saving(effort: float, share: float, handoff: float) -> float:
    """What E falls by when a duplicate of `effort` is merged away: `share` (0..1) of it, less a hand-off.

    All in the unit of `effort`. Of two duplicates of 10 and 6 days it saves more to drop the larger one:

    >>> merge_saving(10, 0.8, 1.5), round(merge_saving(6, 0.8, 1.5), 1)
    (6.5, 3.3)
    """
    return share * effort - handoff
