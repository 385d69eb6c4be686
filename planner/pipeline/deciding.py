"""The story of `roadmap decide approve`: an answer goes into the sheet Decisions, with its driver and approver."""

from dataclasses import dataclass

from planner.domain.conflict import ChangeKind, Conflict
from planner.domain.edits import CellValue
from planner.domain.errors import UserError
from planner.domain.roadmap import Decision, Door, id_key
from planner.governance.people import same_person
from planner.pipeline.current import or_written, written_for
from planner.pipeline.files import read_plan
from planner.pipeline.inputs import Checked, Inputs, Report, load, silent, state_folder
from planner.pipeline.locks import locked
from planner.pipeline.log import repair
from planner.pipeline.open_questions import OpenQuestion, Way, open_question
from planner.pipeline.recording import Record, Recorded, record

COMMAND = "decide approve"
SHEET, KEY = "Decisions", "Decision ID"


@dataclass(frozen=True)
class Answer:
    """What was decided: the option by its name or letter, and who answers for it; blanks: as the sheet has them."""

    option: str
    driver: str = ""
    approver: str = ""
    question: str = ""
    """Of a decision that is on no sheet yet."""


@dataclass(frozen=True)
class Approved:
    """An answer as it stands in the workbook now."""

    decision: str
    chosen: str
    driver: str
    approver: str
    recorded: Recorded
    left_to_type: tuple[str, ...] = ()
    """What the plan obeys only when it stands in the tables too."""


def approve(name: str, answer: Answer, inputs: Inputs, report: Report = silent) -> Approved:
    """Record an answer in the sheet Decisions, in place; several may do so at once, none overwrites another's.

    Raises
    ------
    UserError
        If the option is none of the decision's, it is decided already, nobody drives or approves it, or one person
        does both for a one-way door; or the workbook cannot be written to.
    """
    inputs = or_written(inputs)
    with locked(state_folder(inputs), "`roadmap decide approve`"):
        repair(state_folder(inputs))
        checked = load(inputs, report)
        asked = _asked(name, answer, inputs, checked)
        way = _chosen(asked, answer.option)
        decision = asked.decision if asked.conflict is None or _choice(way, asked.decision) else None
        driver = answer.driver.strip() or (decision.driver if decision else "")
        approver = answer.approver.strip() or (decision.approver if decision else "")
        _check_people(asked, driver, approver, checked)
        chosen = _choice(way, decision) or way.name
        id = decision.id if decision else asked.id
        values: dict[str, CellValue] = {} if decision else _new_row(asked)
        values |= {"Chosen": chosen, "Driver": driver, "Approver": approver, "Status": "decided"}
        done = record(inputs, checked.settings, Record(SHEET, KEY, id, values, by=approver), COMMAND)
    return Approved(id, chosen, driver, approver, done, _left_to_type(way, checked))


def _asked(name: str, answer: Answer, inputs: Inputs, checked: Checked) -> OpenQuestion:
    """The open question of this id; one that is on no sheet and has a `question` is a new one."""
    decisions = checked.read.roadmap.decisions
    known = {id_key(decision.id) for decision in decisions}
    if answer.question and id_key(name) not in known:
        way = Way(answer.option.strip(), answer.option.strip(), ())
        return OpenQuestion(name.strip(), answer.question.strip(), (way,), None, None, ())
    try:
        return open_question(name, decisions, _conflicts(inputs))
    except UserError as error:
        if id_key(name) in known:
            raise
        raise UserError(f"{error}; to add it to the sheet, name its --question") from None


def _conflicts(inputs: Inputs) -> tuple[Conflict, ...]:
    """Those of the plan that was written for these files."""
    path = written_for(inputs)
    return read_plan(path).conflicts if path else ()


def _chosen(asked: OpenQuestion, option: str) -> Way:
    """The way that an option means: its name in any spelling, else its letter in the document."""
    by_name = {id_key(way.name): way for way in asked.ways}
    by_letter = {id_key(chr(ord("A") + k)): way for k, way in enumerate(asked.ways)}
    found = by_name.get(id_key(option)) or by_letter.get(id_key(option))
    if found:
        return found
    if asked.decision and not asked.ways and option.strip():
        return Way(option.strip(), option.strip(), ())  # the sheet lists no options: any answer is one
    listed = "; ".join(f"{chr(ord('A') + k)} {way.name}" for k, way in enumerate(asked.ways))
    raise UserError(f"{asked.id} has no option {option!r} (must be one of: {listed})")


def _choice(way: Way, decision: Decision | None) -> str:
    """The option of a decision that a way takes; empty where it takes none."""
    if decision is None:
        return ""
    chosen = (c.value for c in way.changes if c.kind is ChangeKind.CHOOSE and id_key(c.task) == id_key(decision.id))
    return next(chosen, "")


def _left_to_type(way: Way, checked: Checked) -> tuple[str, ...]:
    """Tasks that a way gives up: only their PM drops them, by their Status."""
    tasks = checked.read.roadmap.tasks_by_id()
    dropped = (tasks[c.task] for c in way.changes if c.kind is ChangeKind.DROP and c.task in tasks)
    return tuple(f"{task.source.cell('Status')}: dropped, for {task.id}" for task in dropped)


def _new_row(asked: OpenQuestion) -> dict[str, CellValue]:
    """What else a row says that has to be added."""
    question = asked.conflict.message if asked.conflict else asked.text
    return {KEY: asked.id, "Question": question}


def _check_people(asked: OpenQuestion, driver: str, approver: str, checked: Checked) -> None:
    """Raise UserError where somebody is missing, or one person drives and approves what cannot be undone."""
    for role, name in (("driver", driver), ("approver", approver)):
        if not name:
            raise UserError(f"nobody is the {role} of {asked.id}: name one with --{role}")
    if same_person([driver], [approver], checked.settings.gatekeeping.people) and _is_one_way(asked, checked):
        raise UserError(
            f"{asked.id} is a one-way door, and {driver} and {approver} are one person: a second person approves it"
        )


def _is_one_way(asked: OpenQuestion, checked: Checked) -> bool:
    """As the sheet says; where it says nothing, if a task that brings the answer about cannot be undone."""
    decision = asked.decision
    if decision is not None and decision.door is not None:
        return decision.door is Door.ONE_WAY
    about = {id_key(task) for conflict in asked.conflicts for task in conflict.tasks}
    key = id_key(decision.key) if decision else ""
    return any(
        task.door is Door.ONE_WAY
        and (id_key(task.id) in about or (key and key in {id_key(s.key) for s in task.sets}))
        for task in checked.read.roadmap.tasks
    )
