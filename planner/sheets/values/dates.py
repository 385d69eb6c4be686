"""Dates as people type them: days, months, quarters, halves, weeks, years, ranges, releases, `TBD Q2`.

Everything becomes a span of days with its precision (`domain.roadmap.Target`); a plain date column takes
the first or the last day of the span.
"""

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from planner.domain.roadmap import Target, id_key
from planner.sheets import rules
from planner.sheets.table import Value
from planner.sheets.values.parsed import NOTHING, UNDECIDED, Conventions, Parsed, Problem, fold, text_of

EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, for all days after February 1900."""
DAYS_TO_1904 = 1462
SERIALS = range(20_000, 80_000)
"""Serial numbers that are days in a roadmap: 1954 to 2119."""
YEARS = range(1970, 2101)
LEAP_GAP = 8
"""Most years between two 29 Februaries."""
LONGEST = 80
"""Characters of the longest date; anything longer is prose."""

_MONTHS = (
    ("january", "januar", "jan", "jän"),
    ("february", "februar", "feb"),
    ("march", "märz", "mar", "mär", "mrz"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "juni", "jun"),
    ("july", "juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oktober", "oct", "okt"),
    ("november", "nov"),
    ("december", "dezember", "dec", "dez"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

_TIME = r"(?:[t ]+\d{1,2}[:.]\d{2}\S*(?:\s*[ap]m)?(?:\s*[a-z]{1,4})?)?"
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_GAP = r"[\s,./'-]*"

Span = tuple[date, date, str]
"""First day, last day, precision."""


def _year(text: str) -> int:
    """A year of two or four digits: 26 is 2026."""
    digits = text.lstrip("'")
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day_span(year: int, month: int, day: int) -> Span:
    when = date(year, month, day)
    return when, when, "day"


def _months_span(year: int, first: int, count: int, precision: str) -> Span:
    last = first + count - 1
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), precision


def _week_span(year: int, week: int) -> Span:
    first = date.fromisocalendar(year, week, 1)
    return first, first + timedelta(days=6), "week"


def _in(year: int, match: re.Match[str]) -> Span:
    """The span that a match means in a year; ValueError where there is no such day."""
    parts = match.groupdict()
    if parts.get("quarter"):
        return _months_span(year, int(parts["quarter"]) * 3 - 2, 3, "quarter")
    if parts.get("half"):
        return _months_span(year, int(parts["half"]) * 6 - 5, 6, "half")
    if parts.get("week"):
        return _week_span(year, int(parts["week"]))
    month = parts.get("month")
    if month:
        number = MONTHS.get(month) or int(month)
        return (
            _day_span(year, number, int(parts["day"])) if parts.get("day") else _months_span(year, number, 1, "month")
        )
    return _months_span(year, 1, 12, "year")


FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}",
        rf"{_DAY}{_GAP}(?:of\s+)?{_MONTH}(?:{_GAP}{_YEAR})?{_TIME}",
        rf"{_MONTH}(?:\s*-\s*|\s*'){_YEAR}",
        rf"{_MONTH}\s*{_DAY}(?:[\s,]+{_YEAR})?{_TIME}",
        rf"{_MONTH}(?:{_GAP}{_YEAR})?",
        rf"(?P<year>\d{{4}}){_GAP}{_MONTH}",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        rf"q(?:uarter)?\s*(?P<quarter>[1-4])(?:{_GAP}{_YEAR})?",
        rf"(?P<quarter>[1-4])\s*q(?:{_GAP}{_YEAR})?",
        rf"{_YEAR}{_GAP}q(?P<quarter>[1-4])",
        rf"h\s*(?P<half>[12])(?:{_GAP}{_YEAR})?",
        rf"(?P<half>[12])\s*h(?:{_GAP}{_YEAR})?",
        rf"{_YEAR}{_GAP}h(?P<half>[12])",
        rf"(?:cw|kw|wk|w|(?:calendar )?week)[\s.-]*(?P<week>\d{{1,2}})(?:{_GAP}{_YEAR})?",
        rf"(?P<year>\d{{4}}){_GAP}(?:cw|kw|wk|w)\s*(?P<week>\d{{1,2}})",
        rf"year(?:{_GAP}{_YEAR})?",
        r"(?P<year>\d{4})",
    )
)
"""What a date looks like; the names of the groups say what the parts mean. The first that fits counts."""

NUMERIC = re.compile(rf"(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}|\d{{2}}){_TIME}")
WEEKDAY = re.compile(r"^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)[a-z]*[.,]?\s+")
CERTAIN_FILLER = re.compile(r"^(?:by|before|in|until|due|on|target|for|from|after|eta:?|since|week of|w/c)\s+")
UNCERTAIN_FILLER = re.compile(
    r"\b(?:tbd|tbc|tba|approx\.?|approximately|ca\.|circa|around|about|maybe|probably|perhaps|tentative(?:ly)?"
    r"|expected|estimated|est\.|likely|hopefully)(?=\W|$)|[~≈?]|\(\s*\)"
)
EDGE = re.compile(r"^(?P<edge>end|eo|late|mid|middle|early|beginning|begin|start)[\s-]*(?:of\s+)?(?P<rest>.+)$")
RANGE = re.compile(
    r"\s*(?:\.\.+|–|—|\bto\b|\btill?\b|\buntil\b|\s-\s)\s*|(?<=\d{4})-(?=\d{4})|(?<=[a-z])[-/](?=[a-z])|(?<=q\d)[-/](?=q)"
)
SEVERAL = re.compile(r"\s*(?:[;\n|]|\bor\b|\band\b|\s[/&]\s|\bthen\b)\s*|,\s+")


@dataclass(frozen=True, slots=True)
class _Found:
    """A span, and why one should look twice at it."""

    span: Span
    problems: tuple[Problem, ...] = ()


def read_span(text: str, conventions: Conventions, year: int | None = None) -> Parsed[Target | None]:
    """The days that a text means, None (without a problem) where it is no date; `year` where it has none."""
    found = _read(fold(text), conventions, year) if len(text) <= LONGEST else None
    if found is None:
        return Parsed(None)
    return Parsed(Target(*found.span, text), found.problems)


def _read(text: str, conventions: Conventions, year: int | None) -> _Found | None:
    """One date, with its weekday, fillers and edge words, or a range of two."""
    text = WEEKDAY.sub("", CERTAIN_FILLER.sub("", text)).replace("eoy", "end of year")
    found = _plain(text, conventions, year)
    if found is not None:
        return found
    certain = " ".join(UNCERTAIN_FILLER.sub(" ", text).split()).strip("()[] ,")
    if certain and certain != text:
        found = _read(certain, conventions, year)
        return found and replace(found, problems=found.problems or (_uncertain(found.span),))
    return _edge(text, conventions, year) or _range(text, conventions, year)


def _uncertain(span: Span) -> Problem:
    return Problem(rules.UNCERTAIN_DATE, f"is not certain; planned with {_shown(span)}.")


def _shown(span: Span) -> str:
    first, last, _ = span
    return first.isoformat() if first == last else f"{first.isoformat()} .. {last.isoformat()}"


def _plain(text: str, conventions: Conventions, year: int | None) -> _Found | None:
    """A single day, month, quarter, half, week or year."""
    numeric = NUMERIC.fullmatch(text)
    if numeric:
        return _numeric(numeric, conventions)
    serial = re.fullmatch(r"\d{5}(?:\.\d+)?", text)
    if serial and int(float(text)) in SERIALS:
        return _Found((day := _serial(float(text), conventions), day, "day"))
    for form in FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        typed = match.groupdict().get("year")
        try:
            if typed:
                span = _in(_year(typed), match)
                return _Found(span) if span[0].year in YEARS else None
            return _Found(_in(year, match)) if year else _next(match, conventions)
        except ValueError:  # 31 February, week 54
            continue
    return None


def _next(match: re.Match[str], conventions: Conventions) -> _Found | None:
    """The next such day, month or quarter that is not over today; None where there is none, as for 31 June."""
    years = range(conventions.today.year, conventions.today.year + LEAP_GAP + 1)
    spans = (span for year in years if (span := _tried(year, match)) and span[1] >= conventions.today)
    span = next(spans, None)
    if span is None:
        return None
    return _Found(span, (Problem(rules.UNCERTAIN_DATE, f"has no year; planned with {_shown(span)}."),))


def _tried(year: int, match: re.Match[str]) -> Span | None:
    """The span in that year; None for 29 February of most years."""
    try:
        return _in(year, match)
    except ValueError:
        return None


def _numeric(match: re.Match[str], conventions: Conventions) -> _Found | None:
    """Day, month and year as numbers; points are never used with the month first."""
    a, b, year = int(match["a"]), int(match["b"]), _year(match["year"])
    if year not in YEARS:
        return None
    day_first = match["sep"] == "." or conventions.day_first
    orders = [(b, a), (a, b)] if day_first else [(a, b), (b, a)]
    spans: list[Span] = []
    for month, day in orders[:1] if match["sep"] == "." else orders:
        try:
            spans.append(_day_span(year, month, day))
        except ValueError:
            continue
    if not spans:
        return None
    ambiguous = len(set(spans)) == 2 and not conventions.day_first_certain
    if not ambiguous:
        return _Found(spans[0])
    text = f"could also be {_shown(spans[1])}; read as {_shown(spans[0])}."
    return _Found(spans[0], (Problem(rules.AMBIGUOUS_DATE, text),))


def _edge(text: str, conventions: Conventions, year: int | None) -> _Found | None:
    """`end of March`, `mid Q2`, `early May`: one day of the span."""
    match = EDGE.match(text)
    found = _read(match["rest"], conventions, year) if match else None
    if match is None or found is None:
        return None
    first, last, _ = found.span
    if match["edge"] in ("end", "eo", "late"):
        day = last
    elif match["edge"] in ("mid", "middle"):
        day = first + (last - first) / 2
    else:
        day = first
    return _Found((day, day, "day"), found.problems)


def _range(text: str, conventions: Conventions, year: int | None) -> _Found | None:
    """`2026-2027`, `Q1-Q2 2026`, `Oct 2026 to Jan 2027`: the first takes the second's year if it has none."""
    parts = RANGE.split(text)
    if len(parts) != 2 or not all(parts):
        return None
    last = _plain(parts[1].strip(), conventions, year)
    if last is None:
        return None
    first = _plain(parts[0].strip(), conventions, last.span[1].year)
    if first is None or first.span[0] > last.span[1]:
        return None
    return _Found((first.span[0], last.span[1], "range"), last.problems)


def _serial(number: float, conventions: Conventions) -> date:
    """The day of an Excel serial number."""
    return EXCEL_EPOCH + timedelta(days=int(number) + (DAYS_TO_1904 if conventions.uses_1904_dates else 0))


def recounted(value: Value, from_1904: bool, to_1904: bool) -> Value:
    """A number that is a day, for a workbook that may count its days from another year; anything else as it is.

    >>> recounted(44000, True, False), recounted(2027, True, False)
    (45462, 2027)
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not SERIALS.start <= value < SERIALS.stop:
        return value
    return value + DAYS_TO_1904 * (from_1904 - to_1904)


def _of_value(value: Value, conventions: Conventions) -> Parsed[Target | None]:
    """The span of a cell of any kind; None without a problem where it is no date."""
    text = text_of(value)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Parsed(Target(value, value, "day", text)) if value.year in YEARS else Parsed(None)
    if isinstance(value, int | float) and not isinstance(value, bool) and SERIALS.start <= value < SERIALS.stop:
        day = _serial(value, conventions)
        return Parsed(Target(day, day, "day", text))
    return read_span(text, conventions)


def _no_date(text: str) -> tuple[Problem, ...]:
    """Why a cell holds no date."""
    word = fold(text)
    if word in NOTHING:
        return ()
    if word in UNDECIDED:
        return (Problem(rules.UNDECIDED_VALUE, "is still to be decided; treated as blank."),)
    return (Problem(rules.UNREADABLE_VALUE, "is not a date such as 2026-11-30; treated as blank."),)


@dataclass(frozen=True, slots=True)
class DateMark:
    """A day, and whether it was typed with `!`: a hard due date, a pinned start."""

    day: date | None = None
    exact: bool = False


def _parse_date(edge: Callable[[Target], date]) -> Callable[[Value, Conventions], Parsed[DateMark]]:
    def single(value: Value, conventions: Conventions) -> Parsed[DateMark]:
        text = text_of(value)
        exact = text.endswith("!")
        span = _of_value(text.rstrip("! ") if exact else value, conventions)
        if span.value is None:
            return Parsed(DateMark(), span.problems or _no_date(text))
        day = edge(span.value)
        vague = span.value.first != span.value.last
        return Parsed(DateMark(day, exact), span.problems, f"{day.isoformat()} for {text}" if vague else "")

    def parse(value: Value, conventions: Conventions) -> Parsed[DateMark]:
        whole = single(value, conventions)
        if whole.value.day is not None or not isinstance(value, str):
            return whole
        read = [(part, single(part, conventions)) for part in map(str.strip, SEVERAL.split(value)) if part]
        dated = [(parsed.value.day, part, parsed) for part, parsed in read if parsed.value.day]
        if len(dated) < 2:
            return whole
        _, typed, first = min(dated, key=lambda found: found[:2])
        several = Problem(rules.SEVERAL_TARGETS, f'holds several dates; the earliest, "{typed}", counts.')
        return Parsed(first.value, (*first.problems, several), first.assumed)

    return parse


parse_first_date = _parse_date(lambda span: span.first)
"""A day; of a month or quarter the first day: starts. `2026-03-02!` is exact."""

parse_date = _parse_date(lambda span: span.last)
"""A day; of a month or quarter the last day: ends. `2026-03-31!` is exact."""


def parse_target(value: Value, conventions: Conventions) -> Parsed[tuple[Target, ...]]:
    """Targets of an item, the earliest first: day, month, quarter, half, week, year, range or release name."""
    text = text_of(value)
    whole = _target(value, text, conventions)
    if whole.value is not None:
        return Parsed((whole.value,), whole.problems)
    parts = [part.strip() for part in SEVERAL.split(text) if part.strip()]
    if len(parts) < 2:
        return Parsed((), _no_target(text, "is"))
    read = [(part, _target(part, part, conventions)) for part in parts]
    targets = sorted((parsed.value for _, parsed in read if parsed.value), key=lambda t: (t.last, t.first, t.text))
    problems = [problem for _, parsed in read for problem in parsed.problems]
    problems += [
        problem for part, parsed in read if parsed.value is None for problem in _no_target(part, f'has "{part}",')
    ]
    if len(targets) > 1:
        counts = f'holds several targets; the earliest, "{targets[0].text}", counts.'
        problems.append(Problem(rules.SEVERAL_TARGETS, counts))
    return Parsed(tuple(targets), tuple(problems))


def _target(value: Value, text: str, conventions: Conventions) -> Parsed[Target | None]:
    """One target: a release of the calendar by its name, else a date."""
    release = conventions.releases.get(id_key(text))
    if release is not None:
        return Parsed(Target(*release, "release", text))
    return _of_value(value, conventions)


def _no_target(text: str, verb: str) -> tuple[Problem, ...]:
    """Why a text is no target; `verb` begins the sentence."""
    if fold(text) in NOTHING or fold(text) in UNDECIDED:
        return _no_date(text)
    return (Problem(rules.UNKNOWN_RELEASE, f"{verb} neither a date nor a release of the calendar; no target."),)


def day_order(values: Iterable[Value]) -> bool | None:
    """Whether the unambiguous dates of a column put the day first; None where none tells or they disagree."""
    orders: set[bool] = set()
    for value in values:
        match = NUMERIC.fullmatch(fold(value)) if isinstance(value, str) else None
        if match and match["sep"] != ".":
            a, b = int(match["a"]), int(match["b"])
            if (a > 12) != (b > 12):
                orders.add(a > 12)
    return orders.pop() if len(orders) == 1 else None
