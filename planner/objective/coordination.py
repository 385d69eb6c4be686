"""R, resistance, its co-ordination part: two teams at work on one component at the same time.

R = sum over such pairs of gamma (1 + friction) x days on which both are at work (design, section 4).
"""

from planner.domain.problem import Coordination, Problem
from planner.objective.variables import Variables, X


def coordination(problem: Problem, variables: Variables[X]) -> X:
    """Co-ordination between teams in milli ED."""
    return variables.algebra.linear([(1, coordination_cost(pair, variables)) for pair in problem.coordinations])


def coordination_cost(pair: Coordination, variables: Variables[X]) -> X:
    """Co-ordination of one pair in milli ED: what [S, F) of both have in common."""
    algebra = variables.algebra
    one, other = variables.finish[pair.first], variables.finish[pair.second]
    begin = algebra.maximum([variables.start[pair.first], variables.start[pair.second]], 0)
    beyond = algebra.positive_part(algebra.linear([(1, one), (-1, other)]))
    together = algebra.positive_part(algebra.linear([(1, one), (-1, beyond), (-1, begin)]))
    return algebra.linear([(pair.cost, together)])
