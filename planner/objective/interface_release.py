"""T, throwaway, third part: what consumers of a component spend on moving to each breaking release of its interface.

T = sum over components of their migration effort for each release, where a release that launches at most `window`
periods after another one, of equal launches the lower position first, counts with it (design, section 4). A chain of
releases, each close behind the one before, thus counts once.
"""

from planner.domain.problem import InterfaceRelease, Problem
from planner.objective.variables import Variables, X


def interface_release(problem: Problem, variables: Variables[X]) -> X:
    """Migrations that breaking releases force on consumers, in milli ED."""
    return variables.algebra.linear([(1, release_cost(release, variables)) for release in problem.releases])


def release_cost(release: InterfaceRelease, variables: Variables[X]) -> X:
    """What the releases of one component cost its consumers, in milli ED."""
    algebra = variables.algebra
    costs: list[tuple[int, X]] = []
    for later in release.activities:
        close = [_close(release.window, i, later, variables) for i in release.activities if i != later]
        costs.append((-release.cost, algebra.maximum(close, 0)))
    return algebra.linear(costs, release.cost * len(release.activities))


def _close(window: int, earlier: int, later: int, variables: Variables[X]) -> X:
    """1 where `later` launches after `earlier`, by at most `window` periods."""
    algebra = variables.algebra
    first, second = variables.launch[earlier], variables.launch[later]
    tie = int(earlier < later)
    follows = algebra.less(first, algebra.linear([(1, second)], tie))
    return algebra.gated(follows, algebra.less(second, algebra.linear([(1, first)], window + 1)))
