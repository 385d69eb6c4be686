"""The one screen fits, says what matters first and shows no engineer-days unless asked."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from planner.domain.plan import Plan
from planner.domain.roadmap import Roadmap
from planner.report.screen import print_screen, screen
from tests.report.golden import check_golden
from tests.report.sample_plan import AS_OF, impossible_plan, item, large_plan, sample_plan


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("verbose", [False, True])
def test_large_plan_fits_forty_lines_and_the_width(width: int, verbose: bool) -> None:
    *lines, then = screen(large_plan(), width, verbose).splitlines()
    assert len(lines) < 40
    assert max(map(cell_len, lines)) <= width
    assert then.startswith("Next: ")


@pytest.mark.parametrize("plan", [sample_plan(), large_plan(), impossible_plan()], ids=["sample", "large", "clash"])
def test_no_control_character_reaches_the_terminal(plan: Plan) -> None:
    assert all(character == "\n" or character.isprintable() for character in screen(plan))


def test_golden_screen(request: pytest.FixtureRequest) -> None:
    check_golden("screen.txt", screen(sample_plan(), 100), request)


def test_golden_screen_of_what_cannot_be_planned(request: pytest.FixtureRequest) -> None:
    check_golden("screen-impossible.txt", screen(impossible_plan(), 100), request)


def test_urgent_items_are_kept_and_shown_in_order_of_landing() -> None:
    """Ten P3 items land first, one P0 item last: eight rows show it, at the end."""
    later = [item(k, f"ASK-{k}", "later", AS_OF + timedelta(days=k), ("T",), priority="P3") for k in range(10)]
    urgent = item(99, "ASK-99", "urgent", AS_OF + timedelta(days=90), ("T",), priority="P0")
    text = screen(Plan("p", AS_OF, 0, "optimal", Roadmap(), (), items=(*later, urgent)))
    shown = [line.split("ASK-")[1].split()[0] for line in text.splitlines() if "ASK-" in line]
    assert shown == ["0", "1", "2", "3", "4", "5", "6", "99"]
    assert "... and 3 more in sequence.md" in text


def test_an_optimal_plan_is_proven_best_and_empty_sections_vanish() -> None:
    text = screen(Plan("p", AS_OF, 0, "optimal", Roadmap(), ()))
    assert "Proven best" in text
    assert "WHAT IS LATE" not in text
    assert "DOUBTS" not in text


def test_terms_of_the_objective_only_when_asked() -> None:
    assert "E 72 (effort)" in screen(sample_plan(), verbose=True)
    assert "J =" not in screen(sample_plan())


def test_a_plan_without_items_shows_the_ends_of_its_chains() -> None:
    plan = replace(sample_plan(), items=())
    lands = screen(plan).split("WHAT LANDS WHEN")[1].split("WHAT IS LATE")[0]
    assert "Payouts" in lands
    assert "Refund API" not in lands, "PAY-2 waits for it"


def test_print_screen_says_the_same_without_colours() -> None:
    console = Console(width=90, no_color=True, force_terminal=False)
    with console.capture() as captured:
        print_screen(sample_plan(), console)
    assert captured.get() == screen(sample_plan(), 90)


def test_what_the_search_had_to_leave_out_is_said() -> None:
    shown = screen(replace(sample_plan(), left_out=("annealing (numba is not installed)",)), 140)
    assert "The search went without: annealing (numba is not installed)." in shown
    assert "went without" not in screen(sample_plan(), 140)


def test_a_path_and_a_command_are_never_cut() -> None:
    """People paste them: an ellipsis in them does nothing."""
    plan = replace(sample_plan(), next_command="roadmap conflicts " + "long/" * 40 + "q3.xlsx")
    shown = StringIO()
    page = "reports/" + "long/" * 40 + "index.html"
    print_screen(plan, Console(file=shown, width=80), page=page, notes=("Of an earlier plan: exec in documents",))
    *_, note, look, then = shown.getvalue().splitlines()
    assert note == "Of an earlier plan: exec in documents"
    assert look == f"Look: {page}"
    assert then == f"Next: {plan.next_command}"
