"""What each roadmap item's delay costs, in milli engineer-days per period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from planner.domain.calendar import Calendar
from planner.domain.problem import Deliverable
from planner.domain.roadmap import Item, Status, Task, id_key
from planner.domain.settings import Settings
from planner.domain.units import DAYS_PER_WEEK, milli
from planner.scheduling.hypotheses import Beliefs
from planner.scheduling.rules import MONEY_WITHOUT_RATE, Notebook


def deliverables(
    items: Iterable[Item],
    tasks: Sequence[Task],
    done: Sequence[Task],
    beliefs: Beliefs,
    calendar: Calendar,
    settings: Settings,
    notebook: Notebook,
) -> tuple[Deliverable, ...]:
    """One per item that is not dropped and has a task; `tasks` by activity position, each counts in all its items.

    An item that is done waits for nobody any more. One that relies on hypotheses weighs as much as they are likely
    to hold: otherwise there is nothing to launch.
    """
    open_tasks: dict[str, list[int]] = defaultdict(list)
    all_tasks: dict[str, list[Task]] = defaultdict(list)
    for task in (*tasks, *done):
        for item_id in dict.fromkeys(map(id_key, task.items)):
            all_tasks[item_id].append(task)
    for position, task in enumerate(tasks):
        for item_id in dict.fromkeys(map(id_key, task.items)):
            open_tasks[item_id].append(position)
    sunk = _sunk(done, calendar)
    found = []
    for item in items:
        key = id_key(item.id)
        if item.status is Status.DROPPED or not (key in open_tasks or key in sunk):
            continue
        weight = _per_day(item, settings, notebook) * DAYS_PER_WEEK / calendar.per_week
        weight *= beliefs.success(all_tasks[key])
        target = min((target.last for target in item.targets), default=None)
        lateness = 0.0 if target is None else _lateness(item, settings, notebook)
        found.append(
            Deliverable(
                item.id,
                () if item.status is Status.DONE else tuple(open_tasks[key]),
                delay_weight=milli(weight),
                late_weight=milli(weight * lateness),
                target=None if target is None else calendar.after(target),
                sunk=sunk.get(key, 0),
            )
        )
    return tuple(found)


def _sunk(done: Iterable[Task], calendar: Calendar) -> Mapping[str, int]:
    """By item key the last launch (exclusive end, at least 0) of its done tasks."""
    sunk: dict[str, int] = {}
    for task in done:
        launched = task.actual_launch or task.actual_finish
        end = max(0, calendar.after(launched)) if launched else 0
        for item_id in map(id_key, task.items):
            sunk[item_id] = max(end, sunk.get(item_id, 0))
    return sunk


def _per_day(item: Item, settings: Settings, notebook: Notebook) -> float:
    """Cost of delay in ED per day of a five-day week: as typed, else by priority."""
    cost, rate = item.cost_of_delay, settings.weights.money_per_engineer_day
    if cost is not None and not cost.currency:
        return cost.amount / DAYS_PER_WEEK
    if cost is not None and rate:
        return cost.amount / rate / DAYS_PER_WEEK
    priority = item.priority or settings.defaults.priority
    if cost is not None:
        notebook.report(
            MONEY_WITHOUT_RATE,
            f'"{item.id}" costs {cost.amount:g} {cost.currency} per week of delay, and no rate turns that into '
            f"engineer-days; planned as {priority}.",
            item.source.cell("Cost of delay"),
        )
    if item.priority is None:
        notebook.assume("Priority", item.id, priority, item.source)
    return settings.weights.priority[priority]


def _lateness(item: Item, settings: Settings, notebook: Notebook) -> float:
    """Extra weight after the target, as a multiple of the item's own."""
    if item.commitment is None:
        notebook.assume("Commitment", item.id, settings.defaults.commitment, item.source)
    return settings.weights.lateness[item.commitment or settings.defaults.commitment]
