"""What an experiment takes besides its test: the ramp to everybody, removing the flag, rolling back when it fails.

These tasks are ours: they stand in the plan, on no sheet, and say so in their titles. A hypothesis gets them where
its row says something about them (Ramp, Rollback effort) and somebody tests it or relies on it. Who types a row with
such an id takes the task over, done or not. While nobody knows the result a roll-back holds its expected effort in
reserve: (1 - P) of what was typed, nothing where nobody said how likely it is.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from planner.domain.roadmap import Dependency, Estimate, Hypothesis, Roadmap, Status, Task, id_key, natural_key
from planner.domain.settings import Defaults
from planner.scheduling.rules import Notebook

RAMP, CLEAN_UP, ROLL_BACK = "{} ramp", "{} clean-up", "{} roll-back"
"""Ids of our tasks, from that of the hypothesis."""
OURS = "added by roadmap"
STEPS = re.compile(r"[/;,>→\n]+")
"""What stands between two steps of a ramp."""


def with_own_tasks(roadmap: Roadmap, defaults: Defaults, notebook: Notebook) -> Roadmap:
    """The same with our tasks behind the typed ones; what is assumed of them is noted."""
    added = own_tasks(roadmap, defaults)
    for task in added:
        steps, flag = defaults.ramp_step_days, defaults.flag_clean_up
        said = f"{steps} working days a step" if task.duration else f"{flag:g} ED to remove the flag"
        if task.hypotheses:
            notebook.assume("Ramp", task.id, said, task.source)
    return replace(roadmap, tasks=(*roadmap.tasks, *added)) if added else roadmap


def own_tasks(roadmap: Roadmap, defaults: Defaults) -> tuple[Task, ...]:
    """Our tasks for all hypotheses of a roadmap, by id of the hypothesis."""
    typed = {id_key(task.id) for task in roadmap.tasks}
    return tuple(
        task
        for hypothesis in sorted(roadmap.hypotheses, key=lambda h: natural_key(h.id))
        for task in _tasks(hypothesis, roadmap, defaults)
        if id_key(task.id) not in typed
    )


def failed(hypothesis: Hypothesis) -> bool:
    """Whether its result is that it does not hold."""
    return id_key(hypothesis.result) == "fail"


def _tasks(hypothesis: Hypothesis, roadmap: Roadmap, defaults: Defaults) -> Iterator[Task]:
    tests = [task for task in roadmap.tasks if task.id in hypothesis.tested_by and task.status is not Status.DROPPED]
    relying = [task for task in roadmap.tasks if id_key(hypothesis.id) in map(id_key, task.hypotheses)]
    team = next((task.teams[:1] for task in (*tests, *relying) if task.teams), ())
    if not team:
        return
    name, source = hypothesis.id, hypothesis.source
    readout = hypothesis.readout
    after = replace(
        Task(name, source, teams=team),
        depends_on=tuple(Dependency(test.id, reason=f"{name} has to be known first") for test in tests),
        not_before=readout + timedelta(days=1) if readout else None,
        not_before_reason=f"the readout of {name}" if readout else "",
    )
    steps = [step.strip() for step in STEPS.split(hypothesis.ramp) if step.strip()]
    if steps and not failed(hypothesis):
        days = defaults.ramp_step_days * max(1, len(steps) - 1)
        yield replace(
            after,
            id=RAMP.format(name),
            title=f"Ramp {name} up: {', '.join(steps)} ({OURS})",
            estimate=Estimate(0.0, 0.0, 0.0, certain=True),
            duration=days,
            hypotheses=(name,),
            launches=False,
        )
        yield Task(
            CLEAN_UP.format(name),
            source,
            title=f"Remove the flag of {name} ({OURS})",
            teams=team,
            estimate=Estimate(clean := defaults.flag_clean_up, clean, clean),
            depends_on=(Dependency(RAMP.format(name)),),
            hypotheses=(name,),
        )
    share = reserved_share(hypothesis)
    if hypothesis.rollback and share:
        reserve = "" if failed(hypothesis) else f", {share:.0%} of {hypothesis.rollback:g} ED in reserve"
        yield replace(
            after,
            id=ROLL_BACK.format(name),
            title=f"Roll {name} back{' if it fails' if reserve else ''} ({OURS}{reserve})",
            estimate=Estimate(effort := hypothesis.rollback * share, effort, effort),
        )


def reserved_share(hypothesis: Hypothesis) -> float:
    """Share of the roll-back that is planned: all of it after a failure, none after a success."""
    if failed(hypothesis):
        return 1.0
    if hypothesis.result or hypothesis.probability is None:
        return 0.0
    return 1 - hypothesis.probability
