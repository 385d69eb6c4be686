"""The chain of facts from a start back to the planning start, whose days add up to it."""

from dataclasses import dataclass, replace
from itertools import pairwise

from planner.domain.problem import Precedence, Problem, Schedule
from planner.domain.roadmap import Link
from planner.scheduling.explain import Explainer, Fact
from planner.scheduling.timing import complete


@dataclass(frozen=True)
class Step:
    """One activity of a chain, why it could not be ready earlier, and its periods up to the next step.

    `fact` binds it on period `ready`; after it the activity `waited` by its own choice. From its start it takes
    `days` until it lets the next one go, is `held` until its launch where that counts, and has the `lag` of the
    relation. A `gap` is days off before the next one is ready, or below 0 what the two overlap where the relation
    binds their ends. The last step, which is the activity that was asked about, leads to its own start: all 0.
    """

    activity: int
    fact: Fact
    ready: int
    waited: int = 0
    days: int = 0
    held: int = 0
    lag: int = 0
    gap: int = 0

    @property
    def total(self) -> int:
        """What the step adds up to."""
        return self.waited + self.days + self.held + self.lag + self.gap


@dataclass(frozen=True)
class Chain:
    """Steps in the order of time. `origin` and the totals of all steps add up to the start that was asked about.

    `origin` is the period on which the first step was ready, which waits for nobody: its fact says why.
    """

    steps: tuple[Step, ...]

    @property
    def origin(self) -> int:
        """The period on which the chain begins."""
        return self.steps[0].ready

    @property
    def total(self) -> int:
        """The start that the chain leads to."""
        return self.origin + sum(step.total for step in self.steps)


def chain(problem: Problem, schedule: Schedule, activity: int) -> Chain:
    """The steps that lead to the start of an activity, each bound by the first of its facts.

    Where activities hold each other (by a negative lag and a team) the chain takes the next fact, and ends where
    all of them lead back into it.
    """
    explainer = Explainer(problem, schedule)
    steps: list[Step] = []
    seen: set[int] = set()
    following: int | None = activity
    while following is not None:
        seen.add(following)
        step, before = _step(problem, schedule, explainer, following, frozenset(seen))
        steps.append(step)
        following = before
    ordered = tuple(reversed(steps))
    led = (_leading(problem, schedule, step, following) for step, following in pairwise(ordered))
    return Chain((*led, ordered[-1]))


def _step(
    problem: Problem, schedule: Schedule, explainer: Explainer, i: int, seen: frozenset[int]
) -> tuple[Step, int | None]:
    """What binds activity i, and the activity that it follows, not one of `seen`; None where it follows nobody."""
    start = ready = schedule.start[i]
    facts = explainer.binding(i).last
    if facts[0].kind == "wait":
        ready = explainer.earliest(i)
        begun = (*schedule.start[:i], ready, *schedule.start[i + 1 :])
        facts = Explainer(problem, complete(problem, begun)).binding(i).last
    for fact in facts:
        before = _latest(problem, schedule, fact, seen, ready)
        if before is not None or not (fact.activities or fact.kind == "started"):
            return Step(i, fact, ready, start - ready), before
    return Step(i, facts[0], ready, start - ready), None


def _latest(problem: Problem, schedule: Schedule, fact: Fact, seen: frozenset[int], ready: int) -> int | None:
    """Of the activities of a fact the one that ended last, but not after `ready`; the predecessor has no choice."""

    def ended(j: int) -> tuple[bool, int, int]:
        end = problem.work_end(j, schedule.start[j])
        return end <= ready, end, -j

    return max((j for j in fact.activities if j not in seen), key=ended, default=None)


def _leading(problem: Problem, schedule: Schedule, step: Step, following: Step) -> Step:
    """The step with its days up to the one that follows it."""
    j, fact = step.activity, following.fact
    start, finish, launch = schedule.start[j], schedule.finish[j], schedule.launch[j]
    span = following.ready - start
    if fact.precedence is None:
        days = min(problem.work_end(j, start), following.ready) - start
        return replace(step, days=days, gap=span - days)
    days = 0 if _from_start(fact.precedence) else finish - start
    held = launch - finish if fact.precedence.launch else 0
    lag = fact.precedence.lag
    return replace(step, days=days, held=held, lag=lag, gap=span - days - held - lag)


def _from_start(relation: Precedence) -> bool:
    return not relation.launch and relation.link in (Link.SS, Link.SF)
