"""The plans that were written, one after the other: kept beside the workbooks, for the next one to stay close to."""

from datetime import UTC, datetime
from pathlib import Path

from planner.domain.plan import Plan
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, PlanOptions, state_folder, title_of
from planner.pipeline.snapshots import MANIFEST, keep_snapshot, read_baseline, search_of
from planner.report.plan_json import plan_json, written_id

KEPT = 50
"""Plans that are kept of one roadmap, the newest."""


def remember(plan: Plan, inputs: Inputs, options: PlanOptions) -> None:
    """Store a plan with dates as the newest; one that was stored before moves to the front.

    A folder that cannot be written to has no history, which is no reason to fail: the plan itself is made.
    """
    if not plan.tasks:
        return
    content = plan_json(plan)
    name = written_id(content)
    folder = _folder(inputs)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        keep_snapshot(last_snapshot(inputs), "last", plan, content, inputs, search_of(plan, options))
        same = list(folder.glob(f"*-{name}.json"))
        write(folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{name}.json", content.encode())
        for path in (*same, *stored(inputs)[:-KEPT]):
            path.unlink(missing_ok=True)
    except OSError:
        return


def stored(inputs: Inputs) -> list[Path]:
    """The plans stored for these inputs, the newest last."""
    return sorted(_folder(inputs).glob("*.json"))


def last_snapshot(inputs: Inputs) -> Path:
    """Where the plan written last lies with everything that it was made of."""
    return _folder(inputs) / "last"


def search_behind(inputs: Inputs, written: str) -> str:
    """`Baseline.search` of a plan.json, where it is that of the plan written last; else empty."""
    kept = last_snapshot(inputs)
    last = read_baseline(kept) if (kept / MANIFEST).exists() else None
    return last.search if last and last.plan == written_id(written) else ""


def _folder(inputs: Inputs) -> Path:
    """One folder for each roadmap, as several may lie side by side."""
    return state_folder(inputs) / "history" / title_of(inputs.paths)
