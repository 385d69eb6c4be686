"""Demand bounds, computed by hand."""

from planner.domain.problem import Activity, Deliverable, Precedence, Problem, Profile, Resource
from planner.domain.roadmap import Link
from planner.scheduling.overload import latest_finishes, overloads

HORIZON = 40
WEEK = Profile(tuple(1000 * t for t in range(HORIZON + 1)))


def problem(
    days: list[int], targets: dict[int, int], relations: list[tuple[int, int, Link, int]] | None = None
) -> Problem:
    """Activities of one engineer in a team of one; `targets` maps an activity to the target of its own item."""
    precedences = tuple(Precedence(a, b, link, lag) for a, b, link, lag in relations or [])
    return Problem(
        horizon=HORIZON,
        activities=tuple(Activity(str(i), work=1000 * d, demands=((0, 10),), team=0) for i, d in enumerate(days)),
        resources=(Resource("Ledger", (10,) * HORIZON),),
        profiles=(WEEK,),
        precedences=precedences,
        deliverables=tuple(Deliverable(str(i), (i,), 1000, 1000, target) for i, target in targets.items()),
        order=tuple(range(len(days))),
        predecessors=tuple(tuple(p for p in precedences if p.successor == i) for i in range(len(days))),
        successors=tuple(tuple(p for p in precedences if p.predecessor == i) for i in range(len(days))),
    )


def test_work_due_by_one_date_is_compared_with_what_the_team_has_until_then() -> None:
    two_in_ten_days = problem([8, 6], {0: 10, 1: 10})
    (over,) = overloads(two_in_ten_days, early_finish=(8, 6))
    assert over is not None
    assert (over.due, over.has) == (140, 100)  # 14 engineer-days due, 10 there are, in tenths
    assert over.ratio == 1.4
    assert (over.first, over.last) == (10, 10)


def test_what_fits_is_no_overload() -> None:
    assert overloads(problem([8, 6], {0: 10, 1: 14}), early_finish=(8, 6)) == (None,)


def test_work_without_a_target_is_never_due() -> None:
    assert overloads(problem([8, 30], {0: 8}), early_finish=(8, 30)) == (None,)


def test_a_target_already_missed_by_the_work_itself_is_not_the_teams_overload() -> None:
    assert overloads(problem([8], {0: 3}), early_finish=(8,)) == (None,)


def test_latest_finishes_go_back_through_every_kind_of_relation() -> None:
    # 4 days each; the successor (1) has to finish by 20, so it starts by 16.
    for link, lag, expected in [
        (Link.FS, 0, 16),  # finish before its start
        (Link.FS, 3, 13),
        (Link.SS, 0, 20),  # start before its start: 16, then 4 days of its own
        (Link.FF, 0, 20),
        (Link.FF, -2, 22),
        (Link.SF, 0, 24),  # start before its finish: 20, then 4 days of its own
    ]:
        assert latest_finishes(problem([4, 4], {1: 20}, [(0, 1, link, lag)])) == [expected, 20]
