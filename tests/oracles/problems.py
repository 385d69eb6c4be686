"""The oracles of the design as problems: a day is 1000, an engineer-day is 1000, a team 10 tenths of an engineer."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations

from planner.domain.problem import (
    Activity,
    Debt,
    Deliverable,
    Evidence,
    InterfaceRelease,
    Precedence,
    Problem,
    Risk,
    Schedule,
    Supersession,
)
from planner.domain.units import MILLI
from planner.scheduling.timing import complete
from tests.scheduling.instances import problem


def milli(amount: float) -> int:
    """Days, engineer-days and probabilities as the integers of a problem."""
    return round(MILLI * amount)


def oracle(days: Mapping[str, int], worth: Mapping[str, float], lane: str = "", horizon: int = 12) -> Problem:
    """Tasks by name with their days, ED per day of delay, and who shares the one lane; the others are free."""
    return problem(
        [Activity(name, milli(d), demands=((0, 10),) if name in lane.split() else ()) for name, d in days.items()],
        [[10] * horizon],
        deliverables=[Deliverable(name, (list(days).index(name),), milli(w)) for name, w in worth.items()],
    )


def in_order(given: Problem, names: str) -> Schedule:
    """The tasks of one lane one after the other, without a pause."""
    start, day = {}, 0
    for name in names.split():
        start[name] = day
        day += next(it.work for it in given.activities if it.id == name) // MILLI
    return complete(given, [start[it.id] for it in given.activities])


def orders(given: Problem) -> list[str]:
    """All orders of the tasks."""
    return [" ".join(order) for order in permutations(it.id for it in given.activities)]


def extend_before_replace(worth: float) -> Problem:
    """X3: a extends a component for 4 days, b replaces it in 5."""
    given = oracle({"a": 4, "b": 5}, {"a": worth, "b": 1}, lane="a b")
    return replace(given, supersessions=(Supersession(0, 1, cost=milli(4)),))


def evidence_before_work(success: float, burn: float = 1) -> Problem:
    """X4: test x takes 2 days, work i takes 6, burns `burn` a day and is worth `success` a day."""
    given = oracle({"x": 2, "i": 6}, {"i": success})
    return replace(given, risks=(Risk(1, milli(burn), 6, (Evidence(milli(1 - success), activity=0),)),))


def three_tests() -> Problem:
    """X5: three tests of one hypothesis each; each relies on the results of the other two."""
    chances = (0.9, 0.8, 0.4)
    given = oracle({"A": 4, "B": 1, "C": 2}, {}, lane="A B C", horizon=8)
    results = [Evidence(milli(1 - p), activity=k) for k, p in enumerate(chances)]
    others = {i: [k for k in range(3) if k != i] for i in range(3)}
    return replace(
        given,
        activities=tuple(
            replace(it, effort=it.work, success=milli(chances[others[i][0]] * chances[others[i][1]]))
            for i, it in enumerate(given.activities)
        ),
        risks=tuple(
            Risk(i, MILLI, it.work // MILLI, tuple(results[k] for k in others[i]))
            for i, it in enumerate(given.activities)
        ),
    )


def two_releases(worth: float) -> Problem:
    """X7: release a is ready on day 3, b on day 10; 4 consumers spend 2 ED each on a breaking release."""
    given = oracle({"a": 3, "b": 10}, {"a": worth}, horizon=13)
    return replace(given, releases=(InterfaceRelease("api", (0, 1), cost=milli(4 * 2), window=5),))


def quick_fix(delta: float) -> Problem:
    """X8: a quick fix of 2 days, its repayment of 4, then three touches of 4 days worth 0.2 a day each."""
    given = oracle(
        {"fix": 2, "repay": 4, "x": 4, "y": 4, "z": 4}, dict.fromkeys("xyz", 0.2), "fix repay x y z", horizon=20
    )
    touches = tuple((i, milli(delta * 4)) for i in (2, 3, 4))
    first = tuple(Precedence(0, i) for i in (1, 2, 3, 4))
    return with_precedences(
        replace(given, debts=(Debt(0, interest=0, principal=0, horizon=20, repaid_by=1, touches=touches),)), first
    )


def open_decision() -> Problem:
    """X10: a decision on day 3 is for a with 0.7; a takes 4 days, b takes 6, on two teams."""
    given = oracle({"a": 4, "b": 6}, {"a": 0.5, "b": 0.2})
    return replace(
        given,
        risks=(
            Risk(0, MILLI, 4, (Evidence(milli(0.3), period=3),)),
            Risk(1, MILLI, 6, (Evidence(milli(0.7), period=3),)),
        ),
    )


def two_replacements() -> Problem:
    """X11: b1 replaces what a1 extends, b2 what a2 extends; c stands alone."""
    given = oracle(
        {"a1": 2, "b1": 3, "a2": 4, "b2": 2, "c": 1},
        {"a1": 2, "b1": 0.5, "a2": 3, "b2": 1, "c": 1},
        "a1 b1 a2 b2 c",
    )
    return replace(given, supersessions=(Supersession(0, 1, milli(2)), Supersession(2, 3, milli(4))))


def softly_before() -> Problem:
    """X12: j of 5 days softly before i of 4: RP x RI = 0.5 x 0.4 of what i does before."""
    given = oracle({"j": 5, "i": 4}, {"i": 1})
    return replace(given, risks=(Risk(1, MILLI, 4, (Evidence(milli(0.5 * 0.4), activity=0),)),))


def with_precedences(given: Problem, relations: tuple[Precedence, ...]) -> Problem:
    """The problem with these relations alone."""
    positions = range(len(given.activities))
    return replace(
        given,
        precedences=relations,
        predecessors=tuple(tuple(r for r in relations if r.successor == i) for i in positions),
        successors=tuple(tuple(r for r in relations if r.predecessor == i) for i in positions),
    )
