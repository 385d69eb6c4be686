"""The stories of `roadmap experiments` and `roadmap experiment result`: what is tested, and what its result does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from planner.conflicts.context import Context
from planner.conflicts.experiments import experiments as in_plan
from planner.conflicts.price import work_done_by
from planner.domain.errors import UserError
from planner.domain.experiment import Experiment, ExperimentResult, Hanging
from planner.domain.plan import Plan
from planner.domain.roadmap import Hypothesis, Status, id_key
from planner.pipeline.current import or_written, written_for
from planner.pipeline.files import read_plan
from planner.pipeline.inputs import Checked, Inputs, Report, load, silent, state_folder
from planner.pipeline.locks import locked
from planner.pipeline.log import repair
from planner.pipeline.recording import Record, record
from planner.scheduling.estimates import planned_effort
from planner.scheduling.experiments import own_tasks

COMMAND = "experiment result"
SHEET, KEY, COLUMN = "Hypotheses", "Hypothesis ID", "Result"


def experiments(inputs: Inputs, report: Report = silent) -> tuple[tuple[Experiment, ...], date]:
    """Each hypothesis of these files with the dates of the plan written for them, if any; and the day of the plan."""
    inputs = or_written(inputs)
    context = _context(load(inputs, report), _plan(inputs))
    return in_plan(context), context.as_of


def record_result(name: str, holds: bool, inputs: Inputs, report: Report = silent) -> tuple[ExperimentResult, date]:
    """Write a result into the sheet Hypotheses, in place; say what stops or goes on and what was really thrown away.

    With the day of the plan.

    Raises
    ------
    UserError
        If there is no such hypothesis, it has a result already, or the workbook cannot be written to.
    """
    inputs = or_written(inputs)
    state = state_folder(inputs)
    with locked(state, f"`roadmap {COMMAND}`"):
        repair(state)
        checked = load(inputs, report)
        found = _named(name, checked.read.roadmap.hypotheses)
        if found.result:
            cell = found.source.cell(COLUMN)
            raise UserError(f"{found.id} has the result {found.result!r} already: change {cell} if that is wrong")
        context = _context(checked, _plan(inputs))
        before = next(one for one in in_plan(context) if one.id == found.id)
        result = "pass" if holds else "fail"
        written = record(inputs, checked.settings, Record(SHEET, KEY, found.id, {COLUMN: result}), COMMAND)
    still_open = tuple(one for one in before.hanging if context.task[one.task].status is not Status.DONE)
    made = ExperimentResult(
        before=before,
        holds=holds,
        stopped=() if holds else still_open,
        released=still_open if holds else (),
        thrown_away=0.0 if holds else _done(context, before.hanging),
        follows=_follows(replace(found, result=result), checked),
        where=written.where,
    )
    return made, context.as_of


def _context(checked: Checked, made: Plan | None) -> Context:
    roadmap, settings = checked.read.roadmap, checked.settings
    as_of = made.as_of if made else checked.as_of
    return Context(roadmap, as_of, settings, planned_effort(roadmap, settings), made)


def _plan(inputs: Inputs) -> Plan | None:
    """The plan that was written for these files."""
    path = written_for(inputs)
    return read_plan(path) if path else None


def _named(name: str, known: Sequence[Hypothesis]) -> Hypothesis:
    by_key = {id_key(one.id): one for one in known}
    found = by_key.get(id_key(name))
    if found is None:
        close = get_close_matches(id_key(name), by_key, n=1)
        there = ", ".join(one.id for one in known) or "none"
        hint = f"Did you mean {by_key[close[0]].id!r}?" if close else f"There are: {there}."
        raise UserError(f"no hypothesis {name!r} on the sheet {SHEET}. {hint}")
    return found


def _done(context: Context, hanging: Sequence[Hanging]) -> float:
    """What has been done of this work by the day of the plan, by the progress that was typed."""
    done = work_done_by(context)
    return sum(done(one.task, context.as_of) for one in hanging)


def _follows(hypothesis: Hypothesis, checked: Checked) -> tuple[tuple[str, float], ...]:
    """Our tasks that there are with this result."""
    roadmap = checked.read.roadmap
    others = tuple(one for one in roadmap.hypotheses if one.id != hypothesis.id)
    own = own_tasks(replace(roadmap, hypotheses=(*others, hypothesis)), checked.settings.defaults)
    return tuple(
        (task.id, task.estimate.likely if task.estimate else 0.0) for task in own if task.source == hypothesis.source
    )
