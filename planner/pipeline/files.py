"""Every file we write is replaced as a whole; plans that were written are read back."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from planner.domain.errors import UserError
from planner.domain.plan import Plan
from planner.pipeline.inputs import Inputs, Report, Written, read_settings, silent
from planner.pipeline.picturing import pictures
from planner.report.forecast import forecast_from_json
from planner.report.markdown import sequence_markdown
from planner.report.page import page_html
from planner.report.plan_json import plan_from_json, plan_id, plan_json, written_id
from planner.report.sequence_csv import sequence_csv
from planner.report.xlsx import plan_xlsx

PAGE = "index.html"
"""The plan for a browser, beside its other reports."""
FORECAST_FILES = ("forecast.json", "forecast.csv", "forecast-curve.svg", "forecast-drivers.svg")
"""What `roadmap forecast` writes beside a plan."""


def write(path: Path, content: bytes) -> Path:
    """Write to a temporary file beside `path`, then replace it; refuse a workbook that is open in Excel."""
    if (path.parent / f"~${path.name}").exists():
        raise UserError(f"{path} is open in Excel: close it there and try again")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Replace a folder of ours as a whole, so that nothing of an earlier plan stays in it; names may hold slashes."""
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    old = fresh.with_name(f"{fresh.name}.old")
    try:
        fresh.chmod(0o755)
        for name, content in contents.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            os.replace(folder, old)
        os.replace(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        if old.exists() and not folder.exists():
            os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_reports(plan: Plan, folder: Path, report: Report = silent) -> tuple[Path, ...]:
    """Write every report of a plan; each file is replaced as a whole, `pictures/` as a folder.

    A forecast of this very plan that lies there is shown; one of another plan goes.
    """
    plan = _with_forecast(plan, folder, plan_id(plan))
    texts = {
        "sequence.md": sequence_markdown(plan).encode(),
        "sequence.csv": sequence_csv(plan).encode("utf-8-sig"),
        "plan.json": plan_json(plan).encode(),
        "plan.xlsx": plan_xlsx(plan),
        PAGE: page_html(plan).encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    if plan.forecast is None:
        for name in FORECAST_FILES:
            (folder / name).unlink(missing_ok=True)
    written = []
    for name, content in texts.items():
        report(f"writing {name}")
        written.append(write(folder / name, content))
    report("drawing")
    write_folder(folder / "pictures", pictures(plan) if plan.tasks else {})
    return (*written, folder / "pictures")


def read_plan(path: Path) -> Plan:
    """A plan that was written before, with its forecast; raises UserError where there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(f"{path}: there is no plan here; make one with `roadmap plan FILE`") from None
    return _with_forecast(plan_from_json(text), path.parent, written_id(text))


def _with_forecast(plan: Plan, folder: Path, name: str) -> Plan:
    """The plan called `name` with the forecast in its folder, if that is one of this plan and can be read."""
    try:
        found = forecast_from_json((folder / FORECAST_FILES[0]).read_text(encoding="utf-8"))
    except (OSError, UserError):
        return plan
    return replace(plan, forecast=found) if found.plan == name else plan


def read_plans(paths: Sequence[Path]) -> tuple[Written, ...]:
    """Plans that were written before, with their places."""
    return tuple(Written(path, read_plan(path)) for path in paths)


def with_reserve(inputs: Inputs, named: Sequence[Path] = ()) -> Inputs:
    """These inputs with the plans of other roadmaps that are named, else those that roadmap.toml names."""
    settings = read_settings(inputs).settings
    paths = named or [Path(settings.path).parent / other for other in settings.reserve]
    return replace(inputs, reserve=read_plans(paths))


def latest_plan(reports: Path) -> Path:
    """The plan.json written last under a reports folder; raises UserError where there is none."""
    found = sorted(reports.glob("*/plan.json"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise UserError(f"no plan under {reports}/; make one with `roadmap plan FILE`, or name one with --plan")
    return found[-1]
