"""What each parser makes of what people type; expectations are written by hand."""

from datetime import date, datetime, time, timedelta

import pytest

from planner.domain.roadmap import (
    Commitment,
    CostOfDelay,
    Debt,
    Estimate,
    Link,
    Priority,
    Setting,
    Status,
    Strength,
    Touch,
    TouchMode,
)
from planner.sheets import values
from planner.sheets.columns import all_columns
from planner.sheets.values import Conventions, DateMark, day_order, text_of
from planner.sheets.values.words import ComponentStatus

TODAY = date(2026, 9, 1)
HOUSE = Conventions(TODAY, day_first=True, sizes={"S": 2.0, "M": 10.0, "L": 25.0})


def rules_of(parsed):
    return [problem.rule.id for problem in parsed.problems]


def test_every_type_of_the_columns_has_its_parser():
    assert {column.type for column in all_columns() if not hasattr(values, f"parse_{column.type}")} == set()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"),
        (7, "7"),
        (7.5, "7.5"),
        ("  PAY-7\u00a0", "PAY-7"),
        ("00123", "00123"),
        ("e\u0301", "é"),
        ("PAY\u200b-7", "PAY-7"),
        (datetime(2026, 3, 2), "2026-03-02"),
        (None, ""),
    ],
)
def test_a_cell_as_text(value, text):
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        (8, (8, 8, 8)),
        (8.0, (8, 8, 8)),
        ("8", (8, 8, 8)),
        ("8d", (8, 8, 8)),
        ("8 days", (8, 8, 8)),
        ("~8", (8, 8, 8)),
        ("1,5", (1.5, 1.5, 1.5)),
        ("2w", (10, 10, 10)),
        ("4h", (0.5, 0.5, 0.5)),
        ("1w 2d 4h", (7.5, 7.5, 7.5)),
        ("M", (10, 10, 10)),
        ("small", (2, 2, 2)),
        ("M (12d)", (12, 12, 12)),
        ("0", (0, 0, 0)),
        ("2-3-8", (2, 3, 8)),
        ("2..3..8", (2, 3, 8)),
        ("2/3/8", (2, 3, 8)),
        ("2.0..3.0..8.0", (2, 3, 8)),
        ("1-2-3 w", (5, 10, 15)),
        ("S..M..L", (2, 10, 25)),
    ],
)
def test_effort(typed, points):
    parsed = values.parse_effort(typed, HOUSE)
    assert parsed.value.estimate == Estimate(*points)
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("typed", "points", "says"),
    [
        ("2-8", (2, 5, 8), "likely 5 ED, between 2 and 8"),
        ("2..3", (2, 3, 3), "likely 3 ED, between 2 and 3"),
        ("0.2-0.4", (0.2, 0.3, 0.4), "likely 0.3 ED, between 0.2 and 0.4"),
    ],
)
def test_two_points_get_their_rounded_mean_and_say_so(typed, points, says):
    parsed = values.parse_effort(typed, HOUSE)
    found = parsed.value.estimate
    assert (found.optimistic, found.likely, found.pessimistic) == pytest.approx(points)
    assert parsed.assumed == says


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("TBD", "undecided-value"),
        ("?", "undecided-value"),
        ("ask Bob", "unreadable-value"),
        (-3, "out-of-range"),
        ("-3", "out-of-range"),
        (True, "unreadable-value"),
        (float("nan"), "unreadable-value"),
        ("9" * 400, "unreadable-value"),
    ],
)
def test_effort_that_is_none(typed, rule):
    parsed = values.parse_effort(typed, HOUSE)
    assert parsed.value.estimate is None
    assert rules_of(parsed) == [rule]


@pytest.mark.parametrize(
    ("cell", "repair"),
    [
        (datetime(2008, 3, 2), '"2..3..8"'),  # 2/3/8 typed where the day comes first
        (date(2008, 2, 3), '"2..3..8"'),  # the same where the month comes first
        (datetime(2026, 8, 2), '"2..8"'),  # 2-8 typed this year
        ("2-Aug", '"2..8"'),
        ("02-Mar-08", '"2..3..8"'),
    ],
)
def test_an_effort_that_excel_took_for_a_date_gets_a_repair_hint(cell, repair):
    parsed = values.parse_effort(cell, HOUSE)
    assert parsed.value.estimate is None
    assert rules_of(parsed) == ["excel-date"]
    assert repair in parsed.problems[0].suggestion


def test_points_in_the_wrong_order_are_sorted():
    parsed = values.parse_effort("8-3-2", HOUSE)
    assert parsed.value.estimate == Estimate(2, 3, 8)
    assert rules_of(parsed) == ["unsorted-range"]


def test_story_points_are_days_with_a_warning():
    parsed = values.parse_effort("3 pts", HOUSE)
    assert parsed.value.estimate == Estimate(3, 3, 3)
    assert rules_of(parsed) == ["story-points"]


def test_effort_by_team_adds_up_point_by_point():
    parsed = values.parse_effort("PAY=5; LED=2-3-8", HOUSE)
    assert parsed.value.estimate == Estimate(7, 8, 13)
    assert parsed.value.by_team == (("PAY", 5.0), ("LED", 3.0))


@pytest.mark.parametrize(
    ("typed", "first", "last", "precision"),
    [
        (datetime(2026, 11, 3, 15, 26), date(2026, 11, 3), date(2026, 11, 3), "day"),
        (date(2026, 11, 3), date(2026, 11, 3), date(2026, 11, 3), "day"),
        ("2026-11-03", date(2026, 11, 3), date(2026, 11, 3), "day"),
        ("2026-11-03T10:00:00Z", date(2026, 11, 3), date(2026, 11, 3), "day"),
        ("16/02/2017 15:26", date(2017, 2, 16), date(2017, 2, 16), "day"),
        ("02/16/2017", date(2017, 2, 16), date(2017, 2, 16), "day"),
        ("03.04.2026", date(2026, 4, 3), date(2026, 4, 3), "day"),
        ("12 Oct 2026", date(2026, 10, 12), date(2026, 10, 12), "day"),
        ("12th of October 2026", date(2026, 10, 12), date(2026, 10, 12), "day"),
        ("Oct 12, 2026", date(2026, 10, 12), date(2026, 10, 12), "day"),
        ("Mon 12 Oct 2026", date(2026, 10, 12), date(2026, 10, 12), "day"),
        ("end of March 2027", date(2027, 3, 31), date(2027, 3, 31), "day"),
        ("early Q2 2027", date(2027, 4, 1), date(2027, 4, 1), "day"),
        ("Oct 2026", date(2026, 10, 1), date(2026, 10, 31), "month"),
        ("Oct-26", date(2026, 10, 1), date(2026, 10, 31), "month"),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "month"),
        ("11/2026", date(2026, 11, 1), date(2026, 11, 30), "month"),
        ("Q4 2026", date(2026, 10, 1), date(2026, 12, 31), "quarter"),
        ("Q2/26", date(2026, 4, 1), date(2026, 6, 30), "quarter"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), "quarter"),
        ("4Q26", date(2026, 10, 1), date(2026, 12, 31), "quarter"),
        ("H1 2026", date(2026, 1, 1), date(2026, 6, 30), "half"),
        ("CW 12 2026", date(2026, 3, 16), date(2026, 3, 22), "week"),
        ("2026-W12", date(2026, 3, 16), date(2026, 3, 22), "week"),
        (2026, date(2026, 1, 1), date(2026, 12, 31), "year"),
        ("2026-2027", date(2026, 1, 1), date(2027, 12, 31), "range"),
        ("Q3/Q4 2026", date(2026, 7, 1), date(2026, 12, 31), "range"),
        ("1H26", date(2026, 1, 1), date(2026, 6, 30), "half"),
        ("EOY 2026", date(2026, 12, 31), date(2026, 12, 31), "day"),
        ("w/c Mon 12 Oct 2026", date(2026, 10, 12), date(2026, 10, 12), "day"),
        ("by end of Q3 2026", date(2026, 9, 30), date(2026, 9, 30), "day"),
        ("Q1-Q2 2026", date(2026, 1, 1), date(2026, 6, 30), "range"),
        ("Oct 2026 to Jan 2027", date(2026, 10, 1), date(2027, 1, 31), "range"),
        ("45000", date(2023, 3, 15), date(2023, 3, 15), "day"),
        (45000.5, date(2023, 3, 15), date(2023, 3, 15), "day"),
    ],
)
def test_targets(typed, first, last, precision):
    parsed = values.parse_target(typed, HOUSE)
    assert [(t.first, t.last, t.precision) for t in parsed.value] == [(first, last, precision)]
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("TBD Q2", date(2027, 4, 1), date(2027, 6, 30)),  # Q2 2026 is over on 1 September
        ("Q3?", date(2026, 7, 1), date(2026, 9, 30)),  # still running
        ("KW12", date(2027, 3, 22), date(2027, 3, 28)),
        ("end of March", date(2027, 3, 31), date(2027, 3, 31)),
        ("29 Feb", date(2028, 2, 29), date(2028, 2, 29)),
        ("~ Oct 2026", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_uncertain_targets_are_planned_with_a_warning(typed, first, last):
    parsed = values.parse_target(typed, HOUSE)
    assert [(t.first, t.last) for t in parsed.value] == [(first, last)]
    assert rules_of(parsed) == ["uncertain-date"]


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("v1.10", "unknown-release"),
        ("2026-02-30", "unknown-release"),
        ("asap", "unknown-release"),
        ("TBD", "undecided-value"),
    ],
)
def test_targets_that_are_none(typed, rule):
    parsed = values.parse_target(typed, HOUSE)
    assert parsed.value == ()
    assert rules_of(parsed) == [rule]


def test_a_release_of_the_calendar_is_a_target():
    conventions = Conventions(TODAY, releases={"v1.10": (date(2026, 10, 5), date(2026, 10, 6))})
    (target,) = values.parse_target("V1.10", conventions).value
    assert (target.first, target.last, target.precision) == (date(2026, 10, 5), date(2026, 10, 6), "release")


def test_of_two_targets_the_earliest_counts():
    parsed = values.parse_target("Q4 2026; Q3 2026", HOUSE)
    assert [target.text for target in parsed.value] == ["Q3 2026", "Q4 2026"]
    assert rules_of(parsed) == ["several-targets"]


def test_day_and_month_are_told_apart_by_the_column():
    ambiguous = values.parse_date("03/04/2026", HOUSE)
    assert ambiguous.value.day == date(2026, 4, 3)
    assert rules_of(ambiguous) == ["ambiguous-date"]
    assert day_order(["03/04/2026", "04/17/2026", None]) is False
    assert day_order(["03/04/2026", "17/04/2026"]) is True
    assert day_order(["13/04/2026", "04/13/2026"]) is None
    certain = Conventions(TODAY, day_first=False, day_first_certain=True)
    assert values.parse_date("03/04/2026", certain) == values.Parsed(DateMark(date(2026, 3, 4)))


def test_vague_dates_end_late_start_early_and_say_so():
    end, start = values.parse_date("2026-11", HOUSE), values.parse_first_date("Q4 2026", HOUSE)
    assert (end.value.day, end.assumed) == (date(2026, 11, 30), "2026-11-30 for 2026-11")
    assert (start.value.day, start.assumed) == (date(2026, 10, 1), "2026-10-01 for Q4 2026")


def test_an_exclamation_mark_makes_a_date_exact():
    assert values.parse_date("2026-03-31!", HOUSE).value == DateMark(date(2026, 3, 31), exact=True)
    assert values.parse_first_date("2026-03-02 !", HOUSE).value == DateMark(date(2026, 3, 2), exact=True)


@pytest.mark.parametrize("typed", [time(3, 4), timedelta(days=2), True, "soon", -5, 1e12, float("inf")])
def test_what_is_no_date(typed):
    parsed = values.parse_date(typed, HOUSE)
    assert parsed.value == DateMark()
    assert rules_of(parsed) == ["unreadable-value"]


KNOWN = {"pay-12", "led-3", "api-4", "web-9", "pay-1", "pay-3", "a,b", "led-3 ss", "12"}


def read_dependencies(text, commas=True):
    parsed = values.parse_dependencies(text, lambda entry: entry.casefold() in KNOWN, commas)
    return [(r.id, r.link, r.lag, r.strength) for r in parsed.value], rules_of(parsed)


def test_dependencies():
    found, problems = read_dependencies("PAY-12; LED-3 FF+2d; soft:API-4; launch:WEB-9\nPAY-1 FS-1w; PAY-3SS")
    assert found == [
        ("PAY-12", Link.FS, 0, Strength.HARD),
        ("LED-3", Link.FF, 2, Strength.HARD),
        ("API-4", Link.FS, 0, Strength.SOFT),
        ("WEB-9", Link.FS, 0, Strength.LAUNCH),
        ("PAY-1", Link.FS, -5, Strength.HARD),
        ("PAY-3", Link.SS, 0, Strength.HARD),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "ids", "problems"),
    [
        ("none", [], []),
        ("n/a", [], []),
        ("-", [], []),
        ("PAY-1, LED-3", ["PAY-1", "LED-3"], []),
        ("A,B", ["A,B"], []),
        ("LED-3 SS", ["LED-3 SS"], []),  # an id may look like a link
        ("PAY-99", ["PAY-99"], []),  # who resolves it says that it is nowhere
        ("TBD", [], ["undecided-value"]),
        ("after PAY-1 is done, and LED-3 too", ["PAY-1", "LED-3"], ["prose-dependency"] * 2),
        ("LED-3 - Postings", ["LED-3"], ["prose-dependency"]),
        ("needs 12 people", ["needs 12 people"], []),  # 12 is an id, but here it is not
        ("the new ledger", ["the new ledger"], []),
    ],
)
def test_entries_of_dependencies(text, ids, problems):
    found, rules = read_dependencies(text)
    assert [entry[0] for entry in found] == ids
    assert rules == problems


@pytest.mark.parametrize(
    ("text", "lag"), [("PAY-1+2d", 2), ("PAY-1 + 2 days", 2), ("PAY-1 FS+1w", 5), ("PAY-1 -1d", -1)]
)
def test_lags(text, lag):
    found, _ = read_dependencies(text)
    assert found == [("PAY-1", Link.FS, lag, Strength.HARD)]


@pytest.mark.parametrize(
    ("typed", "member"),
    [
        ("Done", Status.DONE),
        ("closed", Status.DONE),
        ("In Review", Status.IN_PROGRESS),
        ("in-progress", Status.IN_PROGRESS),
        ("WIP", Status.IN_PROGRESS),
        ("To Do", Status.PLANNED),
        ("Accepted", Status.PLANNED),
        ("Won't do", Status.DROPPED),
        ("Won’t fix", Status.DROPPED),
        ("Not accepted", Status.DROPPED),
        ("Done (15 Aug)", Status.DONE),
    ],
)
def test_statuses(typed, member):
    assert values.parse_status(typed, HOUSE) == values.Parsed(member)


def test_a_misspelt_word_gets_a_suggestion():
    parsed = values.parse_status("plannd", HOUSE)
    assert parsed.value is None
    assert parsed.problems[0].suggestion == 'Did you mean "planned"?'


@pytest.mark.parametrize(
    ("kind", "typed", "member"),
    [
        (Priority, 1.0, Priority.P1),
        (Priority, "p0", Priority.P0),
        (Priority, "Blocker", Priority.P0),
        (Priority, "High", Priority.P1),
        (Priority, "medium", Priority.P2),
        (Priority, "P1 - high", Priority.P1),
        (Priority, 4, Priority.P3),
        (Commitment, "Must have", Commitment.MUST),
        (ComponentStatus, "deprecated", ComponentStatus.RETIRING),
        (Priority, "none", None),
    ],
)
def test_choices(kind, typed, member):
    assert values.parse_choice(kind)(typed, HOUSE) == values.Parsed(member)


@pytest.mark.parametrize(
    ("typed", "share"), [("10 %", 0.1), (10, 0.1), (0.1, 0.1), ("0,1", 0.1), (0, 0), (1, 1), (100, 1), ("1 %", 0.01)]
)
def test_percentages(typed, share):
    assert values.parse_percent(typed, HOUSE) == values.Parsed(pytest.approx(share))


def test_a_bare_one_is_a_per_cent_where_the_column_counts_so():
    assert values.parse_percent(1, Conventions(TODAY, whole_percent=True)).value == 0.01


@pytest.mark.parametrize(("typed", "p"), [(0.7, 0.7), ("0.7", 0.7), ("70 %", 0.7), (1, 1.0), (0, 0.0)])
def test_probabilities(typed, p):
    assert values.parse_probability(typed, HOUSE) == values.Parsed(pytest.approx(p))


def test_a_probability_of_70_is_not_guessed_at():
    parsed = values.parse_probability(70, HOUSE)
    assert parsed.value is None
    assert rules_of(parsed) == ["out-of-range"]
    assert parsed.problems[0].suggestion == 'Did you mean "70 %"?'


@pytest.mark.parametrize(
    ("typed", "cost"),
    [
        (12, CostOfDelay(12)),
        ("12 ED/week", CostOfDelay(12)),
        ("$5,000", CostOfDelay(5000, "USD")),
        ("€5k / week", CostOfDelay(5000, "EUR")),
        ("1000 EUR per day", CostOfDelay(5000, "EUR")),
        ("CHF 1'200", CostOfDelay(1200, "CHF")),
    ],
)
def test_costs_of_delay(typed, cost):
    assert values.parse_cost(typed, HOUSE) == values.Parsed(cost)


@pytest.mark.parametrize(
    ("typed", "debt", "assumed"),
    [("4 @ 0.2/d", Debt(4, 0.2), ""), ("4 @ 1/w", Debt(4, 0.2), ""), (4, Debt(4, 0), "no interest")],
)
def test_debts(typed, debt, assumed):
    assert values.parse_debt(typed, HOUSE) == values.Parsed(debt, assumed=assumed)


@pytest.mark.parametrize(("typed", "days"), [(5, 5), ("5d", 5), ("2w", 10), ("4h", 1), (2.5, 3), (0, 0)])
def test_durations(typed, days):
    assert values.parse_duration(typed, HOUSE) == values.Parsed(days)


def test_touches_without_a_mode_change_the_component():
    parsed = values.parse_touches("ledger:replace; invoice-api; web (reads)", HOUSE)
    assert parsed.value == (
        Touch("ledger", TouchMode.REPLACE),
        Touch("invoice-api", TouchMode.CHANGE),
        Touch("web", TouchMode.READ),
    )
    assert parsed.assumed == "invoice-api: change"


def test_an_unknown_mode_is_a_change_with_a_suggestion():
    parsed = values.parse_touches("ledger:replac", HOUSE)
    assert parsed.value == (Touch("ledger", TouchMode.CHANGE),)
    assert parsed.problems[0].suggestion == 'Did you mean "replace"?'


def test_settings():
    parsed = values.parse_settings("ledger.storage=Aurora; invoice-api.version = 2; nonsense", HOUSE)
    assert parsed.value == (Setting("ledger.storage", "Aurora"), Setting("invoice-api.version", "2"))
    assert rules_of(parsed) == ["unreadable-value"]


@pytest.mark.parametrize(
    ("typed", "options", "problems"),
    [
        ("Aurora=0.7; DynamoDB=0.3", (("Aurora", 0.7), ("DynamoDB", 0.3)), []),
        ("Aurora=70 %; DynamoDB=30%", (("Aurora", 0.7), ("DynamoDB", 0.3)), []),
        ("Aurora 70 %; DynamoDB", (("Aurora", 0.7), ("DynamoDB", None)), []),
        ("Aurora; DynamoDB", (("Aurora", None), ("DynamoDB", None)), []),
        ("A=0.7; B=0.1", (("A", 0.7), ("B", 0.1)), ["options-sum"]),
        ("A=0.7; B=0.4; C", (("A", 0.7), ("B", 0.4), ("C", None)), ["options-sum"]),
        ("A=7; B", (("A", None), ("B", None)), ["out-of-range"]),
    ],
)
def test_options(typed, options, problems):
    parsed = values.parse_options(typed, HOUSE)
    assert [name for name, _ in parsed.value] == [name for name, _ in options]
    assert [p for _, p in parsed.value] == [p if p is None else pytest.approx(p) for _, p in options]
    assert rules_of(parsed) == problems


def test_shares_friction_and_engineers():
    assert values.parse_shares("Cart=2; Search=5", HOUSE).value == (("Cart", 2.0), ("Search", 5.0))
    assert values.parse_friction(0.4, HOUSE).value == (0.4, ())
    assert values.parse_friction("0,2; Ledger=0.4", HOUSE).value == (0.2, (("Ledger", 0.4),))
    assert values.parse_engineers("2 devs", HOUSE).value == (2.0, ())
    assert values.parse_engineers("PAY=2; LED=1", HOUSE).value == (None, (("PAY", 2.0), ("LED", 1.0)))
    assert rules_of(values.parse_engineers("many", HOUSE)) == ["unreadable-value"]
    assert rules_of(values.parse_friction("Ledger=4", HOUSE)) == ["out-of-range"]


@pytest.mark.parametrize(("typed", "code"), [("DE", "DE"), ("us-ca", "US-CA"), ("Germany", "DE"), ("UK", "GB")])
def test_countries(typed, code):
    assert values.parse_country(typed, HOUSE) == values.Parsed(code)


def test_yes_and_no():
    assert values.parse_yesno("No", HOUSE).value is False
    assert values.parse_yesno(True, HOUSE).value is True
    assert rules_of(values.parse_yesno("perhaps", HOUSE)) == ["unknown-choice"]


@pytest.mark.parametrize("typed", ["30 Feb", "0 Feb", "31 June", "CW 54", "end of " * 10_000 + "May", "9" * 5_000])
def test_days_that_never_come(typed):
    assert values.parse_date(typed, HOUSE).value == DateMark()
