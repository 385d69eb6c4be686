"""Plans with any number of everything, at random, to be drawn; names are long, short and hostile."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from planner.domain.cells import Source
from planner.domain.conflict import CostPoint
from planner.domain.forecast import DateForecast, Forecast
from planner.domain.plan import Dsm, Plan, PlannedItem, PlannedTask, PlannedTeam, Reason, Waterfall, WeekLoad
from planner.domain.roadmap import CalendarEvent, EventKind, Roadmap, Target
from planner.scheduling.iterations import iterations

from .sample_plan import AS_OF, conflicts, item, sample_plan, task

NAMES = (
    "Pay",
    "W",
    "Identity and Access Management for the whole of the company, second floor",
    "<script>alert(\"x\")</script> & 'co' | `rm`",
    "two\nlines\tand\x1b[31m more",
    "決済チームの長い名前は幅が広い",
    "😀👩‍👩‍👧 team 🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀",
    "فريق المدفوعات الدولية",
    "צוות התשלומים",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
)


def random_plan(seed: int, teams: int, tasks: int, items: int, days: int) -> Plan:
    """So many of each within so many days."""
    rng = Random(seed)
    crew = [_team(rng, f"{rng.choice(NAMES)} {k}", days) for k in range(teams)]
    planned = [_task(rng, k, crew, days) for k in range(tasks)]
    planned = [
        replace(one, reason=Reason("predecessor", "waits", (planned[rng.randrange(k)].id,))) if k and k % 3 else one
        for k, one in enumerate(planned)
    ]
    landing = [_item(rng, k, planned, days) for k in range(items)]
    counts = tuple(tuple(rng.choice((0, 0, 1, 12, 345)) for _ in crew) for _ in crew)
    fall = Waterfall()
    for team in crew:
        fall += team.waterfall
    return replace(
        sample_plan(),
        title=rng.choice(NAMES),
        tasks=tuple(planned),
        items=tuple(landing),
        teams=tuple(crew),
        waterfall=fall,
        iterations=iterations(planned, AS_OF),
        dsm=Dsm(tuple(team.name for team in crew), counts),
        conflicts=tuple(_conflict(rng, k, crew) for k in range(rng.randrange(9))),
        finish=max((one.finish for one in planned), default=None),
        roadmap=Roadmap(calendar=_blocks(rng, crew, days)),
        forecast=_forecast(rng, landing) if rng.random() < 0.5 else None,
    )


def _day(rng: Random, days: int) -> date:
    return AS_OF + timedelta(days=rng.randrange(days))


def _team(rng: Random, name: str, days: int) -> PlannedTeam:
    weeks = tuple(
        WeekLoad(AS_OF + timedelta(weeks=k), rng.choice((0, 10, 400)), rng.choice((0, 5, 9.5, 10, 400)))
        for k in range(days // 7 + 1)
    )
    parts = [rng.choice((0.0, 3.0, 1234.5)) for _ in range(4)]
    planned = PlannedTeam(name, "", 3, (), rng.random() * 99, rng.random() * 2, None, weeks)
    planned = replace(planned, waterfall=Waterfall(sum(parts), *parts, planned=parts[3] * rng.random()))
    first = _day(rng, days)
    over = {"overload": 1.4, "overload_first": first, "overload_last": first + timedelta(days=rng.choice((1, 90)))}
    return replace(planned, **over) if rng.random() < 0.2 else planned  # type: ignore[arg-type]


def _task(rng: Random, k: int, crew: list[PlannedTeam], days: int) -> PlannedTask:
    teams = tuple(team.name for team in rng.sample(crew, min(len(crew), rng.choice((0, 1, 1, 2)))))
    made = task(
        k + 2, f"{rng.choice(('T', 'Mobile:LONG-PROJECT-KEY', '決'))}-{k}", rng.choice(NAMES), "", _day(rng, days), 1
    )
    return replace(
        made,
        teams=teams,
        finish=made.start + timedelta(days=rng.choice((0, 2, 20, days))),
        on_chain=rng.random() < 0.2,
        is_milestone=rng.random() < 0.1,
        status=rng.choice(("planned", "in progress")),
        sequence=0 if rng.random() < 0.1 else k + 1,
        days_late=rng.choice((0, 0, 400)),
    )


def _item(rng: Random, k: int, planned: list[PlannedTask], days: int) -> PlannedItem:
    mine = rng.sample(planned, min(len(planned), rng.randrange(1, 5)))
    made = item(k + 2, f"ASK-{k}", rng.choice(NAMES), None, tuple(one.id for one in mine) or ("X",))
    if not mine:
        return made
    goal = _day(rng, 2 * days) - timedelta(days=days // 2)
    return replace(
        made,
        lands=max(one.finish for one in mine),
        target=Target(goal, goal, "day", "x") if rng.random() < 0.7 else None,
        days_late=rng.choice((0, 0, 3, 400)),
        customer=rng.choice(("", *NAMES)),
        priority=rng.choice(("P0", "P2")),
    )


def _forecast(rng: Random, landing: list[PlannedItem]) -> Forecast:
    ahead = [timedelta(days=rng.randrange(60)) for _ in range(3)]
    return Forecast(
        100,
        1,
        tuple(
            DateForecast(one.id, one.lands, one.lands + ahead[0], one.lands + ahead[0] + ahead[1])
            for one in landing
            if one.lands
        ),
    )


def _conflict(rng: Random, k: int, crew: list[PlannedTeam]):  # type: ignore[no-untyped-def]
    costs = sorted(rng.choice((0.0, 0.1, 3.0, 12345.6)) for _ in range(4))
    return replace(
        conflicts()[0],
        id=f"contradicting-values-{k}",
        message=" and ".join(rng.choice(NAMES) for _ in range(rng.randrange(1, 8))),
        teams=tuple(team.name for team in rng.sample(crew, min(len(crew), 3))),
        cost=costs[-1] + 1,
        cost_curve=tuple(CostPoint(*point) for point in zip((0, 2, 4, 8), costs, strict=True)),
        decide_by=rng.choice((None, AS_OF + timedelta(days=rng.randrange(90)))),
    )


def _blocks(rng: Random, crew: list[PlannedTeam], days: int) -> tuple[CalendarEvent, ...]:
    source = Source("q3.xlsx", "Calendar", 2)
    scopes = ["all", *(f"team:{team.name}" for team in crew)]
    starts = [_day(rng, 2 * days) for _ in range(rng.randrange(4))]
    return tuple(
        CalendarEvent("Block", EventKind.BLOCK, start, start + timedelta(days=20), source, (rng.choice(scopes),))
        for start in starts
    )
