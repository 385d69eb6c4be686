"""What holds for contradictions and duplicates in any roadmap, however tangled."""

import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.conflicts import DETECTORS
from planner.conflicts.context import Context
from planner.conflicts.price import identified
from planner.domain.cells import Source
from planner.domain.conflict import ChangeKind, Conflict, Family
from planner.domain.roadmap import Component, Dependency, Estimate, Roadmap, Setting, Status, Task, Touch, TouchMode
from planner.domain.settings import Settings
from tests.conflicts.planting import shuffled

AS_OF = date(2026, 9, 7)
IDS = [f"T-{number}" for number in range(8)]
GONE = "T-99"
"""An id that no task has."""
OURS = [detector for detector in DETECTORS if detector.TYPE.family in (Family.CONTRADICTION, Family.DUPLICATE)]

references = st.lists(st.sampled_from([*IDS, GONE]), max_size=2, unique=True)
touches = st.lists(st.builds(Touch, st.sampled_from(["Ledger", "ledger", "router"]), st.sampled_from(TouchMode)))
values = st.lists(st.builds(Setting, st.sampled_from(["ledger.storage", "api.version"]), st.sampled_from("123")))


@st.composite
def roadmaps(draw: st.DrawFn) -> Roadmap:
    """Tasks with cycles, references to nothing, no effort, no team, and several touches of one component."""
    tasks = []
    for place, id_ in enumerate(draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))):
        effort = draw(st.none() | st.integers(0, 20))
        tasks.append(
            Task(
                id_,
                Source("q3.xlsx", "Tasks", place + 2),
                teams=tuple(draw(st.lists(st.sampled_from(["Ledger", "Wallet", "Tax"]), max_size=2, unique=True))),
                estimate=None if effort is None else Estimate(effort, effort, effort),
                depends_on=tuple(Dependency(other) for other in draw(references) if other != id_),
                touches=tuple(draw(touches)),
                sets=tuple(draw(values)),
                needs=tuple(draw(values)),
                replaces=tuple(other for other in draw(references) if other != id_),
                alternative_to=tuple(other for other in draw(references) if other != id_),
                duplicate_of=tuple(other for other in draw(references) if other != id_),
                status=draw(st.sampled_from(Status)),
            )
        )
    consumers = (("Wallet", 2.0), ("Tax", 3.0))
    component = Component("Ledger", Source("q3.xlsx", "Components", 2), owner="Ledger", consumers=consumers)
    return Roadmap(tasks=tuple(tasks), components=(component,))


def context_of(roadmap: Roadmap) -> Context:
    effort = {task.id: task.estimate.likely for task in roadmap.tasks if task.estimate}
    return Context(roadmap, AS_OF, Settings(), effort)


def conflicts_of(context: Context) -> tuple[Conflict, ...]:
    return identified(conflict for detector in OURS for conflict in detector.detect(context))


@settings(max_examples=150, deadline=None)
@given(roadmaps())
def test_ways_out_change_open_tasks_only_and_never_close_a_circle(roadmap: Roadmap) -> None:
    context = context_of(roadmap)
    open_ = {task.id for task in context.open_tasks}
    for conflict in conflicts_of(context):
        assert len(set(conflict.tasks)) == len(conflict.tasks)
        assert all(task in open_ and 0 <= share <= 1 for task, share in conflict.at_risk)
        for way in conflict.resolutions:
            assert way.changes
            assert set(way.discards) <= open_
            cut = {(change.task, change.other) for change in way.changes if change.kind is ChangeKind.CUT}
            for change in way.changes:
                if change.kind is ChangeKind.AFTER and (change.other, change.task) not in cut:
                    assert not context.is_before(change.task, change.other)
                if change.kind in (ChangeKind.DROP, ChangeKind.MERGE):
                    assert change.task in open_


@settings(max_examples=50, deadline=None)
@given(roadmaps(), st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(roadmap: Roadmap, seed: int) -> None:
    again = context_of(shuffled(roadmap, random.Random(seed)))
    assert [(c.id, c.message, c.at_risk, c.evidence) for c in conflicts_of(again)] == [
        (c.id, c.message, c.at_risk, c.evidence) for c in conflicts_of(context_of(roadmap))
    ]
