"""Where a team's time goes, by hand."""

from datetime import date

import pytest

from planner.domain.cells import Source
from planner.domain.plan import Plan, Waterfall
from planner.domain.roadmap import CalendarEvent, EventKind, Roadmap
from planner.scheduling.assemble import Frame, assemble
from planner.scheduling.budget import Budget
from planner.scheduling.formulate import formulate
from planner.scheduling.solve import solve
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, change, task, team


def planned(roadmap: Roadmap) -> Plan:
    formulation = formulate(roadmap, NO_OPERATIONS, MONDAY)
    solution = solve(formulation.problem, Budget(work=50, seed=0, workers=1), "full")
    return assemble(
        Frame("plan", MONDAY, 0, "full", "limited", roadmap, (), (), (), (), NO_OPERATIONS), formulation, solution
    )


def company_day(day: date) -> CalendarEvent:
    return CalendarEvent("Company day", EventKind.HOLIDAY, day, day, Source("plan.xlsx", "Calendar", 2))


def test_two_weeks_of_a_team():
    """Four engineers, one of them on call, a quarter operations; Wednesday off; one on leave in the second week; a
    joiner from its Thursday on. The task takes two of them on nine days: 2 x 9 x 0.75 = 13.5 ED.

    gross 4 x 10 + 2 = 42; leave 4 + 5 = 9; on call 9 x 1 = 9; left 42 - 18 = 24, a quarter of it 6.
    """
    plan = planned(
        Roadmap(
            tasks=(task("A", 13.5, engineers=2),),
            teams=(team(engineers=4, on_call=1, operations=0.25),),
            capacity=(
                change(-1, date(2026, 9, 14), date(2026, 9, 18)),
                change(1, date(2026, 9, 17), None),
                change(-2, date(2026, 8, 1), date(2026, 9, 4)),
            ),
            calendar=(company_day(date(2026, 9, 9)),),
        )
    )
    assert plan.finish == date(2026, 9, 18)
    by_hand = Waterfall(gross=42, leave=9, on_call=9, operations=6, net=18, planned=13.5)
    assert (plan.teams[0].waterfall, plan.waterfall) == (by_hand, by_hand)
    assert plan.waterfall.operations_share == pytest.approx(1 / 7)
    assert (plan.teams[0].demand, sum(week.capacity for week in plan.teams[0].weeks)) == (13.5, 18)


def test_a_team_that_on_call_and_leave_would_empty_is_counted_as_it_is_planned():
    """One engineer, on call, and away for good: planned with one, who is then neither away nor on call."""
    plan = planned(
        Roadmap(tasks=(task("A", 3),), teams=(team(on_call=1),), capacity=(change(-1, MONDAY, None),)),
    )
    assert plan.waterfall == Waterfall(gross=3, leave=0, on_call=0, operations=0, net=3, planned=3)


def test_a_week_from_sunday_to_thursday_has_five_days():
    plan = planned(Roadmap(tasks=(task("A", 5),), teams=(team(country="IL"), team("Led", 2)), capacity=()))
    by_team = {one.name: one.waterfall.gross for one in plan.teams}
    assert by_team["Led"] == 2 * sum(day.weekday() < 5 for day in _days(plan))
    assert by_team["Pay"] == sum(day.weekday() in (6, 0, 1, 2, 3) for day in _days(plan))


def _days(plan: Plan) -> list[date]:
    assert plan.finish is not None
    return [date.fromordinal(n) for n in range(MONDAY.toordinal(), plan.finish.toordinal() + 1)]


def test_all_teams_together_and_what_more_than_all_time_for_operations_means():
    """A team that only runs things is planned with a tenth of its time: 5 days of it are 50 days."""
    plan = planned(
        Roadmap(tasks=(task("A", 5), task("B", 2, "Led")), teams=(team(operations=1.0), team("Led", 1, on_call=0.5)))
    )
    assert plan.teams[1].waterfall == Waterfall(gross=50, leave=0, on_call=0, operations=45, net=5, planned=5)
    assert plan.waterfall.gross == 100
    assert plan.waterfall.net == plan.teams[0].waterfall.net + 5
