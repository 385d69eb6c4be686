"""E, effort: what is spent whatever the sequence.

E = sum over activities of e_i (design, section 4; success probabilities come with hypotheses).
"""

from planner.domain.problem import Problem
from planner.objective.variables import Variables, X


def effort(problem: Problem, variables: Variables[X]) -> X:
    """Remaining effort of everything that is scheduled, in milli ED; no plan avoids it."""
    return variables.algebra.linear([], sum(activity.effort for activity in problem.activities))
