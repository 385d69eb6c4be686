import pytest

from planner.decisions.rules import RULES
from planner.decisions.word_lists import rows_of
from tests.decisions.documents import found, rules

OBJECTED = {
    "weasel-word": ["Several teams wait for the schema.", "The risk is substantial.", "# Many reasons"],
    "passive-voice": ["The schema was changed in May.", "Is the gateway owned by Platform?"],
    "long-sentence": ["We " + "wait and " * 15 + "wait."],
    "undefined-acronym": ["The PSP answers on Monday.", "Four PSPs answer on Monday."],
    "vague-date": ["We launch soon.", "The vendor answers next quarter.", "The date is TBD."],
    "missing-number": ["The cache makes the search faster.", "This reduces the load."],
    "missing-owner": [
        "## Next steps\n\n- Write the rollback plan",
        "- [ ] Ask Legal for the contract",
        "Actions\n\n- Ask Legal for the contract",
        "**Next steps:**\n\n- Ask Legal for the contract",
        "Somebody has to ask Legal.",
        "The schema must be moved.",
    ],
}
LET_PASS = {
    "weasel-word": [
        "“Several teams wait.”",
        "Use `many` here.",
        "The many-to-one relation holds.",
        "| several |\n| --- |\n| many |",
    ],
    "passive-voice": ["The team is tired.", "These are planned releases.", "The lead got married in June."],
    "long-sentence": [
        "We " + "wait and " * 14 + "wait.",
        "It costs 3.5 weeks, e.g. in May. " + "We wait and wait. " * 12,
    ],
    "undefined-acronym": [
        "The payment service provider (PSP) answers. The PSP is slow.",
        "PSP: payment service provider.",
        "We call the API on the URL of PAY-12 and DEC-1 in Part IV.",
        "DO NOT TOUCH THIS",
        "KR1: the close takes 1 day. The P95 is 30 ms.",
    ],
    "vague-date": ["We launch on 12 October 2026.", "A sooner date costs two weeks.", "`TBD`"],
    "missing-number": [
        "The cache makes the search 30 % faster.",
        "This halves the load.",
        "The rate increases by two points.",
    ],
    "missing-owner": [
        "## Next steps\n\n- Anna Berg writes the rollback plan",
        "## Next steps\n\n- Write the rollback plan (Anna)\n- Ask Legal – Bo\n- Ask Sales. Owner: Cid\n- @dee: ask",
        "- Write the rollback plan",
        "The schema must be approved by two people.",
        "A price should be low.",
        "Nothing else has to be installed.",
        "Effort is the work that has to be spent.",
        "We talked about our next actions for two hours on Monday:\n\n- Write less",
    ],
}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in OBJECTED.items() for text in texts])
def test_objected(rule, text):
    assert rule in rules(text)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in LET_PASS.items() for text in texts])
def test_let_pass(rule, text):
    assert rule not in rules(text)


def test_every_rule_has_examples_and_near_misses():
    assert [rule for rule, _ in RULES] == list(OBJECTED) == list(LET_PASS)


def test_an_acronym_is_asked_for_once():
    assert rules("The PSP answers. The PSP waits.") == ["undefined-acronym"]


def test_a_duty_that_is_due_by_a_day_has_no_owner_yet():
    assert "missing-owner" in rules("The schema must be moved by 12 October 2026.")
    assert "missing-owner" in rules("The schema must be moved by Friday.")


@pytest.mark.parametrize("name", ["weasel-words", "vague-dates", "claims"])
def test_every_phrase_of_a_list_is_found_and_has_a_question(name):
    rule = {"weasel-words": "weasel-word", "vague-dates": "vague-date", "claims": "missing-number"}[name]
    for row in rows_of(name):
        assert row["question"].endswith("?"), row
        assert rule in rules(f"We say {row['word']} here."), row


def test_places_are_those_of_the_file():
    text = "# Plan\n\nThe *team* waits\nand many **others** wait soon.\n\n> - Several wait.\n"

    assert found(text) == [
        (4, 5, "weasel-word", "many"),
        (4, 26, "vague-date", "soon"),
        (6, 5, "weasel-word", "Several"),
    ]


def test_a_capital_within_a_sentence_is_a_name():
    assert rules("The work of Various Ltd starts on 12 October 2026.") == []
    assert rules("# The Many Doors") == ["weasel-word"]
    assert rules("We start ASAP.") == ["vague-date"]
