"""R, resistance, its fragile part: a hand-over between teams that has no slack.

R = sum over dependencies between teams of phi burn_j (0.2 d_i - (S_j - F_i))+ (design, section 4). A fifth of the
predecessor's days is slack enough. Counted in fifths of a period, to stay in integers.
"""

from planner.domain.problem import FragileHandover, Problem
from planner.objective.variables import Variables, X

FIFTHS = 5


def fragile_handover(problem: Problem, variables: Variables[X]) -> X:
    """Hand-overs without slack in milli ED."""
    return variables.algebra.linear([(1, handover_cost(pair, variables)) for pair in problem.handovers])


def handover_cost(pair: FragileHandover, variables: Variables[X]) -> X:
    """What one hand-over costs in milli ED: the price of a fifth of a period times the fifths that are missing."""
    algebra = variables.algebra
    start, finish = variables.start[pair.successor], variables.finish[pair.predecessor]
    missing = algebra.positive_part(algebra.linear([(-FIFTHS, start), (FIFTHS, finish)], pair.duration))
    return algebra.linear([(pair.cost, missing)])
