"""What hangs on each hypothesis in a plan: the work that is done before its result, and what waiting for it costs."""

from datetime import timedelta

from planner.conflicts.context import Context
from planner.conflicts.price import work_done_by
from planner.conflicts.waiting import known_on, relying, tests, waiting_cost
from planner.domain.experiment import Experiment, Hanging
from planner.domain.roadmap import Hypothesis, Task, id_key, natural_key


def experiments(context: Context) -> tuple[Experiment, ...]:
    """All hypotheses: the open ones by the day of their result, then those with a result."""
    users = relying(context)
    found = [_experiment(context, one, users.get(id_key(one.id), ())) for one in context.roadmap.hypotheses]
    return tuple(
        sorted(
            found,
            key=lambda one: (bool(one.result), one.known is None, one.known or context.as_of, natural_key(one.id)),
        )
    )


def _experiment(context: Context, hypothesis: Hypothesis, using: tuple[Task, ...]) -> Experiment:
    known = known_on(context, tests(context, hypothesis), hypothesis.readout)
    done = work_done_by(context)

    def done_by_then(task: Task) -> float:
        return done(task.id, known + timedelta(days=1)) if known else context.effort.get(task.id, 0.0)

    hanging = tuple(_hanging(context, task, done_by_then(task)) for task in using)
    evidence = tests(context, hypothesis)
    could_wait = [task for task in using if not any(context.is_before(task.id, test.id) for test in evidence)]
    risk = sum(map(done_by_then, could_wait))
    waiting = sum(waiting_cost(context, task, known) for task in could_wait)
    return Experiment(
        id=hypothesis.id,
        statement=hypothesis.statement,
        treatment_group=hypothesis.treatment_group,
        metric=hypothesis.metric,
        ramp=hypothesis.ramp,
        probability=hypothesis.probability,
        result=hypothesis.result,
        readout=hypothesis.readout,
        known=known,
        tests=hypothesis.tested_by,
        hanging=hanging,
        rollback=hypothesis.rollback,
        break_even=max(0.0, 1 - waiting / risk) if risk else None,
        cells=(hypothesis.source.cell("Hypothesis ID"),),
    )


def _hanging(context: Context, task: Task, done_by_then: float) -> Hanging:
    dates = context.planned.get(task.id)
    return Hanging(
        task.id,
        task.title,
        task.teams,
        task.items,
        dates.start if dates else None,
        dates.finish if dates else None,
        context.effort.get(task.id, 0.0),
        done_by_then,
    )
