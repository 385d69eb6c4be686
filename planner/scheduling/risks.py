"""What work is at risk until something is known: a test's result, a decision, the end of a soft predecessor (T)."""

from collections.abc import Iterator, Mapping
from datetime import date

from planner.domain.calendar import Calendar
from planner.domain.problem import Evidence, Risk
from planner.domain.roadmap import Decision, Door, Hypothesis, Roadmap, Strength, Task, id_key
from planner.domain.settings import Settings
from planner.domain.units import milli
from planner.scheduling.hypotheses import Beliefs, chance
from planner.scheduling.open_work import OpenWork


def risks(
    work: OpenWork, roadmap: Roadmap, beliefs: Beliefs, calendar: Calendar, settings: Settings
) -> tuple[Risk, ...]:
    """By activity: one for all its hypotheses, one for each open decision, one for each soft predecessor."""
    known = _Known(work, roadmap, calendar, settings)
    rework = milli(settings.weights.rework_probability * settings.weights.rework_impact)
    found = []
    for i, task in enumerate(work.tasks):
        burn, days = work.burn(i), work.days(i)
        if not burn:
            continue
        reversal = milli(task.reversal or 0.0) if task.door is Door.ONE_WAY else 0
        bets = tuple(known.result(hypothesis) for hypothesis in beliefs.of(task) if chance(hypothesis) < 1)
        if bets:
            found.append(Risk(i, burn, days, bets, reversal))
        found += (Risk(i, burn, days, (decided,), reversal) for decided in known.decisions(i, task))
        found += (Risk(i, burn, days, (ended,)) for ended in _soft(work, i, task, rework))
    return tuple(found)


class _Known:
    """When hypotheses have a result and decisions are taken."""

    def __init__(self, work: OpenWork, roadmap: Roadmap, calendar: Calendar, settings: Settings) -> None:
        self._work = work
        self._calendar = calendar
        self._decision_days = settings.defaults.decision_days
        self._by_key: dict[str, list[Decision]] = {}
        for decision in (d for d in roadmap.decisions if d.is_open):
            self._by_key.setdefault(id_key(decision.key), []).append(decision)
        self._settled_by: dict[str, list[int]] = {}
        for i, task in enumerate(work.tasks):
            for settled in task.settles:
                self._settled_by.setdefault(id_key(settled), []).append(i)

    def result(self, hypothesis: Hypothesis) -> Evidence:
        """With the last of its tests, not before the readout; never where neither is planned."""
        test = self._work.last(self._work.positions(hypothesis.tested_by))
        period = self._by_day(hypothesis.readout, 0 if test is not None else self._work.problem.horizon)
        return Evidence(milli(1 - chance(hypothesis)), test, period, hypothesis.id)

    def decisions(self, i: int, task: Task) -> Iterator[Evidence]:
        """Of each open decision on a value that the task sets or needs; one without a probability adds nothing."""
        values = {id_key(setting.key): id_key(setting.value) for setting in (*task.needs, *task.sets)}
        for key, value in values.items():
            for decision in self._by_key.get(key, ()):
                settlers = self._settled_by.get(id_key(decision.id), [])
                loss = _loss(decision, value)
                if loss and i not in settlers:
                    yield self._decided(decision, loss, self._work.last(settlers))

    def _decided(self, decision: Decision, loss: int, settler: int | None) -> Evidence:
        """With the last task that settles it, else on its due date, else after the days that are assumed."""
        if settler is not None:
            return Evidence(loss, settler, name=decision.id)
        return Evidence(loss, period=self._by_day(decision.due, self._decision_days), name=decision.id)

    def _by_day(self, day: date | None, otherwise: int) -> int:
        """The exclusive end of a day, at least the planning start."""
        return otherwise if day is None else max(0, self._calendar.after(day))


def _loss(decision: Decision, value: str) -> int:
    """Probability in thousandths that another option is taken; 0 where nobody said."""
    options: Mapping[str, float | None] = {id_key(name): p for name, p in decision.options}
    probability = options.get(value)
    return 0 if probability is None else milli(1 - probability)


def _soft(work: OpenWork, i: int, task: Task, rework: int) -> Iterator[Evidence]:
    """The end of each open soft predecessor that does not come first anyway."""
    soft = (d.predecessor for d in task.depends_on if d.strength is Strength.SOFT)
    for j in work.positions(soft):
        if rework and j != i and not work.finishes_before(j, i):
            yield Evidence(rework, j, name=work.tasks[j].id)
