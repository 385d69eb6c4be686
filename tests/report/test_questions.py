"""Questions as text: what is asked alike is asked once, and what hangs on each is told apart."""

from dataclasses import replace
from datetime import date

from planner.domain.cells import Cell
from planner.domain.question import Answer, Question, Questions
from planner.report.questions import questions_text

AS_OF = date(2026, 9, 7)


def estimate(task: str, title: str, early: int, late: int, cost: float) -> Question:
    answers = (
        Answer("2 ED", 0, date(2026, 11, early)),
        Answer("15 ED", cost, date(2026, 11, late)),
    )
    cells = (Cell("q3.xlsx", "Tasks", early, 5),)
    return Question(
        "estimate", task, f"how large is {task} ({title})?", "Ada", "manager of Pay", cells, answers, "ASK-3", 9, cost
    )


def text(*questions: Question) -> str:
    return questions_text(Questions("q3", AS_OF, questions, 0, "roadmap plan q3.xlsx"), 100)


def test_one_question_is_one_paragraph() -> None:
    assert text(estimate("PAY-1", "API", 3, 24, 40)).splitlines()[2:] == [
        "1. Ask Ada (manager of Pay): how large is PAY-1 (API)?",
        "    ASK-3 lands 3 Nov if 2 ED, 24 Nov if 15 ED. The cost of the plan differs by 8 engineer-weeks.",
        "    Type it into q3.xlsx!Tasks!E3.",
    ]


def test_two_tasks_of_one_team_with_the_same_range_are_asked_together_and_told_apart() -> None:
    shown = text(estimate("PAY-1", "API", 3, 24, 40), estimate("PAY-2", "Jobs", 5, 12, 20))
    assert shown.splitlines()[2:] == [
        "1. Ask Ada (manager of Pay): 2 questions of one kind; plausible are 2 ED or 15 ED.",
        "    - How large is PAY-1 (API)? ASK-3 lands 3 Nov if 2 ED, 24 Nov if 15 ED. The cost of the plan",
        "      differs by 8 engineer-weeks. Type it into q3.xlsx!Tasks!E3.",
        "    - How large is PAY-2 (Jobs)? ASK-3 lands 5 Nov if 2 ED, 12 Nov if 15 ED. The cost of the plan",
        "      differs by 4 engineer-weeks. Type it into q3.xlsx!Tasks!E5.",
    ]


def test_other_people_and_other_ranges_are_asked_apart() -> None:
    one = estimate("PAY-1", "API", 3, 24, 40)
    other = replace(estimate("PAY-2", "Jobs", 5, 12, 20), whom="Bo")
    third = replace(one, answers=(Answer("1 ED"), Answer("4 ED")))
    heads = [line[:9] for line in text(one, other, third).splitlines() if "Ask" in line]
    assert heads == ["1. Ask Ad", "2. Ask Bo", "3. Ask Ad"]


def test_teams_that_are_on_no_sheet_are_asked_together() -> None:
    def size(team: str) -> Question:
        answers = (Answer("2.5 engineers", 0, date(2026, 12, 1)), Answer("7.5 engineers", 9, date(2026, 11, 2)))
        wording = f"how many engineers has {team}?"
        return Question("team size", team, wording, team, "team", (), answers, "ASK-1", 20, 9)

    shown = text(size("Pay"), size("Ledger"))
    assert "Ask Pay, Ledger: 2 questions of one kind; plausible are 2.5 engineers or 7.5 engineers." in shown
    assert shown.count("add them to the sheet Teams") == 1
