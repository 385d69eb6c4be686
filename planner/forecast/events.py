"""One course of events after the other, in machine code: a calendar of events, walked through day by day.

A day is lived in rounds: all that ends, becomes ready or becomes known today happens; then every team whose situation
has changed walks through its queue. What begins and ends on the same day makes another round.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.forecast.model import NONE, TOLERANCE, Courses, Floats, Integers, Keys, Model, Relations
from planner.forecast.quantiles import CELL_BITS, FIRST, REACH, REST_BITS, S27, S30, S31, SECOND, STEPS
from planner.scheduling.compiled.jit import compiled, inlined, leaf

WAITS, READY, RUNS, RESTS, HELD, DONE, STOPPED = 0, 1, 2, 3, 4, 5, 6
"""Waits for others; may begin; is worked on; work is done, waiting days run; end waits for others; done; given up."""

CELL_SHIFT = np.uint64(64 - CELL_BITS)
REST_SHIFT = np.uint64(64 - CELL_BITS - REST_BITS)
REST_MASK = np.uint64(2**REST_BITS - 1)
REST_SCALE = 2.0**-REST_BITS
UNIT_SHIFT, UNIT_SCALE = np.uint64(11), 2.0**-53
PER_UNIT = STEPS / (2 * REACH)

LEFT, WOKEN, RESULTS = 0, 1, 2
"""Places of `State.counts`: activities not yet over, teams to be woken, results not yet known."""


class State(NamedTuple):
    """One course under way. By activity unless said otherwise."""

    multiple: Floats
    work: Integers
    wait: Integers
    state: NDArray[np.int8]
    need: Integers
    """First period that what it waits for allows, as far as that is known."""
    cause: Integers
    """Who decided when it could begin, or NONE."""
    missing: Integers
    need_end: Integers
    missing_end: Integers
    work_end: Integers
    launch: Integers
    finish: Integers
    is_critical: NDArray[np.int8]
    first_event: Integers
    """By period, then through `next_event`: i ends, count + i becomes ready."""
    next_event: Integers
    at: Integers
    """By team: the first of its queue that may not have begun."""
    first_ready: Integers
    """By team, then through `next_ready`: the demands of those that may begin, in the plan's sequence."""
    next_ready: Integers
    free: Integers
    """By team; without a meaning where its level varies."""
    freed: Integers
    freed_by: Integers
    """By team: when somebody became free last, and of what."""
    woken: Integers
    is_woken: NDArray[np.int8]
    untested: Integers
    """By hypothesis."""
    known: Integers
    """By hypothesis: when its result is known, NONE until that is clear."""
    holds: NDArray[np.int8]
    """By hypothesis: 1 holds, 0 fails."""
    is_known: NDArray[np.int8]
    factor: Floats
    load: Floats
    """By team with a factor."""
    counts: Integers


def state(m: Model) -> State:
    """Room for one course."""
    count, teams, bets = len(m.activities.work), len(m.teams.level), len(m.bets.chance)
    factors = len(m.luck.factor_key)

    def numbers(length: int) -> Integers:
        return np.zeros(length, np.int32)

    def flags(length: int) -> NDArray[np.int8]:
        return np.zeros(length, np.int8)

    return State(
        multiple=np.zeros(count),
        work=numbers(count),
        wait=numbers(count),
        state=flags(count),
        need=numbers(count),
        cause=numbers(count),
        missing=numbers(count),
        need_end=numbers(count),
        missing_end=numbers(count),
        work_end=numbers(count),
        launch=numbers(count),
        finish=numbers(count),
        is_critical=flags(count),
        first_event=numbers(m.axis + 1),
        next_event=numbers(2 * count),
        at=numbers(teams),
        first_ready=numbers(teams),
        next_ready=numbers(len(m.teams.resource)),
        free=numbers(teams),
        freed=numbers(teams),
        freed_by=numbers(teams),
        woken=numbers(teams),
        is_woken=flags(teams),
        untested=numbers(bets),
        known=numbers(bets),
        holds=flags(bets),
        is_known=flags(bets),
        factor=np.zeros(factors),
        load=np.zeros(factors),
        counts=numbers(3),
    )


@inlined
def mix(number: np.uint64) -> np.uint64:
    """See `quantiles.mixed`."""
    number = (number ^ (number >> S30)) * FIRST
    number = (number ^ (number >> S27)) * SECOND
    return number ^ (number >> S31)


@inlined
def normal(bits: np.uint64, table: Floats) -> float:
    """A normal number from 64 bits: the quantile of a probability, between two entries of the table."""
    cell = np.int64(bits >> CELL_SHIFT)
    rest = np.float64((bits >> REST_SHIFT) & REST_MASK) * REST_SCALE
    return float(table[cell] + (table[cell + 1] - table[cell]) * rest)


@inlined
def draw(m: Model, s: State, run_key: np.uint64, table: Floats) -> None:
    """What the plan does not know in one run: multiples, and which hypotheses hold."""
    luck, a = m.luck, m.activities
    for f in range(len(s.factor)):
        s.factor[f] = normal(mix(luck.factor_key[f] + run_key), table)
        s.load[f] = 0.0
    for i in range(len(a.work)):
        z = luck.own * normal(mix(luck.key[i] + run_key), table)
        f = luck.factor[i]
        if f != NONE:
            z += luck.common * s.factor[f]
        x = min(max((z + REACH) * PER_UNIT, 0.0), STEPS - 1e-9)
        k = int(x)
        row = luck.table[i]
        low = luck.multiples[row, k]
        multiple = low + (luck.multiples[row, k + 1] - low) * (x - k)
        s.multiple[i] = multiple
        s.work[i] = max(1, int((a.work[i] + TOLERANCE) * multiple + 0.5) - TOLERANCE) if a.work[i] else 0
        s.wait[i] = max(1, int(a.wait[i] * multiple + 0.5)) if a.wait[i] else 0
        if f != NONE:
            s.load[f] += a.effort[i] * multiple
    for h in range(len(s.holds)):
        uniform = np.float64(mix(m.bets.key[h] + run_key) >> UNIT_SHIFT) * UNIT_SCALE
        s.holds[h] = 1 if uniform < m.bets.chance[h] else 0


@inlined
def reached(m: Model, row: int, start: int, work: int) -> int:
    """First period by which profile `row` has done `work` more than by `start`; the axis if it never has."""
    cumulative = m.days.cumulative
    goal = cumulative[row, start] + work
    if goal > cumulative[row, m.axis]:
        return m.axis
    day = max(start, m.days.reach[row, goal // 1000])
    while cumulative[row, day] < goal:
        day += 1
    return int(day)


@inlined
def push(m: Model, s: State, day: int, event: int) -> None:
    """Let an event happen on a day."""
    day = min(day, m.axis)
    s.next_event[event] = s.first_event[day]
    s.first_event[day] = event


@inlined
def wake(s: State, r: int) -> None:
    """Let a team look at its queue in this round."""
    if not s.is_woken[r]:
        s.is_woken[r] = 1
        s.woken[s.counts[WOKEN]] = r
        s.counts[WOKEN] += 1


@inlined
def wake_teams(m: Model, s: State, i: int) -> None:
    """Wake all teams of an activity."""
    for k in range(m.teams.first_demand[i], m.teams.first_demand[i + 1]):
        wake(s, m.teams.resource[k])


@inlined
def met(m: Model, s: State, day: int, relations: Relations, i: int, start: int, end: int, launch: int) -> None:
    """Tell those that wait for activity i what they waited for."""
    count = len(s.work)
    for k in range(relations.first[i], relations.first[i + 1]):
        j = relations.to[k]
        time = (launch if relations.counts_launch[k] else end if relations.counts_end[k] else start) + relations.lag[
            k
        ]
        if relations.binds_end[k]:
            s.need_end[j] = max(s.need_end[j], time)
            s.missing_end[j] -= 1
            if not s.missing_end[j] and s.state[j] == HELD:
                s.state[j] = RESTS
                push(m, s, max(day, s.need_end[j]), j)
            continue
        if time > s.need[j] or (time == s.need[j] and s.cause[j] > NONE and i < s.cause[j]):
            s.need[j], s.cause[j] = time, i
        s.missing[j] -= 1
        if not s.missing[j] and s.state[j] == WAITS:
            push(m, s, max(day, s.need[j]), count + j)


@inlined
def begin(m: Model, s: State, i: int, day: int) -> None:
    """Work begins, or waiting where there is no work."""
    a, t = m.activities, m.teams
    start = day
    if s.work[i]:
        start = m.days.next_workday[a.profile[i], day]
    elif s.wait[i]:
        start = m.days.next_workday[a.wait_profile[i], day]
    if s.need[i] < day:  # ready earlier: somebody had to be free, or its planned day to come
        s.cause[i] = NONE
        for k in range(t.first_demand[i], t.first_demand[i + 1]):
            r = t.resource[k]
            if s.freed[r] == day and s.freed_by[r] > s.cause[i]:
                s.cause[i] = s.freed_by[r]
    end = reached(m, a.profile[i], start, s.work[i]) if s.work[i] else start
    for k in range(t.first_demand[i], t.first_demand[i + 1]):
        r = t.resource[k]
        s.free[r] -= t.units[k]
    s.state[i], s.work_end[i] = RUNS, end
    push(m, s, end, i)
    first, last = m.on_begin.first[i], m.on_begin.first[i + 1]
    if first < last:
        finish = reached(m, a.wait_profile[i], end, s.wait[i]) if s.wait[i] else end
        met(m, s, day, m.on_begin, i, start, finish, finish)


@inlined
def leave(m: Model, s: State, i: int, day: int) -> None:
    """The teams of an activity are free of it."""
    t = m.teams
    for k in range(t.first_demand[i], t.first_demand[i + 1]):
        r = t.resource[k]
        s.free[r] += t.units[k]
        if s.freed[r] < day or s.freed_by[r] < i:
            s.freed[r], s.freed_by[r] = day, i
        wake(s, r)


@inlined
def over(m: Model, s: State, i: int, day: int, launch: int) -> None:
    """An activity is done or given up: who waits for it goes on, what it tests is known."""
    s.finish[i], s.launch[i] = day, launch
    s.counts[LEFT] -= 1
    met(m, s, day, m.on_done, i, day, day, launch)
    for k in range(m.bets.first_proves[i], m.bets.first_proves[i + 1]):
        h = m.bets.proves[k]
        s.untested[h] -= 1
        if not s.untested[h]:
            s.known[h] = max(day, m.bets.readout[h])


@inlined
def launched(m: Model, s: State, i: int, day: int) -> int:
    """When an activity that is done on a day launches: the calendar allows it, and those it builds on are out."""
    before = 0
    for k in range(m.builds.first[i], m.builds.first[i + 1]):
        before = max(before, s.launch[m.builds.to[k]])
    row = m.activities.launch_calendar[i]
    launch = max(day, before)
    if row != NONE and launch > 0:
        launch = m.days.next_open[row, min(launch - 1, m.axis)] + 1
    return int(launch)


@inlined
def done(m: Model, s: State, i: int, day: int) -> None:
    """An activity is done."""
    s.state[i] = DONE
    over(m, s, i, day, launched(m, s, i, day))


@inlined
def happen(m: Model, s: State, day: int, event: int) -> None:
    """One event."""
    count = len(s.work)
    if event >= count:
        i = event - count
        if s.state[i] == WAITS:
            s.state[i] = READY
            if m.teams.first_demand[i] == m.teams.first_demand[i + 1]:
                begin(m, s, i, day)
                return
            if m.activities.planned[i] > day:  # then it may go before those that still wait
                push(m, s, m.activities.planned[i], event)
            stand_in_line(m, s, i)
        elif s.state[i] == READY:
            wake_teams(m, s, i)
        return
    i = event
    if s.state[i] == RUNS:
        leave(m, s, i, day)
        s.state[i] = RESTS
        if s.wait[i]:
            push(m, s, reached(m, m.activities.wait_profile[i], day, s.wait[i]), i)
            return
    if s.state[i] != RESTS:
        return
    if s.missing_end[i]:
        s.state[i] = HELD
    elif s.need_end[i] > day:
        push(m, s, s.need_end[i], i)
    else:
        done(m, s, i, day)


@inlined
def give_up(m: Model, s: State, i: int, day: int) -> None:
    """What relies on a failed hypothesis, or rolls one back that holds, is not done, ended or thrown away."""
    was = s.state[i]
    if was == STOPPED:
        return
    if was == RUNS:
        leave(m, s, i, day)
    elif was <= READY:
        wake_teams(m, s, i)
        met(m, s, day, m.on_begin, i, day, day, day)
    s.state[i] = STOPPED
    if was != DONE:
        over(m, s, i, day, day)


@leaf
def results(m: Model, s: State, day: int) -> bool:
    """The hypotheses whose result is known today; whether there are any."""
    count, some = len(s.work), False
    for h in range(len(s.holds)):
        if s.is_known[h] or s.known[h] == NONE or s.known[h] > day:
            continue
        s.is_known[h], some = 1, True
        s.counts[RESULTS] -= 1
        rollback = m.bets.rollback[h]
        if s.holds[h]:
            if rollback != NONE:
                give_up(m, s, rollback, day)
            continue
        for k in range(m.bets.first_relying[h], m.bets.first_relying[h + 1]):
            give_up(m, s, m.bets.relying[k], day)
        if rollback != NONE:
            s.missing[rollback] -= 1
            if not s.missing[rollback]:
                push(m, s, max(day, s.need[rollback]), count + rollback)
    return some


@inlined
def fits(m: Model, s: State, i: int, day: int) -> bool:
    """Whether all teams of an activity have room for it from today until it ends."""
    t = m.teams
    for k in range(t.first_demand[i], t.first_demand[i + 1]):
        r = t.resource[k]
        if not t.varies[r]:
            if s.free[r] < t.units[k]:
                return False
            continue
        start = m.days.next_workday[m.activities.profile[i], day]
        end = max(reached(m, m.activities.profile[i], start, s.work[i]), day + 1)
        for when in range(day, end):
            if when > day and t.level[r, when] == t.level[r, when - 1]:
                continue
            level = t.level[r, when]
            left = level - min(t.units[k], level)
            for q in range(t.first_queue[r], t.first_queue[r + 1]):
                j = t.queue[q]
                if s.state[j] == RUNS and s.work_end[j] > when:
                    for n in range(t.first_demand[j], t.first_demand[j + 1]):
                        if t.resource[n] == r:
                            left -= min(t.units[n], level)
            if left < 0:
                return False
    return True


@inlined
def stand_in_line(m: Model, s: State, i: int) -> None:
    """A ready activity takes its place among the ready ones of each of its teams, in the plan's sequence."""
    t = m.teams
    for k in range(t.first_demand[i], t.first_demand[i + 1]):
        r = t.resource[k]
        before, after = NONE, s.first_ready[r]
        while after != NONE and t.rank[t.user[after]] < t.rank[i]:
            before, after = after, s.next_ready[after]
        s.next_ready[k] = after
        if before == NONE:
            s.first_ready[r] = k
            wake(s, r)  # behind somebody who is held up it would be held up as well
        else:
            s.next_ready[before] = k


@inlined
def first_ready(m: Model, s: State, r: int) -> int:
    """The first activity of a team's queue that is ready, or NONE; those that have begun leave the line."""
    k = s.first_ready[r]
    while k != NONE and s.state[m.teams.user[k]] != READY:
        k = s.next_ready[k]
    s.first_ready[r] = k
    return NONE if k == NONE else int(m.teams.user[k])


@inlined
def is_turn(m: Model, s: State, i: int, day: int) -> bool:
    """Whether an activity is the next one of all its teams.

    Nobody who is ready stands before it; who still waits for others goes before it until its own planned day.
    """
    t = m.teams
    for k in range(t.first_demand[i], t.first_demand[i + 1]):
        r = t.resource[k]
        if first_ready(m, s, r) != i:
            return False
        if m.activities.planned[i] > day:
            while s.state[t.queue[s.at[r]]] > READY:
                s.at[r] += 1
            if t.queue[s.at[r]] != i:
                return False
    return True


@inlined
def walk(m: Model, s: State, r: int, day: int) -> None:
    """A team takes the next one of its queue, as long as it is free; who does not fit in holds up the rest."""
    t = m.teams
    while s.free[r] > 0 or t.varies[r]:
        i = first_ready(m, s, r)
        if i == NONE or not is_turn(m, s, i, day) or not fits(m, s, i, day):
            return
        begin(m, s, i, day)
        if t.first_demand[i + 1] - t.first_demand[i] > 1:
            wake_teams(m, s, i)


@inlined
def start_over(m: Model, s: State) -> None:
    """Nothing has begun, everybody is free; who waits for nobody becomes ready on its first day."""
    a, count = m.activities, len(s.work)
    s.first_event[:] = NONE
    s.counts[LEFT], s.counts[WOKEN], s.counts[RESULTS] = count, 0, len(s.holds)
    for r in range(len(s.free)):
        s.at[r], s.free[r], s.freed[r], s.freed_by[r] = m.teams.first_queue[r], m.teams.peak[r], NONE, NONE
        s.first_ready[r], s.is_woken[r] = NONE, 0
    for h in range(len(s.holds)):
        s.untested[h], s.is_known[h] = m.bets.tests[h], 0
        s.known[h] = NONE if m.bets.tests[h] else m.bets.readout[h]
    for i in range(count):
        s.state[i], s.need[i], s.cause[i] = WAITS, a.ready[i], NONE
        s.missing[i], s.missing_end[i], s.need_end[i] = a.missing[i], a.missing_end[i], 0
        s.finish[i], s.launch[i], s.is_critical[i] = m.axis, 0, 0
        if not a.missing[i]:
            push(m, s, a.ready[i], count + i)


@inlined
def live(m: Model, s: State) -> None:
    """One course from the first day until all is over."""
    change, changes = 0, len(m.teams.change_period)
    for day in range(m.axis + 1):
        while change < changes and m.teams.change_period[change] == day:
            wake(s, m.teams.change_resource[change])
            change += 1
        while True:
            while True:
                event = s.first_event[day]
                if event != NONE:
                    s.first_event[day] = s.next_event[event]
                    happen(m, s, day, event)
                elif not s.counts[RESULTS] or not results(m, s, day):
                    break
            if not s.counts[WOKEN]:
                break
            while s.counts[WOKEN]:
                s.counts[WOKEN] -= 1
                r = s.woken[s.counts[WOKEN]]
                s.is_woken[r] = 0
                walk(m, s, r, day)
        if not s.counts[LEFT]:
            break


@inlined
def note(m: Model, s: State, c: Courses, k: int) -> None:
    """Write down what run k came to."""
    count, last, end = len(s.work), NONE, NONE
    for i in range(count):
        if s.state[i] < DONE:
            s.launch[i] = m.axis
        elif m.overlaps and s.state[i] == DONE:
            s.launch[i] = launched(m, s, i, s.finish[i])
        if s.state[i] != STOPPED:
            c.finish[k, i] = s.finish[i]
            if s.finish[i] > end:
                last, end = i, s.finish[i]
    c.end[k] = max(end, 0)
    while last != NONE:
        c.critical[last] += 1
        s.is_critical[last] = 1
        last = s.cause[last]
    late = 0
    for g in range(len(m.items.sunk)):
        lands, is_critical = m.items.sunk[g], False
        for q in range(m.items.first[g], m.items.first[g + 1]):
            i = m.items.member[q]
            if s.state[i] == STOPPED:
                lands = NONE
            elif lands != NONE:
                lands = max(lands, s.launch[i])
            is_critical = is_critical or s.is_critical[i] == 1
        c.lands[k, g] = lands
        c.critical_items[g] += is_critical
        if m.items.target[g] != NONE and lands > m.items.target[g]:
            late += lands - m.items.target[g]
    c.late[k] = late
    moved = float(c.end[k] - m.planned_end)
    for i in range(count):
        add(c.sums, i, s.multiple[i], moved, late)
    for f in range(len(s.load)):
        add(c.sums, count + f, s.load[f], moved, late)
    for h in range(len(s.holds)):
        add(c.sums, count + len(s.load) + h, float(s.holds[h]), moved, late)


@inlined
def add(sums: Floats, driver: int, value: float, moved: float, late: float) -> None:
    """Add the value of a driver to its sums."""
    sums[driver, 0] += value
    sums[driver, 1] += value * value
    sums[driver, 2] += value * moved
    sums[driver, 3] += value * late


@compiled
def simulate(m: Model, s: State, table: Floats, run_keys: Keys, c: Courses) -> None:
    """Fill `c` with one course for each run key; `table` holds normal quantiles."""
    for k in range(len(run_keys)):
        draw(m, s, run_keys[k], table)
        start_over(m, s)
        live(m, s)
        note(m, s, c, k)


@compiled
def count(days: Integers, into: NDArray[np.uint32]) -> None:
    """Add to the histogram of each column of `days` (runs, columns); see `tally.count_plainly`."""
    last = into.shape[1] - 1
    for i in range(days.shape[1]):
        for k in range(days.shape[0]):
            if days[k, i] != NONE:
                into[i, min(days[k, i], last)] += np.uint32(1)
