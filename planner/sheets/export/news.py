"""What has changed for a receiver since he was sent something last: days, rows, conflicts."""

from collections.abc import Iterator, Mapping
from datetime import date

from planner.domain.conflict import Conflict
from planner.domain.exports import PlannedSpan, Sent
from planner.domain.parcel import News
from planner.domain.plan import PlannedItem, PlannedTask
from planner.domain.roadmap import id_key
from planner.sheets.export.veil import Veil


def news(
    last: Sent,
    items: Mapping[str, PlannedItem | None],
    tasks: Mapping[str, PlannedTask | None],
    conflicts: Mapping[str, Conflict],
    veil: Veil,
) -> tuple[News, ...]:
    """Items first, then tasks, then conflicts; the arguments are what he may see today, by id.

    What he was told of once and may not see any more is left out, as if it had never been.
    """
    return (*_items(last, items, veil), *_tasks(last, tasks, veil), *_conflicts(last, conflicts, veil))


def _items(last: Sent, items: Mapping[str, PlannedItem | None], veil: Veil) -> Iterator[News]:
    known = {id_key(name): lands for name, lands in last.items.items()}
    for name, item in items.items():
        title, lands = (item.title, item.lands) if item else ("", None)
        if id_key(name) not in known:
            yield News("item", name, title, None, lands or "not planned", "new")
        elif known[id_key(name)] != lands:
            before = known[id_key(name)]
            yield News("item", name, title, before or "not planned", lands or "not planned", _lands(before, lands))
    yield from _gone("item", last.items, items, veil)


def _tasks(last: Sent, tasks: Mapping[str, PlannedTask | None], veil: Veil) -> Iterator[News]:
    known = {id_key(name): span for name, span in last.tasks.items()}
    for name, task in tasks.items():
        title = task.title if task else ""
        now = PlannedSpan(task.start, task.finish) if task else None
        before = known.get(id_key(name))
        if id_key(name) not in known:
            yield News("task", name, title, None, now.start if now else "not planned", "new")
        elif before is None or now is None:
            if before is not now:
                was, comes = (span.start if span else "not planned" for span in (before, now))
                yield News("task", name, title, was, comes, "planned now" if now else "not planned any more")
        elif before.start != now.start:
            yield News("task", name, title, before.start, now.start, _moved("starts", before.start, now.start))
        elif before.finish != now.finish:
            yield News("task", name, title, before.finish, now.finish, _moved("finishes", before.finish, now.finish))
    yield from _gone("task", last.tasks, tasks, veil)


def _gone(what: str, before: Mapping[str, object], now: Mapping[str, object], veil: Veil) -> Iterator[News]:
    """Rows that are his no more."""
    still = set(map(id_key, now))
    for name in before:
        if id_key(name) not in still and not veil.mentions(name):
            yield News(what, name, "", "yours", None, "not yours any more")


def _conflicts(last: Sent, conflicts: Mapping[str, Conflict], veil: Veil) -> Iterator[News]:
    known = set(last.conflicts)
    for name, conflict in conflicts.items():
        if name not in known:
            yield News("conflict", name, conflict.message, None, conflict.type.title, "new")
    for name in last.conflicts:
        if name not in conflicts and not veil.mentions(name):
            yield News("conflict", name, "", "open", None, "settled, or not yours any more")


def _lands(before: date | None, now: date | None) -> str:
    if before is None or now is None:
        return "planned now" if now else "not planned any more"
    return _moved("lands", before, now)


def _moved(verb: str, before: date, now: date) -> str:
    """`lands 12 days later`, in days of the calendar."""
    days = (now - before).days
    return f"{verb} {abs(days)} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}"
