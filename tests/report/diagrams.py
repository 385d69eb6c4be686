"""Hand-made plans to be drawn."""

from datetime import date, timedelta

from planner.domain.plan import Dsm, Plan, PlannedTask, PlannedTeam, Reason, TaskLink
from planner.domain.roadmap import Roadmap

MONDAY = date(2026, 10, 5)


def planned(
    name: str, title: str = "", team: str = "", day: int = 0, days: int = 4, after: str = "", **more: object
) -> PlannedTask:
    """A task; `after` as `PAY-1 LED-2:SS+2d LED-3:soft`, an id begins with its team."""
    team = team or name.split("-")[0]
    links = []
    for word in after.split():
        other, _, relation = word.partition(":")
        owner = other.split("-")[0].replace("ACM", "external:Acme")
        links.append(TaskLink(other, owner, relation, owner != team))
    start = MONDAY + timedelta(days=day)
    fields = {
        "id": name,
        "title": title or f"Work on {name}",
        "teams": (team,),
        "items": (),
        "start": start,
        "finish": start + timedelta(days=days),
        "launch": None,
        "sequence": 1,
        "queue": 1,
        "effort": 5.0,
        "engineers": 1.0,
        "working_days": days,
        "total_float": 0,
        "free_float": 0,
        "critical": False,
        "status": "planned",
        "waits_for": tuple(links),
        "waited_by": (),
        "reason": Reason("planning start", "can start at once"),
    }
    return PlannedTask(**{**fields, **more})  # type: ignore[arg-type]


def team(name: str, busy: float = 0.5, **more: object) -> PlannedTeam:
    """A team of five."""
    return PlannedTeam(name, "", 5.0, ("A", "B"), 40.0, busy, None, (), **more)  # type: ignore[arg-type]


def plan(tasks: list[PlannedTask], teams: tuple[PlannedTeam, ...] = (), dsm: Dsm | None = None) -> Plan:
    """A plan of these tasks as of a Monday in October."""
    return Plan(
        "q4", MONDAY, 0, "feasible", Roadmap(), ("q4.xlsx",), tuple(tasks), teams=teams, dsm=dsm or Dsm((), ())
    )


def five_teams() -> Plan:
    """25 tasks of five teams, one of them a vendor, with every kind of task and relation."""
    chain = {"on_chain": True}
    tasks = [
        planned("PAY-1", "Idempotency keys for every write of the payments API", days=8, **chain),
        planned("PAY-2", "Refund saga", day=9, days=11, after="PAY-1 LED-2:SS+2d"),
        planned("PAY-3", "Retire the old settlement job & its cron", day=35, after="PAY-2 LED-4:launch"),
        planned("PAY-4", "Card network certification", day=21, days=9, after="ACM-1 PAY-2", days_late=6),
        planned("PAY-5", "Payment methods in the wallet", day=14, days=10, after="PAY-1"),
        planned("LED-1", "Double-entry schema v2", days=11, status="in progress", **chain),
        planned("LED-2", "Post refunds to the ledger", day=14, days=9, after="LED-1 PAY-1", **chain),
        planned("LED-3", "Ledger contract frozen", day=25, days=0, after="LED-2", is_milestone=True, **chain),
        planned("LED-4", "Move storage to Aurora", day=26, days=16, after="LED-3", launch=date(2027, 1, 4), **chain),
        planned("LED-5", "Nightly reconciliation report", day=28, after="LED-2 COST-2:soft"),
        planned("COST-1", "Tag every resource with its cost centre", days=11),
        planned("COST-2", "Usage events from all regions", day=14, days=16, after="COST-1"),
        planned(
            "COST-3", "Cost anomaly alerts for customers with more than one account", day=32, after="COST-2 LED-5"
        ),
        planned("COST-4", "Budget API", day=32, days=8, after="COST-2 PLAT-3:launch"),
        planned("COST-5", "Anomaly model bake-off", day=3, days=6),
        planned("PLAT-1", "Event bus upgrade", days=5, status="done"),
        planned("PLAT-2", "Schema registry", day=7, days=11, after="PLAT-1"),
        planned("PLAT-3", "Per-tenant quotas", day=21, days=9, after="PLAT-2 LED-1:soft"),
        planned("PLAT-4", "Second region", day=32, days=23, after="PLAT-2 LED-4", **chain),
        planned("PLAT-5", "Secrets rotation", day=9, days=4, after="PLAT-1", in_cycle=True),
        planned("WEB-1", "Refund page", day=21, days=9, after="PAY-2:SS+5d"),
        planned("WEB-2", "Cost explorer charts", day=37, days=8, after="COST-3 COST-4"),
        planned("WEB-3", "Wallet page", day=25, days=7, after="PAY-5"),
        planned("ACM-1", "Certify the terminal", "external:Acme", days=18, after="PAY-1"),
        planned("ACM-2", "Ship terminals", "external:Acme", day=32, days=18, after="ACM-1 PAY-4", **chain),
    ]
    return plan(tasks, (team("external:Acme", is_external=True),))


def many_teams(size: int = 24) -> Plan:
    """A team-to-team matrix like a real organisation's: a few platforms that everybody waits for."""
    names = tuple(
        f"{word} {number}"
        for number, word in enumerate(
            ["Ledger", "Payments", "Identity and Access", "Cost and Usage", "Billing", "Web Console"] * (size // 6)
        )
    )
    counts = tuple(tuple(_count(user, provider) for provider in range(size)) for user in range(size))
    teams = tuple(team(name, busy=(n % 6) / 5, overload=1.3 * (n % 6 == 5)) for n, name in enumerate(names))
    return plan([], teams, Dsm(names, counts))


def _count(user: int, provider: int) -> int:
    """Every other team waits for the first three, a few wait for some other."""
    waits = provider < user and ((provider < 3 and user % 2) or user * provider % 11 == 1)
    return (7 * user + 3 * provider) % 5 + 1 if waits else 0
