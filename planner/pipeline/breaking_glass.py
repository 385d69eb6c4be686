"""The story of `roadmap breakglass`: a block is opened for one task by somebody who may, and that is recorded."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches

from planner.domain.edits import CellValue
from planner.domain.errors import UserError
from planner.domain.governance import Anchor, BreakGlass, Identity, Integrity, Link, Register, Step
from planner.domain.roadmap import CalendarEvent, EventKind, Roadmap, Task, id_key
from planner.domain.scopes import covers, scopes_of_task
from planner.governance.chain import START, anchor_of
from planner.governance.people import same_person
from planner.governance.register import requests_of
from planner.governance.roster import approvers_of, is_listed, names_of
from planner.pipeline.chain_log import anchor_file, append, keep_anchor, read_anchor, read_chain
from planner.pipeline.identity import identity
from planner.pipeline.inputs import Checked, Inputs, Report, load, silent, state_folder
from planner.pipeline.locks import locked
from planner.pipeline.log import repair
from planner.pipeline.recording import Record, Recorded, record

COMMAND = "breakglass approve"


@dataclass(frozen=True)
class Asked:
    """What a request says; `expires` None: as long as roadmap.toml has it."""

    task: str
    block: str
    reason: str
    expires: date | None = None


@dataclass(frozen=True)
class Approved:
    """An approval, and the row of the sheet Overrides that lets the next plan launch in the block."""

    request: BreakGlass
    recorded: Recorded


def request_break(inputs: Inputs, asked: Asked, typed: str = "", signs: bool = False) -> BreakGlass:
    """Ask for one block to be opened for one task; several may ask at once.

    Raises
    ------
    UserError
        If the task or the block is on no sheet, the block does not apply to the task or is over, the override would
        expire before it begins, or the log was tampered with.
    """
    with locked(state_folder(inputs), "`roadmap breakglass request`"):
        checked = load(inputs)
        task, block = _named(checked.read.roadmap, asked)
        if not asked.reason.strip():
            raise UserError("a request needs its --reason: what happens if the launch waits?")
        expires = _last_day(asked, block, checked)
        register = _sound(register_of(inputs, checked))
        number = f"BG-{len(register.requests) + 1}"
        by = identity(typed, f"roadmap breakglass request {number} {task.id} {block.name}" if signs else "")

        def link(number_: int, previous: str) -> Link:
            return Link(
                number_,
                Step.REQUEST,
                number,
                task.id,
                block.name,
                asked.reason.strip(),
                by,
                _now(),
                expires,
                previous,
            )

        return _appended(inputs, checked, link, number)


def approve_break(inputs: Inputs, number: str, typed: str = "", signs: bool = False) -> Approved:
    """Approve a request: into the log, then into the sheet Overrides.

    Raises
    ------
    UserError
        If there is no such request or it has expired, the approver asked for it or is not on the roster, the log was
        tampered with, or the workbook cannot be written to.
    """
    with locked(state_folder(inputs), "`roadmap breakglass approve`"):
        repair(state_folder(inputs))
        checked = load(inputs)
        found = _request(_sound(register_of(inputs, checked)), number)
        task, block = _named(checked.read.roadmap, Asked(found.task, found.block, found.reason))
        if found.expires < checked.as_of:
            raise UserError(f"{found.id} has expired on {found.expires}: ask again")
        if found.approved_by is not None:
            if _stands_in(checked.read.roadmap, found):
                raise UserError(f"{found.id} was approved by {found.approved_by} already")
            return Approved(found, _recorded(inputs, checked, found, found.approved_by))  # a run was killed before
        by = identity(typed, f"roadmap breakglass approve {found.id} {task.id} {block.name}" if signs else "")
        _may(by, found, block, task, checked)

        def link(number_: int, previous: str) -> Link:
            return Link(
                number_,
                Step.APPROVAL,
                found.id,
                task.id,
                block.name,
                found.reason,
                by,
                _now(),
                found.expires,
                previous,
            )

        done = _appended(inputs, checked, link, found.id)
        return Approved(done, _recorded(inputs, checked, done, by))


def review_breaks(inputs: Inputs, report: Report = silent) -> Register:
    """All requests and where they stand; what was seen is kept outside the log, so that a later cut shows."""
    checked = load(inputs, report)
    with locked(state_folder(inputs), "`roadmap breakglass review`"):
        register = register_of(inputs, checked)
        if register.state.integrity is Integrity.INTACT and register.state.links:
            seen = anchor_of(register.state.links)
            keep_anchor(anchor_file(state_folder(inputs), checked.settings), seen)
            return replace(register, anchor=seen)
        return register


def register_of(inputs: Inputs, checked: Checked, told: Anchor | None = None) -> Register:
    """The requests as the log has them, held against the anchor that is `told`, else against that of this account."""
    state = state_folder(inputs)
    anchor = told or read_anchor(anchor_file(state, checked.settings))
    chain = read_chain(state, anchor)
    roadmap = checked.read.roadmap
    launched = {id_key(task.id): task.actual_launch for task in roadmap.tasks if task.actual_launch}
    return Register(requests_of(chain.links, _blocks(roadmap), launched, checked.as_of), chain, anchor)


def _sound(register: Register) -> Register:
    """Nothing is added to a log that was tampered with."""
    if not register.state.is_sound:
        state = register.state
        raise UserError(f"the log of approvals was {state.integrity}: {state.detail}. Restore it from a backup first")
    return register


def _appended(inputs: Inputs, checked: Checked, link: Callable[[int, str], Link], number: str) -> BreakGlass:
    """Add a link behind the last one; returns the request that it belongs to, as it stands then."""
    state = state_folder(inputs)
    anchors = anchor_file(state, checked.settings)
    links = read_chain(state, read_anchor(anchors)).links
    append(state, anchors, link(len(links) + 1, links[-1].digest if links else START))
    return _request(register_of(inputs, checked), number)


def _request(register: Register, number: str) -> BreakGlass:
    found = next((one for one in register.requests if id_key(one.id) == id_key(number)), None)
    if found is None:
        known = ", ".join(one.id for one in register.requests) or "none"
        raise UserError(f"there is no request {number!r} (there are: {known})")
    return found


def _named(roadmap: Roadmap, asked: Asked) -> tuple[Task, CalendarEvent]:
    """The task and the block that are meant, which applies to it."""
    tasks = {id_key(task.id): task for task in roadmap.tasks}
    blocks = {id_key(block.name): block for block in _blocks(roadmap)}
    task, block = tasks.get(id_key(asked.task)), blocks.get(id_key(asked.block))
    if task is None:
        raise UserError(f"no task {asked.task!r} in these files.{_meant(asked.task, [t.id for t in tasks.values()])}")
    if block is None:
        names = [one.name for one in blocks.values()]
        hint = _meant(asked.block, names) or f" There are: {', '.join(names) or 'none'}."
        raise UserError(f"no block {asked.block!r} on the sheet Calendar.{hint}")
    teams = {id_key(team.name): team for team in roadmap.teams}
    if not covers(block, scopes_of_task(task, teams)):
        raise UserError(
            f'the block "{block.name}" is for {", ".join(block.scopes)} and does not stop {task.id} of '
            f"{task.owner or 'nobody'}: there is nothing to open"
        )
    return task, block


def _last_day(asked: Asked, block: CalendarEvent, checked: Checked) -> date:
    """The last day on which an override would hold; without a word, some days from the block's first day on."""
    first = max(checked.as_of, block.start)
    if block.end < checked.as_of:
        raise UserError(f'the block "{block.name}" was over on {block.end}: there is nothing to open')
    if asked.expires is not None and asked.expires < first:
        since = f'the block "{block.name}" begins on {first}' if first == block.start else f"today is {first}"
        raise UserError(f"the override would expire on {asked.expires} and {since}: it would open nothing")
    return asked.expires or first + timedelta(days=checked.settings.gatekeeping.days)


def _meant(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


def _blocks(roadmap: Roadmap) -> tuple[CalendarEvent, ...]:
    return tuple(event for event in roadmap.calendar if event.kind is EventKind.BLOCK)


def _may(by: Identity, found: BreakGlass, block: CalendarEvent, task: Task, checked: Checked) -> None:
    """Raise UserError where this person may not approve this request."""
    rules = checked.settings.gatekeeping
    names = names_of(by)
    if same_person(names, names_of(found.requested_by), rules.people):
        raise UserError(f"{by.name} has asked for {found.id}: somebody else has to approve it")
    teams = {id_key(team.name): team for team in checked.read.roadmap.teams}
    roster = approvers_of(block, rules, scopes_of_task(task, teams))
    if not roster:
        raise UserError(
            f'nobody may open "{block.name}": say in [breakglass.approvers] of roadmap.toml who may, for example '
            'all = ["Hana"]'
        )
    if not is_listed(names, roster, rules):
        raise UserError(f'{by.name} is not on the roster of "{block.name}" ({", ".join(roster)})')
    if by.proof.rank < rules.accept.rank:
        raise UserError(
            f"a name that is {by.proof} does not count here, only what is {rules.accept} (accept in [breakglass])"
        )


def _stands_in(roadmap: Roadmap, request: BreakGlass) -> bool:
    """Whether the sheet Overrides has the row of a request."""
    return any(
        id_key(row.task) == id_key(request.task) and f"({request.id}," in row.reason for row in roadmap.overrides
    )


def _recorded(inputs: Inputs, checked: Checked, done: BreakGlass, by: Identity) -> Recorded:
    """The row of the sheet Overrides."""
    row: dict[str, CellValue] = {
        "Task ID": done.task,
        "Block": done.block,
        "Reason": f"{done.reason} ({done.id}, {by.proof})",
        "Requested by": done.requested_by.name,
        "Approved by": by.name,
        "Date": checked.as_of,
        "Expires": done.expires,
    }
    wanted = Record("Overrides", "Task ID", done.task, row, by=by.name, always_new=True)
    return record(inputs, checked.settings, wanted, COMMAND)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
