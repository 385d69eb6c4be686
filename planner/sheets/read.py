"""Files become a roadmap: tables are found, then understood."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path

from planner.domain.diagnostics import Assumption, Diagnostic, sort_key
from planner.domain.roadmap import Roadmap
from planner.domain.scenario import Scenario
from planner.domain.settings import Settings
from planner.sheets.files import read_tables
from planner.sheets.roadmap import build_roadmap
from planner.sheets.scenario import with_scenario


@dataclass(frozen=True)
class Read:
    """What the files say: the roadmap, its doubts (most severe first), what was assumed, and which files they were.

    `proposed_map` is text for `roadmap.toml` where headers were foreign, else empty.
    """

    roadmap: Roadmap
    diagnostics: tuple[Diagnostic, ...]
    assumptions: tuple[Assumption, ...]
    files: tuple[str, ...]
    proposed_map: str


def _silent(_: str) -> None:
    """Progress for those who do not want any."""


def read_roadmap(
    paths: Sequence[Path],
    settings: Settings,
    today: date,
    progress: Callable[[str], None] = _silent,
    scenarios: Sequence[Scenario] = (),
) -> Read:
    """Read workbooks, csv files and folders, as they would be with these scenarios; `today` is the as-of day.

    Raises:
        UserError: a file cannot be read at all, no table in it is recognised, or a scenario does not fit it.
    """
    found = read_tables(paths, settings, progress)
    reading = build_roadmap(reduce(with_scenario, scenarios, found.tables), settings, today)
    return Read(
        roadmap=reading.roadmap,
        diagnostics=tuple(sorted((*found.diagnostics, *reading.diagnostics), key=sort_key)),
        assumptions=reading.assumptions,
        files=found.files,
        proposed_map=found.proposed_map,
    )
