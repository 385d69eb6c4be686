"""The cheapest ways to make an impossible plan possible: what to give up, how far at least, each planned again.

For each fact of a clash one way is tried (`concessions`). Every one of several sets that clash needs a way: those of
the first are looked for while the dates of the others are lifted, those of the next where one of the first is given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from planner.domain.problem import Clash, Problem, Schedule
from planner.domain.relaxation import Relaxation
from planner.domain.units import engineer_days
from planner.scheduling.budget import Budget, Meter, Progress
from planner.scheduling.clash import smallest_clash
from planner.scheduling.concessions import Formulate, Ground, concession, without, without_dates
from planner.scheduling.formulate import Formulation
from planner.scheduling.improve import PASS_WORK
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations
from planner.scheduling.windows import windows

MOST_CLASHES = 4
"""Sets without a common date that are looked for."""
MOST_COMBINED, MOST_PLANNED = 3, 12
"""Ways out of the first sets with which those of the next are combined, the easiest; ways planned in the end."""
LOOKING = 0.6
"""Part of the budget for how far things have to move; the rest plans the ways that were found."""
PROBE_SHARE, PROBE_SECONDS = 0.1, 2.0
"""For one question whether a plan is possible: part of what is left, and the most; undecided is no."""


@dataclass(frozen=True)
class Relaxed:
    """The sets of facts that clash, the first as it was given, and the ways out of all of them, cheapest first."""

    clashes: tuple[tuple[Clash, ...], ...]
    ways: tuple[Relaxation, ...]


def relaxed(formulate: Formulate, clash: tuple[Clash, ...], budget: Budget) -> Relaxed:
    """Ways out of `clash`, which the roadmap without changes has, and of what clashes besides.

    Every way was planned again and its plan verified; what the budget does not reach is left out.
    """
    meter = Meter(budget)
    search = _Search(formulate, Meter(meter.part(LOOKING)))
    clashes = search.clashes(clash)
    ways = search.ways(clashes)
    meter.charge(search.meter.charged)
    return Relaxed(clashes, _planned(formulate, ways, meter))


def _effort(way: Relaxation) -> tuple[bool, float, int, str]:
    """What is tried first before costs are known: keep all tasks, add few engineers, move dates little."""
    return bool(way.gives_up), way.engineer_weeks, way.days, way.text


def _together(ways: Iterable[Relaxation]) -> Relaxation:
    each = [way for way in ways if way.changes]
    if len(each) == 1:
        return each[0]
    return Relaxation(
        ", and ".join(way.text if way is each[0] else f"{way.text[0].lower()}{way.text[1:]}" for way in each),
        tuple(change for way in each for change in way.changes),
        tuple(dict.fromkeys(cell for way in each for cell in way.cells)),
        sum(way.days for way in each),
        sum(way.engineer_weeks for way in each),
        tuple(task for way in each for task in way.gives_up),
    )


def _planned(formulate: Formulate, ways: Sequence[Relaxation], meter: Meter) -> tuple[Relaxation, ...]:
    """The ways with which a plan is found, with its cost and end; those that give up a task come last.

    Each search begins with the starts that the one before has found, so that a difference is the way's.
    """
    found = []
    starts: dict[str, int] = {}
    for left, way in zip(range(len(ways), 0, -1), ways, strict=True):
        formulation, part = formulate(way.changes), meter.part(1 / left)
        before = [starts.get(task.id, 0) for task in formulation.tasks] if starts else None
        solution = solve(formulation.problem, part, before=before)
        meter.charge(part.work or 0)
        schedule = solution.schedule
        if schedule is None or violations(formulation.problem, schedule):
            continue
        starts |= {task.id: schedule.start[i] for i, task in enumerate(formulation.tasks)}
        last = formulation.calendar.date_of(max(schedule.finish, default=0) - 1)
        found.append(replace(way, objective=engineer_days(solution.objective), finish=last))
    return tuple(sorted(found, key=lambda way: (bool(way.gives_up), round(way.cost, 6), way.days, way.text)))


class _Search:
    """Finds what clashes, and for each fact whether giving it up helps and how far at least."""

    def __init__(self, formulate: Formulate, meter: Meter):
        self._formulate, self._known, self.meter = formulate, formulate(()), meter

    def clashes(self, first: tuple[Clash, ...]) -> tuple[tuple[Clash, ...], ...]:
        """`first`, and what still clashes when the dates of those before are lifted."""
        found = [first]
        while len(found) < MOST_CLASHES:
            problem = without_dates(self._known.problem, _dated(self._known, found))
            further = () if self._plan(problem) else smallest_clash(problem, self.meter.part(PROBE_SHARE))
            if not further:
                break
            found.append(further)
        return tuple(found)

    def ways(self, clashes: Sequence[tuple[Clash, ...]]) -> tuple[Relaxation, ...]:
        """Ways out of all these sets, the easiest of each set before the next."""
        found = [Relaxation("", ())]
        for place, clash in enumerate(clashes):
            easiest = sorted(found, key=_effort)[:MOST_COMBINED]
            lifted = _dated(self._known, clashes[place + 1 :])
            grounds = [(way, Ground(self._formulate, self._plan, way.changes, lifted)) for way in easiest]
            found = [_together((way, more)) for way, ground in grounds for more in self._ways(clash, ground)]
        return tuple(sorted({way.changes: way for way in found}.values(), key=_effort)[:MOST_PLANNED])

    def _ways(self, clash: tuple[Clash, ...], ground: Ground) -> tuple[Relaxation, ...]:
        """For each fact of the clash the least that has to give way, or two dates together where no fact alone helps.

        Nothing has to where what is given helps here, too.
        """
        if ground.given and self._plan(ground.after().problem) is not None:
            return (Relaxation("", ()),)
        single = [concession(ground, self._known, fact) for fact in clash]
        named = sorted({i for fact in clash for i in fact.activities})
        single += [without(ground, self._known.tasks[i]) for i in named]
        dates = [fact for fact in clash if fact.kind in ("deadline", "pinned")]
        found = tuple(way for way in single if way is not None)
        return found or tuple(filter(None, (self._pair(ground, *pair) for pair in combinations(dates, 2))))

    def _pair(self, ground: Ground, one: Clash, other: Clash) -> Relaxation | None:
        """The second date moves as far as it has to when the first is lifted, then the first as far as it has to."""
        lifted = replace(ground, lifted=ground.lifted | _dated(self._known, [(one,)]))
        second = concession(lifted, self._known, other)
        if second is None:
            return None
        given = (*ground.given, *second.changes)
        first = concession(replace(ground, given=given), self._known, one)
        return None if first is None else _together((first, second))

    def _plan(self, problem: Problem) -> Schedule | None:
        """The first schedule that is found in a share of what is left; None where none is."""
        if windows(problem).impossible or self.meter.over:
            return None
        found = False

        def note(step: Progress) -> None:
            nonlocal found
            found = found or step.objective is not None

        part = self.meter.part(PROBE_SHARE, at_most=PROBE_SECONDS)
        solution = solve(problem, replace(part, stop=lambda: found or part.stop()), progress=note)
        listed = 2 * PASS_WORK * len(problem.activities)
        self.meter.charge(listed if solution.schedule else max(listed, part.work or 0))
        return solution.schedule


def _dated(known: Formulation, clashes: Iterable[Sequence[Clash]]) -> frozenset[str]:
    """The tasks with a deadline or pin in one of the clashes."""
    return frozenset(
        known.tasks[i].id
        for clash in clashes
        for fact in clash
        if fact.kind in ("deadline", "pinned")
        for i in fact.activities
    )
