"""Re-checks a schedule day by day from the data alone: shares no code with the solvers or the problem's methods."""

from collections.abc import Iterator

from planner.domain.problem import Activity, Precedence, Problem, Schedule

FULL_DAY = 1000


def violations(problem: Problem, schedule: Schedule) -> tuple[str, ...]:
    """Everything that a schedule breaks, as sentences with ids; empty means verified."""
    counts = {len(schedule.start), len(schedule.finish), len(schedule.launch)}
    if counts != {len(problem.activities)}:
        return (f"the schedule has {sorted(counts)} entries for {len(problem.activities)} activities",)
    walks = [_Walk(problem, i, start) for i, start in enumerate(schedule.start)]
    return (
        *_broken_dates(problem, schedule),
        *(fault for i, walk in enumerate(walks) for fault in walk.faults(schedule.finish[i])),
        *_broken_precedences(problem, schedule),
        *_broken_capacity(problem, schedule, walks),
        *_broken_launches(problem, schedule),
    )


class _Walk:
    """One activity walked from its start, a day at a time, until its work and its waiting are over."""

    def __init__(self, problem: Problem, position: int, start: int) -> None:
        self.activity = problem.activities[position]
        self.start = start
        self.horizon = problem.horizon
        self.progress = problem.profiles[self.activity.profile].cumulative if self.activity.work else (0,)
        self.waiting = problem.profiles[self.activity.wait_profile].cumulative if self.activity.wait else (0,)
        self.limits = [(problem.resources[k].capacity, tenths) for k, tenths in self.activity.demands]
        self.too_fast: int | None = None
        self.work_end = self._work()
        self.finish = self._wait()

    def _work(self) -> int | None:
        """Exclusive end of the work; None where the known days do not suffice."""
        day, left = self.start, self.activity.work
        while left > 0:
            if not 0 <= day < self.horizon:
                return None
            done = self.progress[day + 1] - self.progress[day]
            if any(done * tenths > FULL_DAY * capacity[day] + tenths for capacity, tenths in self.limits):
                self.too_fast = day
            left -= done
            day += 1
        return day

    def _wait(self) -> int | None:
        """Exclusive end of work and waiting; None where the known days do not suffice."""
        if self.work_end is None:
            return None
        day, left = self.work_end, self.activity.wait * FULL_DAY
        while left > 0:
            if not 0 <= day < self.horizon:
                return None
            left -= self.waiting[day + 1] - self.waiting[day]
            day += 1
        return day

    def faults(self, stated_finish: int) -> Iterator[str]:
        """What is wrong with this activity on its own."""
        it = self.activity
        if self.finish is None:
            yield f'"{it.id}" starts on day {self.start} and does not end within the {self.horizon} known days'
            return
        if stated_finish != self.finish:
            yield f'"{it.id}" is said to finish by day {stated_finish}, but its work ends by day {self.finish}'
        steps = self.progress if it.work else self.waiting
        if self.finish > self.start and steps[self.start + 1] == steps[self.start]:
            yield f'"{it.id}" starts on day {self.start}, on which nobody works on it'
        if self.too_fast is not None:
            yield f'"{it.id}" progresses on day {self.too_fast} faster than its team\'s capacity allows'


def _broken_dates(problem: Problem, schedule: Schedule) -> Iterator[str]:
    """Planning start, release, pinned start, deadline."""
    for it, start, finish in zip(problem.activities, schedule.start, schedule.finish, strict=True):
        if start < 0:
            yield f'"{it.id}" starts on day {start}, before the planning start'
        if start < it.release:
            yield f'"{it.id}" starts on day {start}, not before day {it.release} as it must'
        if it.pinned is not None and start != it.pinned:
            yield f'"{it.id}" starts on day {start} and is pinned to day {it.pinned}'
        if it.deadline is not None and finish > it.deadline:
            yield f'"{it.id}" finishes by day {finish}, after its deadline, day {it.deadline}'


def _broken_precedences(problem: Problem, schedule: Schedule) -> Iterator[str]:
    """Every relation: end of the predecessor plus lag at most end of the successor."""
    for relation in problem.precedences:
        first, second = _ends(relation, schedule)
        if first + relation.lag > second:
            names = problem.activities[relation.predecessor].id, problem.activities[relation.successor].id
            kind = f"launch {relation.link}" if relation.launch else str(relation.link)
            yield (
                f'"{names[1]}" does not wait for "{names[0]}" '
                f"({kind}{relation.lag:+d}): day {second}, not before {first + relation.lag}"
            )


def _ends(relation: Precedence, schedule: Schedule) -> tuple[int, int]:
    """The two days that a relation compares."""
    predecessor, successor = relation.predecessor, relation.successor
    from_start, to_start = {
        "FS": (False, True),
        "SS": (True, True),
        "FF": (False, False),
        "SF": (True, False),
    }[relation.link.value]
    first = schedule.start[predecessor] if from_start else schedule.finish[predecessor]
    if relation.launch:
        first = schedule.launch[predecessor]
    return first, schedule.start[successor] if to_start else schedule.finish[successor]


def _broken_capacity(problem: Problem, schedule: Schedule, walks: list[_Walk]) -> Iterator[str]:
    """Per team and day no more than there is; a running activity takes what it wants or all that is there."""
    used: list[dict[int, list[Activity]]] = [{} for _ in problem.resources]
    load: list[dict[int, int]] = [{} for _ in problem.resources]
    for walk in walks:
        end = walk.start if walk.work_end is None else walk.work_end
        for k, tenths in walk.activity.demands:
            capacity = problem.resources[k].capacity
            for day in range(max(walk.start, 0), end):
                taken = min(tenths, capacity[day])
                if taken:
                    load[k][day] = load[k].get(day, 0) + taken
                    used[k].setdefault(day, []).append(walk.activity)
    for k, resource in enumerate(problem.resources):
        over = [day for day, taken in load[k].items() if taken > resource.capacity[day]]
        if over:
            day = min(over)
            who = ", ".join(f'"{it.id}"' for it in used[k][day])
            yield (
                f'team "{resource.name}" is asked for {load[k][day]} tenths of an engineer on day {day} '
                f"and has {resource.capacity[day]} ({len(over)} such days): {who}"
            )


def _broken_launches(problem: Problem, schedule: Schedule) -> Iterator[str]:
    """Each launch is the first allowed day: not before the last day worked, a predecessor's launch, outside blocks.

    Checked from the stated launches of the predecessors, so no order of the activities is needed.
    """
    after: list[list[int]] = [[] for _ in problem.activities]
    for relation in problem.precedences:
        if relation.launch or relation.link.value == "FS":
            after[relation.successor].append(relation.predecessor)
    for i, it in enumerate(problem.activities):
        ready = max([schedule.finish[i], *(schedule.launch[j] for j in after[i])])
        expected = ready
        if it.launch_calendar is not None and ready > 0:
            expected = _first_open(problem, it.launch_calendar, ready - 1) + 1
        if expected > problem.horizon:
            yield f'"{it.id}" cannot launch within the {problem.horizon} known days'
        elif schedule.launch[i] != expected:
            yield f'"{it.id}" is said to launch by day {schedule.launch[i]}; it can and must by day {expected}'


def _first_open(problem: Problem, calendar: int, day: int) -> int:
    """First day from `day` on that is open: an open day is its own next open day."""
    next_open = problem.launch_calendars[calendar].next_open
    while day < problem.horizon and next_open[day] != day:
        day += 1
    return day
