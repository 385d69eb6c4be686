"""What `roadmap why` says: the facts, the chain and what a change moves, in words and dates."""

from collections.abc import Mapping

from planner.domain.plan import TermValue
from planner.domain.problem import Problem, Risk, Schedule
from planner.domain.roadmap import Link, Roadmap, Task
from planner.domain.units import TENTHS_PER_ENGINEER, engineer_days
from planner.domain.why import Because, ChainStep, Moved
from planner.objective import NAMES, by_term
from planner.report.wording import count, day, listing, number, weeks
from planner.scheduling.chain import Chain
from planner.scheduling.estimates import is_promise
from planner.scheduling.explain import Binding, Fact, launch_reason
from planner.scheduling.launches import blocks_between
from planner.scheduling.local import members, price, structures
from planner.scheduling.timing import complete
from planner.scheduling.view import View
from planner.scheduling.wording import added_reason

NAMED = 4
"""Tasks that hold a team which are named; the rest is counted."""


class Answers:
    """Facts of one plan become clauses of a sentence that begins with "because"."""

    def __init__(self, view: View, roadmap: Roadmap) -> None:
        self._view, self._roadmap = view, roadmap
        self._as_of = view.calendar.date_of(0)

    def because(self, i: int, binding: Binding) -> tuple[Because, ...]:
        """The facts that bind the start of activity i, its reason first."""
        last = (self._because(i, fact, True) for fact in binding.last)
        return (*last, *(self._because(i, fact, False) for fact in binding.earlier))

    def launches_because(self, i: int) -> tuple[Because, ...]:
        """What keeps activity i from launching when it is done; nothing where nothing does."""
        fact = launch_reason(self._view.problem, self._view.schedule, i)
        return () if fact is None else (self._because(i, fact, True),)

    def steps(self, chain: Chain) -> tuple[ChainStep, ...]:
        """The chain in the order of time."""
        view, found = self._view, []
        for step in chain.steps:
            task = view.formulation.tasks[step.activity]
            found.append(
                ChainStep(
                    task.id,
                    task.title,
                    task.owner,
                    view.start_day(step.activity),
                    view.finish_day(step.activity),
                    self._clause(step.activity, step.fact, step.ready),
                    step.ready,
                    step.waited,
                    step.days,
                    step.held,
                    step.lag,
                    step.gap,
                )
            )
        return tuple(found)

    def _because(self, i: int, fact: Fact, last: bool) -> Because:
        names = [self._view.formulation.tasks[j].id for j in fact.activities]
        if fact.kind == "wait":
            names = [name for name in self._waited_for(i, fact) if name in self._view.tasks]
        return Because(fact.kind, self._clause(i, fact), tuple(names), last, terms(dict(fact.changes)))

    def _clause(self, i: int, fact: Fact, ready: int | None = None) -> str:
        """The fact that binds activity i on period `ready`, on its start where none is named."""
        task = self._view.formulation.tasks[i]
        match fact.kind:
            case "predecessor" | "launch":
                return f"{self._relation(fact)}{added_reason(self._view.formulation, fact, i)}"
            case "capacity":
                return self._busy(fact, self._view.schedule.start[i] if ready is None else ready)
            case "calendar":
                return f"{task.owner or 'its team'} is off until {self._day(fact.period)}"
            case "release":
                return self._released(i, task)
            case "pinned":
                return f"it is pinned to {self._day(self._view.schedule.start[i])}"
            case "started":
                since = f" since {day(task.actual_start, self._as_of)}" if task.actual_start else ""
                return f"it is under way{since}"
            case "block":
                return self._blocked(i, task)
            case "wait":
                return self._waits(i, fact)
            case _:
                return "nothing holds it: the plan begins on that day"

    def _day(self, period: int | None) -> str:
        return day(None if period is None else self._view.calendar.date_of(period), self._as_of)

    def _busy(self, fact: Fact, before: int) -> str:
        """`Payments (5 engineers) is busy with PAY-3, PAY-7 until 9 Oct`."""
        problem, formulation, start = self._view.problem, self._view.formulation, self._view.schedule.start
        resource, period = fact.resource, fact.period
        assert resource is not None
        assert period is not None
        held = listing([formulation.tasks[j].id for j in fact.activities], NAMED)
        until = self._day(max(min(problem.work_end(j, start[j]), before) for j in fact.activities) - 1)
        if resource >= len(formulation.teams):
            team = formulation.limited[resource - len(formulation.teams)]
            in_progress = count(team.wip_limit or 0, "task")
            return f"{team.name} has its limit of {in_progress} in progress until {until}: {held}"
        engineers = problem.resources[resource].capacity[period] / TENTHS_PER_ENGINEER
        size = f"{number(engineers)} engineer{'' if engineers == 1 else 's'}"
        return f"{formulation.teams[resource].name} ({size}) is busy with {held} until {until}"

    def _relation(self, fact: Fact) -> str:
        """`LED-3 of Ledger is done on 12 Oct, and 2 days more`."""
        relation, j = fact.precedence, fact.activities[0]
        assert relation is not None
        view, task = self._view, self._view.formulation.tasks[j]
        name = f"{task.id} of {task.owner}" if task.owner else task.id
        settled = f", which settles {', '.join(task.settles)}" if task.settles else ""
        lag = f", and {count(relation.lag, 'working day')} must pass" if relation.lag > 0 else ""
        if relation.lag < 0:
            lag = f", of which {count(-relation.lag, 'working day')} may overlap"
        ending = relation.link in (Link.FF, Link.SF)
        bound = "it may not finish before " if ending else ""
        if relation.launch:
            launched = view.launch_day(j) or view.finish_day(j)
            return f"{bound}{name} launches on {day(launched, self._as_of)}{settled}{lag}"
        if relation.link in (Link.SS, Link.SF):
            return f"{bound}{name} begins on {day(view.start_day(j), self._as_of)}{lag}"
        return f"{bound}{name} is done on {day(view.finish_day(j), self._as_of)}{settled}{lag}"

    def _released(self, i: int, task: Task) -> str:
        """Not before, the vendor's promise, or the end of a task that is done on paper."""
        period = self._view.problem.activities[i].release
        release = self._day(period)
        if is_promise(task):
            return f"{task.owner} has promised it for {release}"
        if task.not_before is not None and self._view.calendar.on_or_after(task.not_before) == period:
            held = f" ({task.not_before_reason})" if task.not_before_reason else ""
            return f"it may not start before {release}{held}"
        return f"what it waits for is over on {release} only"

    def _blocked(self, i: int, task: Task) -> str:
        """`Year-end close keeps it from launching until 8 Jan 2027`."""
        view = self._view
        first, end = max(view.schedule.finish[i] - 1, 0), view.schedule.launch[i] - 1
        blocks = blocks_between(self._roadmap, task, view.calendar, self._as_of, first, end)
        names = " and ".join(block.name for block in blocks) or f"a day off of {task.owner or 'its team'}"
        return f"{names} keeps it from launching until {self._day(end - 1)}"

    def _waits(self, i: int, fact: Fact) -> str:
        """`it waits on purpose for DEC-1, though it could start on 14 Sep: saves 3 engineer-weeks of throwaway`."""
        partners = listing(self._waited_for(i, fact), NAMED)
        until = f" for {partners}" if partners else ""
        spares = [f"{weeks(engineer_days(more))} of {NAMES[term]}" for term, more in fact.changes if more > 0]
        costs = [f"{weeks(engineer_days(-more))} of {NAMES[term]}" for term, more in fact.changes if more < 0]
        saves = f": that saves {' and '.join(spares)}" if spares else ": that costs nothing and spares other delays"
        less = f" and costs {' and '.join(costs)}" if costs else ""
        return f"it waits on purpose{until}, though it could start on {self._day(fact.period)}{saves}{less}"

    def _waited_for(self, i: int, fact: Fact) -> tuple[str, ...]:
        assert fact.period is not None
        return waits_for(self._view.problem, self._view.schedule, i, fact.period)


def waits_for(problem: Problem, schedule: Schedule, i: int, earliest: int) -> tuple[str, ...]:
    """Whom a wait on purpose is for: decisions, hypotheses and tasks that make the start at `earliest` dearer."""
    sooner = complete(problem, (*schedule.start[:i], earliest, *schedule.start[i + 1 :]))
    names: dict[str, None] = {}
    for structure in structures(problem):
        if i in members(structure) and price(problem, structure, sooner) > price(problem, structure, schedule):
            if isinstance(structure, Risk) and structure.activity == i:
                names.update(dict.fromkeys(known.name for known in structure.evidence))
            else:
                names.update(dict.fromkeys(problem.activities[j].id for j in members(structure) if j != i))
    return tuple(names)


def terms(changes: Mapping[str, int]) -> tuple[TermValue, ...]:
    """Changes by letter of J, from milli ED, those that are not 0."""
    return tuple(
        TermValue(letter, name, engineer_days(changes[letter]))
        for letter, name in NAMES.items()
        if changes.get(letter)
    )


def term_changes(before: View, after: View) -> tuple[TermValue, ...]:
    """By how much each term of J is larger in the second schedule."""
    was, now = by_term(before.problem, before.schedule), by_term(after.problem, after.schedule)
    return terms({letter: now[letter] - was[letter] for letter in was})


def moved_items(before: View, after: View, titles: Mapping[str, str]) -> tuple[Moved, ...]:
    """The items that land on another day, those that move most first."""
    return _moved(_landings(before), _landings(after), titles, before)


def moved_tasks(before: View, after: View) -> tuple[Moved, ...]:
    """The tasks that start on another day, those that move most first."""
    titles = {task.id: task.title for task in before.formulation.tasks}
    return _moved(_starts(before), _starts(after), titles, before)


def _landings(view: View) -> dict[str, int]:
    """The last period in which something of each item launches, or is finished where nothing is deployed."""
    at = view.schedule

    def last_day(i: int) -> int:
        return max(at.launch[i] - 1, at.finish[i] - 1, at.start[i])

    return {item.id: max(map(last_day, item.activities)) for item in view.problem.deliverables if item.activities}


def _starts(view: View) -> dict[str, int]:
    return {task.id: view.schedule.start[i] for i, task in enumerate(view.formulation.tasks)}


def _moved(
    before: Mapping[str, int], after: Mapping[str, int], titles: Mapping[str, str], view: View
) -> tuple[Moved, ...]:
    days = view.calendar.date_of
    found = (
        Moved(name, titles.get(name, ""), days(was), days(after[name]), after[name] - was)
        for name, was in before.items()
        if after.get(name, was) != was
    )
    return tuple(sorted(found, key=lambda moved: (-abs(moved.days), moved.id)))
