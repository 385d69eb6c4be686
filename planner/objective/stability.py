"""S, stability: what it costs that tasks start on another day than in the plan before.

S = sum over anchors of their price where the start differs. It is no part of J: nothing is wasted in the plan itself,
but teams have to agree anew. So a search minimises J + S, and people see both apart.
"""

from planner.domain.problem import Anchor, Problem
from planner.objective.variables import Variables, X


def stability(problem: Problem, variables: Variables[X]) -> X:
    """Moved starts in milli ED."""
    return variables.algebra.linear([(1, anchor_cost(anchor, variables)) for anchor in problem.anchors])


def anchor_cost(anchor: Anchor, variables: Variables[X]) -> X:
    """The price of one start in milli ED where it is earlier or later than its anchor; 0 where it has stayed."""
    algebra, start = variables.algebra, variables.start[anchor.activity]
    former = algebra.linear([], anchor.period)
    return algebra.linear([(anchor.cost, algebra.less(start, former)), (anchor.cost, algebra.less(former, start))])
