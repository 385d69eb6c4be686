"""Where each figure of a decision document comes from: a place in plan.json, a cell, or a formula; each once."""

from collections.abc import Iterable

from planner.domain.cells import Cell
from planner.domain.paper import Cite, Code, Evidence, EvidenceList, Inline, Text
from planner.domain.plan import PlannedItem, PlannedTask
from planner.domain.roadmap import Item
from planner.report.wording import number


class Sources:
    """Numbers sources in the order in which they are cited."""

    def __init__(self) -> None:
        self._numbers: dict[Text, str] = {}

    def plan(self, path: str, value: object) -> Cite:
        """A value of plan.json: `tasks[LED-3].effort`, where the brackets hold an id."""
        return self._cite((Code(f"plan.json {path}"), f": {value}"))

    def task(self, task: PlannedTask) -> Cite:
        """Effort and dates of a task of the plan."""
        launch = f", launch {task.launch}" if task.launch else ""
        dates = f"start {task.start}, finish {task.finish}{launch}"
        return self._cite((Code(f"plan.json tasks[{task.id}]"), f": effort {number(task.effort)}, {dates}"))

    def item(self, planned: PlannedItem, item: Item | None) -> Cite:
        """When an item lands, what was promised, and the evidence that somebody typed for it."""
        pieces: list[Inline] = [Code(f"plan.json items[{planned.id}].lands"), f": {planned.lands}"]
        target = planned.target.text if planned.target else ""
        for name, value in (("Target", target), ("Evidence", item.evidence if item else "")):
            if item:
                pieces += ["; ", Code(str(item.source.cell(name))), f": “{value}”" if value else ": blank"]
        return self._cite(tuple(pieces))

    def cells(self, *typed: tuple[Cell, object]) -> Cite:
        """What people typed into cells; a blank is evidence too."""
        pieces: list[Inline] = []
        for cell, value in typed:
            pieces += ["; " if pieces else "", Code(str(cell)), f": “{value}”" if str(value) else ": blank"]
        return self._cite(tuple(piece for piece in pieces if piece))

    def formula(self, *text: Inline) -> Cite:
        """How a figure was computed, with the figures that went in."""
        return self._cite(text)

    def listed(self) -> EvidenceList:
        """All that was cited so far."""
        return EvidenceList(tuple(Evidence(id, text) for text, id in self._numbers.items()))

    def _cite(self, text: Text) -> Cite:
        return Cite(self._numbers.setdefault(text, f"E{len(self._numbers) + 1}"))


def cited(cites: Iterable[Cite]) -> tuple[Inline, ...]:
    """References behind a statement, each once."""
    return tuple(piece for cite in dict.fromkeys(cites) for piece in (" ", cite))


def beside(*cites: Cite) -> tuple[Inline, ...]:
    """References as the whole of a table's cell."""
    return cited(cites)[1:]
