"""What makes an impossible plan possible: by hand on small clashes, and as laws on random ones."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner.domain.calendar import Calendar
from planner.domain.conflict import Change, ChangeKind
from planner.domain.relaxation import Relaxation
from planner.domain.roadmap import Roadmap
from planner.scheduling.budget import Budget
from planner.scheduling.changes import apply
from planner.scheduling.clash import smallest_clash
from planner.scheduling.formulate import Formulation, formulate
from planner.scheduling.relax import Relaxed, relaxed
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, task, team

WORK = Budget(work=4000)


def day(period: int) -> str:
    return Calendar(MONDAY).date_of(period).isoformat()


def due(period: int) -> dict[str, object]:
    """A hard due date whose last allowed day is this period."""
    return {"due": Calendar(MONDAY).date_of(period), "due_is_hard": True}


def after(roadmap: Roadmap, changes: Sequence[Change]) -> Formulation:
    return formulate(apply(roadmap, changes, NO_OPERATIONS), NO_OPERATIONS, MONDAY)


def ways_out(roadmap: Roadmap) -> Relaxed:
    clash = smallest_clash(after(roadmap, ()).problem, WORK)
    assert clash
    return relaxed(lambda changes: after(roadmap, changes), clash, WORK)


def by_change(found: Relaxed) -> dict[tuple[str, str], Relaxation]:
    """Single ways by (kind, task)."""
    return {(str(way.changes[0].kind), way.changes[0].task): way for way in found.ways if len(way.changes) == 1}


def test_a_chain_that_is_too_long_moves_its_deadline_by_what_is_missing() -> None:
    """A takes 3 days (0-2), B behind it 2 days (3-4), but is due on day 3: one day is missing."""
    chain = Roadmap(tasks=(task("A", 3), task("B", 2, after="A", team="Web", **due(3))), teams=(team(), team("Web")))
    found = ways_out(chain)
    assert len(found.clashes) == 1
    moved = by_change(found)["due", "B"]
    assert (moved.changes[0].value, moved.days) == (day(4), 1)
    assert by_change(found)["soften", "B"].changes[0].other == "A"
    assert [way.gives_up for way in found.ways[-2:]] in ([("A",), ("B",)], [("B",), ("A",)])


def test_two_deadlines_that_one_engineer_cannot_keep_need_a_second_one_for_a_week() -> None:
    """A and C take 3 days each of one engineer and are both due on day 4: a second one for a week is enough."""
    both = Roadmap(tasks=(task("A", 3, **due(4)), task("C", 3, **due(4))), teams=(team(),))
    ways = by_change(ways_out(both))
    assert (ways["due", "A"].changes[0].value, ways["due", "A"].days) == (day(5), 1)
    assert ways["due", "C"].days == 1
    hired = ways["hire", "Pay"]
    assert (hired.engineer_weeks, hired.changes[0].value, hired.changes[0].other) == (1, "1", f"{day(0)}/{day(4)}")


def test_a_pin_that_comes_too_early_says_the_first_day_that_works() -> None:
    """A takes 4 days; B waits for it and is pinned to day 2: it can begin on day 4, two days later."""
    pin = Calendar(MONDAY).date_of(2)
    pinned = Roadmap(
        tasks=(task("A", 4), task("B", 1, team="Web", after="A", not_before=pin, pinned=True)),
        teams=(team(), team("Web")),
    )
    unpinned = by_change(ways_out(pinned))["start", "B"]
    assert unpinned.days == 2
    assert "the first day on which that is possible is 11 Sep" in unpinned.text


def test_a_not_before_moves_back_by_what_is_missing() -> None:
    """B takes 3 days, may not start before day 4 and is due on day 5: it has to start on day 3."""
    late = Roadmap(
        tasks=(task("B", 3, not_before=Calendar(MONDAY).date_of(4), **due(5)),),
        teams=(team(),),
    )
    ways = by_change(ways_out(late))
    assert (ways["start", "B"].changes[0].value, ways["start", "B"].days) == (day(3), 1)
    assert (ways["due", "B"].changes[0].value, ways["due", "B"].days) == (day(6), 1)


def test_a_limit_of_tasks_in_progress_is_widened() -> None:
    """Two engineers, one task at a time: A and C of 3 days are both due on day 4."""
    limited = Roadmap(
        tasks=(task("A", 3, engineers=1, **due(4)), task("C", 3, engineers=1, **due(4))),
        teams=(team(engineers=2, wip_limit=1),),
    )
    assert by_change(ways_out(limited))["limit", "Pay"].changes[0].value == "2"


def test_two_clashes_that_share_nothing_are_settled_together() -> None:
    """A alone is too long for its date, and so is B: only both dates together help (or giving up)."""
    two = Roadmap(tasks=(task("A", 3, **due(1)), task("B", 4, team="Web", **due(1))), teams=(team(), team("Web")))
    found = ways_out(two)
    assert len(found.clashes) == 2
    cheapest = found.ways[0]
    assert {(c.kind, c.task, c.value) for c in cheapest.changes} == {
        (ChangeKind.DUE, "A", day(2)),
        (ChangeKind.DUE, "B", day(3)),
    }
    assert cheapest.days == 1 + 2


def test_ways_out_of_two_clashes_on_one_lane_know_of_each_other() -> None:
    """One lane, 3 days each, both due on day 1, which each alone misses: days 2 and 5 are possible."""
    tight = Roadmap(tasks=(task("A", 3, **due(1)), task("B", 3, **due(1))), teams=(team(),))
    ways = [way for way in ways_out(tight).ways if {c.kind for c in way.changes} == {ChangeKind.DUE}]
    assert [sorted(c.value for c in way.changes) for way in ways] == [[day(2), day(5)]]
    assert ways[0].days == 1 + 4


EFFORTS = st.integers(1, 4)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.lists(st.tuples(EFFORTS, st.booleans(), st.integers(0, 6), st.booleans()), min_size=2, max_size=4))
def test_every_way_gives_a_verified_plan_and_a_day_less_does_not(rows: list[tuple[int, bool, int, bool]]) -> None:
    tasks = [
        replace(
            task(f"T{k}", effort, team="Pay" if k % 2 else "Web", after=f"T{k - 1}" if waits and k else ""),
            **(due(last) if hard else {}),  # type: ignore[arg-type]
        )
        for k, (effort, waits, last, hard) in enumerate(rows)
    ]
    roadmap = Roadmap(tasks=tuple(tasks), teams=(team(), team("Web")))
    assume(smallest_clash(after(roadmap, ()).problem, WORK))
    found = ways_out(roadmap)
    assert found.ways
    costs = [(bool(way.gives_up), round(way.cost, 6)) for way in found.ways]
    assert costs == sorted(costs)
    for way in found.ways:
        problem = after(roadmap, way.changes).problem
        schedule = solve(problem, WORK).schedule
        assert schedule is not None
        assert not violations(problem, schedule)
        if len(way.changes) == 1 and way.changes[0].kind is ChangeKind.DUE:
            period = Calendar(MONDAY).after(date.fromisoformat(way.changes[0].value)) - 1
            sooner = replace(way.changes[0], value=day(period - 1))
            assert solve(after(roadmap, (sooner,)).problem, WORK).schedule is None
