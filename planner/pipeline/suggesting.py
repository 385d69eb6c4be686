"""The story of `roadmap suggest`: which teams an item needs, and stub tasks for them."""

from collections.abc import Sequence
from pathlib import Path

from planner.conflicts.suggest import suggest
from planner.domain.errors import UserError
from planner.domain.roadmap import id_key
from planner.domain.suggestion import Suggestion
from planner.pipeline.files import write
from planner.pipeline.inputs import Checked, Inputs, Report, load, silent, title_of
from planner.report.suggest import stubs_csv


def suggestion(inputs: Inputs, name: str, report: Report = silent) -> Suggestion:
    """Which teams an item needs; raises UserError where there is no such item."""
    return _suggestion(load(inputs, report), name, report)


def _suggestion(checked: Checked, name: str, report: Report) -> Suggestion:
    roadmap = checked.read.roadmap
    item = next((item for item in roadmap.items if id_key(item.id) == id_key(name)), None)
    if item is None:
        some = ", ".join(item.id for item in roadmap.items[:5]) or "none"
        raise UserError(f"no item {name!r} in these files (there are {len(roadmap.items)}: {some} ...)")
    return suggest(roadmap, item, report)


def accept(inputs: Inputs, name: str, teams: Sequence[str], report: Report = silent) -> Path:
    """Write a stub task for each of these teams into a csv beside the first input; returns the file.

    Raises UserError for an item or a team that the files do not know.
    """
    checked = load(inputs, report)
    found = _suggestion(checked, name, report)
    roadmap = checked.read.roadmap
    listed = (*(team.name for team in roadmap.teams), *(suggested.team for suggested in found.teams))
    known = {id_key(team): team for team in listed}
    unknown = [team for team in teams if id_key(team) not in known]
    if unknown:
        raise UserError(f"no team {unknown[0]!r} in these files (must be one of {', '.join(sorted(known.values()))})")
    path = _suggested_file(inputs)
    existing = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    stubs = stubs_csv(existing, found, [known[id_key(team)] for team in teams], checked.settings.defaults.effort)
    return write(path, stubs.encode("utf-8-sig"))


def _suggested_file(inputs: Inputs) -> Path:
    """Beside the first workbook, in its folder where the input is one: `q3.xlsx` has `q3-suggested.csv`."""
    first = inputs.paths[0].resolve()
    return (first if first.is_dir() else first.parent) / f"{title_of(inputs.paths[:1])}-suggested.csv"
