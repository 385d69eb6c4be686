"""The scheduling problem as a CP-SAT model: exact where it is small, and the engine of large neighbourhoods.

Constraints, in the order of the model: calendars (finish as a function of the start), precedence relations,
launches, teams; then the objective, which is the very terms of `planner.objective` fed with variables.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from functools import cached_property
from itertools import pairwise, repeat
from math import ceil
from types import MappingProxyType
from typing import TypeVar

from ortools.sat.python import cp_model

from planner.domain.problem import Precedence, Problem, Schedule, Solution, SolveStatus
from planner.domain.roadmap import Link
from planner.domain.units import MILLI
from planner.objective import SEARCHED, Variables
from planner.scheduling.budget import Budget, Progress, ignore, no_charge
from planner.scheduling.costs import Objective, cost
from planner.scheduling.local import before_releases
from planner.scheduling.timing import complete
from planner.scheduling.windows import Windows, windows, windows_under

Expression = cp_model.LinearExprT
"""What variables of the model are: integers where fixed, else CP-SAT's linear expressions."""

V = TypeVar("V")

METHOD = "cp-sat"
POLL_SECONDS = 0.05


class Refused(Exception):
    """CP-SAT cannot take this model, or has no memory for it."""


class Algebra:
    """The arithmetic of the terms over CP-SAT expressions; what is fixed is folded into numbers."""

    def __init__(self, model: cp_model.CpModel):
        self._model = model

    def linear(self, terms: Sequence[tuple[int, Expression]], constant: int = 0) -> Expression:
        """Sum of coefficient times value, plus a constant."""
        constant += sum(factor * value for factor, value in terms if isinstance(value, int))
        free = [(factor, value) for factor, value in terms if factor and not isinstance(value, int)]
        if not free:
            return constant
        factors, values = zip(*free, strict=True)
        total: Expression = cp_model.LinearExpr.weighted_sum(values, factors) + constant
        return total

    def maximum(self, values: Sequence[Expression], lower: int) -> Expression:
        """The largest of the values and of `lower`."""
        least = max([lower, *(self._range(value)[0] for value in values)])
        free = [value for value in values if self._range(value)[1] > least]
        if not free:
            return least
        if len(free) == 1 and self._range(free[0])[0] == least:
            return free[0]
        result = self._model.new_int_var(least, max(self._range(value)[1] for value in free), "")
        self._model.add_max_equality(result, [*free, least])
        return result

    def minimum(self, values: Sequence[Expression], upper: int) -> Expression:
        """The smallest of the values and of `upper`."""
        negatives = [self.linear([(-1, value)]) for value in values]
        return self.linear([(-1, self.maximum(negatives, -upper))])

    def positive_part(self, value: Expression) -> Expression:
        """max(0, value)."""
        return self.maximum([value], 0)

    def less(self, value: Expression, other: Expression) -> Expression:
        """1 where value < other, else 0."""
        difference = self.linear([(1, value), (-1, other)])
        least, most = self._range(difference)
        if least >= 0 or most < 0:
            return int(most < 0)
        result = self._model.new_bool_var("")
        self._model.add(difference < 0).only_enforce_if(result)
        self._model.add(difference >= 0).only_enforce_if(result.negated())
        return result

    def gated(self, gate: Expression, value: Expression) -> Expression:
        """`value` where `gate` is 1, 0 where it is 0."""
        if isinstance(gate, int):
            return value if gate else 0
        if isinstance(value, int):
            return self.linear([(value, gate)])
        if not isinstance(gate, cp_model.IntVar):
            raise TypeError("a gate is what `less` returns")
        least, most = self._range(value)
        result = self._model.new_int_var(min(0, least), max(0, most), "")
        self._model.add(result == value).only_enforce_if(gate)
        self._model.add(result == 0).only_enforce_if(gate.negated())
        return result

    @staticmethod
    def _range(value: Expression) -> tuple[int, int]:
        """The least and the largest that an expression may be, by the domains of its variables."""
        if not isinstance(value, cp_model.LinearExpr):
            return int(value), int(value)
        flat = cp_model.FlatIntExpr(value)
        domains = [list(variable.proto.domain) for variable in flat.vars]
        ends = [
            sorted((factor * domain[0], factor * domain[-1]))
            for factor, domain in zip(flat.coeffs, domains, strict=True)
        ]
        return flat.offset + sum(least for least, _ in ends), flat.offset + sum(most for _, most in ends)


class Model:
    """Variables and constraints of one problem, every start within its window (one period: fixed).

    `used` is what work that is not part of the problem takes of a team, by period.
    """

    def __init__(
        self,
        problem: Problem,
        first: Sequence[int],
        last: Sequence[int],
        used: Mapping[int, Sequence[int]] = MappingProxyType({}),
    ):
        self.problem = problem
        self._used = used
        self.model = cp_model.CpModel()
        self.algebra = Algebra(self.model)
        self._first, self._last = first, last
        count = len(problem.activities)
        self.start = [self._start(i) for i in range(count)]
        held = [self._span(i, problem.work_end) for i in range(count)]
        self.work_size = [size for size, _ in held]
        self.work_end = [end for _, end in held]
        self.finish = [
            self._span(i, problem.finish)[1] if problem.activities[i].wait else self.work_end[i] for i in range(count)
        ]
        self.launch: list[Expression] = [0] * count
        self._launches()
        self._precedences()
        self._teams()

    @cached_property
    def full(self) -> Expression:
        """J: the sum of all terms, and the price of moved starts."""
        variables = Variables(self.start, self.finish, self.launch, self.algebra)
        return self.algebra.linear([(1, term.function(self.problem, variables)) for term in SEARCHED])

    @cached_property
    def makespan(self) -> Expression:
        """The last finish or launch, in thousandths of a period."""
        return self.algebra.linear([(MILLI, self.algebra.maximum([*self.finish, *self.launch], 0))])

    def objective(self, objective: Objective) -> Expression:
        """What is to be minimised."""
        return self.full if objective == "full" else self.makespan

    def hint(self, schedule: Schedule) -> None:
        """Tell the solver where to look first."""
        for expressions, values in (
            (self.start, schedule.start),
            (self.finish, schedule.finish),
            (self.launch, schedule.launch),
        ):
            for expression, value in zip(expressions, values, strict=True):
                if isinstance(expression, cp_model.IntVar) and expression.index not in self._hinted:
                    self._hinted.add(expression.index)
                    self.model.add_hint(expression, value)

    @cached_property
    def _hinted(self) -> set[int]:
        return set()

    def schedule(self, value: Callable[[Expression], int]) -> Schedule:
        """The solver's starts, completed by the problem's own calendars."""
        return complete(self.problem, [value(start) for start in self.start])

    def _start(self, i: int) -> Expression:
        """A day of the window on which the activity is worked on; a pin is taken as it is."""
        first, last = self._first[i], self._last[i]
        it = self.problem.activities[i]
        if first == last:
            return first
        if it.work or it.wait:
            profile = self.problem.profiles[it.profile if it.work else it.wait_profile]
            days = [day for day in range(first, last + 1) if profile.works(day)]
            return self.model.new_int_var_from_domain(cp_model.Domain.from_values(days), it.id)
        return self.model.new_int_var(first, last, it.id)

    def _span(self, i: int, end: Callable[[int, int], int]) -> tuple[Expression, Expression]:
        """Length and end of what begins with the start: a choice among the few lengths that the calendar makes.

        One literal per length and the starts that go with it is far smaller than a table over all starts.
        """
        start = self.start[i]
        if isinstance(start, int):
            return end(i, start) - start, end(i, start)
        starts: dict[int, list[int]] = defaultdict(list)
        for day in range(self._first[i], self._last[i] + 1):
            if self.problem.first_start(i, day) == day:
                starts[end(i, day) - day].append(day)
        if len(starts) == 1:
            length = next(iter(starts))
            return length, self.algebra.linear([(1, start)], length)
        chosen = {length: self.model.new_bool_var("") for length in starts}
        self.model.add_exactly_one(chosen.values())
        for length, literal in chosen.items():
            days = cp_model.Domain.from_values(starts[length])
            self.model.add_linear_expression_in_domain(start, days).only_enforce_if(literal)
        size = self.model.new_int_var_from_domain(cp_model.Domain.from_values(sorted(starts)), "")
        self.model.add(size == self.algebra.linear(list(chosen.items())))
        finish = self.model.new_int_var(end(i, self._first[i]), end(i, self._last[i]), "")
        self.model.add(finish == self.algebra.linear([(1, start), (1, size)]))
        return size, finish

    def _launches(self) -> None:
        """Launches on open days only, not before the last day worked and the predecessors' launches.

        That it is the first such day is said only for what launches before a breaking release: everything else grows
        with a launch, and `timing` takes the first.
        """
        problem = self.problem
        exact = before_releases(problem)
        for i in problem.order:
            it = problem.activities[i]
            before = [
                self.launch[relation.predecessor]
                for relation in problem.predecessors[i]
                if relation.orders_launches and not self._out_by_the_start(relation)
            ]
            calendar = None if it.launch_calendar is None else problem.launch_calendars[it.launch_calendar]
            least = problem.finish(i, self._first[i])
            days = list(range(least, problem.horizon + 1))
            if calendar is not None:
                days = [day for day in days if day == 0 or calendar.next_open[day - 1] == day - 1]
            if not before and len(days) == problem.horizon + 1 - least:
                self.launch[i] = self.finish[i]
                continue
            launch = self.model.new_int_var_from_domain(cp_model.Domain.from_values(days), "")
            for ready in (self.finish[i], *before):
                self.model.add(launch >= ready)
            if i in exact:
                self._first_open(launch, days, self.algebra.maximum([self.finish[i], *before], 0))
            self.launch[i] = launch

    def _first_open(self, launch: cp_model.IntVar, days: Sequence[int], ready: Expression) -> None:
        """No day of `days` lies between `ready` and the launch."""
        gaps: dict[int, list[int]] = defaultdict(list)
        for earlier, day in pairwise([days[0], *days]):
            gaps[day - earlier].append(day)
        chosen = {gap: self.model.new_bool_var("") for gap in gaps}
        self.model.add_exactly_one(chosen.values())
        for gap, literal in chosen.items():
            self.model.add_linear_expression_in_domain(
                launch, cp_model.Domain.from_values(gaps[gap])
            ).only_enforce_if(literal)
            if gap:
                self.model.add(ready > launch - gap).only_enforce_if(literal)

    def _out_by_the_start(self, relation: Precedence) -> bool:
        """Whether a successor's start already implies that the predecessor is out: no block, no negative lag."""
        return relation.lag >= 0 and (
            relation.launch or self.launch[relation.predecessor] is self.finish[relation.predecessor]
        )

    def _precedences(self) -> None:
        """end(predecessor) + lag <= end(successor)."""
        for relation in self.problem.precedences:
            i, j = relation.predecessor, relation.successor
            end = self.finish[i] if relation.link in (Link.FS, Link.FF) else self.start[i]
            if relation.launch:
                end = self.launch[i]
            target = self.start[j] if relation.link in (Link.FS, Link.SS) else self.finish[j]
            if not (isinstance(end, int) and isinstance(target, int)):
                self.model.add(end + relation.lag <= target)

    def _teams(self) -> None:
        """Per team the sum of min(demand, capacity) of the running activities is at most the capacity, every day."""
        users: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for i, it in enumerate(self.problem.activities):
            for resource, demand in it.demands:
                if it.work:
                    users[resource].append((i, demand))
        intervals: dict[int, cp_model.IntervalVar] = {}
        for resource, demands in users.items():
            for i, _ in demands:
                if i not in intervals:
                    intervals[i] = self.model.new_interval_var(self.start[i], self.work_size[i], self.work_end[i], "")
            self._team(resource, [(intervals[i], demand) for i, demand in demands])

    def _team(self, resource: int, demands: Sequence[tuple[cp_model.IntervalVar, int]]) -> None:
        """One cumulative for the peak, and for each lower level c one that holds on the days with c alone.

        On a day with c < peak an activity takes min(demand, c). Filling these days up to the peak leaves c;
        on all other days demands min(demand, c) fit whenever the true ones do, so nothing else is lost. Levels that
        no demand exceeds share one constraint. Days off need none: whoever pauses was there the day before.
        """
        capacity, peak = self.problem.resources[resource].capacity, self.problem.resources[resource].peak
        days = list(zip(capacity, self._used.get(resource, repeat(0)), strict=False))
        highest = max(demand for _, demand in demands)
        levels = sorted({level for level in capacity if 0 < level < peak})
        shared = [level for level in levels if level >= highest]
        self._cumulative(days, peak, demands, [peak, *shared])
        for level in levels:
            if level < highest:
                self._cumulative(days, peak, [(it, min(demand, level)) for it, demand in demands], [level])

    def _cumulative(
        self,
        days: Sequence[tuple[int, int]],
        peak: int,
        demands: Sequence[tuple[cp_model.IntervalVar, int]],
        levels: Sequence[int],
    ) -> None:
        """Cumulative at the peak, with the days (capacity, used) of these levels filled up."""
        intervals = [it for it, _ in demands]
        heights = [min(demand, peak) for _, demand in demands]
        for begin, end, (level, used) in runs(days):
            if level in levels and peak - level + used:
                intervals.append(self.model.new_fixed_size_interval_var(begin, end - begin, ""))
                heights.append(peak - level + used)
        self.model.add_cumulative(intervals, heights, peak)


def runs(values: Sequence[V]) -> list[tuple[int, int, V]]:
    """Maximal runs of equal values as (begin, end, value)."""
    cuts = [0, *(k for k in range(1, len(values)) if values[k] != values[k - 1]), len(values)]
    return [(a, b, values[a]) for a, b in pairwise(cuts) if a < b]


def solve_exactly(
    problem: Problem,
    budget: Budget,
    hint: Schedule | None = None,
    progress: Callable[[Progress], None] = ignore,
    objective: Objective = "full",
    charge: Callable[[float], None] = no_charge,
    narrow: Windows | None = None,
    least: int = 0,
) -> Solution:
    """The whole problem; with a `hint` only schedules that cost no more are looked for, else it is the answer.

    Whatever costs no more than the hint is known to lie within the windows `narrow`, and to cost `least` or more.
    """
    found = windows(problem) if hint is None else windows_under(problem, hint, objective)
    if narrow is not None:
        found = replace(
            found,
            earliest=tuple(map(max, found.earliest, narrow.earliest)),
            latest=tuple(map(min, found.latest, narrow.latest)),
        )
    if found.impossible:
        return Solution(SolveStatus.INFEASIBLE, method=METHOD)
    model = Model(problem, found.earliest, found.latest)
    goal = model.objective(objective)
    if hint is not None:
        model.hint(hint)
        if not isinstance(goal, int):
            model.model.add_linear_constraint(goal, least, cost(problem, hint, objective))
    return run(model, goal, budget, hint, objective, progress, charge)


def run(
    model: Model,
    goal: Expression,
    budget: Budget,
    hint: Schedule | None,
    objective: Objective,
    progress: Callable[[Progress], None] = ignore,
    charge: Callable[[float], None] = no_charge,
) -> Solution:
    """Minimise `goal`; `charge` is told the units of work that it took. Raises `Refused`."""
    if not isinstance(goal, int):
        model.model.minimize(goal)
    solver = cp_model.CpSolver()
    _limit(solver, budget)
    try:
        status, stopped = _search(solver, model.model, _Watch(progress), budget.stop)
    except MemoryError as error:
        raise Refused("out of memory") from error
    if status == cp_model.MODEL_INVALID:
        raise Refused("the model is too large")
    charge(MILLI * solver.response_proto.deterministic_time)
    if status == cp_model.INFEASIBLE:
        return Solution(SolveStatus.INFEASIBLE, method=METHOD, interrupted=stopped)
    bound = goal if isinstance(goal, int) else _whole(solver.best_objective_bound)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    schedule = model.schedule(solver.value) if found else hint
    if schedule is None:
        return Solution(SolveStatus.UNKNOWN, bound=bound, method=METHOD, interrupted=stopped)
    return Solution(
        SolveStatus.OPTIMAL if status == cp_model.OPTIMAL else SolveStatus.FEASIBLE,
        schedule,
        cost(model.problem, schedule, objective),
        bound,
        METHOD,
        interrupted=stopped,
    )


def _limit(solver: cp_model.CpSolver, budget: Budget) -> None:
    """Put a budget into the solver's parameters."""
    parameters = solver.parameters
    parameters.random_seed = budget.seed
    parameters.num_workers = budget.threads
    parameters.catch_sigint_signal = False  # Ctrl-C is the caller's: he sets `stop`
    if budget.work is not None:
        parameters.max_deterministic_time = budget.work / MILLI
    elif budget.time_limit is not None:
        parameters.max_time_in_seconds = budget.time_limit


def _search(
    solver: cp_model.CpSolver, model: cp_model.CpModel, watch: "_Watch", stop: Callable[[], bool]
) -> tuple[cp_model.CpSolverStatus, bool]:
    """Run the solver in a thread, so that signals reach the caller; its status, and whether it was stopped."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(solver.solve, model, watch)
        stopped = False
        try:
            while not wait([running], timeout=POLL_SECONDS).done:
                if stop():
                    stopped = True
                    solver.stop_search()
        finally:
            solver.stop_search()
        return running.result(), stopped


class _Watch(cp_model.CpSolverSolutionCallback):
    """Passes every better schedule's cost on."""

    def __init__(self, progress: Callable[[Progress], None]):
        super().__init__()
        self._progress = progress

    def on_solution_callback(self) -> None:
        """Called by the solver."""
        bound = _whole(self.best_objective_bound)
        self._progress(Progress(METHOD, round(self.objective_value), bound, self.wall_time))


def _whole(bound: float) -> int:
    """The least integer cost that a bound allows, forgiving the last digits of a float."""
    return ceil(bound - 1e-6 * max(1.0, abs(bound) * 1e-6))
