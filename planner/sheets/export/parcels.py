"""One parcel for each receiver: his rows, questions and news, as far as he may see them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256

from planner.domain.exports import Export, PlannedSpan, Receiver, ReceiverKind, Sent
from planner.domain.parcel import News, Parcel, ParcelTable, RawValue
from planner.domain.plan import Plan
from planner.domain.question import Question
from planner.domain.roadmap import Roadmap, id_key
from planner.sheets.export.asked import Concern, asked
from planner.sheets.export.beside import beside_items, beside_tasks
from planner.sheets.export.news import news
from planner.sheets.export.rows import MasterRows, parcel_table
from planner.sheets.export.shares import Share, shares
from planner.sheets.export.veil import Veil
from planner.sheets.table import Table


@dataclass(frozen=True)
class Master:
    """What is sent: a plan with its roadmap, the tables that this was read from, the facts that nobody stated.

    `authors` are those of whose files rows were merged: folded id of the task -> name.
    """

    plan: Plan
    tables: tuple[Table, ...]
    missing: tuple[Question, ...]
    authors: Mapping[str, str] = field(default_factory=dict)


def parcels(master: Master, kind: ReceiverKind, last: Callable[[Receiver], Sent | None]) -> tuple[Parcel, ...]:
    """A parcel for every PM or team, by name; what has no PM or team goes to a receiver without a name, the last.

    `last` is what a receiver was sent before.
    """
    plan = master.plan
    rows = MasterRows(master.tables, plan.diagnostics, plan.assumptions)
    return tuple(
        _parcel(share, master, rows, last(share.receiver)) for share in shares(plan.roadmap, kind, master.authors)
    )


def record_of(parcel: Parcel) -> tuple[Mapping[str, date | None], Mapping[str, PlannedSpan | None], tuple[str, ...]]:
    """What a parcel says, for the next one to be compared with: landings, spans, conflicts."""
    items, tasks = parcel.plan.items_by_id(), parcel.plan.tasks_by_id()
    landings = {
        row.id: items[row.id].lands if row.id in items else None for row in parcel.items.rows if not row.reserved
    }
    spans = {
        row.id: PlannedSpan(tasks[row.id].start, tasks[row.id].finish) if row.id in tasks else None
        for row in parcel.tasks.rows
        if not row.reserved
    }
    return landings, spans, tuple(conflict.id for conflict in parcel.plan.conflicts)


def _parcel(share: Share, master: Master, rows: MasterRows, last: Sent | None) -> Parcel:
    veil = Veil(master.plan.roadmap, share.receiver)
    concern = _concern(share, veil)
    seen = _seen(master.plan, share, concern, veil)
    planned, landing = master.plan.tasks_by_id(), master.plan.items_by_id()
    own_tasks = [planned[task.id] for task in share.tasks if task.id in planned]
    own_items = [landing[item.id] for item in share.items if item.id in landing]
    beside = beside_items(own_items, planned, seen.conflicts, veil)
    items = parcel_table("Roadmap", share.items, rows, beside, veil)
    tasks = parcel_table("Tasks", share.tasks, rows, beside_tasks(own_tasks, seen.conflicts, veil), veil)
    questions = asked(master.plan, seen.conflicts, master.missing, concern, veil)
    base = (*_base(items), *_base(tasks))
    told = tuple((task.id, task.start, task.finish, task.launch) for task in seen.tasks)
    marks = repr((share.receiver.key, base, told, questions))
    export = Export(f"{seen.as_of:%Y%m%d}-{sha256(marks.encode()).hexdigest()[:8]}", share.receiver)
    return Parcel(
        export=export,
        plan=seen,
        items=items,
        tasks=tasks,
        questions=questions,
        news=_news(last, items, tasks, seen, veil) if last else (),
        last=last,
        teams=tuple(team.name for team in master.plan.roadmap.teams),
        base=base,
        fingerprint=sha256("\n".join(base).encode()).hexdigest()[:16],
    )


def _concern(share: Share, veil: Veil) -> Concern:
    """What a receiver answers for: a team for its tasks, a PM for the items that they serve, too."""
    items = share.items if share.receiver.kind is ReceiverKind.PM else ()
    return Concern(
        share.receiver,
        frozenset(id_key(item.id) for item in items if not veil.hides(item)),
        frozenset(id_key(task.id) for task in share.tasks if not veil.hides(task)),
    )


def _seen(plan: Plan, share: Share, concern: Concern, veil: Veil) -> Plan:
    """The part of the plan that is the receiver's and that he may see."""
    own_items = {item.id for item in share.items if not veil.hides(item)}
    own_tasks = {task.id for task in share.tasks if not veil.hides(task)}
    conflicts = tuple(
        conflict
        for conflict in plan.conflicts
        if not conflict.dismissed and concern.has(conflict) and not veil.hides_conflict(conflict)
    )
    return Plan(
        title=plan.title,
        as_of=plan.as_of,
        seed=plan.seed,
        status=plan.status,
        roadmap=Roadmap(calendar=plan.roadmap.calendar),
        files=plan.files,
        tasks=tuple(replace(task, title=veil.covered(task.title)) for task in plan.tasks if task.id in own_tasks),
        items=tuple(replace(item, title=veil.covered(item.title)) for item in plan.items if item.id in own_items),
        teams=tuple(
            replace(team, queue=tuple(task for task in team.queue if task in own_tasks), weeks=())
            for team in plan.teams
        ),
        conflicts=conflicts,
        finish=plan.finish,
    )


def _base(table: ParcelTable) -> list[str]:
    """The rows as JSON: what was typed, by header; computed cells are no base for anything."""
    typed = [(place, column.header) for place, column in enumerate(table.columns) if not column.computed]
    return [
        json.dumps(
            [
                table.kind,
                {header: _plain(row.cells[place]) for place, header in typed if row.cells[place] is not None},
            ],
            ensure_ascii=False,
        )
        for row in table.rows
    ]


def _plain(value: RawValue) -> str | int | float | bool | None:
    """A cell as what JSON knows."""
    if isinstance(value, timedelta):
        return str(value)
    return value if value is None or isinstance(value, str | int | float) else value.isoformat()


def _news(last: Sent, items: ParcelTable, tasks: ParcelTable, seen: Plan, veil: Veil) -> tuple[News, ...]:
    planned_items, planned_tasks = seen.items_by_id(), seen.tasks_by_id()
    return news(
        last,
        {row.id: planned_items.get(row.id) for row in items.rows if not row.reserved},
        {row.id: planned_tasks.get(row.id) for row in tasks.rows if not row.reserved},
        {conflict.id: conflict for conflict in seen.conflicts},
        veil,
    )
