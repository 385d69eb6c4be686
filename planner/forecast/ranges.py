"""What is known of each estimate: optimistic, likely and pessimistic as multiples of what is planned."""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.domain.roadmap import Task
from planner.domain.settings import Defaults, Uncertainty
from planner.scheduling.estimates import assumed_estimates, three_points


@dataclass(frozen=True, slots=True)
class Multiples:
    """Three ascending multiples of the planned effort or duration; `stated` where a person gave the range."""

    low: float
    likely: float
    high: float
    stated: bool = False


def multiples(
    tasks: Iterable[Task], everything: Iterable[Task], defaults: Defaults, uncertainty: Uncertainty
) -> tuple[Multiples, ...]:
    """By task: the range that was typed, the one assumed for want of an estimate, else the default for one number.

    `everything` are all tasks of the roadmap, done ones too: what teams estimate is learnt from them.
    """
    assumed = assumed_estimates(everything, defaults)
    found = []
    for task in tasks:
        points = three_points(task, assumed)
        if points is None:
            found.append(Multiples(*uncertainty.range))
        elif points.likely <= 0:
            found.append(Multiples(1.0, 1.0, 1.0))
        else:
            stated = task.estimate is not None or points.certain
            found.append(
                Multiples(points.optimistic / points.likely, 1.0, points.pessimistic / points.likely, stated)
            )
    return tuple(found)
