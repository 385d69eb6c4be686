"""Who was sent a file of a master, and who of them has not answered: their rows stay as they were sent."""

from collections.abc import Collection
from pathlib import Path

from planner.domain.exports import Sent
from planner.pipeline.inputs import Inputs, state_folder
from planner.pipeline.log import entries
from planner.pipeline.sent import stored


def unanswered(inputs: Inputs, workbook: str, back: Collection[str] = ()) -> tuple[int, tuple[Sent, ...]]:
    """How many people were sent a file of this workbook, and the last ones of those who have not answered.

    `back` are exports that are in now. PMs and teams are asked apart: those count of whom a file came back now,
    else those who were sent one last.
    """
    answered = {export for entry in entries(state_folder(inputs)) for export in entry.exports} | set(back)
    mine = [sent for sent in stored(inputs) if workbook in {Path(file).name for file in sent.files}]
    kinds = {sent.receiver.kind for sent in mine if sent.id in back} or {sent.receiver.kind for sent in mine[-1:]}
    last = {sent.receiver.key: sent for sent in mine if sent.receiver.kind in kinds}
    return len(last), tuple(sent for sent in last.values() if sent.id not in answered)
