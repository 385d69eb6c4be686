"""Obeys what people have decided: options that were not chosen are not planned, merged duplicates leave some work.

Only a person decides: Chosen of a decision, or the status of a task. Alternatives and duplicates that are all still
planned stay planned, and stay a question.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.domain.diagnostics import Assumption, Diagnostic
from planner.domain.roadmap import Roadmap, Status, Task, id_key
from planner.domain.settings import Settings
from planner.scheduling.changes import merged
from planner.scheduling.experiments import failed
from planner.scheduling.rules import DECIDED_OTHERWISE, DUPLICATE_MERGED, FAILED_HYPOTHESIS, Notebook


@dataclass(frozen=True)
class Decided:
    """The roadmap as decided, what was said about it, and the tasks dropped for it: (id, reason)."""

    roadmap: Roadmap
    diagnostics: tuple[Diagnostic, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()


def decided(roadmap: Roadmap, settings: Settings) -> Decided:
    """The roadmap after all that was decided; applied to its own result it changes nothing."""
    notebook = Notebook()
    against = {**_against_decisions(roadmap, notebook), **_disproved(roadmap, notebook)}
    tasks = tuple(replace(task, status=Status.DROPPED) if task.id in against else task for task in roadmap.tasks)
    roadmap = _with_merged_duplicates(replace(roadmap, tasks=tasks), settings, notebook)
    return Decided(roadmap, tuple(notebook.diagnostics), tuple(notebook.assumptions), tuple(against.items()))


def _against_decisions(roadmap: Roadmap, notebook: Notebook) -> Mapping[str, str]:
    """By id the planned tasks whose only purpose is a value that was decided against, and why."""
    setting: dict[str, list[Task]] = defaultdict(list)
    tests = {task for hypothesis in roadmap.hypotheses for task in hypothesis.tested_by}
    for task in roadmap.tasks:
        keys = {id_key(found.key) for found in task.sets}
        has_more = len(keys) > 1 or task.settles or task.repays or task.id in tests
        if task.status is Status.PLANNED and keys and not has_more:
            setting[keys.pop()].append(task)
    found: dict[str, str] = {}
    for decision in roadmap.decisions:
        for task in setting.get(id_key(decision.key), ()) if decision.chosen else ():
            if id_key(decision.chosen) not in {id_key(s.value) for s in task.sets}:
                chose = f'"{decision.id}" chose {decision.key}={decision.chosen}'
                sets = ", ".join(f"{s.key}={s.value}" for s in task.sets)
                found.setdefault(task.id, chose)
                notebook.report(
                    DECIDED_OTHERWISE,
                    f'"{task.id}" sets {sets}, but {chose}; not planned.',
                    task.source.cell("Sets"),
                    decision.source.cell("Chosen"),
                )
    return found


def _disproved(roadmap: Roadmap, notebook: Notebook) -> Mapping[str, str]:
    """By id the open tasks that rely on a hypothesis that has failed, and why they stop; its tests go on."""
    found: dict[str, str] = {}
    for hypothesis in filter(failed, roadmap.hypotheses):
        for task in roadmap.tasks:
            relies = id_key(hypothesis.id) in map(id_key, task.hypotheses) and task.id not in hypothesis.tested_by
            if relies and task.status in (Status.PLANNED, Status.IN_PROGRESS):
                found.setdefault(task.id, f'"{hypothesis.id}" has failed')
                notebook.report(
                    FAILED_HYPOTHESIS,
                    f'"{task.id}" relies on "{hypothesis.id}", which has failed; not planned any more.',
                    task.source.cell("Hypothesis"),
                    hypothesis.source.cell("Result"),
                )
    return found


def _with_merged_duplicates(roadmap: Roadmap, settings: Settings, notebook: Notebook) -> Roadmap:
    """What dropped duplicates leave over goes to the first task that they are a duplicate of and that is open."""
    status = {task.id: task.status for task in roadmap.tasks}
    for task in roadmap.tasks:
        if task.status is not Status.DROPPED:
            continue
        kept = (name for name in task.duplicate_of if status.get(name) in (Status.PLANNED, Status.IN_PROGRESS))
        into = next(kept, None)
        if into is not None:
            share = settings.weights.duplicate_share
            roadmap = merged(roadmap, task.id, into, share, settings)
            notebook.assume("Duplicate of", task.id, f"{share:.0%} of its effort saved", task.source)
            notebook.report(
                DUPLICATE_MERGED,
                f'"{task.id}" is dropped as a duplicate of "{into}", which is planned with {1 - share:.0%} of its '
                "effort and a hand-off on top.",
                task.source.cell("Duplicate of"),
            )
    return roadmap
