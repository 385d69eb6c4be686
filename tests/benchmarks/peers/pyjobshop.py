"""PyJobShop (with its CP-SAT): a renewable resource a team, a job a goal, total weighted flow time."""

from tests.benchmarks.case import Case
from tests.benchmarks.peers.answer import Answer, Dates, Limits, Unavailable
from tests.benchmarks.stopwatch import Stopwatch

try:
    from pyjobshop import Model
except ImportError:
    Model = None


def solve(case: Case, limits: Limits) -> Answer:
    """Model and search."""
    if Model is None:
        raise Unavailable("install it with `pip install pyjobshop`")
    stopwatch = Stopwatch()
    network = case.network
    model = Model()
    teams = [model.add_renewable(engineers) for engineers in network.engineers]
    job_of = {i: job for goal in case.goals for job in [model.add_job(weight=goal.weight)] for i in goal.tasks}
    tasks = [model.add_task(job_of[i]) for i in range(len(network.team))]
    for task, team, days in zip(tasks, network.team, network.duration, strict=True):
        model.add_mode(task, teams[team], days, 1)
    for i, j in network.edges:
        model.add_end_before_start(tasks[i], tasks[j])
    if case.objective == "makespan":
        model.set_objective(weight_makespan=1)
    else:
        model.set_objective(weight_total_flow_time=1)
    result = model.solve(time_limit=limits.seconds, display=False, num_workers=limits.workers)
    found = result.best.tasks
    dates = Dates(tuple(task.start for task in found), tuple(task.end for task in found)) if found else None
    return Answer(dates, stopwatch.spent(), result.lower_bound)
