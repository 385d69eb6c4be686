"""What a plan assumes, and the roadmap with more or less of it: settings that weigh and values that nobody typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from planner.domain.diagnostics import Assumption
from planner.domain.roadmap import Estimate, Roadmap
from planner.domain.settings import Defaults, Settings, Weights
from planner.domain.units import DAYS_PER_WEEK
from planner.report.wording import count
from planner.scheduling.estimates import planned_effort

Scaled = Callable[[Roadmap, Settings, float], tuple[Roadmap, Settings]]
"""A roadmap and settings in which the assumption is `factor` times as large."""


@dataclass(frozen=True)
class Assumed:
    """One assumption: the key in roadmap.toml (or a column), what it is, its value, how it is scaled and shown."""

    key: str
    title: str
    value: float
    scaled: Scaled
    unit: str = ""
    stated: bool = False
    most: float = float("inf")

    def shown(self, factor: float = 1.0) -> str:
        """The value as people read it, scaled."""
        return f"{round(min(self.value * factor, self.most), 2):g}{self.unit}"


@dataclass(frozen=True)
class _Number:
    """A setting that is one number: its field, what it is, its unit, the most that it may be."""

    field: str
    title: str
    unit: str = ""
    most: float = float("inf")
    whole: bool = False


_WEIGHTS = (
    _Number("handoff", "Hand-off between two teams (h)", " ED"),
    _Number("friction", "Friction where none is typed", "", 1.0),
    _Number("rework_probability", "Chance that work ahead of a soft dependency is redone (RP)", "", 1.0),
    _Number("rework_impact", "Share of it that is then redone (RI)", "", 1.0),
    _Number("debt_touch", "Extra work on a component with unpaid debt (delta)"),
    _Number("coordination", "A day of two teams on one component (gamma)", " ED"),
    _Number("fragile", "A hand-over without slack (phi)"),
    _Number("horizon_days", "Days until work has paid for itself (H)", " days", whole=True),
    _Number("release_window", "Days within which breaking releases count once", " days", whole=True),
    _Number("duplicate_share", "Share of a duplicate that merging saves (q)", "", 1.0),
    _Number("money_per_engineer_day", "What an engineer-day costs in money"),
)
_DEFAULTS = (
    _Number("team_engineers", "Engineers of a team of unknown size"),
    _Number("operations", "Share of a team's time for operations", "", 0.9),
    _Number("days_per_engineer", "Engineer-days for each engineer at once", " ED"),
    _Number("decision_days", "Working days until an undated decision is taken", " days", whole=True),
)
_TABLES = (
    ("priority", "Cost of a day's delay of a {} item", " ED", float("inf")),
    ("lateness", "Extra weight of being late for a {} promise", "", float("inf")),
    ("supersede", "Thrown away where {} (theta)", "", 1.0),
)


def assumed(roadmap: Roadmap, settings: Settings, noted: tuple[Assumption, ...]) -> tuple[Assumed, ...]:
    """Everything that is assumed and can be scaled, first what most plans rest on; what is 0 stays 0 and is left out.

    `noted` are the values that nobody typed: effort counts only where some is missing.
    """
    blank = frozenset(a.subject for a in noted if a.column == "Effort")
    found = [
        _efforts(blank, planned_effort(roadmap, settings)) if blank else None,
        *(_number("defaults", number, settings.defaults, Defaults()) for number in _DEFAULTS),
        *(
            _entry(table, title, unit, most, name, settings)
            for table, title, unit, most in _TABLES
            for name in getattr(settings.weights, table)
        ),
        *(_number("weights", number, settings.weights, Weights()) for number in _WEIGHTS),
    ]
    return tuple(one for one in found if one is not None and one.value)


def _number(section: str, number: _Number, now: Weights | Defaults, default: Weights | Defaults) -> Assumed | None:
    """A setting that is one number; None where it has no value."""
    value = getattr(now, number.field)
    if value is None:
        return None

    def scaled(roadmap: Roadmap, settings: Settings, factor: float) -> tuple[Roadmap, Settings]:
        other = min(value * factor, number.most)
        part = replace(getattr(settings, section), **{number.field: max(1, round(other)) if number.whole else other})
        return roadmap, replace(settings, **{section: part})

    stated = value != getattr(default, number.field)
    return Assumed(f"{section}.{number.field}", number.title, value, scaled, number.unit, stated, number.most)


def _entry(table: str, title: str, unit: str, most: float, name: str, settings: Settings) -> Assumed:
    """A setting that is one entry of a table of weights."""
    value = getattr(settings.weights, table)[name]

    def scaled(roadmap: Roadmap, settings: Settings, factor: float) -> tuple[Roadmap, Settings]:
        entries = {**getattr(settings.weights, table), name: min(value * factor, most)}
        weights: Weights = replace(settings.weights, **{table: entries})  # type: ignore[arg-type]
        return roadmap, replace(settings, weights=weights)

    said = title.format(name.replace(">", " then "))
    stated = value != getattr(Weights(), table).get(name)
    return Assumed(f"weights.{table}.{name}", said, value, scaled, unit, stated, most)


def _efforts(blank: frozenset[str], effort: Mapping[str, float]) -> Assumed:
    """The effort of tasks that nobody estimated."""

    def scaled(roadmap: Roadmap, settings: Settings, factor: float) -> tuple[Roadmap, Settings]:
        tasks = tuple(
            replace(task, estimate=Estimate(amount := effort[task.id] * factor, amount, amount))
            if task.id in blank
            else task
            for task in roadmap.tasks
        )
        return replace(roadmap, tasks=tasks), settings

    total = sum(effort[task] for task in sorted(blank)) / DAYS_PER_WEEK
    title = f"Effort of {count(len(blank), 'task')} that nobody estimated"
    return Assumed("Effort", title, total, scaled, " engineer-weeks")
