"""B, technical debt: interest while it is unpaid, dearer work on top of it, and its principal where it stays.

B = sum over debts of interest x (min(F_repay, horizon) - F)+ + delta e_j for each later task j on the component that
starts while it is unpaid + principal if it is never repaid (design, section 4). Debt that is there already has F = 0.
"""

from planner.domain.problem import Debt, Problem
from planner.objective.variables import Variables, X


def debt(problem: Problem, variables: Variables[X]) -> X:
    """Interest, dearer work and unpaid principal in milli ED."""
    return variables.algebra.linear([(1, debt_cost(owed, variables)) for owed in problem.debts])


def debt_cost(owed: Debt, variables: Variables[X]) -> X:
    """What one debt costs in milli ED."""
    algebra = variables.algebra
    taken = algebra.linear([] if owed.activity is None else [(1, variables.finish[owed.activity])])
    if owed.repaid_by is None:
        unpaid = algebra.linear([(-1, taken)], owed.horizon)
    else:
        repaid = variables.finish[owed.repaid_by]
        end = algebra.minimum([repaid], owed.horizon)
        unpaid = algebra.linear([(1, end), (-1, taken)])
    costs = [(owed.interest, algebra.positive_part(unpaid))]
    for activity, extra in owed.touches:
        start = variables.start[activity]
        later = algebra.less(taken, algebra.linear([(1, start)], 1))
        if owed.repaid_by is not None:
            later = algebra.gated(later, algebra.less(start, variables.finish[owed.repaid_by]))
        costs.append((extra, later))
    return algebra.linear(costs, owed.principal if owed.repaid_by is None else 0)
