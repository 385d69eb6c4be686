"""T, throwaway, first part: work that a later task replaces.

T = sum over pairs, a before b, of theta e_a (1 - (F_b - F_a) / H)+ where F_a < F_b, of equal finishes the lower
position first (design, section 4). The longer a was of use, the less of it is lost; with b first nothing is.
"""

from planner.domain.problem import Problem, Supersession
from planner.objective.variables import Variables, X


def supersession(problem: Problem, variables: Variables[X]) -> X:
    """Work that is thrown away because its successor came later, in milli ED."""
    return variables.algebra.linear([(1, supersession_cost(pair, variables)) for pair in problem.supersessions])


def supersession_cost(pair: Supersession, variables: Variables[X]) -> X:
    """What one pair throws away in milli ED."""
    algebra = variables.algebra
    early, late = variables.finish[pair.early], variables.finish[pair.late]
    tie = int(pair.early < pair.late)
    left = algebra.positive_part(algebra.linear([(-pair.slope, late), (pair.slope, early)], pair.cost))
    return algebra.gated(algebra.less(early, algebra.linear([(1, late)], tie)), left)
