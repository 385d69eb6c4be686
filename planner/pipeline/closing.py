"""The story of `roadmap close`: a baseline against what really happened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.domain.closing import Closing
from planner.domain.paper import Stamp
from planner.pipeline.baselines import find_baseline, inputs_of_plan
from planner.pipeline.comparing import side_of
from planner.pipeline.current import REPORTS
from planner.pipeline.files import latest_plan, read_plan, write
from planner.pipeline.inputs import Inputs, Report, silent, state_folder, title_of
from planner.pipeline.snapshots import facts_of, read_snapshot
from planner.report.closing import closing_paper
from planner.report.papers import paper_markdown
from planner.variance.closing import closing

CLOSE_FILE = "close.md"


@dataclass(frozen=True)
class Closed:
    """What became of a baseline, the file that says so, and the workbooks."""

    closing: Closing
    path: Path
    inputs: Inputs


def close(name: str, paths: Sequence[Path] = (), as_of: date | None = None, report: Report = silent) -> Closed:
    """Compare a baseline with the actual dates in the workbooks on a day, today by default; write `close.md`.

    Raises
    ------
    UserError
        If there is no such baseline, or a workbook cannot be read.
    """
    inputs = Inputs(tuple(paths)) if paths else inputs_of_plan(read_plan(latest_plan(REPORTS)))
    snapshot = read_snapshot(find_baseline(state_folder(inputs), name))
    report("reading")
    before = side_of(name, snapshot, report)
    now = facts_of(replace(inputs, as_of=as_of, reserve=()), report=report)
    made = closing(before, now)
    folder = REPORTS / title_of(inputs.paths)
    folder.mkdir(parents=True, exist_ok=True)
    files = tuple(dict.fromkeys(task.source.file for task in now.roadmap.tasks))
    stamp = Stamp(now.as_of, snapshot.id, files, snapshot.plan.assumed_share)
    return Closed(made, write(folder / CLOSE_FILE, paper_markdown(closing_paper(made, stamp)).encode()), inputs)
