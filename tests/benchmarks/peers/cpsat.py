"""CP-SAT as a textbook would use it: an interval a task, a cumulative a team, nothing of our own."""

from ortools.sat.python import cp_model

from tests.benchmarks.case import Case
from tests.benchmarks.peers.answer import Answer, Dates, Limits
from tests.benchmarks.stopwatch import Stopwatch


def solve(case: Case, limits: Limits) -> Answer:
    """Model and search."""
    stopwatch = Stopwatch()
    network, horizon = case.network, case.problem.horizon
    model = cp_model.CpModel()
    starts = [model.new_int_var(0, horizon - days, "") for days in network.duration]
    ends = [start + days for start, days in zip(starts, network.duration, strict=True)]
    for i, j in network.edges:
        model.add(ends[i] <= starts[j])
    for team, engineers in enumerate(network.engineers):
        own = [i for i, other in enumerate(network.team) if other == team]
        intervals = [model.new_fixed_size_interval_var(starts[i], network.duration[i], "") for i in own]
        model.add_cumulative(intervals, [1] * len(own), engineers)
    if case.objective == "makespan":
        last = model.new_int_var(0, horizon, "")
        model.add_max_equality(last, ends)
        model.minimize(last)
    else:
        reached = []
        for goal in case.goals:
            day = model.new_int_var(0, horizon, "")
            for i in goal.tasks:
                model.add(day >= ends[i])
            reached.append(goal.weight * day)
        model.minimize(sum(reached))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limits.seconds
    solver.parameters.num_workers = limits.workers
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, stopwatch.spent())
    dates = Dates(tuple(map(solver.value, starts)), tuple(map(solver.value, ends)))
    return Answer(dates, stopwatch.spent(), solver.best_objective_bound)
