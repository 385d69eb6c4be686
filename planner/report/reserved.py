"""What is reserved for other roadmaps, and how old the plan is that says so."""

from planner.domain.plan import Plan, Reserved
from planner.report.wording import count, day, listing


def reserved_lines(plan: Plan) -> tuple[str, ...]:
    """One line for each plan of another roadmap: "Ledger reserved for payments (plan of 3 Sep, 4 days old)"."""
    return tuple(_line(plan, other) for other in plan.reserved)


def _line(plan: Plan, other: Reserved) -> str:
    what = f"what it takes of {listing(other.teams)}" if other.teams else "nothing, as it shares no team"
    missing = f"; {listing(other.elsewhere)} not here" if other.teams and other.elsewhere else ""
    age = f"{count(other.age, 'day')} old" if other.age >= 0 else f"{count(-other.age, 'day')} ahead of this one"
    return f"reserved for {other.title} (plan of {day(other.as_of, plan.as_of)}, {age}): {what}{missing}"
