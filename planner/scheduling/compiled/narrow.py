"""Windows of a `relaxation` as hard pulls and exclusive pairs narrow them."""

from planner.scheduling.compiled.jit import compiled
from planner.scheduling.relaxation import Days, Ends, Nodes


@compiled
def narrow(nodes: Nodes, ends: Ends, hard: Days, pairs: Days, low: Days, high: Days) -> bool:
    """Narrow `low` and `high` until nothing more follows; whether every node keeps a start.

    A start on the last day of the tables stands for all later ones, so a `high` there limits nothing.
    """
    days = nodes.tables.shape[1] - 1
    changed = True
    while changed:
        changed = False
        for e in hard:
            early, late = ends.early[e], ends.late[e]
            ends_by, comes = nodes.tables[ends.early_table[e]], nodes.tables[ends.late_table[e]]
            changed = follow(ends_by, comes, early, late, days, low, high) or changed
            if low[early] > high[early] or low[late] > high[late]:
                return False
        for k in range(len(pairs)):
            one, two = pairs[k, 0], pairs[k, 1]
            free_of_one = nodes.tables[nodes.use_until[nodes.first_use[one]]]
            free_of_two = nodes.tables[nodes.use_until[nodes.first_use[two]]]
            one_first = high[two] >= days or free_of_one[low[one]] <= high[two]
            two_first = high[one] >= days or free_of_two[low[two]] <= high[one]
            if one_first and two_first:
                continue
            if not (one_first or two_first):
                return False
            if one_first:
                changed = after(free_of_one, one, two, days, low, high) or changed
            else:
                changed = after(free_of_two, two, one, days, low, high) or changed
            if low[one] > high[one] or low[two] > high[two]:
                return False
    return True


@compiled
def follow(ends_by: Days, comes: Days, early: int, late: int, days: int, low: Days, high: Days) -> bool:
    """The table value of the later end is at least that of the earlier; whether a window changes."""
    changed = False
    while low[late] < days and comes[low[late]] < ends_by[low[early]]:
        low[late] += 1
        changed = True
    if high[late] < days:
        while high[early] >= low[early] and ends_by[high[early]] > comes[high[late]]:
            high[early] -= 1
            changed = True
    return changed


@compiled
def after(free: Days, first: int, second: int, days: int, low: Days, high: Days) -> bool:
    """The second begins when the first has left its teams, or later; whether a window changes."""
    changed = False
    if low[second] < free[low[first]]:
        low[second] = free[low[first]]
        changed = True
    if high[second] < days:
        while high[first] >= low[first] and free[high[first]] > high[second]:
            high[first] -= 1
            changed = True
    return changed
