"""The decision variables and the arithmetic that terms may use.

A term is a function of `Variables`. Fed integers (`Integers`) it evaluates a schedule; fed the variables of
a solver (`scheduling.cpsat.Model` implements the same `Algebra`) it is the model. Costs are milli ED.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from planner.domain.problem import Problem, Schedule

X = TypeVar("X")


class Algebra(Protocol[X]):
    """What a term may do with its variables."""

    def linear(self, terms: Sequence[tuple[int, X]], constant: int = 0) -> X:
        """Sum of coefficient times value, plus a constant."""

    def maximum(self, values: Sequence[X], lower: int) -> X:
        """The largest of the values and of `lower`."""

    def minimum(self, values: Sequence[X], upper: int) -> X:
        """The smallest of the values and of `upper`."""

    def positive_part(self, value: X) -> X:
        """max(0, value)."""

    def less(self, value: X, other: X) -> X:
        """1 where value < other, else 0."""

    def gated(self, gate: X, value: X) -> X:
        """`value` where `gate` is 1, 0 where it is 0."""


class Integers:
    """Plain numbers: the algebra that evaluates."""

    def linear(self, terms: Sequence[tuple[int, int]], constant: int = 0) -> int:
        """Sum of coefficient times value, plus a constant."""
        return sum((factor * value for factor, value in terms), constant)

    def maximum(self, values: Sequence[int], lower: int) -> int:
        """The largest of the values and of `lower`."""
        return max([lower, *values])

    def minimum(self, values: Sequence[int], upper: int) -> int:
        """The smallest of the values and of `upper`."""
        return min([upper, *values])

    def positive_part(self, value: int) -> int:
        """max(0, value)."""
        return max(0, value)

    def less(self, value: int, other: int) -> int:
        """1 where value < other, else 0."""
        return int(value < other)

    def gated(self, gate: int, value: int) -> int:
        """`value` where `gate` is 1, 0 where it is 0."""
        return value if gate else 0


@dataclass(frozen=True)
class Variables(Generic[X]):
    """Start, finish and launch of every activity, by position, and the algebra they live in."""

    start: Sequence[X]
    finish: Sequence[X]
    launch: Sequence[X]
    algebra: Algebra[X]


@dataclass(frozen=True)
class Term:
    """One letter of J: its name for people and the function that is evaluation and model at once."""

    letter: str
    name: str
    function: Callable[[Problem, Variables[Any]], Any]


def numbers(schedule: Schedule) -> Variables[int]:
    """A schedule as variables, to be evaluated."""
    return Variables(schedule.start, schedule.finish, schedule.launch, Integers())
