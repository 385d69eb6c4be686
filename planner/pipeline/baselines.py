"""The stories of `roadmap baseline`: a plan is put aside under a name, with everything that it was made of."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from planner.domain.baseline import Baseline
from planner.domain.errors import UserError
from planner.domain.plan import Plan
from planner.domain.roadmap import id_key
from planner.pipeline.current import REPORTS, written_for
from planner.pipeline.files import latest_plan, read_plan, read_plans
from planner.pipeline.history import search_behind
from planner.pipeline.inputs import Inputs, Report, silent, state_folder
from planner.pipeline.locks import locked
from planner.pipeline.snapshots import MANIFEST, facts_of, keep_snapshot, read_baseline
from planner.variance.replay import holds, planned_dates

LAST, CURRENT = "last", "current"
"""Names that `roadmap diff` gives to the plan written last and to the workbooks as they are."""
_NAME = re.compile(r"(?![.\s])[^\x00-\x1f/\\:*?\"<>|]{1,60}(?<![.\s])")


def save_baseline(
    name: str,
    paths: Sequence[Path],
    plan_file: Path | None = None,
    is_replacing: bool = False,
    report: Report = silent,
) -> Baseline:
    """Put aside the plan in `plan_file`, else the one written for these paths, else (without paths) the newest.

    Raises
    ------
    UserError
        If the name cannot be one or is taken, or the plan is not one of the workbooks as they are.
    """
    if not _NAME.fullmatch(name) or name.casefold() in (LAST, CURRENT):
        raise UserError(f"{name!r} cannot be the name of a baseline: take a word such as 2026-q3")
    path = plan_file or written_for(Inputs(tuple(paths))) or (None if paths else latest_plan(REPORTS))
    if path is None:
        raise UserError("there is no plan of these files yet: make one with `roadmap plan FILE`")
    made = read_plan(path)
    inputs = inputs_of_plan(made, paths)
    state = state_folder(inputs)
    with locked(state, "`roadmap baseline save`"):
        name = _as_stored(state, name)
        folder = baselines_folder(state) / name
        if folder.exists() and not is_replacing:
            raise UserError(f"there is a baseline {name!r} already: take another name, or add --replace")
        report("reading")
        if not holds(facts_of(inputs, made.capacity_kind == "limited"), planned_dates(made)):
            raise UserError(
                f"{path} is not the plan of {inputs.paths[0]} as it is now: run `roadmap plan` again, then save it"
            )
        report(f"saving {name}")
        written = path.read_text(encoding="utf-8")
        return keep_snapshot(folder, name, made, written, inputs, search_behind(inputs, written))


def inputs_of_plan(made: Plan, paths: Sequence[Path] = ()) -> Inputs:
    """What a plan was made of, or other paths on the same day with the same settings."""
    if not (paths or made.paths):
        raise UserError("this plan does not say of which files it is: plan again, or name the files")
    return Inputs(
        tuple(paths) or tuple(map(Path, made.paths)),
        Path(made.config) if made.config else None,
        made.as_of,
        reserve=read_plans([Path(other.path) for other in made.reserved]),
    )


def stored_baselines(paths: Sequence[Path]) -> tuple[Baseline, ...]:
    """The baselines beside these paths, else beside the plan written last; the oldest first."""
    inputs = Inputs(tuple(paths)) if paths else inputs_of_plan(read_plan(latest_plan(REPORTS)))
    folders = baselines_folder(state_folder(inputs)).glob(f"*/{MANIFEST}")
    found = (read_baseline(path.parent) for path in folders if not path.parent.name.startswith("."))
    return tuple(sorted(found, key=lambda baseline: (baseline.saved, baseline.name)))


def find_baseline(state: Path, name: str) -> Path:
    """The folder of a baseline; raises UserError that names those there are."""
    folder = baselines_folder(state) / _as_stored(state, name)
    if _NAME.fullmatch(name) and (folder / MANIFEST).exists():
        return folder
    known = sorted(path.parent.name for path in baselines_folder(state).glob(f"*/{MANIFEST}"))
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known) or 'none'}"
    raise UserError(f"no baseline {name!r}; {hint}")


def _as_stored(state: Path, name: str) -> str:
    """The name as it is stored, where it is: `Q3` finds `q3`, as on disks that do not tell them apart."""
    known = {id_key(path.parent.name): path.parent.name for path in baselines_folder(state).glob(f"*/{MANIFEST}")}
    return known.get(id_key(name), name)


def baselines_folder(state: Path) -> Path:
    """Where baselines lie."""
    return state / "baselines"
