"""The courses of `events` without machine code: all runs of a chunk side by side, a day after the other.

The same model, the same luck, the same days: for small plans on which compiling would take longer, and to check the
kernels by. Arrays go by (activity or team, run); a `mask` says in which runs something happens.
"""

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from planner.forecast.model import NONE, TOLERANCE, Courses, Floats, Integers, Keys, Model, Relations, courses
from planner.forecast.quantiles import CELL_BITS, REACH, REST_BITS, STEPS, mixed

WAITS, READY, RUNS, RESTS, HELD, DONE, STOPPED = range(7)
"""As in `events`."""
Mask = NDArray[np.bool_]


def simulate(model: Model, table: Floats, run_keys: Keys) -> Courses:
    """One course for each run key; `table` holds normal quantiles."""
    luck = Drawn(model, table, run_keys)
    runs = Runs(model, luck)
    runs.live()
    return runs.noted(luck)


class Drawn:
    """What the plan does not know, by run: multiples, work, waiting, and which hypotheses hold."""

    def __init__(self, m: Model, table: Floats, run_keys: Keys):
        luck, a = m.luck, m.activities
        factor = _normal(luck.factor_key, run_keys, table)
        z = luck.own * _normal(luck.key, run_keys, table)
        with_team = luck.factor != NONE
        z[with_team] += luck.common * factor[luck.factor[with_team]]
        x = np.minimum(np.maximum((z + REACH) * (STEPS / (2 * REACH)), 0.0), STEPS - 1e-9)
        k = x.astype(np.int64)
        row = luck.table[:, None]
        low = luck.multiples[row, k]
        self.multiple: Floats = low + (luck.multiples[row, k + 1] - low) * (x - k)
        work = ((a.work[:, None] + TOLERANCE) * self.multiple + 0.5).astype(np.int32) - TOLERANCE
        self.work: Integers = np.where(a.work[:, None] > 0, np.maximum(1, work), 0).astype(np.int32)
        wait = np.maximum(1, (a.wait[:, None] * self.multiple + 0.5).astype(np.int32))
        self.wait: Integers = np.where(a.wait[:, None] > 0, wait, 0).astype(np.int32)
        self.load: Floats = np.zeros((len(luck.factor_key), len(run_keys)))
        np.add.at(self.load, luck.factor[with_team], (a.effort[:, None] * self.multiple)[with_team])
        uniform = (_bits(m.bets.key, run_keys) >> np.uint64(11)).astype(np.float64) * 2.0**-53
        self.holds: Mask = uniform < m.bets.chance[:, None]


def _bits(keys: Keys, run_keys: Keys) -> Keys:
    with np.errstate(over="ignore"):
        return mixed(keys[:, None] + run_keys[None, :])


def _normal(keys: Keys, run_keys: Keys, table: Floats) -> Floats:
    bits = _bits(keys, run_keys)
    cell = (bits >> np.uint64(64 - CELL_BITS)).astype(np.int64)
    rest = (bits >> np.uint64(64 - CELL_BITS - REST_BITS)) & np.uint64(2**REST_BITS - 1)
    result: Floats = table[cell] + (table[cell + 1] - table[cell]) * (rest.astype(np.float64) * 2.0**-REST_BITS)
    return result


class Runs:
    """Many courses under way."""

    def __init__(self, m: Model, luck: Drawn):
        a, (count, runs) = m.activities, luck.multiple.shape
        self.m, self.luck = m, luck
        self.day = 0
        self.state = np.full((count, runs), WAITS, np.int8)
        self.need = _columns(a.ready, runs)
        self.cause = np.full((count, runs), NONE, np.int32)
        self.missing, self.missing_end = _columns(a.missing, runs), _columns(a.missing_end, runs)
        self.need_end = np.zeros((count, runs), np.int32)
        self.due = np.where(self.missing == 0, self.need, NONE).astype(np.int32)
        """When something happens next: it becomes ready, its work ends, its end comes; NONE if that is open."""
        self.finish = np.full((count, runs), m.axis, np.int32)
        self.launch = np.zeros((count, runs), np.int32)
        self.free = _columns(m.teams.peak, runs)
        self.freed, self.freed_by = (np.full((len(m.teams.peak), runs), NONE, np.int32) for _ in range(2))
        self.left = np.full(runs, count)
        self.untested = _columns(m.bets.tests, runs)
        self.known = _columns(np.where(m.bets.tests > 0, NONE, m.bets.readout), runs)
        self.is_known = np.zeros(self.known.shape, np.bool_)
        self._today: list[int] = []

    def live(self) -> None:
        """From the first day until all is over."""
        for day in range(self.m.axis + 1):
            self.day = day
            for i in np.flatnonzero((self.due == self.day).any(axis=1)):
                heappush(self._today, int(i))
            while True:
                while self._today or self._results():
                    while self._today:
                        self._happen(heappop(self._today))
                self._walk()
                if not self._today:
                    break
            if not self.left.any():
                break

    def _plan(self, i: int, mask: Mask, day: Integers | int) -> None:
        """Something happens to activity i on a day; perhaps today still."""
        self.due[i][mask] = np.minimum(day, self.m.axis)
        if (self.due[i][mask] == self.day).any():
            heappush(self._today, i)

    def _happen(self, i: int) -> None:
        """What is due today for activity i."""
        today = self.due[i] == self.day
        self.due[i][today] = NONE
        state = self.state[i]
        ready = today & (state == WAITS)
        if ready.any():
            state[ready] = READY
            if not self._teams(i):
                self._begin(i, ready)
        worked = today & (state == RUNS) & ~ready
        if worked.any():
            self._leave(i, worked)
            state[worked] = RESTS
            waiting = worked & (self.luck.wait[i] > 0)
            if waiting.any():
                end = self._reached(self.m.activities.wait_profile[i], self.day, self.luck.wait[i][waiting])
                self._plan(i, waiting, end)
            today = today & ~waiting
        ends = today & (state == RESTS)
        held = ends & (self.missing_end[i] > 0)
        state[held] = HELD
        later = ends & ~held & (self.need_end[i] > self.day)
        if later.any():
            self._plan(i, later, self.need_end[i][later])
        done = ends & ~held & ~later
        if done.any():
            self._done(i, done)

    def _teams(self, i: int) -> list[tuple[int, int]]:
        """Team and tenths of each demand of an activity."""
        t = self.m.teams
        own = slice(t.first_demand[i], t.first_demand[i + 1])
        return list(zip(t.resource[own].tolist(), t.units[own].tolist(), strict=True))

    def _reached(self, row: int, start: int, work: Integers) -> Integers:
        """First periods by which a profile has done `work` more than by `start`; the axis if it never has."""
        cumulative = self.m.days.cumulative[row]
        found = np.minimum(np.searchsorted(cumulative, cumulative[start] + work), self.m.axis)
        return np.asarray(found, np.int32)

    def _begin(self, i: int, mask: Mask) -> None:
        a, luck, start = self.m.activities, self.luck, self.day
        if a.work[i]:
            start = int(self.m.days.next_workday[a.profile[i], start])
        elif a.wait[i]:
            start = int(self.m.days.next_workday[a.wait_profile[i], start])
        late = mask & (self.need[i] < self.day)
        self.cause[i][late] = NONE
        for r, units in self._teams(i):
            by = late & (self.freed[r] == self.day) & (self.freed_by[r] > self.cause[i])
            self.cause[i][by] = self.freed_by[r][by]
            self.free[r][mask] -= units
        ends = np.full(mask.shape, start, np.int32)
        if a.work[i]:
            ends[mask] = self._reached(a.profile[i], start, luck.work[i][mask])
        self.state[i][mask] = RUNS
        self._plan(i, mask, ends[mask])
        if self.m.on_begin.first[i] < self.m.on_begin.first[i + 1]:
            finish = ends.copy()
            for end in np.unique(ends[mask]) if a.wait[i] else ():
                same = mask & (ends == end)
                finish[same] = self._reached(a.wait_profile[i], int(end), luck.wait[i][same])
            self._met(self.m.on_begin, i, mask, np.full(mask.shape, start, np.int32), finish, finish)

    def _leave(self, i: int, mask: Mask) -> None:
        for r, units in self._teams(i):
            self.free[r][mask] += units
            last = mask & ((self.freed[r] < self.day) | (self.freed_by[r] < i))
            self.freed[r][last], self.freed_by[r][last] = self.day, i

    def _met(
        self, relations: Relations, i: int, mask: Mask, start: Integers, end: Integers, launch: Integers
    ) -> None:
        """Tell those that wait for activity i what they waited for."""
        for k in range(relations.first[i], relations.first[i + 1]):
            j = int(relations.to[k])
            counts = launch if relations.counts_launch[k] else end if relations.counts_end[k] else start
            time = counts + relations.lag[k]
            if relations.binds_end[k]:
                self.need_end[j][mask] = np.maximum(self.need_end[j], time)[mask]
                self.missing_end[j][mask] -= 1
                freed = mask & (self.missing_end[j] == 0) & (self.state[j] == HELD)
                if freed.any():
                    self.state[j][freed] = RESTS
                    self._plan(j, freed, np.maximum(self.day, self.need_end[j][freed]))
                continue
            ties = (time == self.need[j]) & (self.cause[j] > NONE) & (i < self.cause[j])
            later = mask & ((time > self.need[j]) | ties)
            self.need[j][later], self.cause[j][later] = time[later], i
            self.missing[j][mask] -= 1
            ready = mask & (self.missing[j] == 0) & (self.state[j] == WAITS)
            if ready.any():
                self._plan(j, ready, np.maximum(self.day, self.need[j][ready]))

    def _done(self, i: int, mask: Mask) -> None:
        self.state[i][mask] = DONE
        self._over(i, mask, self._launched(i, np.full(mask.shape, self.day, np.int32)))

    def _launched(self, i: int, launch: Integers) -> Integers:
        """When an activity launches that is done by then."""
        builds, row = self.m.builds, self.m.activities.launch_calendar[i]
        for k in range(builds.first[i], builds.first[i + 1]):
            launch = np.maximum(launch, self.launch[builds.to[k]])
        if row != NONE:
            opened = self.m.days.next_open[row, np.clip(launch - 1, 0, self.m.axis)] + 1
            launch = np.where(launch > 0, opened, launch).astype(np.int32)
        return launch

    def _over(self, i: int, mask: Mask, launch: Integers) -> None:
        self.finish[i][mask], self.launch[i][mask] = self.day, launch[mask]
        self.left[mask] -= 1
        today = np.full(mask.shape, self.day, np.int32)
        self._met(self.m.on_done, i, mask, today, today, launch)
        bets = self.m.bets
        for k in range(bets.first_proves[i], bets.first_proves[i + 1]):
            h = bets.proves[k]
            self.untested[h][mask] -= 1
            clear = mask & (self.untested[h] == 0)
            self.known[h][clear] = max(self.day, int(bets.readout[h]))

    def _give_up(self, i: int, mask: Mask) -> None:
        """What relies on a failed hypothesis, or rolls one back that holds, is not done, ended or thrown away."""
        mask = mask & (self.state[i] != STOPPED)
        running, unbegun = mask & (self.state[i] == RUNS), mask & (self.state[i] <= READY)
        was_open = mask & (self.state[i] != DONE)
        self._leave(i, running)
        today = np.full(mask.shape, self.day, np.int32)
        self._met(self.m.on_begin, i, unbegun, today, today, today)
        self.state[i][mask] = STOPPED
        self.due[i][mask] = NONE
        self._over(i, was_open, today)

    def _results(self) -> bool:
        """The hypotheses whose result is known today; whether there are any."""
        bets, some = self.m.bets, False
        for h in range(len(bets.chance)):
            now = ~self.is_known[h] & (self.known[h] != NONE) & (self.known[h] <= self.day)
            if not now.any():
                continue
            self.is_known[h][now], some = True, True
            rollback = int(bets.rollback[h])
            holds, fails = now & self.luck.holds[h], now & ~self.luck.holds[h]
            for i in bets.relying[bets.first_relying[h] : bets.first_relying[h + 1]]:
                self._give_up(int(i), fails)
            if rollback != NONE:
                self._give_up(rollback, holds)
                self.missing[rollback][fails] -= 1
                begins = fails & (self.missing[rollback] == 0)
                self._plan(rollback, begins, np.maximum(self.day, self.need[rollback][begins]))
        return some

    def _walk(self) -> None:
        """Every team goes through its queue: whose turn it is and who fits in, begins; else it holds up the rest."""
        t, planned = self.m.teams, self.m.activities.planned
        held = np.zeros(self.free.shape, np.bool_)
        ready_rows = np.flatnonzero((self.state == READY).any(axis=1))
        for i in ready_rows[np.argsort(t.rank[ready_rows], kind="stable")].tolist():
            ready = self.state[i] == READY
            turn = ready.copy()
            for r, _ in self._teams(i):
                turn &= ~held[r]
                if planned[i] > self.day and turn.any():
                    queue = t.queue[t.first_queue[r] : t.first_queue[r + 1]]
                    before = queue[: int(np.flatnonzero(queue == i)[0])]
                    turn &= ~(self.state[before] == WAITS).any(axis=0)
            begins = turn & self._fits(i, turn) if turn.any() else turn
            if begins.any():
                self._begin(i, begins)
            for r, _ in self._teams(i):
                held[r] |= ready & ~begins

    def _fits(self, i: int, mask: Mask) -> Mask:
        """Whether all teams of an activity have room for it from today until it ends."""
        t, fits = self.m.teams, mask.copy()
        for r, units in self._teams(i):
            if not t.varies[r]:
                fits &= self.free[r] >= units
                continue
            profile = self.m.activities.profile[i]
            start = int(self.m.days.next_workday[profile, self.day])
            ends = np.maximum(self._reached(profile, start, self.luck.work[i]), self.day + 1)
            level = t.level[r]
            queue = t.queue[t.first_queue[r] : t.first_queue[r + 1]]
            changes = self.day + 1 + np.flatnonzero(np.diff(level[self.day : int(ends[mask].max())]))
            for when in (self.day, *changes.tolist()):
                left = np.full(mask.shape, level[when] - min(units, level[when]))
                for j in queue:
                    on = (self.state[j] == RUNS) & (self.due[j] > when)
                    if on.any():
                        left -= on * min(dict(self._teams(j))[r], level[when])
                fits &= (left >= 0) | (ends <= when)
        return fits

    def noted(self, luck: Drawn) -> Courses:
        """What the runs came to."""
        m, built = self.m, self.state != STOPPED
        count, runs = built.shape
        self.launch[self.state < DONE] = m.axis
        for i in range(count) if m.overlaps else ():
            self.launch[i] = np.where(self.state[i] == DONE, self._launched(i, self.finish[i]), self.launch[i])
        c = courses(m, runs)
        finish = np.where(built, self.finish, NONE)
        c.finish[:] = finish.T
        critical = np.zeros(built.shape, np.bool_)
        if count:
            c.end[:] = np.maximum(finish.max(axis=0), 0)
            last = np.where(finish.max(axis=0) > NONE, finish.argmax(axis=0), NONE)
            while (last != NONE).any():
                on = np.flatnonzero(last != NONE)
                critical[last[on], on] = True
                last[on] = self.cause[last[on], on]
        c.critical[:] = critical.sum(axis=1)
        for g in range(len(m.items.sunk)):
            own = m.items.member[m.items.first[g] : m.items.first[g + 1]]
            lands = np.maximum(self.launch[own].max(axis=0, initial=NONE), m.items.sunk[g])
            c.lands[:, g] = np.where(built[own].all(axis=0), lands, NONE)
            c.critical_items[g] = critical[own].any(axis=0).sum()
            if m.items.target[g] != NONE:
                c.late[:] += np.maximum(0, c.lands[:, g] - m.items.target[g])
        moved, late = c.end.astype(np.float64) - m.planned_end, c.late.astype(np.float64)
        values = np.concatenate((luck.multiple, luck.load, luck.holds.astype(np.float64)))
        for column, factor in enumerate((np.ones(runs), None, moved, late)):
            c.sums[:, column] = (values * (values if factor is None else factor)).sum(axis=1)
        return c


def _columns(values: Integers, runs: int) -> Integers:
    """One column for each run."""
    return np.repeat(np.asarray(values, np.int32)[:, None], runs, axis=1)
