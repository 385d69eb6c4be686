"""D, delay: what it costs that items come out late.

D = sum over items g of w_g (L_g - r)+ + late_g (L_g - target_g)+ with L_g the last launch of its tasks and
r = 0 the planning start (design, section 4). With w alone this is weighted completion time.
"""

from planner.domain.problem import Deliverable, Problem
from planner.objective.variables import Algebra, Variables, X


def delay(problem: Problem, variables: Variables[X]) -> X:
    """Cost of delay of all deliverables in milli ED, from the planning start to their last launch."""
    return variables.algebra.linear([(1, delay_of(item, variables)) for item in problem.deliverables])


def delay_of(item: Deliverable, variables: Variables[X]) -> X:
    """Cost of delay of one deliverable in milli ED."""
    launched = variables.algebra.maximum([variables.launch[i] for i in item.activities], max(item.sunk, 0))
    return delay_when(item, launched, variables.algebra)


def delay_when(item: Deliverable, launched: X, algebra: Algebra[X]) -> X:
    """Cost of delay of one deliverable in milli ED when the last of it launches at `launched`."""
    costs = [(item.delay_weight, launched)]
    if item.late_weight and item.target is not None:
        late = algebra.positive_part(algebra.linear([(1, launched)], -item.target))
        costs.append((item.late_weight, late))
    return algebra.linear(costs)
