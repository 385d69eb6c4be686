"""The questions to ask next, as text and as JSON: whom, what, where to type the answer, and what hangs on it."""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from planner.domain.cells import Cell
from planner.domain.question import Answer, Question, Questions
from planner.report.wording import count, day, listing, plain, weeks

INDENT = 4
LEAST = 0.05
"""ED below which a cost is not worth a word."""


def questions_text(found: Questions, width: int) -> str:
    """One paragraph for each question, those of one kind with the same answers together; ends with a newline."""
    if not found.questions:
        return f"{plain(found.title)}: no answer that is missing would move this plan.\n"
    lines = [f"{plain(found.title)}: what to ask, the answers that move the plan most first."]
    together: dict[tuple[object, ...], list[Question]] = {}
    for question in found.questions:
        together.setdefault(_alike(question), []).append(question)
    for place, questions in enumerate(together.values(), 1):
        lines += ["", *_paragraph(place, questions, found.as_of, width)]
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


def _alike(question: Question) -> tuple[object, ...]:
    """What questions asked together have in common: kind, answers and, but for teams by name, who is asked."""
    whom = "" if question.whom == question.subject else question.whom
    return question.kind, whom, question.role, tuple(answer.value for answer in question.answers)


def _paragraph(place: int, questions: Sequence[Question], as_of: date, width: int) -> list[str]:
    """Whom to ask, then each question, what its answers do, where to type it."""
    first, one = questions[0], len(questions) == 1
    names = list(dict.fromkeys(question.whom for question in questions if question.whom))
    role = f" ({first.role})" if first.role not in ("", first.whom) and len(names) == 1 else ""
    whom = f"{listing(names)}{role}" if names else "around (nobody is named)"
    answers = " or ".join(answer.value for answer in first.answers)
    asked = first.wording if one else f"{count(len(questions), 'question')} of one kind; plausible are {answers}."
    indent = " " * INDENT
    head = f"{place:>2}. Ask {whom}: {asked}"
    lines = [textwrap.fill(plain(head), width, subsequent_indent=indent, break_on_hyphens=False)]
    for question in questions:
        said = ["" if one else f"{question.wording[:1].upper()}{question.wording[1:]}", _lands(question, as_of)]
        said += [_costs(question), _where(question.cells) if question.cells or one else ""]
        body = plain(" ".join(filter(None, said)))
        begin, rest = (indent, indent) if one else (f"{indent}- ", f"{indent}  ")
        lines.append(textwrap.fill(body, width, initial_indent=begin, subsequent_indent=rest, break_on_hyphens=False))
    if not one and not any(question.cells for question in questions):
        lines.append(f"{indent}They have no cells yet: add them to the sheet Teams.")
    return lines


def _where(cells: Sequence[Cell]) -> str:
    """Where to type the answer."""
    if not cells:
        return "It has no cell yet: add it to the sheet Teams."
    return f"Type it into {listing([str(cell) for cell in cells])}."


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
