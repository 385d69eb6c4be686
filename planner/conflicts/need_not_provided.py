"""Need not provided: a task counts on a value that nobody brings about.

Definition: an open task needs key=value, no task (done ones count, dropped ones do not) sets that key to that value
and no decision on the key has chosen it. Data: Needs, Sets; Decisions (Key, Options, Chosen). Severity: the effort of
the tasks that need it. Ways out: take the value in an open decision on the key; rewrite the tasks for a value that is
provided; plan a task that sets it.

    Task ID | Team      | Effort | Sets                  | Needs
    INV-2   | Invoicing | 76     | invoice-api.version=2 |
    REF-2   | Refunds   | 48     |                       | invoice-api.version=3
    CON-1   | Console   | 5      |                       | invoice-api.version=2
    -> REF-2
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.conflicts.context import Context, teams_of
from planner.conflicts.parts import components_of, conflict_of, listed, named, note
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Decision, Setting, Task, id_key

TYPE = ConflictType(
    "need-not-provided",
    Family.CONTRADICTION,
    Severity.ERROR,
    "Nobody provides what is needed",
    "Plan a task that sets the value, or let the task need a value that is provided.",
)
Settings = Sequence[tuple[Task, Setting]]


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each value of a key that is needed in vain."""
    for key in sorted(context.needing):
        decisions = [decision for decision in context.roadmap.decisions if id_key(decision.key) == key]
        provided = {id_key(setting.value) for _, setting in context.setting.get(key, ())}
        provided |= {id_key(decision.chosen) for decision in decisions if decision.chosen}
        in_vain: dict[str, dict[str, tuple[Task, Setting]]] = defaultdict(dict)
        for task, setting in context.needing[key]:
            if id_key(setting.value) not in provided:
                in_vain[id_key(setting.value)][task.id] = task, setting
        for value in sorted(in_vain):
            yield _conflict(context, tuple(in_vain[value].values()), context.setting.get(key, ()), decisions)


def _conflict(context: Context, needing: Settings, others: Settings, decisions: Sequence[Decision]) -> Conflict:
    tasks, need = [task for task, _ in needing], needing[0][1]
    need_verb = "needs" if len(tasks) == 1 else "need"
    instead = [f"{named(task)} sets it to {setting.value}" for task, setting in others]
    conflict = conflict_of(
        TYPE,
        tasks,
        "Needs",
        f"{listed([named(task) for task in tasks])} {need_verb} {need.key}={need.value}, which "
        f"no task provides{'; ' + listed(instead) if instead else ''}.",
        identity=(need.key, need.value),
        evidence=[
            *(f"{task.id} needs {setting.value}" for task, setting in needing),
            *(f"{task.id} sets {setting.value}" for task, setting in others),
        ],
        at_risk=[(task.id, 1.0) for task in tasks],
        components=components_of(context, need.key),
        decisions=[decision.id for decision in decisions],
        resolutions=[
            *(way for decision in decisions if not decision.chosen for way in _choices(decision, need, tasks)),
            *(_adapt(task, setting, tasks) for task, setting in others),
            note(
                f"Plan a task that sets {need.key}={need.value}, and let {listed([t.id for t in tasks])} wait for it"
            ),
        ],
    )
    return replace(conflict, teams=teams_of(*tasks, *(task for task, _ in others)))


def _choices(decision: Decision, need: Setting, tasks: Sequence[Task]) -> Iterator[Resolution]:
    """Each option of an open decision: with the value that is needed the tasks stand, with another they do not."""
    ids = tuple(task.id for task in tasks)
    if any(id_key(option) == id_key(need.value) for option, _ in decision.options):
        for option, _ in decision.options:
            change = Change(ChangeKind.CHOOSE, decision.id, value=option)
            if id_key(option) == id_key(need.value):
                yield Resolution(f"Choose {option} in {decision.id} and plan a task that sets it", (change,))
            else:
                yield Resolution(f"Choose {option} in {decision.id}, rewrite {listed(ids)}", (change,), discards=ids)


def _adapt(provider: Task, setting: Setting, tasks: Sequence[Task]) -> Resolution:
    return note(f"Let {listed([task.id for task in tasks])} need {setting.value}, which {named(provider)} brings")
