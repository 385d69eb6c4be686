"""Untested hypothesis: work relies on something that is believed and not yet known.

Definition: an open task relies on a hypothesis that has no result. Where all such tasks wait for its tests it is a
note: nothing is at risk, but the result decides whether they are done at all. Data: Hypothesis; Hypotheses
(P(success), Tested by, Readout date, Result). Severity: (1 - P) times the work done by the readout of the tasks that
do not wait; a blank probability adds nothing and the break-even is shown. Ways out: let the work wait for the tests;
or name a test.

    Task ID | Team     | Effort | Hypothesis | Depends on
    MET-1   | Metering | 5      |            |
    MET-2   | Metering | 61     | H-1        |
    MET-3   | Metering | 9      | H-1        | MET-1

    Hypothesis ID | Statement           | P(success) | Tested by
    H-1           | Late events are few | 0.8        | MET-1
    -> MET-2, MET-3
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, listed, named, note
from planner.conflicts.waiting import (
    break_even,
    known_on,
    open_hypotheses,
    relying,
    share_by,
    tests,
    wait,
    waits_for,
)
from planner.domain.conflict import Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Hypothesis, Task, id_key

TYPE = ConflictType(
    "untested-hypothesis",
    Family.DECISION,
    Severity.WARNING,
    "Built before it is tested",
    "Let the work wait for the test, or test earlier.",
)
WAITING = replace(TYPE, severity=Severity.NOTE, title="Waits for its test")


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict a hypothesis."""
    users = relying(context)
    for hypothesis in open_hypotheses(context):
        using = users.get(id_key(hypothesis.id), ())
        if using:
            yield _conflict(context, hypothesis, using, tests(context, hypothesis))


def _conflict(context: Context, belief: Hypothesis, using: Sequence[Task], evidence: Sequence[Task]) -> Conflict:
    known, chance = known_on(context, evidence, belief.readout), belief.probability
    early = [task for task in using if not waits_for(context, task, evidence)]
    tested = f"is tested by {listed([named(task) for task in evidence])}" if evidence else "has no open test"
    planned = "planned as if it may be started, the risk is counted" if early else "planned after the test"
    conflict = conflict_of(
        TYPE if early else WAITING,
        using,
        "Hypothesis",
        f"{listed([named(task) for task in using])} {'relies' if len(using) == 1 else 'rely'} on "
        f'"{belief.id}" ({belief.statement}), which {tested} and has no result; {planned}.',
        identity=(belief.id,),
        evidence=[*(task.id for task in (*using, *evidence)), f"P={chance}"],
        at_risk=[]
        if chance is None
        else [(task.id, (1 - chance) * share_by(context, task, known)) for task in early],
        resolutions=_ways_out(belief, early, evidence, wait(context, early, evidence, known)),
    )
    unsaid = [] if chance is not None else [break_even(context, task, known, belief.id) for task in early]
    return replace(conflict, break_even="; ".join(filter(None, unsaid)))


def _ways_out(
    belief: Hypothesis, early: Sequence[Task], evidence: Sequence[Task], waiting: Resolution | None
) -> tuple[Resolution, ...]:
    if waiting:
        return (waiting,)
    if not early:
        return (note(f"Keep the order, and type Result of {belief.id} when it is known"),)
    if evidence:
        tested = listed([task.id for task in evidence])
        return (note(f"Split off {listed([task.id for task in early])} what {tested} needs to test {belief.id}"),)
    return (note(f"Name a task that tests {belief.id} (Tested by) before the work begins"),)
