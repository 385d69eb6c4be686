"""The story of `roadmap assumptions`: what moves and flips when an assumption is off by half.

First every assumption is tried on the plan as it stands, put right where it no longer fits; then those that carry
furthest are planned again from its starts, and compared with the plan itself planned again with as much work.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planner.conflicts import price
from planner.domain.conflict import Conflict
from planner.domain.sensitivity import Flip, Ranking, Sensitivity, Swing, Tornado
from planner.pipeline.current import Current, current
from planner.pipeline.inputs import Checked, Inputs, PlanOptions, Report, silent, title_of
from planner.pipeline.interrupt import searching
from planner.pipeline.pricing import conflicts_as_planned, context_of
from planner.pipeline.solving import formulated
from planner.pipeline.variants import Variant, planned_alike
from planner.report.conflicts import TOP, ranked
from planner.scheduling.assemble import Frame, assemble
from planner.scheduling.assumed import Assumed, assumed
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.improve import PASS_WORK
from planner.scheduling.outcome import Outcome, furthest, outcome, overtaken, turned
from planner.scheduling.solve import solve

FACTORS = (0.5, 1.5)
LOOKING = 0.5
"""Part of the budget for trying every assumption on the plan as it stands."""
PLANNING = 0.75
"""Part of what is left for planning again; saying what the plans come to takes the rest."""
MOST_FLIPS = 2
"""Flips of one ranking that are named, the clearest."""
TOLERANCE = 1e-6
"""ED that make no difference."""


@dataclass(frozen=True)
class _View:
    """A schedule under some assumptions: its outcome, and the dearest conflicts with their recommended ways out."""

    outcome: Outcome
    conflicts: tuple[Conflict, ...]
    ways: Mapping[str, str]


def assumptions(
    inputs: Inputs, options: PlanOptions, plan_file: Path | None = None, top: int = 12, report: Report = silent
) -> Tornado:
    """Every assumption that changes anything, those that change the cost most first; the first `top` planned again.

    Raises
    ------
    UserError
        If there is no plan and no file, or nothing can be planned.
    """
    with searching(options) as budget:
        now = current(inputs, options, budget, plan_file, report)
        return _Doubts(now, budget, report).tornado(top)


class _Doubts:
    """The plan and what it comes to when something else is assumed."""

    def __init__(self, now: Current, budget: Budget, report: Report):
        self._now, self._report = now, report
        self._meter = Meter(budget)
        self._nothing = replace(budget, work=0)
        noted = (*now.checked.assumptions, *now.formulation.assumptions)
        self._assumed = {one.key: one for one in assumed(now.checked.read.roadmap, now.checked.settings, noted)}

    def tornado(self, top: int) -> Tornado:
        """Try all, plan the first `top` again."""
        now = self._now
        found, base = self._tried()
        moving = sorted((one for one in found if _moves(one)), key=_order)
        again = self._planned_again(moving[:top])
        tried = {one.key for one in found}
        return Tornado(
            title_of(now.inputs.paths),
            now.checked.as_of,
            base.outcome.cost,
            now.formulation.calendar.date_of(base.outcome.end - 1),
            (*sorted(again, key=_order), *moving[top:]),
            tuple(one.title for one in found if not _moves(one)),
            tuple(one.title for key, one in self._assumed.items() if key not in tried),
        )

    def _tried(self) -> tuple[list[Sensitivity], _View]:
        """As many assumptions as there is time for on the plan as it stands, and that plan."""
        limits = Meter(self._meter.part(LOOKING))
        held = self._as_it_stands(self._now.checked)
        if not held.possible:
            raise AssertionError("the plan that was taken up does not hold, please report this")
        base, found = self._view(held), []
        for one in self._assumed.values():
            if limits.over:
                break
            self._report(f"assuming otherwise: {one.title}")
            variants = [self._as_it_stands(self._otherwise(one, factor)) for factor in FACTORS]
            found.append(self._sensitivity(one, base, variants, False))
            limits.charge(2 * len(FACTORS) * PASS_WORK * len(self._now.formulation.tasks))
        self._meter.charge(limits.charged)
        return found, base

    def _planned_again(self, found: Sequence[Sensitivity]) -> list[Sensitivity]:
        """The same, planned again with equal parts of what is left; as they are when nothing is left."""
        self._report("planning again")

        def otherwise() -> Iterator[Checked]:
            for one in found:
                self._report(f"planning again: {one.title}")
                yield from (self._otherwise(self._assumed[one.key], factor) for factor in FACTORS)

        limits = Meter(self._meter.part(PLANNING))
        now = self._now
        base, planned = planned_alike(now.base, otherwise(), len(FACTORS) * len(found), now.options, limits)
        view, again = self._view(base), []
        pairs = zip(*[iter(planned)] * len(FACTORS), strict=False)
        for one, pair in zip(found, pairs, strict=False):
            if self._meter.over:
                break
            again.append(self._sensitivity(self._assumed[one.key], view, pair, True))
        return [*again, *found[len(again) :]]

    def _otherwise(self, one: Assumed, factor: float) -> Checked:
        """The roadmap when an assumption is `factor` times as large."""
        checked = self._now.checked
        roadmap, settings = one.scaled(checked.read.roadmap, checked.settings, factor)
        return replace(checked, read=replace(checked.read, roadmap=roadmap), settings=settings)

    def _as_it_stands(self, checked: Checked) -> Variant:
        """The plan under some facts, put right where it no longer fits; nothing is searched."""
        now = self._now
        cycles, formulation = formulated(checked, now.options.capacity)
        before = [now.starts.get(task.id, 0) for task in formulation.tasks]
        solution = solve(formulation.problem, self._nothing, now.options.objective, before=before)
        return Variant(checked, cycles, formulation, solution)

    def _sensitivity(self, one: Assumed, base: _View, variants: Sequence[Variant], replanned: bool) -> Sensitivity:
        """Both swings, by the variants in the order of `FACTORS`.

        What flips with less and with more alike does not hang on the assumption: the plan has no clear order there.
        """
        low, high = (self._swing(one.shown(f), base, v, replanned) for f, v in zip(FACTORS, variants, strict=True))
        either = set(low.flips) & set(high.flips)
        low, high = (replace(s, flips=tuple(f for f in s.flips if f not in either)) for s in (low, high))
        return Sensitivity(one.key, one.title, one.shown(), one.stated, low, high)

    def _swing(self, value: str, base: _View, found: Variant, replanned: bool) -> Swing:
        """How a variant differs from the plan."""
        if not found.possible:
            return Swing(value, replanned=replanned, possible=False)
        view, day_of = self._view(found), self._now.formulation.calendar.date_of
        item, days = furthest(base.outcome, view.outcome)
        return Swing(
            value=value,
            cost=round(view.outcome.cost - base.outcome.cost, 6),
            days=view.outcome.end - base.outcome.end,
            finish=day_of(view.outcome.end - 1),
            item=item,
            item_days=days,
            lands=day_of(view.outcome.landings[item] - 1) if item else None,
            flips=_flips(base, view),
            replanned=replanned,
        )

    def _view(self, found: Variant) -> _View:
        """The outcome, and the conflicts priced on it, none of them planned again."""
        now, checked = self._now, found.checked
        frame = Frame(
            title=title_of(now.inputs.paths),
            as_of=checked.as_of,
            seed=now.options.seed,
            objective_kind=now.options.objective,
            capacity_kind=now.options.capacity,
            roadmap=checked.read.roadmap,
            files=checked.read.files,
            diagnostics=(),
            assumptions=(),
            cycles=found.cycles.cycles,
            settings=checked.settings,
        )
        made = assemble(frame, found.formulation, found.solution)
        conflicts = conflicts_as_planned(checked, made, now.inputs, now.options, silent)
        context = context_of(checked, made)
        done = price.work_done_by(context)
        best = {conflict.id: price.recommended(conflict, checked.as_of, done) for conflict in conflicts}
        ways = {name: way.text for name, way in best.items() if way is not None}
        return _View(outcome(found.formulation, found.solution), ranked(conflicts)[:TOP], ways)


def _moves(one: Sensitivity) -> bool:
    """Whether the assumption changes anything."""
    swings = (one.low, one.high)
    return any(abs(s.cost) > TOLERANCE or s.item_days or s.flips or not s.possible for s in swings)


def _order(one: Sensitivity) -> tuple[float, int, str]:
    """What changes most first."""
    return (-round(one.reach, 6), -len(one.flips), one.key)


def _flips(base: _View, view: _View) -> tuple[Flip, ...]:
    """Every ranking that turns out differently, the clearest flips of each."""
    landings = [
        Flip(Ranking.LANDING, f"{first} lands before {second}", (first, second))
        for first, second in overtaken(base.outcome, view.outcome)
    ]
    pairs = [
        Flip(Ranking.PAIR, f"{first} before {second}", (first, second))
        for first, second in turned(base.outcome, view.outcome)
    ]
    ways = [
        Flip(Ranking.WAY_OUT, f"{conflict.id}: {view.ways[conflict.id]}", (conflict.id, *conflict.tasks))
        for conflict in base.conflicts
        if view.ways.get(conflict.id, base.ways.get(conflict.id)) != base.ways.get(conflict.id)
    ]
    found = (_dearest(base, view), ways, pairs, landings)
    return tuple(flip for flips in found for flip in flips[:MOST_FLIPS])


def _dearest(base: _View, view: _View) -> list[Flip]:
    """Conflicts that change places among the dearest, or come into their number."""
    was = [conflict.id for conflict in base.conflicts]
    flips = []
    for place, conflict in enumerate(view.conflicts):
        behind = [other.id for other in view.conflicts[place + 1 :] if other.id in was]
        if conflict.id not in was:
            flips.append(Flip(Ranking.CONFLICTS, f"{conflict.id} comes among the {TOP} dearest", (conflict.id,)))
        passed = [other for other in behind if conflict.id in was and was.index(other) < was.index(conflict.id)]
        if passed:
            flips.append(Flip(Ranking.CONFLICTS, f"{conflict.id} before {passed[0]}", (conflict.id, passed[0])))
    return flips
