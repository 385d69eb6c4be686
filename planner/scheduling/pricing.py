"""Adds to a problem what a sequence can waste besides time: the structures that T, R and B put a price on."""

from collections.abc import Sequence
from dataclasses import replace

from planner.domain.problem import Problem
from planner.domain.roadmap import Roadmap, Task
from planner.domain.settings import Settings
from planner.domain.units import milli
from planner.scheduling.crew import Crew
from planner.scheduling.debts import debts
from planner.scheduling.hypotheses import Beliefs
from planner.scheduling.open_work import OpenWork, note_crowded
from planner.scheduling.risks import risks
from planner.scheduling.rules import Notebook
from planner.scheduling.supersessions import supersessions
from planner.scheduling.teamwork import coordinations, handovers, releases


def priced(
    problem: Problem,
    roadmap: Roadmap,
    tasks: Sequence[Task],
    done: Sequence[Task],
    beliefs: Beliefs,
    crew: Crew,
    settings: Settings,
    notebook: Notebook,
) -> Problem:
    """The same problem with its priced structures; `tasks` by activity position.

    Done work is sunk and causes nothing but the debt that it left; of started work only the rest is at risk.
    The structures are bounded (`open_work.MOST_TASKS`, `MOST_PAIRS`), for components that everybody touches.
    """
    work, weights = OpenWork(problem, tuple(tasks)), settings.weights
    note_crowded(work, notebook)
    return replace(
        problem,
        activities=tuple(
            replace(activity, success=milli(beliefs.success([task])))
            for activity, task in zip(problem.activities, tasks, strict=True)
        ),
        supersessions=supersessions(work, weights, notebook),
        risks=risks(work, roadmap, beliefs, crew.calendar, settings),
        releases=releases(work, roadmap.components, weights),
        coordinations=coordinations(work, crew, weights, notebook),
        handovers=handovers(work, weights),
        debts=debts(work, done, weights),
    )
