"""The questions to ask next, as text and as JSON: whom, what, where to type the answer, and what hangs on it."""

import json
import textwrap
from dataclasses import asdict
from datetime import date

from planner.domain.question import Answer, Question, Questions
from planner.report.wording import count, day, listing, plain, weeks

INDENT = 4
LEAST = 0.05
"""ED below which a cost is not worth a word."""


def questions_text(found: Questions, width: int) -> str:
    """One paragraph for each question; ends with a newline."""
    if not found.questions:
        return f"{plain(found.title)}: no answer that is missing would move this plan.\n"
    lines = [f"{plain(found.title)}: what to ask, the answers that move the plan most first."]
    for place, question in enumerate(found.questions, 1):
        lines += ["", *_paragraph(place, question, found.as_of, width)]
    if found.others:
        lines += ["", f"{count(found.others, 'further fact')} missing; these move the plan less."]
    return "\n".join(lines) + "\n"


def questions_json(found: Questions) -> str:
    """Everything for programs: costs in ED, dates in ISO form, cells as people read them; ends with a newline."""
    content = {**asdict(found), "questions": [_object(question) for question in found.questions]}
    return json.dumps(content, default=_plain, ensure_ascii=False, indent=1) + "\n"


def _object(question: Question) -> dict[str, object]:
    return {**asdict(question), "cells": [str(cell) for cell in question.cells]}


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is nothing that a question holds")


def _paragraph(place: int, question: Question, as_of: date, width: int) -> list[str]:
    """The question, what its answers do, where to type it."""
    whom = f"{question.whom} ({question.role})" if question.role and question.whom != question.role else question.whom
    head = f"{place:>2}. Ask {whom or 'around (nobody is named)'}: {question.wording}"
    said = [_lands(question, as_of), _costs(question)]
    cells = listing([str(cell) for cell in question.cells])
    where = f"Type it into {cells}." if cells else "It has no cell yet: add it to the sheet Teams."
    indent = " " * INDENT
    body = plain(" ".join(filter(None, [*said, where])))
    return [
        textwrap.fill(plain(head), width, subsequent_indent=indent, break_on_hyphens=False),
        textwrap.fill(body, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False),
    ]


def _lands(question: Question, as_of: date) -> str:
    """`ASK-3 lands 3 Nov at 2 ED, 24 Nov at 15 ED.`"""
    if not question.days:
        return ""
    when = ", ".join(f"{day(answer.lands, as_of)} {_if(answer)}" for answer in question.answers if answer.possible)
    impossible = "".join(f"; no plan is possible {_if(answer)}" for answer in question.answers if not answer.possible)
    return f"{question.item} lands {when}{impossible}."


def _if(answer: Answer) -> str:
    return f"if {answer.value}"


def _costs(question: Question) -> str:
    """What the answers are apart, or what knowing saves."""
    if question.cost < LEAST:
        return ""
    if question.kind in ("priority", "target"):
        return f"Knowing saves up to {weeks(question.cost)}."
    return f"The cost of the plan differs by {weeks(question.cost)}."
