"""Two plans and the facts behind them become slips with their causes.

What a cause moves is found by replaying the first plan's sequence (`replay`) on mixtures of the facts (`mixing`), and
shared with the Shapley value (`shapley`), so that the order in which causes are taken does not matter. Priorities and
targets move no date by themselves: they move tasks in the list, so the tasks of an item that counts otherwise than
it did, and what these wait for, take their places from the second plan. What remains then is the search: it found
another sequence for the same facts. (Where one cause alone differs and both plans come from one search, which gives
the same plan for the same facts, that sequence is an answer to the cause and counts as its doing.) What the replay of
the first plan on its own facts misses is the residual.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from planner.domain.calendar import Calendar
from planner.domain.roadmap import Roadmap, id_key, natural_key
from planner.domain.variance import RESIDUAL, SOLVER, Cause, Change, Slip, Variance
from planner.variance.differences import causes_of, differences
from planner.variance.facts import Facts
from planner.variance.lineage import names, renamed
from planner.variance.mixing import Split, mixed, split_between
from planner.variance.replay import Dates, Sequence, renamed_dates, replayed, sequence_of, waited_for_by
from planner.variance.shapley import Vector, shapley

ANSWER = "One cause alone differs and the search was the same, so what it re-sequenced counts as that cause's."
EVEN = 1e-9
"""Days; a part that is smaller is none."""


@dataclass(frozen=True)
class Side:
    """One of the two plans: what people call it, its day, its dates, and the facts where they are known.

    `dates` is None where the facts were not planned: then the other plan's sequence is replayed on them. `titles` by
    item and task.
    """

    name: str
    as_of: date
    titles: Mapping[str, str]
    dates: Dates | None
    facts: Facts | None
    search: str = ""
    """How the dates were searched for, where the same search on the same facts gives the same dates; else empty."""


def variance(before: Side, now: Side, report: Callable[[str], None]) -> Variance:
    """What moved from one plan to the other, how far and why; the first one has dates, the second dates or facts."""
    assert before.dates is not None, "a plan is compared with another, not with a workbook"
    if before.facts is None or now.facts is None:
        assert now.dates is not None, "facts that are not planned need those of the plan before"
        which = " and ".join(side.name for side in (before, now) if side.facts is None)
        note = f"What {which} was planned from is not known any more, so nothing is attributed."
        return _summed(before, now, before.dates, now.dates, _Parts({}, (RESIDUAL,)), notes=(note,))
    to = names(before.facts.roadmap, now.facts.roadmap)
    old = replace(before.facts, roadmap=renamed(before.facts.roadmap, to))
    dates = renamed_dates(before.dates, to)
    split = split_between(old, now.facts)
    changes = differences(old, now.facts, split)
    report(f"replaying {before.name}")
    game = _Game(old, now.facts, split, causes_of(changes), sequence_of(old, dates.start), now.dates)
    return _attributed(replace(before, dates=dates), now, game, changes, report)


class _Game:
    """The dates that come of every coalition of causes."""

    def __init__(
        self,
        before: Facts,
        now: Facts,
        split: Split,
        causes: tuple[Cause, ...],
        sequence: Sequence,
        planned: Dates | None,
    ) -> None:
        self.causes = causes
        self._before, self._now, self._split = before, now, split
        self._sequence = _with_newcomers(sequence, planned)
        self._re_ranked = self._sequence
        if planned is not None and Cause.PRIORITY in causes:
            valued = waited_for_by(now.roadmap.tasks, _valued_otherwise(before.roadmap, now.roadmap))
            self._re_ranked = self._sequence.with_places(valued, planned.start)

    def dates(self, taken: frozenset[Cause]) -> Dates:
        """When everything ends with these causes as in the second plan and the others as in the first."""
        facts = mixed(self._before, self._now, self._split, self.causes, taken)
        return replayed(facts, self._re_ranked if Cause.PRIORITY in taken else self._sequence)


def _with_newcomers(sequence: Sequence, planned: Dates | None) -> Sequence:
    """Tasks that the first plan does not have stand where the second one starts them."""
    if planned is None:
        return sequence
    fresh = {task: (day.toordinal(), -1) for task, day in planned.start.items() if task not in sequence.place}
    return replace(sequence, place={**fresh, **sequence.place})


def _valued_otherwise(before: Roadmap, now: Roadmap) -> tuple[str, ...]:
    """The items that count more or less than they did."""
    old = {id_key(item.id): item for item in before.items}
    return tuple(
        item.id
        for item in now.items
        if (was := old.get(id_key(item.id))) is not None
        and (item.priority, item.cost_of_delay, item.targets, item.commitment)
        != (was.priority, was.cost_of_delay, was.targets, was.commitment)
    )


@dataclass(frozen=True)
class _Parts:
    """By label of a cause the working days of each quantity, in the order of `_quantities`; or all under `rest`."""

    by_label: Mapping[str, Vector]
    rest: tuple[str, ...] = ()


Quantity = tuple[str, str]
"""What is measured: "whole", "item" or "task", and its id."""


def _attributed(
    before: Side, now: Side, game: _Game, changes: tuple[Change, ...], report: Callable[[str], None]
) -> Variance:
    assert before.dates is not None
    start = game.dates(frozenset())
    every = game.dates(frozenset(game.causes))
    after = now.dates or every
    measured = _quantities(before.dates, after)
    axis = _axis(before, now)
    begin = _vector(before.dates, measured, axis, before.dates)
    count = 0

    def value(taken: frozenset[Cause]) -> Vector:
        nonlocal count
        count += 1
        report(f"weighing {len(game.causes)} causes: replay {count}")
        dates = start if not taken else every if len(taken) == len(game.causes) else game.dates(taken)
        return _vector(dates, measured, axis, before.dates)

    shares = shapley(game.causes, value)
    replayed_start, replayed_end = value(frozenset()), value(frozenset(game.causes))
    by_label: dict[str, Vector] = {str(cause): share for cause, share in shares.of.items()}
    searched = _vector(after, measured, axis, before.dates) - replayed_end
    by_label[SOLVER], by_label[RESIDUAL] = searched, replayed_start - begin
    is_answer = len(game.causes) == 1 and before.search == now.search != ""
    if is_answer:
        by_label[str(game.causes[0])] += by_label.pop(SOLVER)
    made = _summed(before, now, before.dates, after, _Parts(by_label))
    return replace(
        made,
        changes=changes,
        orders=shares.orders if game.causes else 0,
        standard_error=shares.standard_error,
        is_planned=now.dates is not None,
        notes=(ANSWER,) if is_answer and searched.any() else (),
    )


def _axis(before: Side, now: Side) -> Calendar:
    """One axis for all mixtures: Monday to Friday."""
    return Calendar(min(before.as_of, now.as_of))


def _quantities(before: Dates, now: Dates) -> tuple[Quantity, ...]:
    """What both plans have a date for and is not over in both."""
    open_tasks = before.start.keys() | now.start.keys()
    items = [
        ("item", item)
        for item, tasks in before.items.items()
        if item in now.items and open_tasks & {*tasks, *now.items[item]}
    ]
    tasks = [("task", task) for task in before.finish if task in now.finish and task in open_tasks]
    has_end = before.whole is not None and now.whole is not None
    return (*([("whole", "")] if has_end else []), *items, *tasks)


def _day(dates: Dates, quantity: Quantity) -> date | None:
    kind, name = quantity
    if kind == "whole":
        return dates.whole
    return dates.lands(name) if kind == "item" else dates.finish.get(name)


def _vector(dates: Dates, measured: tuple[Quantity, ...], axis: Calendar, otherwise: Dates | None) -> Vector:
    """Working days on the axis; what a mixture has no date for stays where it was."""
    days = [_day(dates, quantity) or (otherwise and _day(otherwise, quantity)) for quantity in measured]
    return np.array([axis.on_or_after(day) if day else 0 for day in days], dtype=np.float64)


def _summed(before: Side, now: Side, old: Dates, new: Dates, parts: _Parts, notes: tuple[str, ...] = ()) -> Variance:
    """The slips with their parts; the farthest first."""
    measured, axis = _quantities(old, new), _axis(before, now)
    moved = _vector(new, measured, axis, old) - _vector(old, measured, axis, old)
    by_label = parts.by_label or dict.fromkeys(parts.rest, moved)
    titles = {**before.titles, **now.titles}
    slips: dict[str, list[Slip]] = {"whole": [], "item": [], "task": []}
    for k, (kind, name) in enumerate(measured):
        was, is_ = _day(old, (kind, name)), _day(new, (kind, name))
        assert was is not None
        assert is_ is not None
        found = tuple((label, float(share[k])) for label, share in by_label.items() if abs(share[k]) > EVEN)
        slips[kind].append(Slip(name, titles.get(name, ""), was, is_, round(moved[k]), found))
    items = [slip for slip in slips["item"] if slip.before != slip.now]
    return Variance(
        before=before.name,
        now=now.name,
        before_as_of=before.as_of,
        now_as_of=now.as_of,
        whole=next(iter(slips["whole"]), None),
        items=_farthest_first(items),
        tasks=_farthest_first([slip for slip in slips["task"] if slip.before != slip.now]),
        unmoved=len(slips["item"]) - len(items),
        added=tuple(sorted((item for item in new.items if item not in old.items), key=natural_key)),
        dropped=tuple(sorted((item for item in old.items if item not in new.items), key=natural_key)),
        notes=notes,
    )


def _farthest_first(slips: list[Slip]) -> tuple[Slip, ...]:
    return tuple(sorted(slips, key=lambda slip: (-abs(slip.days), natural_key(slip.id))))
