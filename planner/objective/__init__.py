"""The objective J = E + D + T + R + B in milli engineer-days, one term a file, each written once.

In: a `Problem` and `Variables` (numbers to evaluate, solver variables to model). Out: a cost, never negative.
To add a term, write `objective/<name>.py` with one function like `delay` and add its line to `TERMS`. A term that
sums over structures of the problem has a second function for one of them (`supersession_cost(pair, variables)`):
the severity of a conflict is its value. Several terms may share a letter; people see the sum per letter.
A plan that keeps close to the one before is searched for with one more term, which is no part of J: `SEARCHED`.
"""

from planner.domain.problem import Problem, Schedule
from planner.objective.at_risk import at_risk
from planner.objective.coordination import coordination
from planner.objective.debt import debt
from planner.objective.delay import delay
from planner.objective.effort import effort
from planner.objective.fragile_handover import fragile_handover
from planner.objective.handoff import handoff
from planner.objective.interface_release import interface_release
from planner.objective.stability import stability
from planner.objective.supersession import supersession
from planner.objective.variables import Algebra, Term, Variables, numbers

TERMS = (
    Term("E", "effort", effort),
    Term("D", "delay", delay),
    Term("T", "throwaway", supersession),
    Term("T", "throwaway", at_risk),
    Term("T", "throwaway", interface_release),
    Term("R", "resistance", handoff),
    Term("R", "resistance", coordination),
    Term("R", "resistance", fragile_handover),
    Term("B", "debt", debt),
)

SEARCHED = (*TERMS, Term("S", "replanning", stability))
"""What a search minimises: J, and the price of moved starts where a problem has anchors."""

NAMES = {term.letter: term.name for term in SEARCHED}
"""What people call the letters: those of J in their order, then the one that is no part of it."""


def evaluate(problem: Problem, schedule: Schedule) -> int:
    """What a search minimises, in milli ED: J of a schedule, and S where the problem has anchors."""
    variables = numbers(schedule)
    return sum(term.function(problem, variables) for term in SEARCHED)


def by_term(problem: Problem, schedule: Schedule) -> dict[str, int]:
    """The value of each letter of J in milli ED."""
    variables = numbers(schedule)
    values = dict.fromkeys((term.letter for term in TERMS), 0)
    for term in TERMS:
        values[term.letter] += term.function(problem, variables)
    return values


__all__ = ["NAMES", "SEARCHED", "TERMS", "Algebra", "Term", "Variables", "by_term", "evaluate", "numbers"]
