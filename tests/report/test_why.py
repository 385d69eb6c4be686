"""The answer to "why" as a page for people and as JSON."""

import json
from datetime import date, timedelta

from planner.domain.cells import Cell
from planner.domain.conflict import Interval
from planner.domain.plan import ClashFact, TermValue
from planner.domain.why import Because, ChainStep, Moved, WhatIf, Why
from planner.report.why import why_json, why_text

MONDAY = date(2026, 9, 7)


def on(days: int) -> date:
    return MONDAY + timedelta(days=days)


def step(name: str, ready: int, days: int, why: str, **more: int) -> ChainStep:
    amounts = {"waited": 0, "held": 0, "lag": 0, "gap": 0, **more}
    return ChainStep(name, "", "Led", on(ready), on(ready + days), why, ready, days=days, **amounts)


def why(**more: object) -> Why:
    fields: dict[str, object] = {
        "start": on(35),
        "finish": on(39),
        "launch": on(46),
        "day": 25,
        "because": (Because("capacity", "Payments (5 engineers) is busy with PAY-3 until 9 Oct", ("PAY-3",)),),
    }
    return Why("PAY-12", "Retry", ("Payments",), ("ASK-1",), "planned", MONDAY, **{**fields, **more})  # type: ignore[arg-type]


def rows_of(answer: Why) -> list[str]:
    """The lines of the table of what would move it."""
    return why_text(answer, 140).split("What would move it")[1].splitlines()[1:]


def test_what_binds_first_then_what_binds_before_then_the_launch() -> None:
    because = (
        Because("capacity", "Payments (5 engineers) is busy with PAY-3 until 9 Oct", ("PAY-3",)),
        Because("predecessor", "LED-3 of Ledger is done on 2 Oct", ("LED-3",), last=False),
    )
    block = Because("block", "Freeze keeps it from launching until 21 Oct")
    assert why_text(why(because=because, launches_because=(block,)), 100).splitlines() == [
        "PAY-12  Retry",
        "Payments · ASK-1 · 12 Oct – 16 Oct, launches 23 Oct · planned",
        "",
        "It starts on Mon 12 Oct 2026 because",
        "  Payments (5 engineers) is busy with PAY-3 until 9 Oct",
        "and no earlier because",
        "  LED-3 of Ledger is done on 2 Oct",
        "It launches on Fri 23 Oct 2026 because",
        "  Freeze keeps it from launching until 21 Oct",
    ]


def test_the_days_of_the_chain_are_shown_with_their_signs() -> None:
    chain = (
        step("A", 0, 3, "nothing holds it", held=2, lag=1),
        step("B", 6, 5, "A is done", waited=4, gap=-2),
        step("C", 13, 0, "B is done"),
    )
    lines = why_text(why(chain=chain), 120).splitlines()
    assert lines[-3:] == [
        "  day    0  + 3 of work + 2 to its launch + 1 of lag  A: nothing holds it",
        "  day    6  + 4 of choice + 5 of work - 2 of overlap  B: A is done",
        "  day   13  it starts               C: B is done",
    ]


def test_a_long_chain_is_folded_in_the_middle() -> None:
    chain = tuple(step(f"T{k}", 2 * k, 2, "it is held") for k in range(12))
    lines = why_text(why(chain=chain), 120).splitlines()
    rows = [line for line in lines if line.startswith("  day")]
    assert [row.split()[1] for row in rows] == ["0", "2", "14", "16", "18", "20", "22"]
    assert rows[1].endswith("6 steps more (--json shows all)")


def test_what_would_move_it_is_a_table() -> None:
    two = "ASK-9 9 days earlier, ASK-2 2 days earlier"
    items = tuple(Moved(f"ASK-{k}", "", on(70), on(70 - k), -k) for k in (9, 2, 1))
    changes = (
        WhatIf("1 more engineer in Payments", on(28), on(32), -5, items, cost=-10.0, proven=Interval(-20, -10)),
        WhatIf("PAY-3 given up", None, cost=0.1),
        WhatIf("PAY-12 not after LED-3", clash=(ClashFact("PAY-12 must be done by 1 Oct", ()),)),
        WhatIf("override of Freeze for PAY-12"),
    )
    table = [[cell.strip() for cell in line.split("  ") if cell] for line in rows_of(why(what_if=changes))]
    assert table == [
        ["change", "it starts", "cost found", "items land"],
        ["1 more engineer in Payments", "5 Oct (5 days earlier)", "2 engineer-weeks less", f"{two}, 1 more"],
        ["PAY-3 given up", "not done", "no difference found", "as they do"],
        ["PAY-12 not after LED-3", "–", "–", "impossible: PAY-12 must be done by 1 Oct"],
        ["override of Freeze for PAY-12", "–", "–", "no plan found in time"],
    ]


def test_why_not_says_what_is_proven() -> None:
    answer = WhatIf(
        "start PAY-12 on Mon 26 Oct 2026 or later",
        on(49),
        on(53),
        10,
        items=(Moved("ASK-1", "Refunds", on(60), on(74), 10),),
        tasks=(Moved("PAY-12", "", on(35), on(49), 10), Moved("PAY-9", "Log", on(49), on(35), -10)),
        terms=(TermValue("D", "delay", 12.0), TermValue("T", "throwaway", -2.0), TermValue("R", "resistance", 0.1)),
        cost=10.0,
        proven=Interval(0.0, 40.0),
    )
    assert why_text(why(why_not=answer), 120).split("\n\n")[-1].splitlines() == [
        "Why not start PAY-12 on Mon 26 Oct 2026 or later?",
        "  It would cost 2 engineer-weeks more, as far as this search went; proven is only: from 0 to 8 more.",
        "  Of it delay +2.4, throwaway -0.4 (engineer-weeks).",
        "  It would start on Mon 26 Oct 2026, 10 days later.",
        "  Items that land otherwise: 1",
        "    6 Nov → 20 Nov             10 days later    ASK-1  Refunds",
        "  Tasks that start otherwise: 1",
        "    26 Oct → 12 Oct            10 days earlier  PAY-9  Log",
    ]


def test_why_not_because_it_is_impossible() -> None:
    fact = ClashFact("LED-4 waits for LED-3 (FS)", (Cell("q.xlsx", "Tasks", 4, 5),))
    text = why_text(why(why_not=WhatIf("finish LED-4 before LED-3 begins", clash=(fact,))), 120)
    assert text.endswith("  Impossible because\n    LED-4 waits for LED-3 (FS) (q.xlsx!Tasks!E4)\n")


def test_a_task_that_is_past_has_one_line() -> None:
    text = why_text(why(start=None, said="done on Thu 3 Sep 2026: its dates are past"), 120)
    assert text == "PAY-12  Retry\nPAY-12 is done on Thu 3 Sep 2026: its dates are past.\n"


def test_json_has_every_field_with_iso_dates() -> None:
    read = json.loads(why_json(why(chain=(step("A", 0, 3, "nothing holds it"),))))
    assert (read["start"], read["because"][0]["tasks"], read["chain"][0]["days"]) == ("2026-10-12", ["PAY-3"], 3)


def test_control_characters_of_a_title_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in why_text(why(because=(Because("wait", "it waits\x1b[31m"),)), 120)
