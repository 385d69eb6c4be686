"""A problem in which the letters of J count more, less or not at all."""

from collections.abc import Mapping
from dataclasses import replace

from planner.domain.problem import Problem
from planner.domain.units import MILLI


def weighted(problem: Problem, weights: Mapping[str, int]) -> Problem:
    """The same schedules at other prices: each letter of J times its weight in thousandths, 0 where it has none.

    Exact for a weight of `MILLI`; with others every price is rounded by itself.
    """

    def priced(letter: str, amount: int) -> int:
        return round(amount * weights.get(letter, 0) / MILLI)

    def counts(letter: str) -> bool:
        return weights.get(letter, 0) > 0

    return replace(
        problem,
        activities=tuple(replace(it, effort=priced("E", it.effort)) for it in problem.activities),
        deliverables=tuple(
            replace(it, delay_weight=priced("D", it.delay_weight), late_weight=priced("D", it.late_weight))
            for it in problem.deliverables
            if counts("D")
        ),
        supersessions=tuple(
            replace(it, cost=priced("T", it.cost), slope=priced("T", it.slope))
            for it in problem.supersessions
            if counts("T")
        ),
        risks=tuple(
            replace(it, burn=priced("T", it.burn), reversal=priced("T", it.reversal))
            for it in problem.risks
            if counts("T")
        ),
        releases=tuple(replace(it, cost=priced("T", it.cost)) for it in problem.releases if counts("T")),
        handoff=priced("R", problem.handoff),
        coordinations=tuple(replace(it, cost=priced("R", it.cost)) for it in problem.coordinations if counts("R")),
        handovers=tuple(replace(it, cost=priced("R", it.cost)) for it in problem.handovers if counts("R")),
        debts=tuple(
            replace(
                it,
                interest=priced("B", it.interest),
                principal=priced("B", it.principal),
                touches=tuple((i, priced("B", extra)) for i, extra in it.touches),
            )
            for it in problem.debts
            if counts("B")
        ),
        anchors=(),
    )
