"""Who drives, approves, contributes and has to know."""

from collections.abc import Iterable, Iterator

from planner.domain.decision_draft import Draft
from planner.domain.paper import Block, Code, Column, Table, Text
from planner.report.decision.evidence import Sources, beside

MOST = 8
"""Names in a row."""


def people(draft: Draft, sources: Sources) -> Iterator[Block]:
    """A row for each role; teams are named for what they do, people only where the sheets name them."""
    decision, planned = draft.decision, draft.plan.tasks_by_id()
    rows: list[tuple[Text, ...]] = []
    named = (("Driver", decision.driver), ("Approver", decision.approver)) if decision else ()
    cells = [(decision.source.cell(role), name) for role, name in named] if decision else []
    for role, name in named or (("Driver", ""), ("Approver", "")):
        rows.append((role, name or "nobody yet", beside(sources.cells(*cells)) if cells else "–"))
    tasks = [planned[id] for id in draft.tasks if id in planned]
    doing = _names(team for task in tasks for team in task.teams)
    waiting = _names(link.team for task in tasks for link in task.waited_by)
    items = draft.plan.items_by_id()
    asking = _names(items[id].pm for task in tasks for id in task.items if id in items)
    told = [name for name in (*asking, *waiting) if name not in doing]
    rows.append(("Contributors", _listed(doing), _of(draft, sources, "teams", bool(doing))))
    rows.append(("Informed", _listed(told), _of(draft, sources, "items, tasks[].waited_by", bool(told))))
    yield Table((Column("Role", 1), Column("Who", 5), Column("Evidence", 1)), tuple(rows))


def _names(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for name in found if name))


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return f"{', '.join(names[:MOST])}{more}" if names else "nobody"


def _of(draft: Draft, sources: Sources, what: str, is_known: bool) -> Text:
    if not is_known:
        return "–"
    return beside(sources.formula(Code(f"plan.json tasks[].{what}"), f": those of {', '.join(draft.tasks)}"))
