"""What a gate looks at: launches, planned or real, and all that may open a block for them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.domain.cells import Cell
from planner.domain.governance import BreakGlass, Gatekeeping, Identity, Launch, Objection, Proof, Register
from planner.domain.roadmap import (
    CalendarEvent,
    Component,
    Decision,
    EventKind,
    Hypothesis,
    Roadmap,
    Task,
    id_key,
)
from planner.domain.scopes import scopes_of_task
from planner.governance.roster import names_of


@dataclass(frozen=True)
class Opening:
    """An override of one block for one task, from the log or typed into the sheet Overrides."""

    requested_by: tuple[str, ...]
    approved_by: tuple[str, ...]
    proof: Proof
    expires: date | None
    source: str
    cell: Cell | None = None
    same_account: bool = False
    """Both names were typed under one account."""


@dataclass(frozen=True)
class Gate:
    """What is looked at: the roadmap, its launches, the register of break-glass, the rules and today."""

    roadmap: Roadmap
    launches: tuple[Launch, ...]
    register: Register
    rules: Gatekeeping
    as_of: date

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Tasks by `id_key`."""
        return {id_key(task.id): task for task in self.roadmap.tasks}

    @cached_property
    def blocks(self) -> tuple[CalendarEvent, ...]:
        """The blocks, by begin."""
        found = (event for event in self.roadmap.calendar if event.kind is EventKind.BLOCK)
        return tuple(sorted(found, key=lambda event: (event.start, event.name)))

    @cached_property
    def scopes(self) -> dict[str, frozenset[str]]:
        """Scopes of each task, by `id_key` of its id."""
        teams = {id_key(team.name): team for team in self.roadmap.teams}
        return {key: scopes_of_task(task, teams) for key, task in self.tasks.items()}

    @cached_property
    def openings(self) -> dict[tuple[str, str], list[Opening]]:
        """By task and block what opens it: approvals of the log first, then rows that no approval stands behind."""
        found: dict[tuple[str, str], list[Opening]] = {}
        for request in self.register.requests:
            if request.approved_by is not None:
                key = (id_key(request.task), id_key(request.block))
                found.setdefault(key, []).append(_logged(request, request.approved_by))
        for row in self.roadmap.overrides:
            key = (id_key(row.task), id_key(row.block))
            if any(opening.cell is None for opening in found.get(key, ())):
                continue  # the log says the same with more proof
            found.setdefault(key, []).append(
                Opening(
                    (row.requested_by,),
                    (row.approved_by,),
                    Proof.ASSERTED,
                    row.expires,
                    "typed into the sheet Overrides",
                    row.source.cell("Approved by"),
                )
            )
        return found

    @cached_property
    def planned(self) -> dict[str, date]:
        """When each task is out, by `id_key`: what has happened goes before what is planned."""
        by_truth = sorted(self.launches, key=lambda launch: launch.is_actual)
        return {id_key(launch.task): launch.day for launch in by_truth}


def _logged(request: BreakGlass, approver: Identity) -> Opening:
    asked = request.requested_by
    return Opening(
        names_of(asked),
        names_of(approver),
        approver.proof,
        request.expires,
        request.id,
        same_account=approver.proof is Proof.ASSERTED and approver.account == asked.account,
    )


def objection(
    rule: str,
    launch: Launch,
    message: str,
    advice: str,
    about: CalendarEvent | Component | Decision | Hypothesis,
    is_error: bool = True,
) -> Objection:
    """An objection to a launch, with its cell and the row of what stands against it."""
    cells = tuple(cell for cell in (launch.cell, about.source.cell()) if cell)
    return Objection(rule, launch.task, launch.day, message, advice, cells, is_error)
