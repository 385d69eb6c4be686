"""Technical debt: its interest, what it adds to later work on the component, and the principal if it stays (B)."""

from collections.abc import Mapping, Sequence

from planner.domain.problem import Debt
from planner.domain.roadmap import Task, id_key
from planner.domain.settings import Weights
from planner.domain.units import milli
from planner.scheduling.open_work import WRITES, OpenWork


def debts(work: OpenWork, done: Sequence[Task], weights: Weights) -> tuple[Debt, ...]:
    """One per open or done task that leaves a debt which nobody has repaid yet."""
    repaid = {before for task in done for before in task.repays}
    repays: dict[str, int] = {}
    for i, task in enumerate(work.tasks):
        for before in task.repays:
            repays.setdefault(before, i)
    return tuple(
        _debt(work, task, repays, weights) for task in (*work.tasks, *done) if task.debt and task.id not in repaid
    )


def _debt(work: OpenWork, task: Task, repays: Mapping[str, int], weights: Weights) -> Debt:
    """The debt of a task; the first task that repays it counts."""
    assert task.debt is not None
    i, repaid_by = work.index.get(task.id), repays.get(task.id)
    written = dict.fromkeys(id_key(touch.component) for touch in task.touches if touch.mode in WRITES)
    later = {
        j: round(weights.debt_touch * work.problem.activities[j].effort)
        for component in written
        for j in work.largest(work.touching.get(component, {}))
        if work.touching[component][j] & WRITES
        and j not in (i, repaid_by)
        and not (i is not None and work.finishes_before(j, i))
        and not (repaid_by is not None and work.finishes_before(repaid_by, j))
    }
    return Debt(
        i,
        milli(task.debt.interest),
        milli(task.debt.principal) if repaid_by is None else 0,
        weights.horizon_days,
        repaid_by,
        tuple((j, extra) for j, extra in sorted(later.items()) if extra),
    )
