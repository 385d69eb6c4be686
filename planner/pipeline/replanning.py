"""Planning again close to the plan before: which one that is, its starts as anchors, what keeping close costs."""

from dataclasses import replace
from pathlib import Path

from planner.domain.diagnostics import Diagnostic, Rule, Severity
from planner.domain.errors import UserError
from planner.domain.plan import Plan, Stability
from planner.domain.problem import Solution
from planner.domain.settings import Settings
from planner.domain.units import engineer_days
from planner.pipeline.current import written_for
from planner.pipeline.files import read_plan
from planner.pipeline.history import stored
from planner.pipeline.inputs import Checked, Inputs, PlanOptions, Report, Written
from planner.pipeline.solving import progress_line
from planner.scheduling.anchors import Close, anchored, keep_close
from planner.scheduling.budget import Budget
from planner.scheduling.formulate import Formulation
from planner.scheduling.moves import comparable, moves, new_tasks, starts_to_keep

LAST, FREELY = "last", "none"

NO_PLAN_BEFORE = Rule(
    "no-plan-before",
    Severity.NOTE,
    "there is no earlier plan to keep close to",
    "Nothing to do: the next plan keeps close to this one.",
)


def former_plan(inputs: Inputs, options: PlanOptions, settings: Settings) -> Written | None:
    """The plan to keep close to: as it was asked for, else as roadmap.toml says; None to plan freely.

    The last plan is the newest that was stored for these inputs, else the one under reports/.

    Raises
    ------
    UserError
        If a plan was asked for and there is none, or if only the end of the plan counts.
    """
    wanted = _wanted(options, settings)
    if wanted in ("", FREELY):
        return None
    if options.objective == "makespan":
        raise UserError("a plan for the earliest end cannot keep close to another one: add --stable none")
    if wanted == LAST:
        path = next(reversed(stored(inputs)), None) or written_for(inputs)
        if path is None and options.stable:
            raise UserError("there is no earlier plan of these files to keep close to: plan once without --stable")
    else:
        path = Path(wanted) if options.stable else Path(settings.path).parent / wanted
    return None if path is None else Written(path, read_plan(path))


def keeping(checked: Checked, former: Written | None, options: PlanOptions) -> Checked:
    """The roadmap with the starts of the former plan to keep; says so where there is none although it is wanted."""
    if former is not None:
        return replace(checked, kept=starts_to_keep(former.plan))
    if options.stable or checked.settings.stable in ("", FREELY):
        return checked
    note = Diagnostic(NO_PLAN_BEFORE, "There is no earlier plan of these files; planned freely.")
    return replace(checked, diagnostics=(*checked.diagnostics, note))


def close_to_former(
    checked: Checked, formulation: Formulation, free: Solution, options: PlanOptions, budget: Budget, report: Report
) -> tuple[Formulation, Close]:
    """The plan close to the former one, given the one that was found freely, and its problem with the anchors."""
    held = anchored(formulation, checked.kept, checked.settings.moves)
    report("keeping close to the plan before")
    close = keep_close(held.problem, free, budget, lambda step: report(progress_line(step, options.objective)))
    return held, close


def stability(
    former: Written, made: Plan, close: Close, formulation: Formulation, options: PlanOptions, settings: Settings
) -> Stability:
    """What moved and why, and what keeping close costs.

    Raises
    ------
    UserError
        If the former plan has no task that is still to begin here: it is a plan of something else.
    """
    compared = comparable(former.plan, made)
    if not compared:
        raise UserError(f"{former.path} plans nothing that is still to begin here: name a plan of this roadmap")
    return Stability(
        path=_wanted(options, settings),
        as_of=former.plan.as_of,
        moves=moves(former.plan, made, formulation.calendar, settings.moves.near_weeks),
        unchanged=sum(before.start == now.start for before, now in compared),
        added=new_tasks(former.plan, made),
        price=engineer_days(close.price),
        most=engineer_days(close.most),
        charged=engineer_days(close.charged),
    )


def _wanted(options: PlanOptions, settings: Settings) -> str:
    """What the command asks for goes before what roadmap.toml says."""
    return options.stable or settings.stable
