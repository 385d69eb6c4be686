"""Undecided decision: work builds on an answer that nobody has given yet.

Definition: an open decision settles a key, and open tasks set or need a value of that key without waiting for the
tasks that settle it. Data: Decisions (Key, Options, Due), Sets, Needs, Settles. Severity: of each task the work done
by the day of the decision times the probability that another option is taken; a blank probability adds nothing and
the break-even is shown. Ways out: decide now, one for each option; or let the tasks wait for what settles it.

    Task ID | Team   | Effort | Sets                  | Depends on | Settles
    LED-3   | Ledger | 77     | ledger.storage=Aurora |            |
    LED-2   | Ledger | 3      |                       |            | DEC-1
    WAL-4   | Wallet | 9      | ledger.storage=Aurora | LED-2      |

    Decision ID | Question      | Key            | Options                 | Driver | Due        | Effort
    DEC-1       | Which storage | ledger.storage | Aurora=0.7; DynamoDB=0.3 | Alma   | 2026-09-25 | 3
    -> LED-3
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, listed, named
from planner.conflicts.waiting import (
    break_even,
    decided_on,
    open_decisions,
    settlers,
    share_by,
    wait,
    waits_for,
)
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Decision, Setting, Task, id_key

TYPE = ConflictType(
    "undecided-decision",
    Family.DECISION,
    Severity.WARNING,
    "Built before it is decided",
    "Take the decision (Decisions: Chosen), or let the tasks wait for it.",
)
Settings = Sequence[tuple[Task, Setting]]


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict a decision."""
    settled_by = settlers(context)
    open_tasks = {task.id for task in context.open_tasks}
    for decision in open_decisions(context):
        key, evidence = id_key(decision.key), settled_by.get(id_key(decision.id), ())
        pairs = {
            task.id: (task, setting)
            for task, setting in (*context.needing.get(key, ()), *context.setting.get(key, ()))
            if task.id in open_tasks and task not in evidence and not waits_for(context, task, evidence)
        }
        if pairs:
            yield _conflict(context, decision, [pairs[task] for task in sorted(pairs)], evidence)


def _conflict(context: Context, decision: Decision, using: Settings, evidence: Sequence[Task]) -> Conflict:
    tasks = [task for task, _ in using]
    known = decided_on(context, decision, evidence)
    chance = {id_key(option): probability for option, probability in decision.options}
    likely = [(task, setting.value, chance.get(id_key(setting.value))) for task, setting in using]
    waiting = wait(context, tasks, evidence, known)
    conflict = conflict_of(
        TYPE,
        tasks,
        "Sets",
        f'"{decision.id}" ({decision.question or decision.key}) is open, and '
        f"{listed([named(task) for task in tasks])} {'builds' if len(tasks) == 1 else 'build'} on its answer; "
        "planned as if each were right, the risk is counted.",
        identity=(decision.id,),
        evidence=[
            *(f"{task.id} {setting.key}={setting.value}" for task, setting in using),
            *(f"{option}={probability}" for option, probability in decision.options),
        ],
        at_risk=[
            (task.id, (1 - probability) * share_by(context, task, known))
            for task, _, probability in likely
            if probability is not None
        ],
        decisions=[decision.id],
        resolutions=[*_choices(decision, using), *((waiting,) if waiting else ())],
    )
    unsaid = (break_even(context, task, known, value) for task, value, probability in likely if probability is None)
    return replace(conflict, break_even="; ".join(filter(None, unsaid)))


def _choices(decision: Decision, using: Settings) -> Iterator[Resolution]:
    """Each option taken now, the likeliest first: the tasks that build on another one are rewritten."""
    for option, _ in sorted(decision.options, key=lambda found: -(found[1] or 0.0)):
        losers = tuple(task.id for task, setting in using if id_key(setting.value) != id_key(option))
        rewritten = f" and rewrite {listed(losers)}" if losers else ""
        change = Change(ChangeKind.CHOOSE, decision.id, value=option)
        yield Resolution(f"Choose {option} in {decision.id}{rewritten}", (change,), discards=losers)
