"""The story of `roadmap decisions`: what is open and what waiting costs, what is taken, by whom and when."""

from collections.abc import Sequence
from dataclasses import replace

from planner.domain.calendar import Calendar
from planner.domain.decision_log import DecisionLog, OpenQuestionCost, TakenDecision
from planner.domain.plan import Plan
from planner.domain.roadmap import Decision, id_key
from planner.pipeline.current import or_written, written_for
from planner.pipeline.deciding import COMMAND
from planner.pipeline.files import read_plan
from planner.pipeline.inputs import Checked, Inputs, Report, load, silent, state_folder, title_of
from planner.pipeline.log import Entry, entries

AHEAD = 8
"""Weeks of waiting whose cost is shown, as the cost curve of a conflict has them."""


def decision_log(inputs: Inputs, report: Report = silent) -> DecisionLog:
    """Open decisions with what leaving them open costs in the plan written last, and taken ones with who and when."""
    inputs = or_written(inputs)
    path = written_for(inputs)
    made = read_plan(path) if path else None
    checked = load(replace(inputs, as_of=inputs.as_of or made.as_of) if made else inputs, report)
    decisions = checked.read.roadmap.decisions
    logged = [entry for entry in entries(state_folder(inputs)) if entry.command == COMMAND]
    open_ = (_open(decision, checked, made) for decision in decisions if decision.is_open)
    taken = (_taken(decision, logged) for decision in decisions if not decision.is_open)
    return DecisionLog(
        title_of(inputs.paths),
        checked.as_of,
        tuple(sorted(open_, key=lambda one: (one.due, one.id))),
        tuple(sorted(taken, key=lambda one: (one.when, one.id), reverse=True)),
    )


def _open(decision: Decision, checked: Checked, made: Plan | None) -> OpenQuestionCost:
    """An open decision; its conflicts say what it costs, in shares that add up."""
    assumed = Calendar(checked.as_of).date_of(checked.settings.defaults.decision_days)
    about = [c for c in made.conflicts if decision.id in c.decisions and not c.dismissed] if made else []
    until = [conflict.decide_by for conflict in about if conflict.decide_by]
    later = (point.cost for conflict in about for point in conflict.cost_curve if point.weeks == AHEAD)
    return OpenQuestionCost(
        id=decision.id,
        question=decision.question or decision.key,
        options=tuple(name for name, _ in decision.options),
        driver=decision.driver,
        due=decision.due or assumed,
        due_is_assumed=decision.due is None,
        cell=decision.source.cell("Chosen"),
        at_risk=sum(conflict.cost for conflict in about) if made else None,
        later=max(later, default=0.0) if made else None,
        weeks=AHEAD,
        decide_by=min(until, default=None),
    )


def _taken(decision: Decision, logged: Sequence[Entry]) -> TakenDecision:
    """A decision with the entry that recorded it last, where the answer is still that one."""
    own = (
        entry
        for entry in reversed(logged)
        for cell in entry.cells
        if cell.column == "Chosen" and id_key(cell.key) == id_key(decision.id)
        if id_key(str(cell.after)) == id_key(decision.chosen)
    )
    entry = next(own, None)
    return TakenDecision(
        id=decision.id,
        question=decision.question or decision.key,
        chosen=decision.chosen,
        driver=decision.driver,
        approver=decision.approver,
        cell=decision.source.cell("Chosen"),
        when=entry.when if entry else "",
        account=entry.who if entry else "",
    )
