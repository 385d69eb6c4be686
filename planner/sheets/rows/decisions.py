"""Rows of the sheets Decisions and Hypotheses."""

from planner.domain.roadmap import Decision, Door, Hypothesis, id_key
from planner.sheets import rules
from planner.sheets.rows.context import Context
from planner.sheets.rows.reader import RowReader
from planner.sheets.values import (
    DateMark,
    did_you_mean,
    parse_choice,
    parse_date,
    parse_options,
    parse_probability,
)
from planner.sheets.values.words import Verdict

_parse_door = parse_choice(Door)
_parse_verdict = parse_choice(Verdict)


def read_decision(reader: RowReader) -> Decision:
    """The decision of a row whose id (`reader.subject`) is known."""
    options = reader.read("Options", parse_options, ())
    return Decision(
        id=reader.subject,
        source=reader.source,
        question=reader.text("Question"),
        key=reader.text("Key"),
        options=options,
        chosen=_chosen(reader, tuple(name for name, _ in options)),
        driver=reader.text("Driver"),
        approver=reader.text("Approver"),
        status=reader.text("Status"),
        due=reader.read("Due", parse_date, DateMark()).day,
        effort=reader.amount("Effort"),
        door=reader.read("Door", _parse_door, None),
        extra=reader.row.extra,
    )


def _chosen(reader: RowReader, options: tuple[str, ...]) -> str:
    """The option that was taken, spelled as in Options; one that is no option is kept and reported."""
    chosen = reader.text("Chosen")
    same = next((option for option in options if id_key(option) == id_key(chosen)), None)
    if chosen and options and same is None:
        text = f'chose "{chosen}", which is none of its options; kept as typed.'
        reader.report(rules.UNKNOWN_OPTION, text, "Chosen", suggestion=did_you_mean(chosen, options))
    return same or chosen


def read_hypothesis(reader: RowReader, context: Context) -> Hypothesis:
    """The hypothesis of a row whose id (`reader.subject`) is known."""
    verdict = reader.read("Result", _parse_verdict, None)
    return Hypothesis(
        id=reader.subject,
        source=reader.source,
        statement=reader.text("Statement"),
        treatment_group=reader.text("Treatment group"),
        metric=reader.text("Metric"),
        probability=reader.read("P(success)", parse_probability, None),
        tested_by=context.references(context.tasks, reader, "Tested by"),
        readout=reader.read("Readout date", parse_date, DateMark()).day,
        ramp=reader.text("Ramp"),
        rollback=reader.amount("Rollback effort"),
        result=verdict.value if verdict else "",
        extra=reader.row.extra,
    )
