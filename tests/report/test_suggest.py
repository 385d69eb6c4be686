"""Suggestions as text and JSON, and the csv of stub tasks."""

import csv
import io
import json

from planner.domain.suggestion import Clue, Reason, SuggestedTeam, Suggestion
from planner.report.suggest import stubs_csv, suggestion_json, suggestion_text

RANGE = (2.0, 5.0, 15.0)
FOUND = Suggestion(
    "ASK-41",
    "Usage of partners",
    (
        SuggestedTeam(
            "Metering", 0.03, (Reason(Clue.OWNER, ("usage-log",), ("usage",)), Reason(Clue.INVOLVED, ("M-1",)))
        ),
        SuggestedTeam("Data Platform", 0.02, (Reason(Clue.ASKED, ("ASK-12", "ASK-7")),)),
    ),
)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_teams_come_in_order_with_their_reasons_and_words() -> None:
    assert suggestion_text(FOUND, 5, 100) == (
        "ASK-41  Usage of partners\n"
        "  1.  Metering\n"
        "      owns a component of it: usage-log (words: usage)\n"
        "      has work or an ask of it: M-1\n"
        "  2.  Data Platform\n"
        "      is asked by many items: ASK-12, ASK-7\n"
    )


def test_a_cut_list_says_what_is_left() -> None:
    text = suggestion_text(FOUND, 1, 100)
    assert "Data Platform" not in text
    assert text.endswith("1 further team: --top 2 shows all.\n")


def test_without_a_clue_there_is_advice() -> None:
    assert "add Components, Asks" in suggestion_text(Suggestion("X", "", ()), 5, 100)


def test_json_has_the_same_teams() -> None:
    content = json.loads(suggestion_json(FOUND, 1))
    assert content["item"] == "ASK-41"
    assert [team["team"] for team in content["teams"]] == ["Metering"]
    assert content["teams"][0]["reasons"][0] == {
        "clue": "owns a component of it",
        "sources": ["usage-log"],
        "words": ["usage"],
    }


def test_a_stub_is_a_task_with_the_default_range_marked_as_ours() -> None:
    assert rows(stubs_csv("", FOUND, ["Data Platform"], RANGE)) == [
        {
            "Task ID": "ASK-41/data-platform",
            "Title": "Usage of partners: the part of Data Platform",
            "Item ID": "ASK-41",
            "Team": "Data Platform",
            "Effort": "2..5..15",
            "Proposed by": "roadmap",
        }
    ]


def test_the_same_team_twice_is_one_stub() -> None:
    once = stubs_csv("", FOUND, ["Metering"], RANGE)
    assert stubs_csv(once, FOUND, ["Metering", "Metering"], RANGE) == once


def test_what_people_typed_into_the_csv_stays() -> None:
    typed = "Task ID,Team,Effort,Depends on\nASK-41/metering,Metering,8,LED-1\n"
    kept, added = rows(stubs_csv(typed, FOUND, ["Metering", "Ledger"], RANGE))
    assert (kept["Effort"], kept["Depends on"]) == ("8", "LED-1")
    assert (added["Team"], added["Effort"], added["Depends on"]) == ("Ledger", "2..5..15", "")


def test_a_title_is_never_a_formula() -> None:
    (row,) = rows(stubs_csv("", Suggestion("A", "=1+1", ()), ["X"], RANGE))
    assert row["Title"].startswith("'=")
