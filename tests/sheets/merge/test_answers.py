"""Answers to questions become edits of the cells that they name."""

from datetime import date

import pytest

from planner.domain.edits import OwnSheet
from planner.domain.merging import Verdict
from planner.domain.own_sheets import QUESTION_COLUMNS
from planner.sheets.grid import Grid
from planner.sheets.merge.answers import CLASH_COLUMNS, read_answers
from planner.sheets.merge.merging import merge
from planner.sheets.merge.wishes import Returned
from tests.sheets.merge.sheets import Book

MASTER = Book(
    {
        "Tasks": (
            ("Task ID", "Title", "Effort", "Due"),
            ("PAY-1", "Ledger", None, None),
            ("PAY-2", "Refunds", 5, None),
        ),
        "Decisions": (("Decision ID", "Question", "Options", "Chosen"), ("DEC-1", "Storage?", "A; B", None)),
    }
)
DISMISSED = Book({**MASTER.sheets, "Dismissed": (("Conflict ID", "Reason", "By"), ("C-1", "known", "Kim"))})


def answers(*rows):
    """The sheet of questions as it comes back: a title above, the three values of a clash behind."""
    header = (*QUESTION_COLUMNS, *CLASH_COLUMNS)
    cells = [("Please answer by Friday",), header, *rows]
    return read_answers([Grid("pat.xlsx", "Questions for you", cells, range(1, len(cells) + 1))])


def answered(master, *rows):
    result = merge(master.grids(), [Returned("Pat", (), (), answers(*rows))])
    return result, master.edited(result.edits)


def test_a_decision_is_what_was_chosen():
    result, after = answered(MASTER, ("Q-1", "decision", "Decisions", "DEC-1", "Chosen", "Storage?", "B"))
    assert after.sheets["Decisions"][1][3] == "B"
    assert str(result.differences[0].theirs_cell) == "pat.xlsx!Questions for you!G3"


def test_a_fact_fills_the_cell_that_it_names():
    _, after = answered(
        MASTER,
        ("Q-1", "fact", "Tasks", "pay-1", "Effort", "How much?", "2w"),
        ("Q-2", "fact", "Tasks", "PAY-1", "Due", "When?", date(2026, 11, 30)),
    )
    assert after.sheets["Tasks"][1][2:] == ["2w", date(2026, 11, 30)]


def test_a_fact_that_the_master_learned_otherwise_clashes():
    result, _ = answered(MASTER, ("Q-1", "fact", "Tasks", "PAY-2", "Effort", "How much?", 8))
    assert [(d.verdict, d.ours, d.theirs) for d in result.differences] == [(Verdict.CLASH, 5, 8)]


@pytest.mark.parametrize(("choice", "effort"), [("Theirs", 8), ("ours", 5), ("base", 3), (6, 6)])
def test_a_clash_gets_the_chosen_value_or_one_of_its_own(choice, effort):
    row = ("Q-1", "clash", "Tasks", "PAY-2", "Effort", "Which?", choice, 3, 5, 8)
    result, after = answered(MASTER, row)
    assert after.sheets["Tasks"][2][2] == effort
    assert merge(after.grids(), [Returned("Pat", (), (), answers(row))]).edits == ()
    assert not result.of(Verdict.CLASH)


def test_a_dismissal_is_a_row_with_its_reason():
    row = ("Q-1", "dismissal", "Dismissed", "C-2", "", "Leave it?", "Sam does both")
    _, after = answered(DISMISSED, row)
    assert after.sheets["Dismissed"][2] == ["C-2", "Sam does both", "Pat"]
    assert answered(after, row)[0].edits == ()


def test_the_first_dismissal_makes_the_sheet():
    row = ("Q-1", "dismissal", "Dismissed", "C-2", "", "Leave it?", "Sam does both")
    result, after = answered(MASTER, row)
    (sheet,) = result.edits
    assert isinstance(sheet, OwnSheet)
    assert sheet.rows == (("Conflict ID", "Reason", "By", "Until"), ("C-2", "Sam does both", "Pat", None))
    assert answered(after, row)[0].edits == ()


def test_no_leaves_a_conflict_open():
    result, _ = answered(DISMISSED, ("Q-1", "dismissal", "Dismissed", "C-2", "", "Leave it?", "No"))
    assert [d.verdict for d in result.differences] == [Verdict.IGNORED]


def test_questions_without_answer_say_nothing():
    assert answers(("Q-1", "fact", "Tasks", "PAY-1", "Effort", "How much?", None)) == ()


def test_an_answer_without_a_place_is_said():
    result, _ = answered(MASTER, ("Q-1", "fact", "Tasks", "PAY-9", "Effort", "How much?", 8))
    assert [d.verdict for d in result.differences] == [Verdict.IGNORED]
    assert '"Effort" of "PAY-9"' in result.differences[0].reason
