"""A plan with all that it was made of, in a folder: plan.json, copies of the files, and what is said of them.

`roadmap baseline save` keeps one under a name; `roadmap plan` keeps the plan written last.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from planner import __version__
from planner.config import find_settings
from planner.domain.baseline import Baseline, StoredFile
from planner.domain.errors import UserError
from planner.domain.plan import Plan
from planner.pipeline.files import read_plan, read_plans, write_folder
from planner.pipeline.inputs import Inputs, PlanOptions, Report, planning_day, read_settings, silent
from planner.pipeline.locks import user
from planner.report.plan_json import written_id
from planner.scheduling.reserve import reserve
from planner.sheets.files import find_files
from planner.sheets.read import read_roadmap
from planner.variance.facts import Facts

MANIFEST, PLAN, FILES = "baseline.json", "plan.json", "files"


@dataclass(frozen=True)
class Snapshot:
    """A plan and the inputs that it was made of; None where they are not known."""

    plan: Plan
    id: str
    inputs: Inputs | None
    search: str = ""
    """`Baseline.search`."""


def keep_snapshot(folder: Path, name: str, made: Plan, written: str, inputs: Inputs, search: str = "") -> Baseline:
    """Store a plan as it was `written`, and copies of its inputs; a folder that is there is replaced as a whole."""
    contents: dict[str, bytes] = {PLAN: written.encode()}
    config = inputs.config or find_settings(inputs.paths)
    about = Baseline(
        name=name,
        title=made.title,
        as_of=made.as_of,
        saved=datetime.now(UTC).isoformat(timespec="seconds"),
        who=user(),
        plan=written_id(written),
        files=tuple(_stored(contents, label, path) for label, path in find_files(inputs.paths).items()),
        config=_stored(contents, config.name, config) if config else None,
        reserved=tuple(_stored(contents, str(other.path), other.path) for other in inputs.reserve),
        search=search,
        finish=made.finish,
        items=len(made.items),
        tasks=len(made.tasks),
    )
    contents[MANIFEST] = (json.dumps(asdict(about), ensure_ascii=False, indent=1, default=str) + "\n").encode()
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_folder(folder, contents)
    return about


def _stored(contents: dict[str, bytes], label: str, path: Path) -> StoredFile:
    """Add a file's copy. Its folder is kept, too: files of one name are told apart by it."""
    content = path.read_bytes()
    copy = f"{FILES}/{len(contents)}/{path.resolve().parent.name or 'root'}/{path.name}"
    contents[copy] = content
    return StoredFile(label, copy, hashlib.sha256(content).hexdigest())


def read_baseline(folder: Path) -> Baseline:
    """What is said of a snapshot.

    Raises
    ------
    UserError
        If the folder holds none, or one that somebody has spoilt.
    """
    try:
        return _baseline(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{folder}: is no baseline that roadmap saved ({error}); save it again") from error


def _baseline(content: Mapping[str, Any]) -> Baseline:
    def files(found: Iterable[Mapping[str, str]]) -> tuple[StoredFile, ...]:
        return tuple(StoredFile(**one) for one in found)

    finish = content["finish"]
    return Baseline(
        **{
            **content,
            "as_of": date.fromisoformat(content["as_of"]),
            "finish": date.fromisoformat(finish) if finish else None,
            "files": files(content["files"]),
            "config": StoredFile(**content["config"]) if content["config"] else None,
            "reserved": files(content["reserved"]),
        }
    )


def read_snapshot(folder: Path) -> Snapshot:
    """A snapshot as it was stored; raises UserError where a copy is missing."""
    about = read_baseline(folder)
    copies = [folder / file.copy for file in (*about.files, *about.reserved, *filter(None, [about.config]))]
    for copy in copies:
        if not copy.exists():
            raise UserError(f"{copy}: is missing from the baseline {about.name!r}; save it again")
    inputs = Inputs(
        tuple(folder / file.copy for file in about.files),
        folder / about.config.copy if about.config else None,
        about.as_of,
        reserve=read_plans([folder / file.copy for file in about.reserved]),
    )
    return Snapshot(read_plan(folder / PLAN), about.plan, inputs, about.search)


def search_of(made: Plan, options: PlanOptions) -> str:
    """How a plan was searched for, where that can be repeated: by work, freely, to the end."""
    if options.work is None or made.interrupted or made.stability is not None:
        return ""
    kinds = f"{options.objective}, {options.capacity}{', as recommended' if options.assume_recommended else ''}"
    return f"roadmap {__version__}, work {options.work}, seed {options.seed}, {kinds}"


def facts_of(inputs: Inputs, is_limited: bool = True, report: Report = silent) -> Facts:
    """What is read from inputs, before decisions are obeyed: their effect is a cause of its own."""
    settings = read_settings(inputs).settings
    as_of = planning_day(inputs, settings)
    roadmap = read_roadmap(inputs.paths, settings, as_of, report).roadmap
    for other in inputs.reserve:
        roadmap = reserve(roadmap, other.plan, str(other.path), settings, as_of).roadmap
    return Facts(roadmap, settings, as_of, is_limited)
