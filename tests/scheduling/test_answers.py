"""Every kind of fact as a clause for people, and two schedules compared in dates."""

from datetime import date

import pytest

from planner.domain.cells import Source
from planner.domain.problem import Schedule
from planner.domain.roadmap import Dependency, Item, Link, Priority, Roadmap, Strength, Task, Team
from planner.domain.why import Moved
from planner.scheduling.answers import Answers, moved_items, moved_tasks, term_changes
from planner.scheduling.explain import Explainer
from planner.scheduling.formulate import formulate
from planner.scheduling.timing import complete
from planner.scheduling.view import View
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, task, team

BOTH = (team("Pay"), team("Led"))


def view(starts: tuple[int, ...], *tasks: Task, teams: tuple[Team, ...] = BOTH, items: tuple[Item, ...] = ()) -> View:
    """The tasks, in the order of ids, with these starts."""
    roadmap = Roadmap(tasks=tasks, teams=teams, items=items)
    formulation = formulate(roadmap, NO_OPERATIONS, MONDAY)
    schedule: Schedule = complete(formulation.problem, starts)
    return View(roadmap, (), formulation, schedule)


def said(found: View, i: int) -> list[str]:
    """Why activity i starts when it does."""
    binding = Explainer(found.problem, found.schedule).binding(i)
    roadmap = Roadmap(tasks=tuple(found.tasks.values()))
    return [fact.text for fact in Answers(found, roadmap).because(i, binding)]


@pytest.mark.parametrize(
    ("relation", "start", "text"),
    [
        (Dependency("A"), 2, "A of Led is done on 8 Sep"),
        (Dependency("A", lag=2), 4, "A of Led is done on 8 Sep, and 2 working days must pass"),
        (Dependency("A", lag=-1), 1, "A of Led is done on 8 Sep, of which 1 working day may overlap"),
        (Dependency("A", Link.SS, 3), 3, "A of Led begins on 7 Sep, and 3 working days must pass"),
        (
            Dependency("A", Link.FF, 4),
            5,
            "it may not finish before A of Led is done on 8 Sep, and 4 working days must pass",
        ),
        (Dependency("A", strength=Strength.LAUNCH), 2, "A of Led launches on 8 Sep"),
    ],
)
def test_relations(relation: Dependency, start: int, text: str) -> None:
    found = view((0, start), task("A", 2, "Led"), task("B", 1, depends_on=(relation,)))
    assert said(found, 1) == [text]


def test_a_predecessor_that_settles_a_decision() -> None:
    found = view((0, 2), task("A", 2, "Led", settles=("DEC-1",)), task("B", after="A"))
    assert said(found, 1) == ["A of Led is done on 8 Sep, which settles DEC-1"]


def test_a_limit_of_tasks_in_progress() -> None:
    found = view((0, 2), task("A", 2), task("B"), teams=(team("Pay", 4, wip_limit=1),))
    assert said(found, 1) == ["Pay has its limit of 1 task in progress until 8 Sep: A"]


def test_dates_that_were_typed_or_promised() -> None:
    rows = (
        task("A", not_before=date(2026, 9, 10)),
        task("B", None, "external:Acme", due=date(2026, 9, 11)),
        task("C", not_before=date(2026, 9, 14), pinned=True),
    )
    found = view((3, 4, 5), *rows)
    assert [said(found, i)[0] for i in range(3)] == [
        "it may not start before 10 Sep",
        "external:Acme has promised it for 11 Sep",
        "it is pinned to 14 Sep",
    ]


def test_a_wait_that_spares_nothing_says_so() -> None:
    assert said(view((3,), task("A")), 0) == [
        "it waits on purpose, though it could start on 7 Sep: that costs nothing and spares other delays"
    ]


def test_two_schedules_in_dates_and_terms() -> None:
    """B two days later: its item of P2 (0.5 ED a day) lands two days later."""
    items = tuple(Item(name, Source("plan.xlsx", "Roadmap", 2), name.lower(), priority=Priority.P2) for name in "IJ")
    rows = (task("A", 2, "Led", items=("I",)), task("B", 1, items=("J",)))
    before, after = view((0, 0), *rows, items=items), view((0, 2), *rows, items=items)
    assert moved_tasks(before, after) == (Moved("B", "", MONDAY, date(2026, 9, 9), 2),)
    assert moved_items(before, after, {"J": "title"}) == (Moved("J", "title", MONDAY, date(2026, 9, 9), 2),)
    assert [(term.letter, term.value) for term in term_changes(before, after)] == [("D", 1.0)]
    assert term_changes(before, before) == ()
