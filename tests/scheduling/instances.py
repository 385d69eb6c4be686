"""Problems for tests: by hand, at random, and brute force over all starts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from planner.domain.problem import (
    Activity,
    Coordination,
    Debt,
    Deliverable,
    Evidence,
    FragileHandover,
    InterfaceRelease,
    LaunchCalendar,
    Precedence,
    Problem,
    Profile,
    Resource,
    Risk,
    Schedule,
    Supersession,
)
from planner.domain.roadmap import Link
from planner.domain.units import MILLI
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations


def problem(
    activities: Sequence[Activity],
    capacities: Sequence[Sequence[int]],
    precedences: Sequence[Precedence] = (),
    deliverables: Sequence[Deliverable] = (),
    open_days: Sequence[bool] = (),
) -> Problem:
    """Activities in topological order; progress follows from demands and capacity, launches from `open_days`."""
    horizon = len(capacities[0])
    open_days = open_days or [True] * horizon
    next_open = [next((k for k in range(t, horizon) if open_days[k]), horizon) for t in range(horizon + 1)]
    count = len(activities)
    return Problem(
        horizon=horizon,
        activities=tuple(_with_profile(it, i, count) for i, it in enumerate(activities)),
        resources=tuple(Resource(f"team {r}", tuple(row)) for r, row in enumerate(capacities)),
        profiles=(*(_profile(it, capacities) for it in activities), _plain(horizon)),
        launch_calendars=(LaunchCalendar(tuple(next_open)),),
        precedences=tuple(precedences),
        deliverables=tuple(deliverables),
        order=tuple(range(count)),
        predecessors=tuple(tuple(r for r in precedences if r.successor == i) for i in range(count)),
        successors=tuple(tuple(r for r in precedences if r.predecessor == i) for i in range(count)),
    )


def _with_profile(it: Activity, i: int, plain: int) -> Activity:
    return Activity(
        **{name: getattr(it, name) for name in it.__slots__} | {"profile": i if it.demands else plain},
    )


def _plain(horizon: int) -> Profile:
    return Profile(tuple(range(0, MILLI * horizon + 1, MILLI)))


def _profile(it: Activity, capacities: Sequence[Sequence[int]]) -> Profile:
    cumulative = [0]
    for day in range(len(capacities[0])):
        shares = [min(demand, capacities[r][day]) * MILLI // demand for r, demand in it.demands]
        cumulative.append(cumulative[-1] + min(shares, default=MILLI))
    return Profile(tuple(cumulative))


def lane(
    durations: Sequence[int], weights: Sequence[float], before: Sequence[tuple[int, int]] = (), horizon: int = 12
) -> Problem:
    """One team of one engineer; an item for every task with a weight (ED per day)."""
    return problem(
        [Activity(id="ABCDEFG"[i], work=d * MILLI, demands=((0, 10),), team=0) for i, d in enumerate(durations)],
        [[10] * horizon],
        [Precedence(i, j) for i, j in before],
        [Deliverable("ABCDEFG"[i], (i,), round(w * MILLI)) for i, w in enumerate(weights) if w],
    )


def all_schedules(problem: Problem) -> Iterator[Schedule]:
    """Every feasible schedule, by trying every start; for tiny problems."""
    for start in product(range(problem.horizon + 1), repeat=len(problem.activities)):
        if all(problem.finish(i, s) <= problem.horizon for i, s in enumerate(start)):
            schedule = complete(problem, start)
            if not violations(problem, schedule):
                yield schedule


@st.composite
def problems(
    draw: st.DrawFn, most: int = 6, horizon: int = 40, strict: bool = False, priced: bool = False
) -> Problem:
    """Random small problems: calendars, lags, launches with blocks, dates; `strict` adds tight deadlines.

    `priced` adds structures of T, R and B.
    """
    teams = draw(st.integers(1, 2))
    capacities = []
    for _ in range(teams):
        week = draw(st.lists(st.sampled_from([0, 10, 10, 15, 20]), min_size=5, max_size=5))
        capacities.append([([20, *week])[day % 6] for day in range(horizon)])
    count = draw(st.integers(2, most))
    activities = [draw(_activity(i, teams, horizon, strict)) for i in range(count)]
    pairs = [(i, j) for j in range(count) for i in range(j)]
    precedences = [
        Precedence(
            i,
            j,
            link := draw(st.sampled_from(list(Link))),
            draw(st.integers(-2, 3)),
            launch=link in (Link.FS, Link.FF) and draw(st.booleans()),
            cross_team=draw(st.booleans()),
        )
        for i, j in draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True))
    ]
    deliverables = [
        Deliverable(
            f"item {g}",
            tuple(sorted(draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=3)))),
            draw(st.integers(0, 3)) * 500,
            draw(st.integers(0, 2)) * 500,
            draw(st.none() | st.integers(0, horizon)),
        )
        for g in range(draw(st.integers(1, 3)))
    ]
    blocked = draw(st.sets(st.integers(0, 20), max_size=4))
    made = problem(activities, capacities, precedences, deliverables, [day not in blocked for day in range(horizon)])
    return draw(_with_structures(made)) if priced else made


@st.composite
def _with_structures(draw: st.DrawFn, given: Problem) -> Problem:
    """At most one structure of each kind over any two activities; costs of up to 3 ED."""
    count = len(given.activities)
    cost, some = st.integers(0, 3000), st.integers(0, count - 1)
    first, second = draw(st.permutations(range(count)))[:2]
    evidence = st.builds(
        Evidence, st.sampled_from([0, 300, 700, 1000]), st.none() | st.just(second), st.integers(0, 8)
    )
    kinds: dict[str, st.SearchStrategy[object]] = {
        "supersessions": st.builds(Supersession, st.just(first), st.just(second), cost, st.integers(0, 400)),
        "risks": st.builds(
            Risk,
            st.just(first),
            st.integers(0, 1500),
            st.integers(0, 4),
            st.lists(evidence, min_size=1, max_size=3).map(tuple),
            st.sampled_from([0, 2000]),
        ),
        "releases": st.builds(
            InterfaceRelease,
            st.just("api"),
            st.sets(some, min_size=1, max_size=3).map(sorted).map(tuple),
            cost,
            st.integers(0, 3),
        ),
        "coordinations": st.builds(Coordination, st.just(first), st.just(second), cost),
        "handovers": st.builds(
            FragileHandover, st.just(first), st.just(second), st.integers(0, 300), st.integers(0, 9)
        ),
        "debts": st.builds(
            Debt,
            st.none() | st.just(first),
            st.integers(0, 400),
            cost,
            st.integers(5, 12),
            st.none() | st.just(second),
            st.lists(st.tuples(some, cost), max_size=2).map(tuple),
        ),
    }
    return replace(given, **{kind: tuple(draw(st.lists(one, max_size=1))) for kind, one in kinds.items()})


@st.composite
def _activity(draw: st.DrawFn, i: int, teams: int, horizon: int, strict: bool) -> Activity:
    users = draw(st.sets(st.integers(0, teams - 1), max_size=2))
    latest = 12 if strict else horizon
    return Activity(
        id=f"T{i}",
        work=draw(st.sampled_from([0, 750, 1000, 1750, 3000])),
        wait=draw(st.sampled_from([0, 0, 0, 2])),
        demands=tuple((r, draw(st.sampled_from([5, 10, 20]))) for r in sorted(users)),
        release=draw(st.sampled_from([0, 0, 3])),
        deadline=draw(st.none() | st.integers(4, latest)) if strict else None,
        launch_calendar=draw(st.sampled_from([None, 0])),
        effort=1000,
    )
