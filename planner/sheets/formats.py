"""Values become cells: one formatter for each column type, the inverse of the parsers in `sheets.values`.

A value that is blank becomes None, an empty cell. Text goes out as text (`template.write_sheet`), so that nothing
here is ever a formula. Numbers inside of text have at most `DECIMALS` decimals, as the parsers take no more.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from planner.domain.roadmap import (
    CostOfDelay,
    Debt,
    Dependency,
    Estimate,
    Link,
    Setting,
    Strength,
    Target,
    Touch,
)
from planner.sheets.table import Value

DECIMALS = 12

Shares = Sequence[tuple[str, float]]


def number_text(number: float) -> str:
    """A number without exponent and without zeros at the end.

    >>> number_text(2.50), number_text(1e-7), number_text(25)
    ('2.5', '0.0000001', '25')
    """
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")


def entries(texts: Sequence[str]) -> str | None:
    """Entries with semicolons between them; one that has a comma in it gets a semicolon behind, to stay one."""
    closed = ";" if len(texts) == 1 and "," in texts[0] else ""
    return "; ".join(texts) + closed or None


def word(text: str | None) -> str | None:
    """Text or the word of a choice."""
    return str(text) if text else None


def number(amount: float | None) -> float | None:
    """A number of any unit."""
    return amount


def yes_or_no(answer: bool) -> str:
    """The answer to "does it?"."""
    return "yes" if answer else "no"


def day(when: date | None, exact: bool = False) -> date | str | None:
    """A day; `2026-03-31!` where it is hard or pinned."""
    return f"{when.isoformat()}!" if when and exact else when


def effort(estimate: Estimate | float | None, by_team: Shares = ()) -> float | str | None:
    """ED: a number, three points `2..3..8`, or what each team does of it: `PAY=5; LED=2..3..8`.

    Only the spread of the total is known: of the optimistic end the teams give up in their order what they have,
    the pessimistic one is the first team's.
    """
    if estimate is None or isinstance(estimate, int | float):
        return estimate
    if not by_team:
        return _points(estimate) if estimate.is_range else estimate.likely
    less, more = estimate.likely - estimate.optimistic, estimate.pessimistic - estimate.likely
    shares: list[str] = []
    for name, likely in by_team:
        given_up = min(less, likely)
        shares.append(f"{name}={_points(Estimate(likely - given_up, likely, likely + more))}")
        less, more = less - given_up, 0.0
    return entries(shares)


def _points(estimate: Estimate) -> str:
    """Two dots: Excel takes them for no date."""
    points = (estimate.optimistic, estimate.likely, estimate.pessimistic)
    return "..".join(map(number_text, points)) if estimate.is_range else number_text(estimate.likely)


def shares(pairs: Shares) -> str | None:
    """`TeamA=2; TeamB=5`."""
    return entries([f"{name}={number_text(amount)}" for name, amount in pairs])


def general_and_shares(general: float | None, pairs: Shares) -> float | str | None:
    """A number that holds for all, and those of single teams: `0.2; Ledger=0.4`."""
    if not pairs:
        return general
    alone = "" if general is None else f"{number_text(general)}; "
    return f"{alone}{shares(pairs)}"


def options(pairs: Sequence[tuple[str, float | None]]) -> str | None:
    """`Aurora=0.7; DynamoDB=0.3`; without a probability nothing stands behind the sign."""
    return entries([f"{name}={'' if share is None else number_text(share)}" for name, share in pairs])


def settings(pairs: Sequence[Setting]) -> str | None:
    """`ledger.storage=Aurora; invoice-api.version=2`."""
    return entries([f"{setting.key}={setting.value}" for setting in pairs])


def touches(found: Sequence[Touch]) -> str | None:
    """`ledger:replace; invoice-api:read`."""
    return entries([f"{touch.component}:{touch.mode}" for touch in found])


def debt(left: Debt | None) -> str | None:
    """`4 @ 0.2/d`."""
    return f"{number_text(left.principal)} @ {number_text(left.interest)}/d" if left else None


def cost(delay: CostOfDelay | None) -> float | str | None:
    """ED per week as a number, money with its currency: `5000 EUR`."""
    if delay is None or not delay.currency:
        return delay.amount if delay else None
    return f"{number_text(delay.amount)} {delay.currency}"


def dependencies(found: Sequence[Dependency]) -> str | None:
    """`PAY-12; LED-3 SS+2d; soft:API-4; launch:WEB-9`."""
    return entries([_dependency(dependency) for dependency in found])


def _dependency(dependency: Dependency) -> str:
    strength = "" if dependency.strength is Strength.HARD else f"{dependency.strength}:"
    lag = f"{dependency.lag:+d}d" if dependency.lag else ""
    link = f" {dependency.link}" if lag or dependency.link is not Link.FS else ""
    return f"{strength}{dependency.predecessor}{link}{lag}"


def targets(found: Sequence[Target]) -> str | None:
    """Targets as precise as they were typed, in one way of writing: `2026-11`, `Q4 2026`, a release by its name."""
    return "; ".join(map(target_text, found)) or None


def target_text(target: Target) -> str:
    """One target; in a day's words for what is no whole month, quarter, half, week or year.

    >>> target_text(Target(date(2026, 10, 1), date(2026, 12, 31), "quarter", "4th quarter"))
    'Q4 2026'
    """
    year, month = target.first.year, target.first.month
    written = {
        "release": target.text,
        "day": target.first.isoformat(),
        "week": f"{(target.first + timedelta(days=3)):W%V %G}",
        "month": f"{year}-{month:02d}",
        "quarter": f"Q{(month + 2) // 3} {year}",
        "half": f"H{(month + 5) // 6} {year}",
        "year": str(year),
    }
    return written.get(target.precision, f"{target.first.isoformat()} to {target.last.isoformat()}")


FORMATS: Mapping[str, Callable[..., Value]] = {
    "id": word,
    "text": word,
    "choice": word,
    "status": word,
    "country": word,
    "ids": entries,
    "list": entries,
    "number": number,
    "integer": number,
    "duration": number,
    "percent": number,
    "probability": number,
    "yesno": yes_or_no,
    "date": day,
    "target": targets,
    "effort": effort,
    "cost": cost,
    "engineers": general_and_shares,
    "friction": general_and_shares,
    "shares": shares,
    "options": options,
    "settings": settings,
    "touches": touches,
    "debt": debt,
    "dependencies": dependencies,
}
"""Formatter by the type that `columns.csv` names; it is called with the attributes of the column, in their order."""
