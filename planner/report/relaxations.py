"""What a way to make an impossible plan possible costs, in words."""

from planner.domain.plan import Plan
from planner.domain.relaxation import Relaxation
from planner.domain.units import DAYS_PER_WEEK
from planner.report.wording import count, day, weeks


def relaxation_costs(relaxation: Relaxation, plan: Plan) -> str:
    """How far dates move, who is added, when all is done, and how much dearer than the cheapest it is.

    What giving up a task costs is on no sheet, so it is not compared with keeping all.
    """
    dearer = (
        0.0
        if relaxation.gives_up
        else relaxation.cost - min(way.cost for way in plan.relaxations if not way.gives_up)
    )
    said = (
        f"{count(relaxation.days, 'day')} of slip" if relaxation.days else "",
        f"{weeks(DAYS_PER_WEEK * relaxation.engineer_weeks)} added" if relaxation.engineer_weeks else "",
        f"done {day(relaxation.finish, plan.as_of)}",
        f"{weeks(dearer)} dearer" if dearer else "",
    )
    return ", ".join(filter(None, said))
