"""What a plan that keeps close to the one before says of it: what it costs, what moved, how far and why."""

from planner.domain.plan import Move, Plan, Stability
from planner.report.wording import count, day, full_day, weeks


def stability_sentences(plan: Plan, verbose: bool = False) -> tuple[str, ...]:
    """How many starts stay and what that costs; nothing for a plan that was made freely."""
    kept = plan.stability
    if kept is None:
        return ()
    near = sum(move.near for move in kept.moves)
    moved = f"{len(kept.moves)} moved{f' ({near} of them near)' if near else ''}" if kept.moves else "none moved"
    more = f", {count(len(kept.added), 'task')} new" if kept.added else ""
    stays = f"Close to the plan of {full_day(kept.as_of)}: {count(kept.unchanged, 'start')} unchanged, {moved}{more}."
    charged = (f"The moved starts count {weeks(kept.charged)} in the search (assumed), nothing in the plan.",)
    return (stays, _price(kept), *(charged if verbose and kept.moves else ()))


def _price(kept: Stability) -> str:
    """Exact where the free plan is proven best; else what the search found, and the most that it can be."""
    if kept.most == kept.price:
        return f"Keeping close costs {weeks(kept.price)}." if kept.price else "Keeping close costs nothing."
    if not kept.price:
        return (
            f"Keeping close costs nothing that a free search found; at most {weeks(kept.most)}, the gap to the bound."
        )
    return f"Keeping close costs about {weeks(kept.price)}; at most {weeks(kept.most)}, with the gap to the bound."


def move_cells(plan: Plan, move: Move) -> tuple[str, ...]:
    """One moved start: from when to when, which task, how far and why."""
    far = f"{count(abs(move.days), 'day')} {'later' if move.days > 0 else 'earlier'}"
    return (
        f"{day(move.before, plan.as_of)} → {day(move.now, plan.as_of)}",
        move.task,
        move.title,
        ", ".join(move.teams),
        far,
        f"because {move.why}",
    )
