"""What a command is given, and step 1 of every story: files become a roadmap as people decided it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Literal

from planner import config
from planner.conflicts.dismissals import read_dismissals
from planner.domain.diagnostics import Assumption, Diagnostic, Severity
from planner.domain.plan import Plan, Reserved
from planner.domain.roadmap import Dismissal
from planner.domain.scenario import Scenario
from planner.domain.settings import Settings
from planner.scheduling.choices import decided
from planner.scheduling.reserve import reserve
from planner.sheets.read import Read, read_roadmap

Objective = Literal["full", "makespan"]
Capacity = Literal["limited", "unlimited"]
TextScope = Literal["across", "all"]
Report = Callable[[str], None]
"""Takes one line of progress."""


def silent(_: str) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Written:
    """A plan.json that was written before."""

    path: Path
    plan: Plan


@dataclass(frozen=True)
class Inputs:
    """What every command is given: files or folders, an explicit roadmap.toml, today, strictness.

    `reserve` are the plans of other roadmaps, whose load on shared teams is taken as fixed.
    """

    paths: tuple[Path, ...]
    config: Path | None = None
    as_of: date | None = None
    strict: bool = False
    reserve: tuple[Written, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    """Patches of the roadmap, one on the other."""


@dataclass(frozen=True)
class PlanOptions:
    """How to search; see `scheduling.budget`."""

    time_limit: float = 20.0
    work: int | None = None
    seed: int = 0
    workers: int = 0
    objective: Objective = "full"
    capacity: Capacity = "limited"
    assume_recommended: bool = False
    """Plan as if every open question had been answered as recommended."""
    text_scope: TextScope | None = None
    """Look for probable duplicates by their words too, across teams or everywhere."""
    stable: str = ""
    """Keep close to this plan.json or to the "last" plan; "none": plan freely; empty: what roadmap.toml says."""


@dataclass(frozen=True)
class Checked:
    """A roadmap as read, with everything that is doubtful in it, most severe first."""

    read: Read
    settings: Settings
    as_of: date
    diagnostics: tuple[Diagnostic, ...]
    assumptions: tuple[Assumption, ...]
    kept: Mapping[str, date] = field(default_factory=dict)
    """Starts of the plan before, by `id_key` of the task, that every search for a schedule keeps at a price."""
    reserved: tuple[Reserved, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether the exit code is 1."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def load(inputs: Inputs, report: Report = silent) -> Checked:
    """Step 1: settings and workbooks become a roadmap; raises UserError for a file that cannot be read."""
    report("reading")
    settings_read = read_settings(inputs)
    as_of = planning_day(inputs, settings_read.settings)
    read = read_roadmap(inputs.paths, settings_read.settings, as_of, report, inputs.scenarios)
    settled = decided(read.roadmap, settings_read.settings)  # what people have decided is obeyed from here on
    checked = Checked(
        replace(read, roadmap=settled.roadmap),
        settings_read.settings,
        as_of,
        (*settings_read.diagnostics, *read.diagnostics, *settled.diagnostics),
        (*read.assumptions, *settled.assumptions),
    )
    return reduce(_reserving, inputs.reserve, checked)


def read_settings(inputs: Inputs) -> config.SettingsRead:
    """The roadmap.toml that was named, else the one beside the inputs; the defaults without one."""
    found = inputs.config or config.find_settings(inputs.paths)
    return config.read_settings(found) if found else config.SettingsRead(Settings(), ())


def planning_day(inputs: Inputs, settings: Settings) -> date:
    """The as-of day: as the command says, else roadmap.toml, else today."""
    return inputs.as_of or settings.planning_start or date.today()


def _reserving(checked: Checked, other: Written) -> Checked:
    """The roadmap without what another one's plan takes of its teams."""
    found = reserve(checked.read.roadmap, other.plan, str(other.path), checked.settings, checked.as_of)
    return replace(
        checked,
        read=replace(checked.read, roadmap=found.roadmap),
        diagnostics=(*checked.diagnostics, *found.diagnostics),
        reserved=(*checked.reserved, found.reserved),
    )


def title_of(paths: Sequence[Path]) -> str:
    """The plan's name and its folder under reports/: the workbook's stem, the folder's name, or both."""
    first = paths[0].resolve()
    stem = first.name if first.is_dir() else first.stem
    return stem if len(paths) == 1 else f"{stem}-and-{len(paths) - 1}-more"


def state_folder(inputs: Inputs) -> Path:
    """Our folder beside the first input, for what is remembered from one command to the next."""
    first = inputs.paths[0]
    return (first if first.is_dir() else first.parent) / ".roadmap"


def dismissed_file(inputs: Inputs) -> Path:
    """Where dismissals are kept."""
    return state_folder(inputs) / "dismissed.csv"


def stored_dismissals(inputs: Inputs) -> tuple[Dismissal, ...]:
    """What people have dismissed with `roadmap conflicts dismiss` beside these inputs; none without the file."""
    path = dismissed_file(inputs)
    return read_dismissals(path.read_text(encoding="utf-8"), str(path)) if path.exists() else ()
