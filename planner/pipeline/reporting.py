"""The stories of `roadmap report`: documents of one page from the plan that was written; nothing is planned again."""

import re
import shlex
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.domain.errors import UserError
from planner.domain.paper import Paper, Stamp
from planner.domain.plan import Plan
from planner.domain.roadmap import id_key
from planner.pipeline.baselines import find_baseline, inputs_of_plan
from planner.pipeline.comparing import slips
from planner.pipeline.current import REPORTS
from planner.pipeline.exporting import safe_stem
from planner.pipeline.files import latest_plan, write
from planner.pipeline.history import stored
from planner.pipeline.inputs import state_folder
from planner.pipeline.replanning import LAST
from planner.pipeline.snapshots import PLAN
from planner.report.briefs.executive import executive
from planner.report.briefs.team import team_brief
from planner.report.briefs.weekly import weekly
from planner.report.papers import RENDERERS
from planner.report.picture import png
from planner.report.plan_json import plan_from_json, written_id
from planner.report.variance import cause_clauses
from planner.report.wording import listing
from planner.scheduling.landings import landing_changes

FOLDER = "documents"
"""Beside the plan.json."""
STAMPED = re.compile(r"\bplan ([0-9a-f]{12})\b")
"""The plan that a document says it was made from."""


@dataclass(frozen=True)
class Reported:
    """A document, the files that it was written to, and the command that makes sense next."""

    paper: Paper
    files: tuple[Path, ...]
    next_command: str


def report_executive(formats: Sequence[str], plan_file: Path | None = None) -> Reported:
    """One page for the leadership. Raises `UserError` where there is no plan, or one without dates."""
    path = plan_file or latest_plan(REPORTS)
    plan, stamp = _read(path)
    if plan.headline is None:
        raise UserError(f"{path} is of an earlier version and lacks the five numbers: plan again")
    worst = max(plan.teams, key=lambda team: (team.overload, team.waiting_days, team.name), default=None)
    then = f"roadmap report team {shlex.quote(worst.name)}{_named_plan(plan_file)}" if worst else "roadmap conflicts"
    return _written(executive(plan, plan.headline, stamp), path, "exec", formats, then)


def report_team(name: str, formats: Sequence[str], plan_file: Path | None = None) -> Reported:
    """One page for a team. Raises `UserError` where the plan has no such team."""
    path = plan_file or latest_plan(REPORTS)
    plan, stamp = _read(path)
    team = next((team for team in plan.teams if id_key(team.name) == id_key(name)), None)
    if team is None:
        known = ", ".join(team.name for team in plan.teams)
        raise UserError(f'the plan has no team "{name}"; it has {known}')
    then = f"roadmap show team {shlex.quote(team.name)}{_named_plan(plan_file)}"
    return _written(team_brief(plan, team, stamp), path, f"team-{safe_stem(team.name)}", formats, then)


def report_weekly(since: str, formats: Sequence[str], plan_file: Path | None = None) -> Reported:
    """One page of what changed since another plan: a plan.json, a baseline's name, or "last" for the one before this.

    Raises
    ------
    UserError
        If there is no such plan, or it is one of another roadmap.
    """
    path = plan_file or latest_plan(REPORTS)
    plan, stamp = _read(path)
    before, before_stamp = _before(plan) if since == LAST else _read(_named(since, plan))
    causes = _causes(since, path, plan) if _is_baseline(since, plan) else {}
    if plan.items and before.items and not {id_key(i.id) for i in plan.items} & {id_key(i.id) for i in before.items}:
        raise UserError(f"{since} has no item of {plan.title}: name a plan of this roadmap")
    return _written(
        weekly(plan, before_stamp, landing_changes(before, plan, causes), stamp),
        path,
        "weekly",
        formats,
        f"roadmap report exec{_named_plan(plan_file)}",
    )


def about_documents(folder: Path) -> tuple[str, ...]:
    """A line where documents of another plan lie beside a folder's plan.json; they stay, as people edit them."""
    now = written_id((folder / PLAN).read_text(encoding="utf-8"))
    files = sorted((folder / FOLDER).glob("*.*"))
    old = dict.fromkeys(path.stem for path in files if _stamp_of(path) not in ("", now))
    if not old:
        return ()
    names = listing(list(old), 4)
    return (f"Of an earlier plan: {names} in {folder / FOLDER}",)


def _stamp_of(path: Path) -> str:
    """The plan that a document is stamped with; nothing for what is no document or cannot be read."""
    try:
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as word:
                text = word.read("word/document.xml").decode("utf-8", "replace")
        elif path.suffix in (".md", ".html"):
            text = path.read_text(encoding="utf-8", errors="replace")
        else:
            return ""
    except (OSError, KeyError, zipfile.BadZipFile):
        return ""
    found = STAMPED.search(text)
    return found.group(1) if found else ""


def _named_plan(plan_file: Path | None) -> str:
    """The option that names the same plan again, where one was named."""
    return f" --plan {shlex.quote(str(plan_file))}" if plan_file else ""


def _read(path: Path) -> tuple[Plan, Stamp]:
    """A plan with dates, and what a document of it says about its origin."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UserError(f"{path}: there is no plan here; make one with `roadmap plan FILE`") from None
    plan = plan_from_json(text)
    if not plan.tasks:
        raise UserError(f"{path} has no task with dates: `roadmap plan` says why")
    return plan, Stamp(plan.as_of, written_id(text), plan.files, plan.assumed_share)


def _is_baseline(since: str, plan: Plan) -> bool:
    """Whether it can only be the name of a baseline: neither "last" nor a path."""
    return since != LAST and Path(since).suffix != ".json" and not Path(since).exists() and bool(plan.paths)


def _named(since: str, plan: Plan) -> Path:
    """The plan.json of a baseline, or at a path."""
    if not _is_baseline(since, plan):
        return Path(since)
    return find_baseline(state_folder(inputs_of_plan(plan)), since) / PLAN


def _causes(since: str, path: Path, plan: Plan) -> Mapping[str, str]:
    """By item the changed fact that moved it most, as `roadmap diff` finds it.

    A baseline keeps what it was planned from; where the plan of today does not any more, the plans themselves have to
    say why.
    """
    try:
        return cause_clauses(slips(since, str(path), inputs_of_plan(plan)))
    except UserError:  # a workbook was renamed, or cannot be read now
        return {}


def _before(plan: Plan) -> tuple[Plan, Stamp]:
    """The newest plan in the history that is not this one."""
    for path in reversed(stored(inputs_of_plan(plan)) if plan.paths else []):
        before, stamp = _read(path)
        if (before.as_of, before.tasks) != (plan.as_of, plan.tasks):
            return before, stamp
    raise UserError("there is no earlier plan of these files to compare with: name one with --since PLAN.json")


def _written(paper: Paper, plan_file: Path, stem: str, formats: Sequence[str], next_command: str) -> Reported:
    """The document in each format; Markdown's pictures lie beside it."""
    folder = plan_file.parent / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    files = [write(folder / f"{stem}.{suffix}", RENDERERS[suffix](paper)) for suffix in formats]
    if "md" in formats:
        files += [write(folder / f"{picture.name}.png", png(picture.svg)) for picture in paper.pictures]
    return Reported(paper, tuple(files), next_command)
