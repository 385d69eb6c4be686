"""Read `roadmap.toml` into settings, and write the one that explains every default.

Nothing in the file stops a plan except a file that is no TOML: an unknown key is a warning, a wrong value is an
error and the default holds. The reading code is the list of keys: what `_read_*` does not ask for is unknown.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TypeGuard, TypeVar

from planner.domain.cells import Cell
from planner.domain.diagnostics import Diagnostic, Rule, Severity
from planner.domain.errors import UserError
from planner.domain.governance import Gatekeeping, Proof
from planner.domain.roadmap import Commitment, Priority, TouchMode
from planner.domain.settings import Defaults, MovePrices, Settings, TableMap, Uncertainty, Weights

FILE_NAME = "roadmap.toml"

_MODE_PAIRS = tuple(f"{early}>{late}" for early in ("any", *TouchMode) for late in TouchMode)
"""What may be said of two tasks on one component: how the earlier and how the later one touches it."""

T = TypeVar("T")

UNKNOWN_KEY = Rule(
    "settings-unknown-key",
    Severity.WARNING,
    "Unknown setting",
    "Correct the name or delete the line; `roadmap init` writes a file with every setting explained.",
)
BAD_VALUE = Rule(
    "settings-bad-value",
    Severity.ERROR,
    "Setting that cannot be used",
    "Correct the value or delete the line; until then the default holds.",
)


@dataclass(frozen=True)
class SettingsRead:
    """The settings that hold, and what was wrong in the file."""

    settings: Settings
    diagnostics: tuple[Diagnostic, ...]


def find_settings(inputs: Sequence[Path]) -> Path | None:
    """The `roadmap.toml` in the folder of the first input that has one: the folder itself, or the workbook's."""
    folders = (path if path.is_dir() else path.parent for path in inputs)
    return next((folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file()), None)


def read_settings(path: Path) -> SettingsRead:
    """Settings from a file.

    Raises
    ------
    UserError
        If the file cannot be opened or is no TOML; names the line.
    """
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: is not a text file in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path}: is not valid TOML: {error}. `roadmap init` writes an example.") from error
    problems: list[Diagnostic] = []
    settings = _read_settings(_Section(content, "", path.name, problems), str(path))
    return SettingsRead(settings, tuple(problems))


class _Section:
    """One table of the file: hands out its values by key, checked, and notes what was wrong."""

    def __init__(self, values: Mapping[str, object], name: str, file: str, problems: list[Diagnostic]) -> None:
        self._values = values
        self._name = name
        self._cell = Cell(file)
        self._problems = problems
        self._asked: dict[str, None] = {}

    def keys(self) -> tuple[str, ...]:
        """Every key of this table, for tables whose keys are free; they count as known."""
        self._asked.update(dict.fromkeys(self._values))
        return tuple(self._values)

    def has(self, key: str) -> bool:
        """Whether the key was typed."""
        self._asked[key] = None
        return key in self._values

    def number(self, key: str, default: float, low: float = 0.0, high: float = math.inf) -> float:
        """A number from `low` to `high`."""
        value = self._values[key] if self.has(key) else default
        if _is_number(value) and low <= value <= high:
            return float(value)
        limit = f"from {low:g} to {high:g}" if high < math.inf else f"of at least {low:g}"
        return self._refused(key, value, f"a number {limit}", default)

    def count(self, key: str, default: int, low: int = 0) -> int:
        """A whole number, `low` or more."""
        value = self._values[key] if self.has(key) else default
        if isinstance(value, int) and not isinstance(value, bool) and value >= low:
            return value
        return self._refused(key, value, f"a whole number of at least {low}", default)

    def flag(self, key: str, default: bool) -> bool:
        """`true` or `false`."""
        value = self._values[key] if self.has(key) else default
        return value if isinstance(value, bool) else self._refused(key, value, "true or false", default)

    def text(self, key: str, default: str, choices: Sequence[str] = ()) -> str:
        """A text, one of the choices where there are some."""
        value = self._values[key] if self.has(key) else default
        if isinstance(value, str) and (not choices or value in choices):
            return value
        return self._refused(key, value, f"one of {', '.join(choices)}" if choices else "a text in quotes", default)

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of them."""
        value = self._values[key] if self.has(key) else ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
            return tuple(value)
        return self._refused(key, value, "a text in quotes or a list of them", ())

    def day(self, key: str) -> date | None:
        """A date."""
        value = self._values[key] if self.has(key) else None
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        return self._refused(key, value, "a date without quotes such as 2026-09-07", None)

    def three_points(self, key: str, default: tuple[float, float, float]) -> tuple[float, float, float]:
        """Three ascending numbers: optimistic, likely, pessimistic."""
        value = self._values[key] if self.has(key) else default
        if isinstance(value, (list, tuple)) and len(value) == 3:
            low, likely, high = value
            if _is_number(low) and _is_number(likely) and _is_number(high) and 0 <= low <= likely <= high:
                return (float(low), float(likely), float(high))
        return self._refused(key, value, "three ascending numbers such as [2, 5, 15]", default)

    def section(self, key: str) -> "_Section":
        """A table within this one, empty where it is missing."""
        value = self._values[key] if self.has(key) else {}
        if not isinstance(value, dict):
            value = self._refused(key, value, f"a table, written [{self._dotted(key)}]", {})
        return _Section(value, self._dotted(key), self._cell.file, self._problems)

    def sections(self, key: str) -> tuple["_Section", ...]:
        """A list of tables (`[[key]]`)."""
        value = self._values[key] if self.has(key) else []
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            value = self._refused(key, value, f"a list of tables, each written [[{self._dotted(key)}]]", [])
        return tuple(
            _Section(part, f"{self._dotted(key)}[{number}]", self._cell.file, self._problems)
            for number, part in enumerate(value, start=1)
        )

    def numbers(
        self,
        default: Mapping[str, float],
        *,
        own_names: bool = False,
        also: Sequence[str] = (),
        high: float = math.inf,
    ) -> Mapping[str, float]:
        """The whole table as name -> number up to `high` over the defaults; other names only where `also` has them.

        With `own_names` every name is free.
        """
        typed = self.keys() if own_names else tuple(filter(self.has, also))
        names = dict.fromkeys((*default, *typed))
        read = {name: self.number(name, default.get(name, math.nan), high=high) for name in names}
        self.done()
        return {name: value for name, value in read.items() if not math.isnan(value)}

    def done(self) -> None:
        """Every key that nobody asked for is unknown."""
        for key in self._values:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                hint = f'Did you mean "{self._dotted(near[0])}"?' if near else ""
                message = f'"{self._dotted(key)}" is not a setting; it is ignored.'
                self._problems.append(Diagnostic(UNKNOWN_KEY, message, (self._cell,), hint))

    def _dotted(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def _refused(self, key: str, value: object, expected: str, default: T) -> T:
        instead = _toml(default) if default and default == default else "nothing"
        message = f'"{self._dotted(key)}" is {_toml(value)}, but has to be {expected}; {instead} is used instead.'
        self._problems.append(Diagnostic(BAD_VALUE, message, (self._cell,)))
        return default


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _read_settings(top: _Section, path: str) -> Settings:
    settings = Settings(
        planning_start=top.day("planning_start"),
        assume_recommended=top.flag("assume_recommended", Settings.assume_recommended),
        stable=top.text("stable", Settings.stable),
        reserve=top.texts("reserve"),
        day_first=top.flag("day_first", Settings.day_first),
        tables=tuple(_read_table(table) for table in top.sections("table")),
        aliases=_read_aliases(top.section("columns")),
        weights=_read_weights(top.section("weights")),
        defaults=_read_defaults(top.section("defaults")),
        moves=_read_moves(top.section("stability")),
        gatekeeping=_read_gatekeeping(top.section("breakglass")),
        uncertainty=_read_uncertainty(top.section("forecast")),
        path=path,
    )
    top.done()
    return settings


def _read_defaults(section: _Section) -> Defaults:
    default = Defaults()
    defaults = Defaults(
        sizes=section.section("sizes").numbers(default.sizes, own_names=True),
        story_point=section.number("story_point", default.story_point),
        effort=section.three_points("effort", default.effort),
        own_estimates=section.count("own_estimates", default.own_estimates),
        team_engineers=section.number("team_engineers", default.team_engineers, low=0.1),
        operations=section.number("operations", default.operations, high=0.95),
        days_per_engineer=section.number("days_per_engineer", default.days_per_engineer, low=0.1),
        priority=section.text("priority", default.priority, tuple(Priority)),
        commitment=section.text("commitment", default.commitment, tuple(Commitment)),
        decision_days=section.count("decision_days", default.decision_days),
        ramp_step_days=section.count("ramp_step_days", default.ramp_step_days, low=1),
        flag_clean_up=section.number("flag_clean_up", default.flag_clean_up),
        country=section.text("country", default.country),
    )
    section.done()
    return defaults


def _read_weights(section: _Section) -> Weights:
    default = Weights()
    money = "money_per_engineer_day"
    weights = Weights(
        priority=section.section("priority").numbers(default.priority),
        lateness=section.section("lateness").numbers(default.lateness),
        money_per_engineer_day=section.number(money, math.nan, low=1) if section.has(money) else None,
        handoff=section.number("handoff", default.handoff),
        friction=section.number("friction", default.friction, high=1),
        supersede=section.section("supersede").numbers(default.supersede, also=_MODE_PAIRS, high=1),
        rework_probability=section.number("rework_probability", default.rework_probability, high=1),
        rework_impact=section.number("rework_impact", default.rework_impact, high=1),
        debt_touch=section.number("debt_touch", default.debt_touch),
        coordination=section.number("coordination", default.coordination),
        fragile=section.number("fragile", default.fragile),
        horizon_days=section.count("horizon_days", default.horizon_days, low=1),
        release_window=section.count("release_window", default.release_window),
        duplicate_share=section.number("duplicate_share", default.duplicate_share, high=1),
    )
    section.done()
    return weights


def _read_moves(section: _Section) -> MovePrices:
    moves = MovePrices(
        start=section.number("start", MovePrices.start),
        near_start=section.number("near_start", MovePrices.near_start),
        near_weeks=section.count("near_weeks", MovePrices.near_weeks),
    )
    section.done()
    return moves


def _read_gatekeeping(section: _Section) -> Gatekeeping:
    default = Gatekeeping()
    approvers, people = section.section("approvers"), section.section("people")
    gatekeeping = Gatekeeping(
        approvers={scope: approvers.texts(scope) for scope in approvers.keys()},  # noqa: SIM118
        people={person: people.texts(person) for person in people.keys()},  # noqa: SIM118
        accept=Proof(section.text("accept", default.accept, tuple(Proof))),
        days=section.count("days", default.days, low=1),
        anchor=section.text("anchor", default.anchor),
    )
    section.done()
    return gatekeeping


def _read_uncertainty(section: _Section) -> Uncertainty:
    uncertainty = Uncertainty(
        range=section.three_points("range", Uncertainty.range),
        correlation=section.number("correlation", Uncertainty.correlation, high=1),
    )
    section.done()
    return uncertainty


def _read_aliases(section: _Section) -> Mapping[str, Mapping[str, str]]:
    aliases = {}
    for sheet in section.keys():  # noqa: SIM118
        headers = section.section(sheet)
        aliases[sheet] = {header: headers.text(header, "") for header in headers.keys()}  # noqa: SIM118
    return aliases


def _read_table(section: _Section) -> TableMap:
    columns, where = section.section("columns"), section.section("where")
    table = TableMap(
        file=section.text("file", TableMap.file),
        table_sheet=section.text("table_sheet", TableMap.table_sheet),
        sheet=section.text("sheet", TableMap.sheet),
        columns={name: columns.texts(name) for name in columns.keys()},  # noqa: SIM118
        where={name: where.text(name, "") for name in where.keys()},  # noqa: SIM118
        ignore=section.flag("ignore", TableMap.ignore),
        extend=section.flag("extend", TableMap.extend),
    )
    section.done()
    return table


def _toml(value: object) -> str:
    """A value as it is typed in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_toml_key(key)} = {_toml(part)}' for key, part in value.items())} }}"
    return str(value)


def _toml_key(key: str) -> str:
    """A key as it is typed: in quotes where it has more than letters and digits."""
    return key if key.isalnum() else f'"{key}"'


def settings_template() -> str:
    """A `roadmap.toml` that says what holds without one, with every setting explained."""
    weights, defaults, gatekeeping = Weights(), Defaults(), Gatekeeping()
    return f"""\
# roadmap.toml: put it beside the workbooks. Every value below is what holds without this file: an assumption,
# shown as one in every report. Change what you know better, delete the rest.
# ED, engineer-day: one engineer for one working day.

# First day of the plan; without it, today. The option --as-of goes before it.
# planning_start = 2026-09-07

# How 03/04/2026 is read where nothing else tells: true is 3 April, false is 4 March.
day_first = {_toml(Settings.day_first)}

# true: plan as if every open question had been answered as recommended.
assume_recommended = {_toml(Settings.assume_recommended)}

# Keep close to an earlier plan: "last" is what `roadmap plan` made last; or name a plan.json. Empty: plan freely.
stable = {_toml(Settings.stable)}

# Leave shared teams what the plans of other roadmaps take; named from the folder of this file.
# reserve = ["../mobile/reports/mobile/plan.json"]

[stability]  # what moving a start is worth in ED, where a plan keeps close to an earlier one
start = {_toml(MovePrices.start)}
# ... and where it was to start within so many weeks of the planning start.
near_start = {_toml(MovePrices.near_start)}
near_weeks = {_toml(MovePrices.near_weeks)}

[forecast]  # how far estimates are off, for `roadmap forecast`
# An effort or duration typed as one number may come out so many times as large: optimistic, likely, pessimistic.
# The mean is 1.29 and three of four tasks overrun, as surveys of software projects found (30 to 40 % more effort on
# average, 60 to 80 % overrun; Moloekken and Joergensen 2003). Type what `roadmap close` measures of your own teams.
range = {_toml(Uncertainty.range)}
# A team errs on all its tasks alike: correlation between its estimates, 0 to 1 (Book 1999 takes 0.2 if unknown).
correlation = {_toml(Uncertainty.correlation)}

[defaults]  # what is assumed where a cell is blank
# Effort in ED: optimistic, likely, pessimistic. Holds where a team has too few estimates of its own ...
effort = {_toml(defaults.effort)}
# ... fewer than this many tasks; with more, the team's own median and spread are taken.
own_estimates = {_toml(defaults.own_estimates)}
# T-shirt sizes in ED; you may add your own words.
sizes = {_toml(defaults.sizes)}
# ED of a story point, where an issue of Jira has no other estimate.
story_point = {_toml(defaults.story_point)}
# Engineers of a team that is on no sheet Teams.
team_engineers = {_toml(defaults.team_engineers)}
# Share of a team's time that running things takes, 0 to 0.95, after on-call.
operations = {_toml(defaults.operations)}
# Engineers at once on a task: one per so many ED, at most half the team.
days_per_engineer = {_toml(defaults.days_per_engineer)}
# Priority (P0, P1, P2, P3) and commitment (must, should, could) of an item that names none.
priority = {_toml(defaults.priority)}
commitment = {_toml(defaults.commitment)}
# A decision without a due date is due so many working days after the planning start.
decision_days = {_toml(defaults.decision_days)}
# Working days that each step of a ramp (1%/10%/100%) but the last is watched; ED to remove the flag of an experiment.
ramp_step_days = {_toml(defaults.ramp_step_days)}
flag_clean_up = {_toml(defaults.flag_clean_up)}
# Public holidays of teams that name no country, such as "DE" or "US-CA"; empty: none, Monday to Friday.
country = {_toml(defaults.country)}

[weights]  # what the sequence minimises, in ED
# Cost of delay in ED per working day, by priority, where no cost of delay was typed.
priority = {_toml(weights.priority)}
# After the target the cost of delay grows by so many times itself, by commitment.
lateness = {_toml(weights.lateness)}
# Hand-off in ED for each dependency between two teams, times (1 + friction).
handoff = {_toml(weights.handoff)}
# Friction between two teams that say nothing about it, 0 to 1.
friction = {_toml(weights.friction)}
# Work thrown away: which share of the earlier of two tasks on one component the later one makes void, by how they
# touch it (earlier>later; any, read, create, extend, change, replace, remove, freeze). Pairs not named: nothing.
supersede = {_toml(weights.supersede)}
# ... less and less while it is of use, and nothing after so many working days; debt counts as long.
horizon_days = {_toml(weights.horizon_days)}
# Work begun before a soft dependency is done: how likely it is to be redone, 0 to 1, and how much of it.
rework_probability = {_toml(weights.rework_probability)}
rework_impact = {_toml(weights.rework_impact)}
# Breaking releases of one component at most so many working days apart cost its consumers one migration.
release_window = {_toml(weights.release_window)}
# Working together in ED, for each day on which two teams work on one component, times (1 + friction).
coordination = {_toml(weights.coordination)}
# A hand-over between teams wants a fifth of the provider's days as slack; each day that is missing costs this
# share of the waiting task's effort per day.
fragile = {_toml(weights.fragile)}
# How much more later work on a component takes while a debt on it is not repaid.
debt_touch = {_toml(weights.debt_touch)}
# Share of a duplicate's effort, 0 to 1, that merging it into the other task saves.
duplicate_share = {_toml(weights.duplicate_share)}
# What an engineer-day costs; needed to use a cost of delay typed in money.
# money_per_engineer_day = 800

[breakglass]  # who may open a block for one task, and what proof of it counts
# "asserted": a typed name will do; "account": the approver's own account of this computer; "signed": by git.
accept = {_toml(str(gatekeeping.accept))}
# A request that names no last day holds for so many days.
days = {_toml(gatekeeping.days)}
# Where head and length of the log of approvals are kept outside it; empty: in each user's own folder for state.
anchor = {_toml(gatekeeping.anchor)}
# The roster, by scope as on the sheet Calendar; a scope without one stands under that of all.
# [breakglass.approvers]
# all = ["Hana", "Alma Stone"]
# "team:Ledger" = ["Kofi"]
# Accounts, addresses and other spellings of a person, so that nobody approves what they asked for themselves.
# [breakglass.people]
# "Alma Stone" = ["astone", "alma@example.org"]

# Headers that are not ours, for every file: their header = our column (`roadmap columns` lists ours).
# [columns.Tasks]
# "Squad name" = "Team"

# How one foreign table is read; repeat it for each. `file` and `table_sheet` may hold * and ?.
# [[table]]
# file = "pm-*.xlsx"
# table_sheet = "Backlog"
# sheet = "Tasks"                      # which of our sheets it is
# ignore = false                       # true: skip the table
# extend = false                       # true: its rows add to the rows of the same id
# where = {{ Type = "Story" }}           # only the rows whose column has this value
# [table.columns]                      # our column = their header, or several of them
# Title = "Summary"
# Effort = ["effort_low", "effort_likely", "effort_high"]
"""
