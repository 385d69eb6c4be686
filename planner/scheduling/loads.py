"""What each team has and does in each week of a schedule, in engineer-days, and whom it has at work on which day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from planner.domain.plan import Hold, WeekLoad
from planner.domain.settings import Defaults
from planner.domain.units import TENTHS_PER_ENGINEER
from planner.scheduling.capacity import operations_share
from planner.scheduling.view import View


def team_loads(view: View, defaults: Defaults) -> tuple[tuple[WeekLoad, ...], ...]:
    """Weeks from the planning start to the end of the plan, per team in the order of `formulation.teams`, whose
    resources come first.

    Capacity is what operations leave; an activity's effort of a team is spread evenly over its days worked.
    """
    end = max(view.schedule.finish, default=0)
    weeks = [_monday(view.calendar.date_of(period)) for period in range(min(end, view.problem.horizon))]
    planned = _planned(view, weeks)
    loads = []
    for team, resource in zip(view.formulation.teams, view.problem.resources, strict=False):
        for_roadmap = 1 - operations_share(team, defaults)
        has: dict[date, float] = dict.fromkeys(weeks, 0.0)
        for period, week in enumerate(weeks):
            has[week] += resource.capacity[period] / TENTHS_PER_ENGINEER * for_roadmap
        loads.append(
            tuple(WeekLoad(week, round(has[week], 2), round(planned[team.name, week], 2)) for week in sorted(has))
        )
    return tuple(loads)


def team_holds(view: View) -> tuple[tuple[Hold, ...], ...]:
    """The engineers that the schedule takes of each team, in runs of days with as many, in the order of the teams."""
    taken: list[dict[int, int]] = [defaultdict(int) for _ in view.formulation.teams]
    for i, activity in enumerate(view.problem.activities):
        start = view.schedule.start[i]
        for resource, demand in activity.demands:
            if resource < len(taken):  # behind the teams come their limits of work in progress
                capacity = view.problem.resources[resource].capacity
                for period in range(start, view.problem.work_end(i, start)):
                    taken[resource][period] += min(demand, capacity[period])
    return tuple(tuple(_runs(view, tenths)) for tenths in taken)


def _runs(view: View, tenths: Mapping[int, int]) -> Iterator[Hold]:
    """Neighbouring periods with as many engineers as one hold."""
    busy = [period for period in sorted(tenths) if tenths[period]]
    first = 0
    for k, period in enumerate(busy):
        ends = k + 1 == len(busy) or busy[k + 1] != period + 1 or tenths[busy[k + 1]] != tenths[period]
        if ends:
            day_of = view.calendar.date_of
            yield Hold(day_of(busy[first]), day_of(period), tenths[period] / TENTHS_PER_ENGINEER)
            first = k + 1


def _planned(view: View, weeks: list[date]) -> dict[tuple[str, date], float]:
    """Engineer-days by (team, Monday)."""
    planned: dict[tuple[str, date], float] = defaultdict(float)
    for i, shares in enumerate(view.formulation.work):
        start = view.schedule.start[i]
        profile = view.problem.profiles[view.problem.activities[i].profile]
        days = [t for t in range(start, view.problem.work_end(i, start)) if profile.works(t)]
        for share in shares:
            for period in days:
                planned[share.team, weeks[period]] += share.effort / len(days)
    return planned


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
