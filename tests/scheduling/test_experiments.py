"""Ramp, clean-up and roll-back: added by us where the row of the hypothesis speaks of them, and only in the plan."""

from datetime import date

import pytest

from planner.domain.roadmap import Hypothesis, Status
from planner.scheduling.formulate import Formulation
from tests.scheduling.roadmaps import SOURCE, formulated, task, team

TEAMS = (team(), team("Led"))


def made(*more_tasks: object, **known: object) -> Formulation:
    fields = {"probability": 0.6, "tested_by": ("TEST",), "ramp": "1%/10%/100%", "rollback": 10.0, **known}
    hypothesis = Hypothesis("H-3", SOURCE, **fields)  # type: ignore[arg-type]
    rows = (task("TEST", 3), task("USES", 5, "Led", hypotheses=("H-3",)))
    return formulated(*rows, *more_tasks, teams=TEAMS, hypotheses=(hypothesis,))  # type: ignore[arg-type]


def ours(found: Formulation) -> dict[str, tuple[float, int]]:
    """Effort in ED and waiting days of our tasks, by id."""
    own = (one for one in found.tasks if one.source == SOURCE and "added by roadmap" in one.title)
    at = found.problem.activities
    return {one.id: (at[found.index[one.id]].effort / 1000, at[found.index[one.id]].wait) for one in own}


def test_an_open_experiment_gets_all_three() -> None:
    """Two steps of five days are watched; 40 % of the roll-back is held in reserve."""
    assert ours(made()) == {"H-3 ramp": (0.0, 10), "H-3 clean-up": (1.0, 0), "H-3 roll-back": (4.0, 0)}


@pytest.mark.parametrize(
    ("known", "added"),
    [
        ({"result": "fail"}, {"H-3 roll-back": (10.0, 0)}),
        ({"result": "pass"}, {"H-3 ramp": (0.0, 10), "H-3 clean-up": (1.0, 0)}),
        ({"ramp": "", "rollback": None}, {}),
        ({"ramp": "", "probability": None}, {}),
        ({"ramp": "100%", "rollback": None}, {"H-3 ramp": (0.0, 5), "H-3 clean-up": (1.0, 0)}),
    ],
)
def test_what_is_added_follows_from_the_row(known: dict[str, object], added: dict[str, object]) -> None:
    assert ours(made(**known)) == added


def test_they_come_after_the_test_and_the_readout_day() -> None:
    found = made(readout=date(2026, 9, 11))
    place = found.index
    before = {(r.predecessor, r.successor) for r in found.problem.precedences}
    assert (place["TEST"], place["H-3 ramp"]) in before
    assert (place["H-3 ramp"], place["H-3 clean-up"]) in before
    assert found.problem.activities[place["H-3 ramp"]].release == 5
    assert found.problem.activities[place["H-3 clean-up"]].success == 600


def test_who_types_such_a_row_takes_the_task_over() -> None:
    assert "H-3 ramp" not in ours(made(task("H-3 RAMP", 2, status=Status.DONE)))


def test_what_is_assumed_of_them_is_said() -> None:
    said = {(one.column, one.subject) for one in made().assumptions}
    assert {("Ramp", "H-3 ramp"), ("Ramp", "H-3 clean-up")} <= said
