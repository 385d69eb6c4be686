"""Effort: one number, a T-shirt size, two or three points, or a share per team."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from planner.domain.roadmap import Estimate
from planner.sheets import rules
from planner.sheets.table import Value
from planner.sheets.values.dates import read_span
from planner.sheets.values.numbers import HOURS_PER_DAY, NUMBER, not_a_number, number_of, to_days, to_number
from planner.sheets.values.pairs import split_pairs
from planner.sheets.values.parsed import Conventions, Parsed, Problem, fold, text_of

WHAT = "a number of engineer-days"
SECONDS_PER_HOUR, SECONDS_PER_MINUTE = 3600, 60
SIZE_WORDS = {
    **{"extra small": "XS", "x-small": "XS", "tiny": "XS", "small": "S", "medium": "M", "med": "M"},
    **{"large": "L", "big": "L", "extra large": "XL", "x-large": "XL", "huge": "XL"},
}
NEGATIVE = (Problem(rules.OUT_OF_RANGE, "is negative; treated as blank."),)


@dataclass(frozen=True, slots=True)
class Effort:
    """The total in ED, and the share of each team (name as typed, ED) where it was typed."""

    estimate: Estimate | None = None
    by_team: tuple[tuple[str, float], ...] = ()


def parse_effort(value: Value, conventions: Conventions) -> Parsed[Effort]:
    """`8`, `8d`, `2w`, `4h`, `M`, `2-3-8`, `2..3..8`, `2-8`, `PAY=5; LED=3`, `1,5`, `3 pts`; 0 is a milestone."""
    if isinstance(value, date):
        return Parsed(
            Effort(), (Problem(rules.EXCEL_DATE, "is a date; treated as blank.", _repair(value, conventions)),)
        )
    number = number_of(value)
    if number is not None:
        if conventions.in_seconds and number >= SECONDS_PER_HOUR and number % SECONDS_PER_MINUTE == 0:
            days = number / SECONDS_PER_HOUR / HOURS_PER_DAY
            return Parsed(_single(days), assumed=f"{days:g} ED, taken for seconds as Jira exports them")
        return Parsed(Effort(), NEGATIVE) if number < 0 else Parsed(_single(number))
    text = text_of(value)
    if "=" in text:
        return _by_team(text, value, conventions)
    return _points(text, value, conventions)


def _single(amount: float) -> Effort:
    return Effort(Estimate(amount, amount, amount))


def _points(text: str, value: Value, conventions: Conventions) -> Parsed[Effort]:
    """One amount, or a range of two or three."""
    text = re.sub(r"^(?:~|≈|ca\.?|circa|approx\.?|about|around|max\.?|up to|<)\s*", "", text, flags=re.I).rstrip("? ")
    story = re.fullmatch(rf"({NUMBER})\s*(?:story\s*)?(?:points?|pts?|sp)\.?", text, flags=re.I)
    if story and (points := to_number(story[1])) is not None:
        if points < 0:
            return Parsed(Effort(), NEGATIVE)
        return Parsed(
            _single(points), (Problem(rules.STORY_POINTS, f"is in points; planned as {points:g} ED, 1 a point."),)
        )
    amount = _amount(text, conventions)
    if amount is not None:
        return Parsed(Effort(), NEGATIVE) if amount < 0 else Parsed(_single(amount))
    amounts = _range(text, conventions)
    if amounts:
        return _ranged(amounts)
    spelt = read_span(text, conventions)
    if spelt.value is not None and spelt.value.precision in ("day", "month") and re.search(r"[a-z]", text, re.I):
        repair = _repair(spelt.value.first, conventions)
        return Parsed(Effort(), (Problem(rules.EXCEL_DATE, "is a date; treated as blank.", repair),))
    return Parsed(Effort(), not_a_number(value, WHAT))


def _amount(text: str, conventions: Conventions) -> float | None:
    """A single amount in ED: number, number with unit, or size; `M (10d)` counts as what is in brackets."""
    bracket = re.fullmatch(r"[a-z -]+\((.+)\)", text, flags=re.I)
    text = bracket[1] if bracket else text
    number = to_number(text)
    if number is None:
        number = to_days(text)
    if number is not None:
        return number
    sizes = {fold(size): amount for size, amount in conventions.sizes.items()}
    return sizes.get(fold(SIZE_WORDS.get(fold(text), text)))


def _range(text: str, conventions: Conventions) -> tuple[float, ...]:
    """Two or three amounts separated by .. - / or `to`; a unit after the last holds for those without one."""
    for separator in (r"\s*\.\.+\s*", r"\s*[-–—]\s*", r"\s*/\s*", r"\s+to\s+", r"\s*[;|]\s*"):
        parts = re.split(separator, text)
        if len(parts) in (2, 3):
            unit = re.fullmatch(rf"{NUMBER}\s*([a-z -]+)", parts[-1], flags=re.I)
            full = [part + unit[1] if unit and to_number(part) is not None else part for part in parts]
            amounts = tuple(amount for part in full if (amount := _amount(part, conventions)) is not None)
            if len(amounts) == len(parts) and min(amounts) >= 0:
                return amounts
    return ()


def _ranged(amounts: Sequence[float]) -> Parsed[Effort]:
    """Three points as they are, sorted if need be; two get their rounded mean as the likely one."""
    if len(amounts) == 2:
        low, high = sorted(amounts)
        mean = (low + high) / 2
        rounded = float(int(mean + 0.5))
        likely = rounded if low <= rounded <= high else mean
        return Parsed(
            Effort(Estimate(low, likely, high)), assumed=f"likely {likely:g} ED, between {low:g} and {high:g}"
        )
    low, likely, high = sorted(amounts)
    if [low, likely, high] == list(amounts):
        return Parsed(Effort(Estimate(low, likely, high, certain=low == high)))
    problem = Problem(rules.UNSORTED_RANGE, f"is out of order; planned as {low:g}-{likely:g}-{high:g}.")
    return Parsed(Effort(Estimate(low, likely, high)), (problem,))


def _by_team(text: str, value: Value, conventions: Conventions) -> Parsed[Effort]:
    """`PAY=5; LED=2-3-8`: the total is the sum, point by point; a team's share is its likely one."""
    shares: list[tuple[str, Estimate]] = []
    problems: list[Problem] = []
    for name, typed in split_pairs(text):
        part = _points(typed, typed, conventions) if name and typed else None
        if part is None or part.value.estimate is None:
            problems.append(
                Problem(rules.UNREADABLE_VALUE, f'has no effort for "{name or typed}"; that part is ignored.')
            )
        else:
            shares.append((name, part.value.estimate))
            problems.extend(part.problems)
    if not shares:
        return Parsed(Effort(), not_a_number(value, WHAT))
    points = [share for _, share in shares]
    total = Estimate(
        sum(p.optimistic for p in points), sum(p.likely for p in points), sum(p.pessimistic for p in points)
    )
    return Parsed(Effort(total, tuple((name, share.likely) for name, share in shares)), tuple(problems))


def _repair(day: date, conventions: Conventions) -> str:
    """What was probably typed: a day of about this year was `2-8`, any other `2/3/8` (day, month, short year)."""
    if isinstance(day, datetime):
        day = day.date()
    pair = (day.day, day.month) if conventions.day_first else (day.month, day.day)
    typed = pair if abs(day.year - conventions.today.year) <= 1 else (*pair, day.year % 100)
    if list(typed) != sorted(typed) and sorted(typed[:2]) + list(typed[2:]) == sorted(typed):
        typed = (typed[1], typed[0], *typed[2:])
    return f'Probably "{"..".join(map(str, typed))}" was typed.'
