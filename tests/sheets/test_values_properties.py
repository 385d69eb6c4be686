"""Laws of the parsers: they raise at nothing, and read back what has a standard form."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.roadmap import Estimate, Link, Strength
from planner.sheets import values
from planner.sheets.identifiers import Namespace
from planner.sheets.values import Conventions, Reference
from tests.sheets.test_identifiers import claims

HOUSE = Conventions(date(2026, 9, 1), sizes={"S": 2.0, "M": 10.0})

FRAGMENTS = [
    "PAY-7",
    "12",
    "2026",
    "31",
    "0",
    "0,5",
    "-",
    "..",
    "/",
    ";",
    ":",
    ",",
    "=",
    "@",
    "%",
    "!",
    "(",
    ")",
    "Q4",
    "Q",
    "H1",
    "CW",
    "29",
    "30",
    "Feb",
    "TBD",
    "?",
    "end",
    "of",
    "mid",
    "to",
    "FS",
    "SS",
    "+2d",
    "-1w",
    "soft:",
    "external:",
    "k",
    "$",
    "€",
    "M",
    "pts",
    "h",
    "d",
    "w",
    "1e9",
    "²",
    "٣",
    "\u200b",
    "é",
    "none",
]
messy_text = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(FRAGMENTS), max_size=7).map(" ".join))
cells = st.one_of(
    st.none(),
    messy_text,
    st.lists(st.sampled_from(FRAGMENTS), max_size=7).map("".join),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)
PARSERS = [
    getattr(values, name)
    for name in values.__all__
    if name.startswith("parse_") and name not in ("parse_choice", "parse_dependencies")
]


@pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__name__)
@settings(max_examples=150, deadline=None)
@given(cell=cells)
def test_no_cell_makes_a_parser_raise(parse, cell):
    parsed = parse(cell, HOUSE)
    assert all(problem.text.endswith(".") for problem in parsed.problems)


@settings(max_examples=300, deadline=None)
@given(cell=cells)
def test_no_cell_makes_the_dependencies_raise(cell):
    for reference in values.parse_dependencies(cell, lambda text: text == "PAY-7").value:
        assert reference.id.strip()


@given(
    st.dates(min_value=date(1971, 1, 1), max_value=date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %b %Y", "%d.%m.%Y", "%B %d, %Y"]),
)
def test_a_day_reads_back(day, form):
    assert values.parse_date(day.strftime(form), HOUSE).value.day == day
    assert values.parse_date(datetime.combine(day, time(15, 26)), HOUSE).value.day == day
    assert values.parse_date((day - date(1899, 12, 30)) // timedelta(days=1), HOUSE).value.day in (day, None)


@given(st.integers(2020, 2040), st.integers(1, 4))
def test_a_quarter_is_three_whole_months(year, quarter):
    (target,) = values.parse_target(f"Q{quarter} {year}", HOUSE).value
    assert target.first == date(year, 3 * quarter - 2, 1)
    assert (target.last + timedelta(days=1)).day == 1
    assert 90 <= (target.last - target.first).days + 1 <= 92


tenths = st.integers(0, 2000).map(lambda n: n / 10)


@given(st.lists(tenths, min_size=3, max_size=3).map(sorted), st.sampled_from(["-", "..", " to ", "/", " – "]))
def test_three_points_read_back(points, separator):
    parsed = values.parse_effort(separator.join(f"{p:g}" for p in points), HOUSE)
    assert parsed == values.Parsed(values.Effort(Estimate(*points, certain=len(set(points)) == 1)))


@given(st.sampled_from(sorted(Link)), st.integers(-99, 99), st.sampled_from(sorted(Strength)))
def test_a_dependency_reads_back(link, lag, strength):
    text = f"{strength.value}:PAY-7 {link.value}{lag:+d}d"
    (reference,) = values.parse_dependencies(text, lambda entry: entry == "PAY-7").value
    assert reference == Reference("PAY-7", link, lag, strength)


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "A", "a", "A#2", "x:A", "B"]), st.sampled_from(["x.csv", "y.csv"])),
        max_size=12,
    )
)
def test_ids_are_unique_and_every_typed_id_still_means_a_row(rows):
    names = Namespace([claim for typed, file in rows for claim in claims(typed, place=(file, ""))])
    assert len({name.casefold() for name in names.ids}) == len(rows)
    for typed, file in rows:
        if typed:
            assert names.resolve(typed, (file, "")).id in names.ids
