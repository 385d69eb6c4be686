"""The story of `roadmap diff`: two plans, what moved between them, and the causes that it is owed to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.domain.errors import UserError
from planner.domain.paper import Stamp
from planner.domain.plan import Plan
from planner.domain.variance import Variance
from planner.pipeline.baselines import CURRENT, LAST, find_baseline, inputs_of_plan
from planner.pipeline.current import REPORTS, written_for
from planner.pipeline.files import latest_plan, read_plan, write
from planner.pipeline.history import last_snapshot, search_behind, stored
from planner.pipeline.inputs import Inputs, Report, silent, state_folder, title_of
from planner.pipeline.snapshots import MANIFEST, Snapshot, facts_of, read_baseline, read_snapshot
from planner.report.papers import paper_markdown
from planner.report.plan_json import written_id
from planner.report.variance import variance_paper
from planner.variance.attribution import Side, variance
from planner.variance.facts import Facts
from planner.variance.replay import holds, planned_dates

DIFF_FILE = "diff.md"


@dataclass(frozen=True)
class Compared:
    """What moved, and the file that says so."""

    variance: Variance
    path: Path
    inputs: Inputs


def diff(
    before: str, now: str, paths: Sequence[Path] = (), as_of: date | None = None, report: Report = silent
) -> Compared:
    """Compare two plans and write `diff.md` into the reports of the second one.

    Each is the name of a baseline, a plan.json, `last` (the plan written last) or `current` (the workbooks as they
    are now, on `as_of`: with the dates of the plan written last where they still hold, else in the sequence of
    `before`).

    Raises
    ------
    UserError
        If there is no such plan, or `current` stands first and is not planned.
    """
    inputs = Inputs(tuple(paths)) if paths else inputs_of_plan(read_plan(latest_plan(REPORTS)))
    made, stamp = _compared(before, now, inputs, as_of, report)
    folder = REPORTS / title_of(inputs.paths)
    folder.mkdir(parents=True, exist_ok=True)
    written = paper_markdown(variance_paper(made, stamp)).encode()
    return Compared(made, write(folder / DIFF_FILE, written), inputs)


def slips(before: str, now: str, inputs: Inputs, report: Report = silent) -> Variance:
    """What `diff` finds between two plans of these inputs, and no file; raises `UserError` as `diff` does."""
    return _compared(before, now, inputs, None, report)[0]


def _compared(before: str, now: str, inputs: Inputs, as_of: date | None, report: Report) -> tuple[Variance, Stamp]:
    """What moved, and the stamp of the second plan."""
    sides = [_side(name, inputs, as_of, report) for name in (before, now)]
    if sides[0].side.dates is None:
        raise UserError(f"{before!r} is not planned as it is now: run `roadmap plan` first, or name it second")
    if sides[1].side.dates is None and sides[0].side.facts is None:
        raise UserError(f"what {before!r} was planned from is not known any more: run `roadmap plan`, then compare")
    return variance(sides[0].side, sides[1].side, report), sides[1].stamp


@dataclass(frozen=True)
class _Found:
    """One side, and what a paper about it is stamped with."""

    side: Side
    stamp: Stamp


def _side(name: str, inputs: Inputs, as_of: date | None, report: Report) -> _Found:
    """What people mean by a name."""
    report(f"reading {name}")
    if name == CURRENT:
        return _current(inputs, as_of, report)
    if name == LAST:
        return _of(name, _last(inputs), report)
    path = Path(name)
    if path.suffix == ".json" or path.is_dir():
        return _of(name, _written(path, inputs), report)
    return _of(name, read_snapshot(find_baseline(state_folder(inputs), name)), report)


def _last(inputs: Inputs) -> Snapshot:
    """The plan written last, with what it was made of."""
    kept = last_snapshot(inputs)
    if (kept / MANIFEST).exists():
        return read_snapshot(kept)
    path = next(reversed(stored(inputs)), None) or written_for(inputs)
    if path is None:
        raise UserError("there is no plan of these files yet: make one with `roadmap plan FILE`")
    return _written(path, inputs)


def _written(path: Path, inputs: Inputs) -> Snapshot:
    """A plan.json by its path, with its facts where a snapshot of it is beside it or was kept as the last one."""
    file = path / "plan.json" if path.is_dir() else path
    if (file.parent / MANIFEST).exists():
        return read_snapshot(file.parent)
    made = read_plan(file)
    id = written_id(file.read_text(encoding="utf-8"))
    kept = last_snapshot(inputs)
    if (kept / MANIFEST).exists() and read_baseline(kept).plan == id:
        return read_snapshot(kept)
    return Snapshot(made, id, None)


def _of(name: str, found: Snapshot, report: Report) -> _Found:
    made = found.plan
    if not made.tasks:
        raise UserError(f"{name!r} has no dates: nothing could be planned")
    return _Found(side_of(name, found, report), _stamp(made, found.id))


def side_of(name: str, found: Snapshot, report: Report) -> Side:
    """A snapshot as one side of a comparison."""
    made = found.plan
    facts = None if found.inputs is None else facts_of(found.inputs, made.capacity_kind == "limited", report)
    return Side(name, made.as_of, _titles(facts, made), planned_dates(made), facts, found.search)


def _current(inputs: Inputs, as_of: date | None, report: Report) -> _Found:
    """The workbooks as they are; planned where the plan written last still holds on them."""
    path = written_for(inputs)
    made = None if path is None else read_plan(path)
    if made is not None:
        inputs = inputs_of_plan(made, inputs.paths)
    inputs = replace(inputs, as_of=as_of or inputs.as_of)
    facts = facts_of(inputs, made is None or made.capacity_kind == "limited", report)
    if path and made and made.as_of == facts.as_of and holds(facts, planned_dates(made)):
        written = path.read_text(encoding="utf-8")
        search, stamp = search_behind(inputs, written), _stamp(made, written_id(written))
        return _Found(Side(CURRENT, made.as_of, _titles(facts, made), planned_dates(made), facts, search), stamp)
    names = tuple(dict.fromkeys(task.source.file for task in facts.roadmap.tasks))
    stamp = Stamp(facts.as_of, "none yet", names, 0.0)
    return _Found(Side(CURRENT, facts.as_of, _titles(facts, None), None, facts), stamp)


def _titles(facts: Facts | None, made: Plan | None) -> dict[str, str]:
    """Titles of items and tasks by id."""
    titles: dict[str, str] = {}
    if made is not None:
        titles |= {item.id: item.title for item in made.items} | {task.id: task.title for task in made.tasks}
    if facts is not None:
        read = facts.roadmap
        titles |= {item.id: item.title for item in read.items} | {task.id: task.title for task in read.tasks}
    return titles


def _stamp(made: Plan, id: str) -> Stamp:
    return Stamp(made.as_of, id, made.files, made.assumed_share)
