"""Where each team's time goes until the end of the plan: from everybody there is down to planned work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import accumulate
from operator import add

from planner.domain.calendar import Calendar
from planner.domain.plan import Waterfall, WeekLoad
from planner.domain.roadmap import CapacityChange, Roadmap, Team, id_key
from planner.domain.scopes import scopes_of
from planner.domain.settings import Defaults
from planner.domain.units import TENTHS_PER_ENGINEER
from planner.scheduling.capacity import change_span, holidays_by_scope, open_days, working_weekdays
from planner.scheduling.view import View

DIGITS = 2


def team_waterfalls(
    view: View, roadmap: Roadmap, loads: Sequence[Sequence[WeekLoad]], defaults: Defaults
) -> tuple[Waterfall, ...]:
    """Per team, in the order of `formulation.teams`, from the planning start to the last day worked.

    `loads` are the teams' weeks over the same days. On each of its weekdays a team has its engineers and joiners
    (gross). On a day off all of them are away, on others those whom Capacity takes; what is then above the capacity
    that the schedule keeps is on call, and what is above the weeks' capacity are operations.
    """
    end = min(max(view.schedule.finish, default=0), view.problem.horizon)
    changes: dict[str, list[CapacityChange]] = defaultdict(list)
    for change in roadmap.capacity:
        changes[id_key(change.team)].append(change)
    off = holidays_by_scope(roadmap.calendar, view.calendar)
    made = []
    for team, resource, weeks in zip(view.formulation.teams, view.problem.resources, loads, strict=False):
        spans = [span for scope in scopes_of([team]) for span in off.get(scope, ())]
        is_open = open_days(team.country or defaults.country, view.calendar, end, spans)
        days = zip(
            _heads(team, changes[id_key(team.name)], view.calendar, end, defaults),
            is_open,
            resource.capacity,
            strict=False,
        )
        made.append(_waterfall(days, weeks))
    return tuple(made)


def in_all(waterfalls: Iterable[Waterfall]) -> Waterfall:
    """The sum of several teams."""
    return reduce(add, waterfalls, Waterfall())


def _heads(
    team: Team, changes: Iterable[CapacityChange], calendar: Calendar, end: int, defaults: Defaults
) -> list[tuple[int, int]]:
    """Tenths of an engineer that the team has and that are on leave, by period; nobody on its weekend."""
    weekdays = working_weekdays(team.country or defaults.country, calendar.origin)
    engineers = defaults.team_engineers if team.engineers is None else team.engineers
    joined, left = [0.0] * (end + 1), [0.0] * (end + 1)
    for change in changes:
        first, last = change_span(change, calendar)
        until = end if last is None else min(last, end)
        if first < until:
            steps = joined if change.change > 0 else left
            steps[first] += abs(change.change)
            steps[until] -= abs(change.change)
    return [
        (_tenths(engineers + more), _tenths(less)) if calendar.date_of(period).weekday() in weekdays else (0, 0)
        for period, (more, less) in enumerate(zip(accumulate(joined[:end]), accumulate(left[:end]), strict=True))
    ]


def _tenths(engineers: float) -> int:
    return round(engineers * TENTHS_PER_ENGINEER)


def _waterfall(days: Iterable[tuple[tuple[int, int], int, int]], weeks: Sequence[WeekLoad]) -> Waterfall:
    """One team; `days` are ((there are, on leave), whether it is open, capacity) in tenths of an engineer.

    Capacity is what the schedule was checked against: where it is above what is left (a team that would have nobody
    is planned with one engineer), fewer count as away.
    """
    gross = away = capacity = 0
    for (heads, leave), is_open, has in days:
        heads = max(heads, has)
        gross += heads
        away += heads - max(heads - leave, has) if is_open else heads
        capacity += has
    net = round(sum(week.capacity for week in weeks), DIGITS)
    return Waterfall(
        gross=_engineer_days(gross),
        leave=_engineer_days(away),
        on_call=_engineer_days(gross - away - capacity),
        operations=round(_engineer_days(capacity) - net, DIGITS),
        net=net,
        planned=round(sum(week.planned for week in weeks), DIGITS),
    )


def _engineer_days(tenths: int) -> float:
    return tenths / TENTHS_PER_ENGINEER
