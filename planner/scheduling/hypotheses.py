"""What is believed and not yet known: how likely the hypotheses hold that a task or an item relies on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod

from planner.domain.roadmap import Hypothesis, Roadmap, Task, id_key


@dataclass(frozen=True)
class Beliefs:
    """The hypotheses, by key, that have a probability and no result yet; the others add nothing to J."""

    open: Mapping[str, Hypothesis]

    def of(self, task: Task) -> tuple[Hypothesis, ...]:
        """Those that a task relies on; a test does not rely on what it tests."""
        keys = dict.fromkeys(map(id_key, task.hypotheses))
        found = (self.open[key] for key in keys if key in self.open)
        return tuple(hypothesis for hypothesis in found if task.id not in hypothesis.tested_by)

    def success(self, tasks: Iterable[Task]) -> float:
        """P that all their hypotheses hold, each counted once."""
        relied_on = {hypothesis.id: chance(hypothesis) for task in tasks for hypothesis in self.of(task)}
        return prod(relied_on.values())


def chance(hypothesis: Hypothesis) -> float:
    """P(success) as typed; a blank one is certain, for nobody doubted it."""
    return 1.0 if hypothesis.probability is None else hypothesis.probability


def read_beliefs(roadmap: Roadmap) -> Beliefs:
    """The undecided hypotheses that somebody has given a probability."""
    believed = {}
    for hypothesis in roadmap.hypotheses:
        if not hypothesis.result and hypothesis.probability is not None:
            believed[id_key(hypothesis.id)] = hypothesis
    return Beliefs(believed)
