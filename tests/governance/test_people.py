"""Whether two spellings are one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.governance.people import same_person

SAME = [
    ("Alma Stone", "alma stone"),
    ("Alma Stone", "  STONE,   Alma "),
    ("Alma Stone", "A. Stone"),
    ("Alma Stone", "Alma Stone <alma.stone@quillon.example>"),
    ("alma.stone@quillon.example", "Alma Stone"),
    ("Jürgen Groß", "Juergen Gross"),
    ("Jürgen Groß", "JURGEN GROSS"),
    ("Søren Ægir", "Soren Agir"),
    ("Alma Stone", "\u0410lm\u0430 St\u043ene"),  # Cyrillic А, а, о
    ("Alma Stone", "Al\u200bma\u00a0Stone"),  # a zero-width and a fixed blank
    ("Ｈａｎａ", "Hana"),  # full width
    ("José", "Jose\u0301"),
]
OTHER = [("Alma Stone", "Alva Stone"), ("Alma Stone", "Alma Stern"), ("Hana", "Hanna"), ("Alma", ""), ("", "")]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_one_person_in_two_spellings(first: str, second: str) -> None:
    assert same_person([first], [second])
    assert same_person([second], [first])


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_two_people(first: str, second: str) -> None:
    assert not same_person([first], [second])


def test_an_account_is_its_person_where_the_roster_says_so() -> None:
    people = {"Alma Stone": ["astone7"], "Hana": ["hk"]}
    assert same_person(["astone7"], ["stone, alma"], people)
    assert not same_person(["astone7"], ["hk"], people)


@given(st.lists(st.text("abcdefgh", min_size=2, max_size=8), min_size=1, max_size=4))
def test_order_and_case_never_matter(words: list[str]) -> None:
    assert same_person([" ".join(words)], [" ".join(reversed(words)).upper()])
