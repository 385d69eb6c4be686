"""The plan as versioned JSON for programs, and back for `roadmap show`."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from planner.domain.cells import Cell
from planner.domain.errors import UserError
from planner.domain.plan import Headline, Plan
from planner.domain.roadmap import Roadmap
from planner.report.conflicts import conflict_objects, conflicts_of
from planner.report.diagnostics import assumption_objects, diagnostic_objects

VERSION = 1
DIGITS = 4
STORED = (
    "title",
    "as_of",
    "seed",
    "status",
    "verified",
    "interrupted",
    "left_out",
    "method",
    "files",
    "paths",
    "config",
    "objective_kind",
    "capacity_kind",
    "tasks",
    "items",
    "teams",
    "untaken",
    "decisions",
    "finish",
    "gap",
    "assumed_share",
    "stability",
    "reserved",
    "waterfall",
    "headline",
    "iterations",
)
"""The fields of a plan that are read back as they are: what texts about it and planning from it need."""


_written: list[tuple[Plan, str]] = []
"""The plan that was asked for last and its text: reports, pictures and history all want it."""


def plan_json(plan: Plan) -> str:
    """Everything of a plan but the tables it came from, as text."""
    if not (_written and _written[0][0] is plan):
        text = json.dumps(plan_object(plan), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        _written[:] = [(plan, text)]
    return _written[0][1]


def plan_object(plan: Plan) -> dict[str, Any]:
    """What plan.json holds, of types that JSON knows; dates are ISO, efforts ED, the gap a fraction."""
    tasks = [{"id": task.id, "team": task.teams[0] if task.teams else "", **plain_value(task)} for task in plan.tasks]
    content: dict[str, object] = {
        "version": VERSION,
        "title": plan.title,
        "as_of": plan.as_of,
        "seed": plan.seed,
        "status": plan.status,
        "verified": plan.verified,
        "interrupted": plan.interrupted,
        "left_out": plan.left_out,
        "method": plan.method,
        "objective_kind": plan.objective_kind,
        "capacity_kind": plan.capacity_kind,
        "objective": {"total": plan.objective, **{term.letter: term.value for term in plan.terms}},
        "lower_bound": plan.bound,
        "gap": plan.gap,
        "finish": plan.finish,
        "assumed_share": plan.assumed_share,
        "files": plan.files,
        "paths": plan.paths,
        "config": plan.config,
        "tasks": (),
        "items": plan.items,
        "teams": plan.teams,
        "decisions": plan.decisions,
        "untaken": plan.untaken,
        "cycles": plan.cycles,
        "clash": plan.clash,
        "further_clashes": plan.further_clashes,
        "relaxations": [{"cost": relaxation.cost, **plain_value(relaxation)} for relaxation in plan.relaxations],
        "conflicts": conflict_objects(plan.conflicts),
        "dsm": plan.dsm,
        "headline": _headline(plan.headline) if plan.headline else None,
        "stability": plan.stability,
        "reserved": plan.reserved,
        "waterfall": plan.waterfall,
        "iterations": plan.iterations,
        "diagnostics": diagnostic_objects(plan.diagnostics),
        "assumptions": assumption_objects(plan.assumptions),
    }
    return {key: plain_value(value) for key, value in content.items()} | {"tasks": tasks}


def plan_id(plan: Plan) -> str:
    """What a plan is called: the same plan has the same id."""
    return written_id(plan_json(plan))


def written_id(text: str) -> str:
    """What the plan of a `plan.json` is called; a plan that was read back from it holds less, and is not asked."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _headline(headline: Headline) -> dict[str, object]:
    """The five numbers, with the one that is a difference."""
    return {**plain_value(headline), "throwaway_avoided": headline.throwaway_avoided}


def plain_value(value: Any) -> Any:
    """Nested dataclasses, dates and cells as what JSON knows, floats rounded."""
    if value is None or type(value) in (str, int, bool):  # nearly all that there is
        return value
    if isinstance(value, Cell):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, DIGITS) + 0.0  # no -0.0
    if isinstance(value, dict):
        return {key: plain_value(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain_value(part) for part in value]
    if is_dataclass(value):
        return {name: plain_value(getattr(value, name)) for name in _names(value.__class__)}
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(field.name for field in fields(kind))


def plan_from_json(text: str) -> Plan:
    """The plan of a `plan.json` with its cost and bound, as far as `STORED` goes: no roadmap; a cell is its text.

    Raises
    ------
    UserError
        If the text is no plan of this version.
    """
    try:
        content = json.loads(text)
        if content["version"] != VERSION:
            raise UserError(f"this plan.json is version {content['version']}, not {VERSION}: plan again")
        hints = get_type_hints(Plan)
        return Plan(
            roadmap=Roadmap(),
            objective=float(content["objective"]["total"]),
            bound=float(content["lower_bound"]),
            conflicts=conflicts_of(content.get("conflicts", [])),
            **{name: typed_value(hints[name], content[name]) for name in STORED if name in content},
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"this is no plan.json that roadmap wrote ({error}): plan again") from None


def typed_value(kind: Any, value: Any) -> Any:
    """A JSON value as the type of a field."""
    if value is None:
        return None
    if get_origin(kind) is UnionType:  # `date | None`
        return typed_value(get_args(kind)[0], value)
    if get_origin(kind) is tuple:
        return tuple(typed_value(get_args(kind)[0], part) for part in value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Cell:
        return Cell(value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        known = (field.name for field in fields(kind) if field.name in value)  # an earlier version may know fewer
        return kind(**{name: typed_value(hints[name], value[name]) for name in known})  # type: ignore[operator]
    return value
