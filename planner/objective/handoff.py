"""R, resistance, its hand-off part: what every dependency between two teams costs.

R = sum over cross-team dependencies of h (1 + friction) (design, section 4).
"""

from planner.domain.problem import Problem
from planner.domain.units import MILLI
from planner.objective.variables import Variables, X


def handoff(problem: Problem, variables: Variables[X]) -> X:
    """Hand-offs between teams in milli ED."""
    return variables.algebra.linear(
        [],
        sum(
            problem.handoff * (MILLI + relation.friction) // MILLI
            for relation in problem.precedences
            if relation.cross_team
        ),
    )
