"""The story of `roadmap forecast`: the plan written last, simulated many times; the page and the pictures show it."""

import os
import shlex
from dataclasses import dataclass, replace
from pathlib import Path

from planner import forecast as simulation
from planner.domain.errors import UserError
from planner.domain.forecast import Forecast, Policy
from planner.domain.plan import Plan
from planner.pipeline.current import Current, current
from planner.pipeline.files import FORECAST_FILES, PAGE, write, write_folder
from planner.pipeline.inputs import Inputs, PlanOptions, Report, silent
from planner.pipeline.interrupt import searching
from planner.pipeline.picturing import pictures
from planner.pipeline.planning import framed
from planner.pipeline.solving import with_findings
from planner.report.forecast import forecast_csv, forecast_json
from planner.report.forecast_curve import forecast_curve_svg
from planner.report.forecast_drivers import forecast_drivers_svg
from planner.report.page import page_html
from planner.report.pictures import stamp_of
from planner.report.plan_json import plan_id
from planner.scheduling.assemble import assemble


@dataclass(frozen=True)
class Promises:
    """A plan with its forecast. `is_written` says that this plan lies in `reports/`, to be found again by its id."""

    plan: Plan
    forecast: Forecast
    is_written: bool
    next_command: str


def forecast(
    inputs: Inputs,
    options: PlanOptions,
    runs: int,
    policy: Policy = "list",
    plan_file: Path | None = None,
    report: Report = silent,
) -> Promises:
    """Simulate the plan written last; where none holds, the one found in the budget. Ctrl-C keeps the runs so far.

    Raises
    ------
    UserError
        If there is no plan and no file, nothing can be planned, or nothing is left to do.
    """
    with searching(options) as budget:
        now = current(inputs, options, budget, plan_file, report)
        schedule = now.solution.schedule
        assert schedule is not None
        if not schedule.start:
            raise UserError("there is nothing to forecast: no task is left to do")
        found = simulation.forecast(
            now.checked.read.roadmap,
            now.formulation,
            schedule,
            now.checked.settings,
            runs,
            options.seed,
            policy,
            options.workers or os.cpu_count() or 1,
            budget.stop,
            lambda done: report(f"simulating: {done:,} of {runs:,} runs"),
        )
    report("assembling the plan")
    made = in_full(now)
    found = replace(found, title=made.title, as_of=made.as_of, plan=plan_id(made) if now.unchanged else "")
    return Promises(replace(made, forecast=found), found, now.unchanged, _next_command(found, now))


def in_full(now: Current) -> Plan:
    """The plan taken up as it was written, with all that it is made of; what was priced then is not priced again."""
    checked = with_findings(now.checked, now.cycles, now.formulation, now.inputs.strict)
    made = assemble(framed(checked, now.inputs, now.options, now.cycles), now.formulation, now.solution)
    if not now.unchanged:
        return replace(made, reserved=checked.reserved)
    was = now.written
    return replace(
        made,
        seed=was.seed,
        method=was.method,
        interrupted=was.interrupted,
        left_out=was.left_out,
        conflicts=was.conflicts,
        headline=was.headline,
        stability=was.stability,
        reserved=checked.reserved,
    )


def write_forecast(made: Promises, folder: Path, report: Report = silent) -> tuple[Path, ...]:
    """Write the forecast beside its plan; the page and the pictures of that plan show it from then on."""
    found, plan = made.forecast, made.plan
    stamp = stamp_of(plan)
    texts = (
        forecast_json(found).encode(),
        forecast_csv(found, plan).encode("utf-8-sig"),
        forecast_curve_svg(found, plan.title, stamp, plan.as_of).encode(),
        forecast_drivers_svg(found, plan.title, stamp).encode(),
    )
    folder.mkdir(parents=True, exist_ok=True)
    written = [write(folder / name, content) for name, content in zip(FORECAST_FILES, texts, strict=True)]
    if made.is_written and (folder / PAGE).exists():
        report("drawing")
        write(folder / PAGE, page_html(plan).encode())
        write_folder(folder / "pictures", pictures(plan))
    return tuple(written)


def _next_command(found: Forecast, now: Current) -> str:
    """The task that most often is on the chain that ends last; a plan of today's workbooks where this one is none."""
    if not now.unchanged:
        return f"roadmap plan {shlex.join(map(str, now.inputs.paths))}"
    worst = max(found.tasks, key=lambda task: (task.criticality, task.id), default=None)
    if worst is None:
        raise UserError("nothing is left to do: there is nothing to forecast")
    return f"roadmap why {shlex.quote(worst.id)}"
