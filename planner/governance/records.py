"""What is wrong with the records themselves: overrides of nothing, a log that was tampered with."""

from collections.abc import Iterator

from planner.domain.governance import Integrity, Objection
from planner.domain.roadmap import id_key
from planner.governance.gate import Gate


def overrides_of_nothing(gate: Gate) -> Iterator[Objection]:
    """An override that names a block or a task that is on no sheet opens nothing."""
    blocks = {id_key(block.name) for block in gate.blocks}
    for row in gate.roadmap.overrides:
        unknown = [
            what
            for what, is_known in (
                (f'the block "{row.block}"', id_key(row.block) in blocks),
                (f'the task "{row.task}"', id_key(row.task) in gate.tasks),
            )
            if not is_known
        ]
        if unknown:
            yield Objection(
                "override-of-nothing",
                row.task,
                None,
                f"An override names {unknown[0]}, which is on no sheet: it opens nothing.",
                "Correct the name, or remove the row.",
                (row.source.cell("Block"),),
                is_error=False,
            )


def log_in_doubt(gate: Gate) -> Iterator[Objection]:
    """The log of approvals was edited, cut or added to, or nothing says that it was not."""
    state = gate.register.state
    if state.integrity is Integrity.INTACT:
        return
    unknown = state.integrity is Integrity.UNKNOWN
    advice = (
        "Give --anchor LENGTH:HEAD, as `roadmap breakglass review` prints it on the machine that approved."
        if unknown
        else "Restore the log from a backup; approvals behind the fault do not count until then."
    )
    what = "Whether the log of approvals is whole" if unknown else "The log of approvals"
    words = f": {state.integrity}" if unknown else f" was {state.integrity}"
    yield Objection(
        "log-unknown" if unknown else "log-broken",
        "",
        None,
        f"{what}{words}: {state.detail}.",
        advice,
        is_error=not unknown,
    )
