"""What text alone proposes: probable duplicates and proposed Touches in one short ranked list."""

from planner.conflicts import probable_duplicate, proposed_touches
from planner.conflicts.context import Context
from planner.conflicts.text import Progress, fuse
from planner.domain.conflict import Conflict


def proposals(
    context: Context,
    limit: int = 10,
    scope: probable_duplicate.Scope = "across",
    progress: Progress = lambda _: None,
) -> tuple[Conflict, ...]:
    """The `limit` best of both lists, by the sum of their reciprocal ranks; a pair that is in both is shown once.

    A contradiction goes before a duplicate of the same rank, because it costs more to find out late.
    """
    contradictions = proposed_touches.candidates(context)
    duplicates = probable_duplicate.candidates(context, scope, progress=progress)
    by_pair = {found.identity: found for found in (*duplicates, *contradictions)}
    scores = fuse((1.0, [found.identity for found in ranking]) for ranking in (contradictions, duplicates))
    return tuple(by_pair[pair] for pair in sorted(scores, key=lambda pair: -scores[pair])[:limit])
