"""Other planners on the same project, one a file: `Case` in, `Answer` out.

To add one, write `peers/<name>.py` with a function like `cpsat.solve` and add its line to `PEERS`. Where its program
is missing it raises `Unavailable` with the way to get it.
"""

from collections.abc import Callable
from functools import partial

from planner.scheduling.priorities import weighted_shortest
from tests.benchmarks.case import Case
from tests.benchmarks.peers import cpsat, pyjobshop, taskjuggler
from tests.benchmarks.peers.answer import Answer, Dates, Limits, Unavailable

PEERS: tuple[tuple[str, Callable[[Case, Limits], Answer]], ...] = (
    ("CP-SAT, straight model", cpsat.solve),
    ("PyJobShop", pyjobshop.solve),
    ("TaskJuggler", taskjuggler.solve),
    ("TaskJuggler, priorities by WSPT", partial(taskjuggler.solve, rule=taskjuggler.own_weight)),
    ("TaskJuggler, our priority rule", partial(taskjuggler.solve, rule=weighted_shortest)),
)
"""What people read, and who answers."""

__all__ = ["PEERS", "Answer", "Dates", "Limits", "Unavailable"]
