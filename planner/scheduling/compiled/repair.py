"""Destroy and repair, compiled: a few activities leave a schedule and come back in another order.

The search of Ruiz and Stuetzle (2007) on a schedule instead of a list: all others stay, whoever is in the way of a
predecessor that came back later goes out as well. Accepted by simulated annealing (Kirkpatrick, Gelatt and Vecchi
1983) on D and the priced pairs (`pairs.Pairs`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.scheduling.compiled.arrays import NONE, ON_FINISH, Arrays, Integers
from planner.scheduling.compiled.jit import compiled, leaf
from planner.scheduling.compiled.lists import delay_of, first_fit, take
from planner.scheduling.compiled.pairs import Pairs, pair_cost
from planner.scheduling.compiled.timing import earliest_start, end_of, finish, launch_of

MOST_OUT = 40
"""More activities are never taken out at once; a repair that needs to is given up."""

STAYS, IS_OUT, IS_BACK = 0, 1, 2


class State(NamedTuple):
    """A schedule under repair, and what one move has changed in it. By activity unless said otherwise."""

    starts: Integers
    ends: Integers
    launches: Integers
    free: Integers
    """Room by (resource, period)."""
    item_cost: Integers
    """By item."""
    pair_cost: Integers
    """By pair."""
    not_before: Integers
    movable: Integers
    """0 where the start is not for this search to change."""
    where: Integers
    """STAYS, IS_OUT or IS_BACK."""
    key: NDArray[np.float64]
    """Who comes back first: the least."""
    wait: Integers
    """First period for whoever waits on purpose in this move."""
    out: Integers
    """The activities taken out, `counts[OUT]` of them; (MOST_OUT,)."""
    old_start: Integers
    moved: Integers
    """The activities with another launch than before, `counts[MOVED]` of them."""
    is_moved: Integers
    old_launch: Integers
    seen_item: Integers
    """By item the last move that asked for its cost."""
    seen_pair: Integers
    counts: Integers
    """(3,): OUT, MOVED, MOVE."""


OUT, MOVED, MOVE = 0, 1, 2


def state(a: Arrays, pairs: Pairs, starts: Integers, not_before: Integers, movable: Integers) -> State:
    """A state to begin with; the schedule keeps all rules."""
    count, items = len(a.work), len(a.delay_weight)

    def zeros(length: int) -> Integers:
        return np.zeros(length, np.int64)

    made = State(
        starts.copy(),
        zeros(count),
        zeros(count),
        a.capacity.copy(),
        zeros(items),
        zeros(len(pairs.first)),
        not_before,
        movable,
        zeros(count),
        np.zeros(count),
        zeros(count),
        zeros(MOST_OUT),
        zeros(count),
        zeros(count),
        zeros(count),
        zeros(count),
        zeros(items),
        zeros(len(pairs.first)),
        zeros(3),
    )
    settle(a, pairs, made)
    return made


@compiled
def settle(a: Arrays, pairs: Pairs, s: State) -> int:
    """Work out everything from the starts; the cost in milli ED."""
    s.free[:] = a.capacity
    for i in a.order:
        s.ends[i] = finish(a, i, s.starts[i])
        s.launches[i] = launch_of(a, i, s.ends[i], s.launches)
        take(a, s.free, i, s.starts[i], 1)
    for g in range(len(s.item_cost)):
        s.item_cost[g] = delay_of(a, g, s.launches)
    for k in range(len(s.pair_cost)):
        s.pair_cost[k] = pair_cost(pairs, k, s.starts, s.ends, s.launches)
    return int(s.item_cost.sum() + s.pair_cost.sum())


@compiled
def anneal(a: Arrays, pairs: Pairs, s: State, heat: float, moves: int, seed: int) -> int:
    """So many moves at one temperature, in milli ED; the number of activities placed."""
    np.random.seed(seed)
    placed = 0
    for _ in range(moves):
        s.counts[OUT], s.counts[MOVED] = 0, 0
        s.counts[MOVE] += 1
        kind = np.random.random()
        if kind < 0.1 and len(pairs.first):
            _apart(a, pairs, s)
        elif kind < 0.2:
            _hurry(a, s)
        elif kind < 0.45:
            _advance(a, s)
        elif kind < 0.7:
            _team_window(a, s)
        else:
            _items(a, s)
        if s.counts[OUT] and _put_back(a, pairs, s) and _relaunch(a, s):
            change = _change(a, pairs, s)
            if change <= 0 or np.random.random() < np.exp(-change / heat):
                _keep(a, pairs, s)
            else:
                _undo(a, s)
        else:
            _undo(a, s)
        placed += s.counts[OUT]
    return placed


@leaf
def _take_out(a: Arrays, s: State, i: int, key: float) -> bool:
    """Take activity i out unless it is; whether that is possible."""
    if s.where[i] == IS_OUT:
        return True
    if s.where[i] == STAYS:
        if not s.movable[i] or s.counts[OUT] == MOST_OUT:
            return False
        s.out[s.counts[OUT]] = i
        s.counts[OUT] += 1
        s.old_start[i] = s.starts[i]
        _remember(s, i)
        s.key[i] = key
        s.wait[i] = 0
    take(a, s.free, i, s.starts[i], -1)
    s.where[i] = IS_OUT
    return True


@leaf
def _remember(s: State, i: int) -> None:
    """Note the launch that activity i has before the move."""
    if not s.is_moved[i]:
        s.is_moved[i] = 1
        s.old_launch[i] = s.launches[i]
        s.moved[s.counts[MOVED]] = i
        s.counts[MOVED] += 1


@leaf
def _advance(a: Arrays, s: State) -> None:
    """An activity of a random item and those of the item behind it go before one that holds its team."""
    g = np.random.randint(len(a.delay_weight))
    size = a.first_member[g + 1] - a.first_member[g]
    i = a.member[a.first_member[g] + np.random.randint(size)]
    least = earliest_start(a, i, s.not_before[i], s.starts, s.ends, s.launches)
    if not s.movable[i] or least >= s.starts[i] or a.first_demand[i] == a.first_demand[i + 1]:
        return
    since = s.starts[i]
    for k in range(a.first_member[g], a.first_member[g + 1]):
        j = a.member[k]
        if j == i or s.starts[j] > since:
            _take_out(a, s, j, least + s.starts[j] - since - 0.5)
    r = a.demand_resource[a.first_demand[i]]
    share = np.random.random()
    for k in range(a.first_user[r], a.first_user[r + 1]):
        j = a.user[k]
        if s.starts[j] < since and s.ends[j] > least and np.random.random() < share:
            _take_out(a, s, j, float(max(s.starts[j], least)))


@leaf
def _team_window(a: Arrays, s: State) -> None:
    """A random activity and those of its team that start next, in another order; some with their items' rest."""
    i = np.random.randint(len(a.work))
    if a.first_demand[i] == a.first_demand[i + 1]:
        return
    r = a.demand_resource[a.first_demand[i]]
    users = a.first_user[r + 1] - a.first_user[r]
    span = (1 + np.random.randint(4)) * max(1, (s.ends[i] - s.starts[i]))
    begin = s.starts[i]
    first = np.random.randint(users)
    for k in range(users):
        j = a.user[a.first_user[r] + (first + k) % users]
        if begin <= s.starts[j] <= begin + span and s.counts[OUT] < MOST_OUT // 4:
            _take_out(a, s, j, s.starts[j] + np.random.normal() * span)
            if np.random.random() < 0.5:
                _take_followers(a, s, j)


@leaf
def _take_followers(a: Arrays, s: State, i: int) -> None:
    """The activities of the items of i that start after it go out too, in the order that they have."""
    for q in range(a.first_item[i], a.first_item[i + 1]):
        g = a.item[q]
        for k in range(a.first_member[g], a.first_member[g + 1]):
            j = a.member[k]
            if s.starts[j] > s.starts[i] and s.where[j] == STAYS and s.counts[OUT] < MOST_OUT // 2:
                _take_out(a, s, j, s.key[i] + s.starts[j] - s.starts[i])


@leaf
def _items(a: Arrays, s: State) -> None:
    """One item, or two that share a team, to other times."""
    g = np.random.randint(len(a.delay_weight))
    shift = np.random.normal() * 10.0
    for k in range(a.first_member[g], a.first_member[g + 1]):
        if s.counts[OUT] < MOST_OUT // 2:
            _take_out(a, s, a.member[k], s.starts[a.member[k]] + shift)
    if np.random.random() < 0.3:
        return
    i = a.member[a.first_member[g] + np.random.randint(a.first_member[g + 1] - a.first_member[g])]
    if a.first_demand[i] == a.first_demand[i + 1]:
        return
    r = a.demand_resource[a.first_demand[i]]
    j = a.user[a.first_user[r] + np.random.randint(a.first_user[r + 1] - a.first_user[r])]
    _take_out(a, s, j, float(s.starts[j]))
    if s.where[j] == IS_OUT:
        _take_followers(a, s, j)


@leaf
def _apart(a: Arrays, pairs: Pairs, s: State) -> None:
    """The two of a priced pair to a distance that costs less: one of them earlier, or the other one later."""
    k = np.random.randint(len(pairs.first))
    i, j, size = pairs.first[k], pairs.second[k], pairs.offset[k + 1] - pairs.offset[k]
    days = end_of(i, pairs.first_end[k], s.starts, s.ends, s.launches)
    if j != NONE:
        days = end_of(j, pairs.second_end[k], s.starts, s.ends, s.launches) - days
    place = min(max(days - pairs.low[k], 0), size - 1)
    goal = np.random.randint(size)
    if np.random.random() < 0.5:
        goal = 0 if np.random.random() < 0.5 else size - 1
    if pairs.table[pairs.offset[k] + goal] >= pairs.table[pairs.offset[k] + place]:
        return
    more = goal + pairs.low[k] - days
    late, early = (j, i) if more > 0 else (i, j)
    if j == NONE:
        late, early = (i, NONE) if more > 0 else (NONE, i)
    more = abs(more)
    if late != NONE and (early == NONE or np.random.random() < 0.5):
        if _take_out(a, s, late, float(s.starts[late] + more)):
            s.wait[late] = s.starts[late] + more
            if np.random.random() < 0.5:
                _take_followers(a, s, late)
    elif early != NONE:
        _pull(a, s, early, more)


@leaf
def _hurry(a: Arrays, s: State) -> None:
    """What an item is waiting for goes earlier, with all that comes before it."""
    g = np.random.randint(len(a.delay_weight))
    i = a.member[a.first_member[g]]
    for k in range(a.first_member[g], a.first_member[g + 1]):
        if s.ends[a.member[k]] > s.ends[i]:
            i = a.member[k]
    room = s.starts[i] - a.earliest[i]
    if room > 0:
        _pull(a, s, i, 1 + np.random.randint(room))


@leaf
def _pull(a: Arrays, s: State, i: int, days: int) -> None:
    """Activity i and what it waits for go so many days earlier, before those that hold its team."""
    if not _take_out(a, s, i, s.starts[i] - days - 0.5):
        return
    n = 0
    while n < s.counts[OUT]:
        j = s.out[n]
        n += 1
        goal = s.key[j]
        for k in range(a.first_before[j], a.first_before[j + 1]):
            p = a.before[k]
            over = s.ends[p] - goal
            if over > 0 and s.where[p] == STAYS and not _take_out(a, s, p, s.starts[p] - over - 0.5):
                return
    share = np.random.random()
    for n in range(s.counts[OUT]):
        j = s.out[n]
        if a.first_demand[j] == a.first_demand[j + 1]:
            continue
        r = a.demand_resource[a.first_demand[j]]
        for k in range(a.first_user[r], a.first_user[r + 1]):
            q = a.user[k]
            blocks = s.starts[q] < s.starts[j] and s.ends[q] > s.key[j]
            if blocks and s.where[q] == STAYS and s.counts[OUT] < MOST_OUT // 2 and np.random.random() < share:
                _take_out(a, s, q, max(float(s.starts[q]), s.key[j] + 0.5))


@leaf
def _next(a: Arrays, s: State) -> int:
    """Who comes back first: the least key of those whose predecessors are all there; NONE if nobody is out."""
    found = NONE
    for n in range(s.counts[OUT]):
        i = s.out[n]
        if s.where[i] != IS_OUT or (found != NONE and s.key[i] >= s.key[found]):
            continue
        ready = True
        for k in range(a.first_before[i], a.first_before[i + 1]):
            if s.where[a.before[k]] == IS_OUT:
                ready = False
        if ready:
            found = i
    return found


@leaf
def _put_back(a: Arrays, pairs: Pairs, s: State) -> bool:
    """Everybody back, one after the other as early as it fits; whoever is then too early goes out for it."""
    tries = 2 * MOST_OUT
    i = _next(a, s)
    while i != NONE:
        tries -= 1
        begin = earliest_start(a, i, _least(pairs, s, i), s.starts, s.ends, s.launches)
        if not tries or begin == NONE or begin > a.latest[i]:
            return False
        begin = first_fit(a, s.free, i, begin)
        if begin > a.latest[i]:
            return False
        take(a, s.free, i, begin, 1)
        s.starts[i] = begin
        s.ends[i] = finish(a, i, begin)
        s.launches[i] = launch_of(a, i, s.ends[i], s.launches)
        s.where[i] = IS_BACK
        for k in range(a.first_after[i], a.first_after[i + 1]):
            j = a.after[k]
            if s.where[j] != IS_OUT and not _holds(a, s, j) and not _take_out(a, s, j, float(s.starts[j])):
                return False
        i = _next(a, s)
    return True


@leaf
def _least(pairs: Pairs, s: State, i: int) -> int:
    """The first period that activity i may start in; now and then it waits for a priced pair to cost least."""
    least = max(s.not_before[i], s.wait[i])
    count = pairs.first_of[i + 1] - pairs.first_of[i]
    if count and np.random.random() < 0.1:
        k = pairs.of[pairs.first_of[i] + np.random.randint(count)]
        j = pairs.first[k]
        if pairs.second[k] == i and s.where[j] != IS_OUT and pairs.second_end[k] != ON_FINISH:
            wait = pairs.low[k] + pairs.offset[k + 1] - pairs.offset[k] - 1
            least = max(least, end_of(j, pairs.first_end[k], s.starts, s.ends, s.launches) + wait)
    return int(least)


@leaf
def _holds(a: Arrays, s: State, j: int) -> bool:
    """Whether all that comes before activity j leaves it its start."""
    for k in range(a.first_before[j], a.first_before[j + 1]):
        end = end_of(a.before[k], a.before_end[k], s.starts, s.ends, s.launches) + a.before_lag[k]
        if end > (s.ends[j] if a.before_target[k] == ON_FINISH else s.starts[j]):
            return False
    return True


@leaf
def _relaunch(a: Arrays, s: State) -> bool:
    """The launches behind those that have changed; false where somebody would start before a launch it waits for."""
    n = 0
    while n < s.counts[MOVED]:
        i = s.moved[n]
        n += 1
        for k in range(a.first_after[i], a.first_after[i + 1]):
            j = a.after[k]
            day = launch_of(a, j, s.ends[j], s.launches)
            if day > a.horizon or not _holds(a, s, j):
                return False
            if day != s.launches[j]:
                if s.is_moved[j]:  # what is behind it has to be looked at once more
                    n = 0
                _remember(s, j)
                s.launches[j] = day
    return True


@leaf
def _change(a: Arrays, pairs: Pairs, s: State) -> int:
    """What the move changes the cost by."""
    move, change = s.counts[MOVE], 0
    for n in range(s.counts[MOVED]):
        i = s.moved[n]
        for q in range(a.first_item[i], a.first_item[i + 1]):
            g = a.item[q]
            if s.seen_item[g] != move:
                s.seen_item[g] = move
                change += delay_of(a, g, s.launches) - s.item_cost[g]
        for q in range(pairs.first_of[i], pairs.first_of[i + 1]):
            k = pairs.of[q]
            if s.seen_pair[k] != move:
                s.seen_pair[k] = move
                change += pair_cost(pairs, k, s.starts, s.ends, s.launches) - s.pair_cost[k]
    return change


@leaf
def _keep(a: Arrays, pairs: Pairs, s: State) -> None:
    """Take the move as it is."""
    for n in range(s.counts[OUT]):
        s.where[s.out[n]] = STAYS
    for n in range(s.counts[MOVED]):
        i = s.moved[n]
        s.is_moved[i] = 0
        for q in range(a.first_item[i], a.first_item[i + 1]):
            s.item_cost[a.item[q]] = delay_of(a, a.item[q], s.launches)
        for q in range(pairs.first_of[i], pairs.first_of[i + 1]):
            s.pair_cost[pairs.of[q]] = pair_cost(pairs, pairs.of[q], s.starts, s.ends, s.launches)


@leaf
def _undo(a: Arrays, s: State) -> None:
    """Everything as it was before the move."""
    for n in range(s.counts[OUT]):
        i = s.out[n]
        if s.where[i] == IS_BACK:
            take(a, s.free, i, s.starts[i], -1)
    for n in range(s.counts[OUT]):
        i = s.out[n]
        s.starts[i] = s.old_start[i]
        s.ends[i] = finish(a, i, s.starts[i])
        s.where[i] = STAYS
        take(a, s.free, i, s.starts[i], 1)
    for n in range(s.counts[MOVED]):
        i = s.moved[n]
        s.launches[i] = s.old_launch[i]
        s.is_moved[i] = 0
