"""Ids that are reused, missing, or only similar; and team names."""

import pytest

from planner.sheets.identifiers import Claim, Match, Namespace, abbreviate, looks_like, stems
from planner.sheets.team_names import TeamNames

PAY, LED = ("payments.xlsx", "Tasks"), ("ledger.xlsx", "Tasks")


def claims(*typed, place=PAY):
    return [Claim(place, row, text) for row, text in enumerate(typed, 2)]


def test_ids_that_are_used_once_stay_as_typed():
    assert Namespace(claims("PAY-7", "led 3", "00123", "123")).ids == ("PAY-7", "led 3", "00123", "123")


def test_an_id_of_two_sources_is_prefixed_in_both():
    names = Namespace([*claims("T-1", "T-2"), *claims("t-1", "T-3", place=LED)])
    assert names.ids == ("payments:T-1", "T-2", "ledger:t-1", "T-3")


def test_the_second_of_one_source_gets_a_number_and_references_mean_the_first():
    names = Namespace(claims("PAY-7", "PAY-7", "pay-7"))
    assert names.ids == ("PAY-7", "PAY-7#2", "pay-7#3")
    assert names.first_of == {1: 0, 2: 0}
    assert names.resolve(" Pay-7", PAY) == Match("PAY-7")
    assert names.resolve("PAY-7#2", PAY) == Match("PAY-7#2")


def test_repeated_within_and_across_sources():
    names = Namespace([*claims("T-1", "T-1"), *claims("T-1", place=LED)])
    assert names.ids == ("payments:T-1", "payments:T-1#2", "ledger:T-1")


def test_a_new_name_never_takes_a_name_that_exists():
    names = Namespace(claims("A", "A", "A#2"))
    assert names.ids == ("A", "A#2~2", "A#2")


def test_references_prefer_their_own_source_and_are_ambiguous_elsewhere():
    web = ("web.xlsx", "Tasks")
    names = Namespace([*claims("T-1"), *claims("T-1", place=LED), *claims("T-9", place=web)])
    assert names.resolve("T-1", PAY) == Match("payments:T-1")
    assert names.resolve("T-1", LED) == Match("ledger:T-1")
    assert names.resolve("T-1", web) == Match(candidates=("ledger:T-1", "payments:T-1"))
    assert names.resolve("ledger:T-1", web) == Match("ledger:T-1")
    assert names.resolve("T-9", PAY) == Match("T-9")
    assert names.resolve("T-8", PAY) == Match()


def test_another_sheet_of_the_same_file_is_nearer_than_another_file():
    names = Namespace([*claims("T-1"), *claims("T-1", place=LED)])
    assert names.resolve("T-1", ("ledger.xlsx", "More tasks")) == Match("ledger:T-1")


def test_minted_ids_do_not_depend_on_the_order_of_rows():
    blank = [Claim(PAY, row, "", "PAY", content) for row, content in ((2, "refund"), (3, "alarm"), (4, "zebra"))]
    forward = dict(zip([c.content for c in blank], Namespace(blank).ids, strict=True))
    assert forward == {"alarm": "PAY-new-1", "refund": "PAY-new-2", "zebra": "PAY-new-3"}
    assert dict(zip([c.content for c in blank[::-1]], Namespace(blank[::-1]).ids, strict=True)) == forward


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("LED-80", 'Did you mean "LED-8"?'),
        ("LDE-8", 'Did you mean "LED-8"?'),
        ("LED-008", 'It looks like "LED-8", which is another id.'),
        ("123", 'It looks like "00123", which is another id.'),
        ("QQQ", ""),
    ],
)
def test_suggestions(typed, sentence):
    assert Namespace(claims("PAY-7", "LED-8", "00123")).suggestions([typed]) == {typed: sentence}


def test_words_for_names():
    assert [abbreviate(name) for name in ("Cost and Usage", "payments", "R&D", "–")] == ["CAU", "PAY", "RD", "ROW"]
    assert looks_like("00123") == looks_like("123.0") == looks_like("123")
    assert looks_like("PAY-7") == looks_like("pay 07")


def test_sources_are_called_by_file_by_sheet_or_by_both():
    assert stems([PAY, LED]) == {PAY: "payments", LED: "ledger"}
    assert stems([("a.xlsx", "Q3"), ("a.xlsx", "Q4")]) == {("a.xlsx", "Q3"): "Q3", ("a.xlsx", "Q4"): "Q4"}
    assert stems([("a.xlsx", "Q3"), ("a.xlsx", "Q4"), ("b c.csv", "")]) == {
        ("a.xlsx", "Q3"): "a/Q3",
        ("a.xlsx", "Q4"): "a/Q4",
        ("b c.csv", ""): "b-c",
    }
    assert stems([("x/a.csv", ""), ("y/a.csv", "")]) == {("x/a.csv", ""): "a", ("y/a.csv", ""): "a#2"}


TEAMS = TeamNames(["Payments", "Ledger", "R&D", "Search, Browse"], {"Ledger": ("Books",)}, ["Web", "Data / Payments"])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Payments", ["Payments"]),
        ("ledger; PAYMENTS", ["Ledger", "Payments"]),
        ("Payments, Ledger", ["Payments", "Ledger"]),
        ("Payments/Ledger", ["Payments", "Ledger"]),
        ("Payments & R&D", ["Payments", "R&D"]),
        ("Search, Browse", ["Search, Browse"]),
        ("Search, Browse; Web", ["Search, Browse", "Web"]),
        ("Ledger and Web\nPayments", ["Ledger", "Web", "Payments"]),
        ("Books; Ledger", ["Ledger"]),
        ("Fish & Chips", ["Fish & Chips"]),  # neither part is a team
        ("external:Acme, Inc.", ["external:Acme, Inc."]),
        ("TBD", []),
        ("Payments; n/a", ["Payments"]),
    ],
)
def test_teams_of_a_cell(cell, names):
    assert [TEAMS.shown(name) for name in TEAMS.split(cell)] == names


def test_a_similar_team_is_offered_and_not_taken():
    assert TEAMS.shown("Ledgr") == "Ledgr"
    assert TEAMS.suggestion("Ledgr") == 'Did you mean "Ledger"?'
    assert TEAMS.suggestion("Quality") == ""


def test_a_former_name_of_two_teams_means_neither():
    names = TeamNames(["A", "B"], {"A": ("Old",), "B": ("Old",)}, [])
    assert not names.is_listed("old")
    assert names.suggestion("old") == "It is a former name of A and B."


def test_spellings_of_an_unlisted_team_are_one_team():
    names = TeamNames([], {}, ["web", "Web ", "WEB"])
    assert {names.shown(text) for text in ("web", "Web", "WEB")} == {"WEB"}
