"""How dates, efforts, shares and counts are said: the one place, so that every report says them alike."""

import textwrap
import unicodedata
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from planner.domain.paper import Stamp
from planner.domain.roadmap import Target
from planner.domain.units import DAYS_PER_WEEK

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FILE = 40
"""Letters of a file's name in a stamp, at most."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(value: date | None, today: date) -> str:
    """A date as short as it is clear: the year only where it is not this year's; a dash for none.

    >>> day(date(2026, 10, 12), date(2026, 9, 7)), day(date(2027, 1, 4), date(2026, 9, 7)), day(None, date.min)
    ('12 Oct', '4 Jan 2027', '–')
    """
    if value is None:
        return "–"
    year = "" if value.year == today.year else f" {value.year}"
    return f"{value.day} {MONTHS[value.month - 1]}{year}"


def full_day(value: date) -> str:
    """A date with its weekday and year.

    >>> full_day(date(2026, 10, 12))
    'Mon 12 Oct 2026'
    """
    return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"


def span(first: date | None, last: date | None, today: date) -> str:
    """From the first day to the last, one day where they are the same.

    >>> span(date(2026, 10, 12), date(2026, 10, 30), date(2026, 9, 7))
    '12 Oct – 30 Oct'
    """
    return day(first, today) if first == last else f"{day(first, today)} – {day(last, today)}"


def target_words(target: Target, today: date) -> str:
    """A target: a day as other days are said, a month by its name, anything longer as it was typed.

    >>> target_words(Target(date(2027, 2, 1), date(2027, 2, 28), "month", "2027-02"), date(2026, 9, 7))
    'Feb 2027'
    """
    if target.precision == "day":
        return day(target.last, today)
    if target.precision == "month":
        return f"{MONTHS[target.last.month - 1]} {target.last.year}"
    return plain(target.text)


def number(value: float) -> str:
    """At most one digit after the point, thousands apart, no `.0`.

    >>> number(3.0), number(0.25), number(1234.56), number(-0.01)
    ('3', '0.2', '1,234.6', '0')
    """
    text = f"{value:,.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def weeks(engineer_days: float) -> str:
    """Engineer-days as engineer-weeks; below a tenth it says so rather than 0.

    >>> weeks(15), weeks(5), weeks(0.2), weeks(0)
    ('3 engineer-weeks', '1 engineer-week', 'under 0.1 engineer-weeks', '0 engineer-weeks')
    """
    if 0 < engineer_days < 0.1 * DAYS_PER_WEEK:
        return "under 0.1 engineer-weeks"
    amount = number(engineer_days / DAYS_PER_WEEK)
    return f"{amount} engineer-week{'' if amount == '1' else 's'}"


def percent(share: float) -> str:
    """A share as a percentage; one digit after the point below 10 %, and never 0 for something.

    >>> percent(0.013), percent(0.42), percent(1.75), percent(0), percent(0.0002)
    ('1.3 %', '42 %', '175 %', '0 %', 'under 0.1 %')
    """
    scaled = share * 100
    if 0 < scaled < 0.1:
        return "under 0.1 %"
    return f"{number(scaled) if abs(scaled) < 9.95 else format(scaled, ',.0f')} %"


def count(amount: int, noun: str) -> str:
    """A count with its noun in the right number.

    >>> count(1, "task"), count(2, "dependency"), count(0, "day"), count(1234, "item"), count(3, "launch")
    ('1 task', '2 dependencies', '0 days', '1,234 items', '3 launches')
    """
    if amount == 1:
        return f"1 {noun}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{amount:,} {noun[:-1]}ies"
    return f"{amount:,} {noun}{'es' if noun.endswith(('ch', 'sh', 's', 'x')) else 's'}"


def listing(names: Sequence[str], limit: int = 3) -> str:
    """The first names, and how many more there are.

    >>> listing(["A", "B", "C", "D", "E"]), listing(["A"])
    ('A, B, C and 2 more', 'A')
    """
    shown = ", ".join(names[:limit])
    return f"{shown} and {len(names) - limit} more" if len(names) > limit else shown


def plain(text: str) -> str:
    r"""Text as one line: runs of blanks folded, control and direction characters (which move a terminal) dropped.

    >>> plain("Pay\n\tout\x1b[31m now ")
    'Pay out[31m now'
    """
    folded = " ".join(text.split())
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cc", "Cf", "Cs") and c not in "\ufffe\uffff")


def run(text: str) -> str:
    r"""A piece of a line: plain, with one blank kept where it begins or ends with blanks.

    >>> run("\nPay  out "), run(" ")
    (' Pay out ', ' ')
    """
    middle = plain(text)
    before = " " if text[:1].isspace() else ""
    after = " " if middle and text[-1:].isspace() else ""
    return f"{before}{middle}{after}"


def short(text: str, letters: int) -> str:
    """Text as one line, cut at a blank where it is longer.

    >>> short("Sanctions screening in seconds", 22), short("x" * 9, 5)
    ('Sanctions screening…', 'xxxx…')
    """
    line = plain(text)
    if len(line) <= letters:
        return line
    cut = textwrap.shorten(line, letters, placeholder="…")
    return cut if len(cut) > 1 else f"{line[: letters - 1]}…"


def stamp_line(stamp: Stamp) -> str:
    """What a paper is made from, in one line.

    >>> stamp_line(Stamp(date(2026, 9, 7), "0a1b2c", ("q3.xlsx",), 0.13))
    'As of Mon 7 Sep 2026 · plan 0a1b2c · from q3.xlsx · assumed: 13 % of the effort'
    """
    parts = [f"As of {full_day(stamp.as_of)}", f"plan {stamp.plan}"]
    parts += [f"from {listing([short(name, FILE) for name in stamp.files])}"] if stamp.files else []
    share = percent(stamp.assumed_share) if stamp.assumed_share else "none"
    return " · ".join([*parts, f"assumed: {share} of the effort"])


def safe_url(url: str) -> str:
    """A web or mail address that may be clicked, escaped as an address is; anything else is empty.

    >>> safe_url("https://example.org/a b"), safe_url("javascript:alert(1)")
    ('https://example.org/a%20b', '')
    """
    cleaned = quote(plain(url), safe=":/?#[]@!$&'()*+,;=%-._~")
    return cleaned if cleaned.lower().startswith(("https://", "http://", "mailto:")) else ""
