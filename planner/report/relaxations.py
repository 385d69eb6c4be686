"""A way to make an impossible plan possible as the cells of a row."""

from planner.domain.plan import Plan
from planner.domain.relaxation import Relaxation
from planner.domain.units import DAYS_PER_WEEK
from planner.report.wording import count, day, listing, weeks


def relaxation_cells(relaxation: Relaxation, plan: Plan) -> tuple[str, ...]:
    """How far dates move, who is added, how much dearer it is than the cheapest; what is done, until when, where."""
    return (
        count(relaxation.days, "day") if relaxation.days else "",
        weeks(DAYS_PER_WEEK * relaxation.engineer_weeks) if relaxation.engineer_weeks else "",
        _dearer(relaxation, plan),
        relaxation.text,
        day(relaxation.finish, plan.as_of),
        listing([str(cell) for cell in relaxation.cells]),
    )


def _dearer(relaxation: Relaxation, plan: Plan) -> str:
    """What giving up a task costs is on no sheet, so it is not compared with keeping all."""
    if relaxation.gives_up:
        return "gives up work"
    dearer = relaxation.cost - min(way.cost for way in plan.relaxations if not way.gives_up)
    return f"{weeks(dearer)} dearer" if dearer else "cheapest"
