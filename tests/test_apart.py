"""Searches in processes of their own end when somebody asks, also before they have begun."""

from random import Random

from planner.domain.problem import SolveStatus
from planner.pipeline.apart import Job, searched_apart
from planner.scheduling.budget import Budget
from tests.scheduling.roadmaps import formulated, task, team


def test_who_has_asked_for_an_end_before_the_processes_begin_is_heard() -> None:
    """Without a limit the search for the shortest plan of 300 tasks would go on: this test would not end."""
    rng = Random(1)
    tasks = [task(f"T-{i}", rng.randint(1, 20), "Pay", f"T-{rng.randrange(i)}" if i % 3 else "") for i in range(300)]
    problem = formulated(*tasks, teams=(team(engineers=3),)).problem
    jobs = [Job(problem, (0,) * len(problem.activities))] * 2
    asked = Budget(time_limit=None, workers=2, stop=lambda: True)
    found = searched_apart(jobs, "makespan", asked, lambda _: None)
    assert [solution.status for solution in found] == [SolveStatus.FEASIBLE] * 2
