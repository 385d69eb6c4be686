"""Launches in blocks: which override opens one, and why another does not."""

from collections.abc import Iterator

from planner.domain.governance import Gatekeeping, Launch, Objection, Proof
from planner.domain.roadmap import CalendarEvent, id_key
from planner.domain.scopes import covers
from planner.governance.gate import Gate, Opening, objection
from planner.governance.people import same_person
from planner.governance.roster import approvers_of, is_listed


def launches_in_blocks(gate: Gate) -> Iterator[Objection]:
    """A launch on a day of a block that applies to it, without an override that counts."""
    for launch in gate.launches:
        key = id_key(launch.task)
        if key not in gate.tasks:
            continue
        for block in gate.blocks:
            if block.start <= launch.day <= block.end and covers(block, gate.scopes[key]):
                yield from _through(gate, launch, block)


def _through(gate: Gate, launch: Launch, block: CalendarEvent) -> Iterator[Objection]:
    """What stands against a launch on a day of a block."""
    faults: list[Objection] = []
    roster = approvers_of(block, gate.rules, gate.scopes[id_key(launch.task)])
    for opening in gate.openings.get((id_key(launch.task), id_key(block.name)), ()):
        fault = _fault(opening, launch, block, roster, gate.rules)
        if fault is None:
            yield from _doubts(opening, launch, block, roster)
            return
        faults.append(fault)
    if faults:
        yield faults[0]
        return
    verb = "was launched" if launch.is_actual else "is planned to launch"
    yield objection(
        "launch-in-block",
        launch,
        f'{launch.task} {verb} on {launch.day}, in the block "{block.name}" ({block.start} to {block.end}), '
        "which no override opens.",
        "Plan again"
        if not launch.is_actual
        else f'Review it; the next time ask first: roadmap breakglass request {launch.task} --block "{block.name}" '
        "--reason ...",
        block,
    )


def _fault(
    opening: Opening, launch: Launch, block: CalendarEvent, roster: tuple[str, ...], rules: Gatekeeping
) -> Objection | None:
    """Why an override does not count for a launch."""
    what = f'The override of "{block.name}" for {launch.task} ({opening.source})'
    approver = next(filter(None, opening.approved_by), "").strip()
    if not approver:
        return objection("override-unapproved", launch, f"{what} names no approver.", "Have it approved.", block)
    if same_person(opening.requested_by, opening.approved_by, rules.people):
        return objection(
            "override-self-approved",
            launch,
            f"{what} was asked for and approved by one person, {approver}.",
            "Have somebody else on the roster approve it.",
            block,
        )
    if roster and not is_listed(opening.approved_by, roster, rules):
        return objection(
            "override-not-on-roster",
            launch,
            f"{what} was approved by {approver}, who is not on the roster ({', '.join(roster)}).",
            "Have somebody on the roster approve it, or add the name to [breakglass.approvers].",
            block,
        )
    if opening.expires is not None and opening.expires < launch.day:
        return objection(
            "override-expired",
            launch,
            f"{what} expired on {opening.expires}, before the launch on {launch.day}.",
            "Ask again, for as long as it takes.",
            block,
        )
    if opening.proof.rank < rules.accept.rank:
        return objection(
            "override-unproven",
            launch,
            f"{what} was approved by {approver}: {opening.proof}, and only what is {rules.accept} counts.",
            "Have the approver run `roadmap breakglass approve` under their own account or with --sign.",
            block,
        )
    return None


def _doubts(opening: Opening, launch: Launch, block: CalendarEvent, roster: tuple[str, ...]) -> Iterator[Objection]:
    """What is doubtful about an override that counts."""
    what = f'The override of "{block.name}" for {launch.task} ({opening.source})'
    if opening.proof is Proof.ASSERTED:
        one = ", by the account that had asked" if opening.same_account else ""
        approver = next(filter(None, opening.approved_by), "")
        yield objection(
            "override-asserted",
            launch,
            f"{what} counts on a typed name, {approver}{one}: nothing proves it.",
            'Set accept = "account" or "signed" in [breakglass], so that only proven approvals count.',
            block,
            is_error=False,
        )
    if not roster:
        yield objection(
            "no-roster",
            launch,
            f"{what} counts although no roster says who may approve it.",
            "Say in [breakglass.approvers] of roadmap.toml who may open blocks of this scope.",
            block,
            is_error=False,
        )
