"""The objective J = E + D + R in milli engineer-days, one term a file, each written once.

In: a `Problem` and `Variables` (numbers to evaluate, solver variables to model). Out: a cost.
To add a term, write `objective/<name>.py` with one function like `delay` and add its line to `TERMS`.
"""

from planner.domain.problem import Problem, Schedule
from planner.objective.delay import delay
from planner.objective.effort import effort
from planner.objective.handoff import handoff
from planner.objective.variables import Algebra, Term, Variables, numbers

TERMS = (
    Term("E", "effort", effort),
    Term("D", "delay", delay),
    Term("R", "resistance", handoff),
)


def evaluate(problem: Problem, schedule: Schedule) -> int:
    """J of a schedule in milli ED."""
    return sum(by_term(problem, schedule).values())


def by_term(problem: Problem, schedule: Schedule) -> dict[str, int]:
    """The value of each term, by its letter, in milli ED."""
    variables = numbers(schedule)
    return {term.letter: term.function(problem, variables) for term in TERMS}


__all__ = ["TERMS", "Algebra", "Term", "Variables", "by_term", "evaluate", "numbers"]
