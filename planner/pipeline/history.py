"""The plans that were written, one after the other: kept beside the workbooks, for the next one to stay close to."""

from datetime import UTC, datetime
from pathlib import Path

from planner.domain.plan import Plan
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, state_folder, title_of
from planner.report.plan_json import plan_id, plan_json

KEPT = 50
"""Plans that are kept of one roadmap, the newest."""


def remember(plan: Plan, inputs: Inputs) -> None:
    """Store a plan with dates as the newest; one that was stored before moves to the front.

    A folder that cannot be written to has no history, which is no reason to fail: the plan itself is made.
    """
    if not plan.tasks:
        return
    content, name = plan_json(plan).encode(), plan_id(plan)
    folder = _folder(inputs)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        same = list(folder.glob(f"*-{name}.json"))
        write(folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{name}.json", content)
        for path in (*same, *stored(inputs)[:-KEPT]):
            path.unlink(missing_ok=True)
    except OSError:
        return


def stored(inputs: Inputs) -> list[Path]:
    """The plans stored for these inputs, the newest last."""
    return sorted(_folder(inputs).glob("*.json"))


def _folder(inputs: Inputs) -> Path:
    """One folder for each roadmap, as several may lie side by side."""
    return state_folder(inputs) / "history" / title_of(inputs.paths)
