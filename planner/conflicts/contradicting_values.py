"""Contradicting values: two open tasks set one key to different values.

Definition: per key, the open tasks that set it to a value other than that of another open task. No conflict are
values that are the same but for case and blanks; a pair of which one task is said to replace, repeat or stand for the
other; an upgrade, where the later of two ordered tasks sets the higher number; and a key whose decision is taken.
Data: Sets; Decisions (Key, Options, Chosen). Severity: with a probability for each value, each task's effort times
the probability that its value loses; else the effort on all values but the one with the most. Ways out: choose the
value, by the open decision where there is one, else by dropping the other tasks.

    Task ID | Team           | Effort | Sets
    LED-3   | Ledger         | 77     | ledger.storage=Aurora
    REC-4   | Reconciliation | 35     | ledger.storage=DynamoDB
    LED-9   | Ledger         | 8      | ledger.region=Dublin
    WAL-2   | Wallet         | 5      | ledger.region=dublin
    -> LED-3, REC-4
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from planner.conflicts.context import Context
from planner.conflicts.parts import are_declared, components_of, conflict_of, drop, members
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Decision, Setting, Status, Task, id_key

TYPE = ConflictType(
    "contradicting-values",
    Family.CONTRADICTION,
    Severity.ERROR,
    "One key, several values",
    "Choose the value (Decisions: Chosen) and drop or rewrite the tasks that set another.",
)
Settings = Sequence[tuple[Task, Setting]]


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict a key."""
    decisions = {id_key(decision.key): decision for decision in context.roadmap.decisions if decision.key}
    for key in sorted(context.setting):
        decision = decisions.get(key)
        clashing = _clashing(context, context.setting[key])
        if clashing and not (decision and decision.chosen):
            yield _conflict(context, clashing, decision)


def _clashing(context: Context, settings: Settings) -> Settings:
    """The open tasks that contradict another one, with what they set; of one task the last value counts."""
    last = {task.id: (task, setting) for task, setting in settings if task.status is not Status.DONE}
    open_ = list(last.values())
    pairs = [
        (one, other)
        for (one, first), (other, second) in combinations(open_, 2)
        if id_key(first.value) != id_key(second.value)
        and not are_declared(one, other)
        and not _is_upgrade(context, one, first.value, other, second.value)
    ]
    involved = {task.id for task in members(pairs)}
    return [(task, setting) for task, setting in open_ if task.id in involved]


def _is_upgrade(context: Context, one: Task, first: str, other: Task, second: str) -> bool:
    """Whether the later of two ordered tasks sets a higher whole number than the earlier: version 2, then 3."""
    if not (first.isdecimal() and second.isdecimal()):
        return False
    low, high = (one, other) if int(first) < int(second) else (other, one)
    return context.is_before(low.id, high.id)


def _conflict(context: Context, clashing: Settings, decision: Decision | None) -> Conflict:
    tasks = [task for task, _ in clashing]
    key = clashing[0][1].key
    (first, setting), *others = clashing
    said = [f"{first.owner} sets {key} to {setting.value} ({first.id})"]
    said += [f"{task.owner} to {setting.value} ({task.id})" for task, setting in others]
    lost = "one of them is thrown away" if len(tasks) == 2 else "only one value can stay"
    open_question = f" {decision.id} is still open." if decision else ""
    return conflict_of(
        TYPE,
        tasks,
        "Sets",
        f"{', '.join(said)}: {lost}.{open_question}",
        identity=(key, *(task.id for task in tasks)),
        evidence=[f"{task.id} sets {setting.key}={setting.value}" for task, setting in clashing],
        at_risk=_at_risk(context, clashing, decision),
        components=components_of(context, key),
        decisions=[decision.id] if decision else [],
        resolutions=[_choose(value, clashing, decision) for value in _values(clashing)],
    )


def _values(clashing: Settings) -> tuple[str, ...]:
    """The values, each once, as the first task wrote it."""
    spelled = {id_key(setting.value): setting.value for _, setting in reversed(clashing)}
    return tuple(spelled[key] for key in dict.fromkeys(id_key(setting.value) for _, setting in clashing))


def _at_risk(context: Context, clashing: Settings, decision: Decision | None) -> Sequence[tuple[str, float]]:
    """With all probabilities those of losing; else whole tasks, but for those of the value with the most effort."""
    likely = {id_key(name): chance for name, chance in decision.options} if decision else {}
    chances = [(task.id, likely.get(id_key(setting.value))) for task, setting in clashing]
    known = [(task, 1 - chance) for task, chance in chances if chance is not None]
    if len(known) == len(chances):
        return [(task, loss) for task, loss in known if loss > 0]
    invested: dict[str, float] = defaultdict(float)
    for task, setting in clashing:
        invested[id_key(setting.value)] += context.effort.get(task.id, 0.0)
    kept = max(invested, key=lambda value: invested[value])
    return [(task.id, 1.0) for task, setting in clashing if id_key(setting.value) != kept]


def _choose(value: str, clashing: Settings, decision: Decision | None) -> Resolution:
    """The value is taken; the tasks that set another are not done."""
    losers = [task for task, setting in clashing if id_key(setting.value) != id_key(value)]
    dropped = drop(losers)
    option = next((name for name, _ in decision.options if id_key(name) == id_key(value)), "") if decision else ""
    text = f"Choose {value}: {dropped.text[0].lower()}{dropped.text[1:]}"
    if decision and option:
        return Resolution(text, (Change(ChangeKind.CHOOSE, decision.id, value=option),), discards=dropped.discards)
    return Resolution(text, dropped.changes, discards=dropped.discards)
