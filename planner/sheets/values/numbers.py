"""Numbers as people type them: decimal commas, units, per cent, money, yes and no."""

import math
import re

from planner.domain.roadmap import CostOfDelay, Debt
from planner.domain.units import DAYS_PER_WEEK
from planner.sheets import rules
from planner.sheets.table import Value
from planner.sheets.values.parsed import NOTHING, UNDECIDED, Conventions, Parsed, Problem, fold, text_of

NUMBER = r"[+-]?(?:\d{1,12}(?:[.,']\d{1,12}){0,4}|[.,]\d{1,12})"
"""A number with any separators; `to_number` decides what they mean. Bounded, so that long cells take no time."""

LARGEST = 1e9
"""No count of engineers, days or money in a roadmap is larger; a larger number is a typing error."""

HOURS_PER_DAY = 8
WORKDAYS_PER_MONTH = 20
WEEKS_PER_MONTH = 52 / 12

DAYS_PER_UNIT = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std"), 1 / HOURS_PER_DAY),
    **dict.fromkeys(("d", "day", "days", "ed", "eds", "pd", "pds", "md", "mds", "tage", "tag"), 1.0),
    **dict.fromkeys(("man day", "man days", "person day", "person days", "man-days", "person-days"), 1.0),
    **dict.fromkeys(("engineer day", "engineer days", "engineer-days", "working days", "work days", "workdays"), 1.0),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks", "engineer-weeks"), float(DAYS_PER_WEEK)),
    **dict.fromkeys(("mo", "month", "months", "person months"), float(WORKDAYS_PER_MONTH)),
}
"""Working days in a unit of time; an engineer's month is 20 of them."""

CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
CURRENCY = r"[$€£¥₹]|\b(?:usd|eur|gbp|chf|jpy|inr|sek|nok|dkk|pln|cad|aud)\b"
MAGNITUDES = {"": 1.0, "k": 1e3, "m": 1e6, "mio": 1e6}
PER_WEEK = {
    "day": 5.0,
    "d": 5.0,
    "week": 1.0,
    "wk": 1.0,
    "w": 1.0,
    "month": 1 / WEEKS_PER_MONTH,
    "mo": 1 / WEEKS_PER_MONTH,
}

YES = frozenset(["yes", "y", "true", "1", "x", "✓", "✔", "ja", "oui", "si", "wahr"])
NO = frozenset(["no", "n", "false", "0", "nein", "non", "falsch", "-", "✗"])


def to_number(text: str) -> float | None:
    """A number with point or comma; three digits after a comma are thousands. None where it is no number.

    >>> to_number("1,5"), to_number("1,500"), to_number("1'200.5"), to_number("x")
    (1.5, 1500.0, 1200.5, None)
    """
    text = text.strip().replace("'", "").replace("\u00a0", "")
    if not re.fullmatch(NUMBER, text):
        return None
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d+", text):
        text = text.replace(".", "").replace(",", ".")
    else:
        text = text.replace(",", ".")
    try:
        number = float(text)
    except ValueError:  # two points, as in 1.2.3
        return None
    return number if abs(number) <= LARGEST else None


def number_of(value: Value) -> float | None:
    """The cell's number: a numeric cell as it is, text by `to_number`; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) and abs(value) <= LARGEST else None
    return to_number(text_of(value)) if isinstance(value, str) else None


def not_a_number(value: Value, what: str) -> tuple[Problem, ...]:
    """Why a cell holds no usable number: nothing at all, still undecided, or unreadable."""
    word = fold(text_of(value))
    if word in NOTHING:
        return ()
    if word in UNDECIDED:
        return (Problem(rules.UNDECIDED_VALUE, "is still to be decided; treated as blank."),)
    return (Problem(rules.UNREADABLE_VALUE, f"is not {what}; treated as blank."),)


def _without_unit(text: str) -> str:
    """Text without the words that only repeat the column's unit: `5 engineers`, `~5`, `4 ED`."""
    text = re.sub(r"^(?:~|≈|ca\.?|approx\.?|about)\s*", "", text, flags=re.I)
    return re.sub(r"\s*(?:engineers?|people|persons?|fte|devs?|developers?|heads?|tasks?)$", "", text, flags=re.I)


def parse_number(value: Value, conventions: Conventions) -> Parsed[float | None]:
    """Any number; `2w` and `8 days` in columns of engineer-days count as days."""
    number = number_of(value)
    if number is None:
        text = _without_unit(text_of(value))
        number = to_number(text)
        if number is None:
            number = to_days(text)
    return Parsed(None, not_a_number(value, "a number")) if number is None else Parsed(number)


def parse_integer(value: Value, conventions: Conventions) -> Parsed[int | None]:
    """A whole number of at least 1."""
    number = parse_number(value, conventions)
    if number.value is None:
        return Parsed(None, number.problems)
    if number.value < 1 or not number.value.is_integer():
        return Parsed(None, (Problem(rules.OUT_OF_RANGE, "is not a whole number of at least 1; treated as blank."),))
    return Parsed(int(number.value))


def to_days(text: str) -> float | None:
    """Working days in `8d`, `2 weeks`, `1w 2d 4h`; None where it is no such text.

    >>> to_days("1w 2d 4h"), to_days("8")
    (7.5, None)
    """
    parts = re.findall(rf"({NUMBER})\s*([a-z][a-z -]*[a-z]|[a-z])", text.casefold())
    rest = re.sub(rf"{NUMBER}\s*(?:[a-z][a-z -]*[a-z]|[a-z])", "", text.casefold())
    if not parts or rest.strip(" ,.+"):
        return None
    total = 0.0
    for amount, unit in parts:
        number, days = to_number(amount), DAYS_PER_UNIT.get(" ".join(unit.split()))
        if number is None or days is None:
            return None
        total += number * days
    return total


def parse_duration(value: Value, conventions: Conventions) -> Parsed[int | None]:
    """Waiting in whole working days: 5, `5d`, `2w`; part of a day counts as a day."""
    number = number_of(value)
    days = to_days(text_of(value)) if number is None else number
    if days is None:
        return Parsed(None, not_a_number(value, "a number of working days"))
    if days < 0:
        return Parsed(None, (Problem(rules.OUT_OF_RANGE, "is negative; treated as blank."),))
    return Parsed(math.ceil(days - 1e-9))


def parse_percent(value: Value, conventions: Conventions) -> Parsed[float | None]:
    """A share as 0..1 from `10 %`, 10 or 0.1."""
    text = text_of(value)
    number = number_of(value)
    if number is None:
        number = to_number(text.rstrip("% "))
    if number is None:
        return Parsed(None, not_a_number(value, "a percentage"))
    points = "%" in text or number > 1 or (number == 1 and conventions.whole_percent)
    share = number / 100 if points else number
    if not 0 <= share <= 1:
        return Parsed(None, (Problem(rules.OUT_OF_RANGE, "is outside 0..100 %; treated as blank."),))
    return Parsed(share)


def parse_probability(value: Value, conventions: Conventions) -> Parsed[float | None]:
    """A probability 0..1 from 0.7 or `70 %`; a bare 70 is not guessed at."""
    text = text_of(value)
    number = number_of(value)
    if number is None and text.endswith("%"):
        points = to_number(text.rstrip("% "))
        number = None if points is None else points / 100
    if number is None:
        return Parsed(None, not_a_number(value, "a probability"))
    if not 0 <= number <= 1:
        hint = f'Did you mean "{number:g} %"?' if 1 < number <= 100 and "%" not in text else ""
        return Parsed(
            None, (Problem(rules.OUT_OF_RANGE, "is outside 0..1 (or 0 % .. 100 %); treated as blank.", hint),)
        )
    return Parsed(number)


def parse_yesno(value: Value, conventions: Conventions) -> Parsed[bool | None]:
    """Yes or no in the usual words and marks."""
    word = fold(text_of(value))
    if word in YES or word in NO:
        return Parsed(word in YES)
    if word in NOTHING:
        return Parsed(None)
    return Parsed(None, (Problem(rules.UNKNOWN_CHOICE, "is neither yes nor no; treated as blank."),))


def parse_cost(value: Value, conventions: Conventions) -> Parsed[CostOfDelay | None]:
    """Cost of delay per week: a bare number is ED, with a currency sign or code money; `$5k / month` too."""
    text = text_of(value)
    found = re.search(CURRENCY, text, flags=re.I)
    rest = re.sub(CURRENCY, "", text, flags=re.I).strip()
    match = re.fullmatch(
        rf"({NUMBER})\s*(k|m|mio)?\.?\s*(?:ed)?\s*(?:(?:/|per|a|p\.?)\s*([a-z]+))?", rest, flags=re.I
    )
    amount = to_number(match[1]) if match else number_of(value)
    period = (match[3] or "week").casefold() if match else "week"
    if amount is None or period not in PER_WEEK:
        return Parsed(None, not_a_number(value, "an amount per week"))
    if amount < 0:
        return Parsed(None, (Problem(rules.OUT_OF_RANGE, "is negative; treated as blank."),))
    magnitude = MAGNITUDES[(match[2] or "").casefold()] if match else 1.0
    currency = CURRENCIES.get(found[0], found[0].upper()) if found else ""
    return Parsed(CostOfDelay(amount * magnitude * PER_WEEK[period], currency))


def parse_debt(value: Value, conventions: Conventions) -> Parsed[Debt | None]:
    """`4 @ 0.2/d`: principal in ED, interest in ED per working day (`/w`: per week)."""
    match = re.fullmatch(
        rf"({NUMBER})\s*(?:ed|d)?\s*(?:@\s*({NUMBER})\s*(?:ed)?\s*(?:/|per)?\s*(d|day|w|wk|week)?)?",
        text_of(value),
        flags=re.I,
    )
    principal = to_number(match[1]) if match else None
    if match is None or principal is None:
        return Parsed(None, not_a_number(value, 'a debt such as "4 @ 0.2/d"'))
    interest = to_number(match[2]) if match[2] else 0.0
    if interest is None or principal < 0 or interest < 0:
        return Parsed(None, (Problem(rules.OUT_OF_RANGE, "is negative; treated as blank."),))
    weekly = (match[3] or "d").casefold().startswith("w")
    assumed = "" if match[2] else "no interest"
    return Parsed(Debt(principal, interest / DAYS_PER_WEEK if weekly else interest), assumed=assumed)
