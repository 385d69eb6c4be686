"""References follow the ids: rows and what they refer to under the names that the master gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.roadmap import Roadmap, Task, id_key

Names = Mapping[tuple[str, str], str]
"""(sheet of ours, folded id as read) -> the master's id."""


def renamed(roadmap: Roadmap, names: Names) -> Roadmap:
    """The roadmap with the master's ids, of its rows and in its references."""
    to = _Renamer(names)
    return replace(
        roadmap,
        items=tuple(replace(item, id=to.one("Roadmap", item.id)) for item in roadmap.items),
        tasks=tuple(map(to.task, roadmap.tasks)),
        asks=tuple(replace(ask, item=to.one("Roadmap", ask.item)) for ask in roadmap.asks),
        decisions=tuple(replace(found, id=to.one("Decisions", found.id)) for found in roadmap.decisions),
        hypotheses=tuple(
            replace(found, id=to.one("Hypotheses", found.id), tested_by=to.all("Tasks", found.tested_by))
            for found in roadmap.hypotheses
        ),
        overrides=tuple(replace(found, task=to.one("Tasks", found.task)) for found in roadmap.overrides),
    )


@dataclass(frozen=True)
class _Renamer:
    """Looks ids up; one that has no other name stays."""

    names: Names

    def one(self, kind: str, text: str) -> str:
        return self.names.get((kind, id_key(text)), text)

    def all(self, kind: str, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.one(kind, text) for text in texts)

    def task(self, task: Task) -> Task:
        return replace(
            task,
            id=self.one("Tasks", task.id),
            items=self.all("Roadmap", task.items),
            depends_on=tuple(replace(d, predecessor=self.one("Tasks", d.predecessor)) for d in task.depends_on),
            replaces=self.all("Tasks", task.replaces),
            alternative_to=self.all("Tasks", task.alternative_to),
            duplicate_of=self.all("Tasks", task.duplicate_of),
            split_from=self.all("Tasks", task.split_from),
            repays=self.all("Tasks", task.repays),
            hypotheses=self.all("Hypotheses", task.hypotheses),
            settles=self.all("Decisions", task.settles),
        )
