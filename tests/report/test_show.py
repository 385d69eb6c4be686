"""`roadmap show`: one task, team, item."""

import pytest

from planner.domain.errors import UserError
from planner.report.show import show_item, show_task, show_team
from tests.report.sample_plan import sample_plan

PLAN = sample_plan()


def test_a_task_says_when_and_why_then() -> None:
    text = show_task(PLAN, "pay-1")
    assert text.startswith("PAY-1  Refund API\n")
    assert "When         Mon 21 Sep 2026 – Fri 2 Oct 2026, launches Fri 2 Oct 2026" in text
    assert "Why then     waits for LED-1 of Ledger, done 18 Sep" in text
    assert "Waits for    LED-1 (Ledger)" in text
    assert "Who waits    PAY-2 SS+2d" in text
    assert "q3.xlsx!Tasks!A5" in text


def test_a_team_has_its_queue_and_its_load() -> None:
    text = show_team(PLAN, "Payments")
    assert "2 engineers (assumed), 5.8 engineer-weeks of work, 90 % busy, free from 26 Oct." in text
    assert "Overloaded 28 Sep – 20 Oct: 140 %" in text
    assert text.index("PAY-1  Refund API") < text.index("PAY-2  Payouts")
    assert "5 Oct    90 %" in text


def test_an_item_stands_against_its_target() -> None:
    text = show_item(PLAN, "ASK-1")
    assert "Lands        Fri 2 Oct 2026" in text
    assert "Target       2026-10-01, late by 1 working day" in text
    assert "\x1b" not in text


def test_an_item_that_nobody_has_taken_says_so() -> None:
    assert "Lands        nobody has taken it" in show_item(PLAN, "ASK-5")


def test_an_unknown_name_names_some_that_exist() -> None:
    with pytest.raises(UserError, match=r"no team 'Legder' in this plan .*Ledger, Payments, Web"):
        show_team(PLAN, "Legder")
