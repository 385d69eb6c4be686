"""Experiments for the terminal and for programs: what hangs on each, and what a result did."""

import json
import textwrap
from collections.abc import Sequence
from datetime import date

from planner.domain.experiment import Experiment, ExperimentResult, Hanging
from planner.report.plan_json import plain_value
from planner.report.wording import day, listing, percent, plain, weeks

LABEL = 15
VERSION = 1


def experiments_text(found: Sequence[Experiment], as_of: date, width: int) -> str:
    """The open ones by the day of their result, then the others; ends with a newline."""
    if not found:
        return "There is no hypothesis on a sheet Hypotheses.\n"
    blocks = [_experiment(one, as_of, width) for one in found]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _experiment(one: Experiment, as_of: date, width: int) -> list[str]:
    head = f"{plain(one.id)}  {plain(one.statement)}"
    tested = f"{listing(one.tests)}" if one.tests else "nobody tests it"
    measured = f"measured by {plain(one.metric)}" if one.metric else ""
    group = ", ".join(filter(None, (plain(one.treatment_group), measured)))
    facts = [
        ("result", one.result),
        ("known", f"{day(one.known, as_of)}, tested by {tested}" if not one.result else ""),
        ("treatment", group),
        ("P(success)", "nobody said" if one.probability is None else percent(one.probability)),
        ("hangs on it", "; ".join(_hanging(task, as_of) for task in one.hanging) or "nothing that is open"),
        ("at risk", "" if one.result else _risk(one)),
        ("break-even", "" if one.result else _break_even(one)),
        ("ramp", one.ramp),
    ]
    return [textwrap.fill(head, width, subsequent_indent="  "), *_facts(facts, width)]


def _facts(facts: Sequence[tuple[str, str]], width: int) -> list[str]:
    indent = " " * (LABEL + 2)
    return [
        textwrap.fill(plain(text), width, initial_indent=f"  {label:<{LABEL}}", subsequent_indent=indent)
        for label, text in facts
        if text
    ]


def _hanging(one: Hanging, as_of: date) -> str:
    when = f"{day(one.start, as_of)} – {day(one.finish, as_of)}" if one.start else "not planned"
    return f"{plain(one.task)} ({when}, {weeks(one.effort)})"


def _risk(one: Experiment) -> str:
    if not one.at_risk:
        return "nothing: all of it begins after the result"
    if one.known is None:
        return f"{weeks(one.at_risk)}: nobody tests it, so nobody will know in time"
    expected = "" if one.throwaway is None else f", {weeks(one.throwaway)} expected"
    return f"{weeks(one.at_risk)} are done before the result and thrown away if it fails{expected}"


def _break_even(one: Experiment) -> str:
    if one.break_even is None:
        return ""
    if one.break_even <= 0:
        return "waiting never pays: the delay costs more than all that can be thrown away"
    return f"waiting for the result pays only if P(success) is below {percent(one.break_even)}"


def experiments_json(found: Sequence[Experiment]) -> str:
    """The same for programs, efforts in ED; ends with a newline."""
    content = {
        "version": VERSION,
        "experiments": [
            {**plain_value(one), "at_risk": plain_value(one.at_risk), "throwaway": plain_value(one.throwaway)}
            for one in found
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def result_text(result: ExperimentResult, as_of: date, width: int) -> str:
    """What was recorded where, what stops or goes on, and the throwaway that happened beside the forecast."""
    one = result.before
    said = "holds" if result.holds else "has failed"
    ours = [f"{task} ({weeks(effort)})" if effort else task for task, effort in result.follows]
    facts = [
        ("stops", "; ".join(_hanging(task, as_of) for task in result.stopped)),
        ("goes on", "; ".join(_hanging(task, as_of) for task in result.released)),
        ("thrown away", _really(result)),
        ("to do now", "; ".join(map(plain, ours))),
        ("recorded in", result.where),
    ]
    return "\n".join([f"{plain(one.id)} {said}: {plain(one.statement)}", *_facts(facts, width)]) + "\n"


def _really(result: ExperimentResult) -> str:
    """Really thrown away, beside what the plan had at risk and what was expected of it."""
    one = result.before
    expected = "" if one.throwaway is None else f", {weeks(one.throwaway)} expected"
    forecast = f"the plan had {weeks(one.at_risk)} at risk{expected}"
    return f"{weeks(result.thrown_away)}; {forecast}"


def result_json(result: ExperimentResult) -> str:
    """The same for programs, efforts in ED; ends with a newline."""
    content = {
        "version": VERSION,
        "id": result.before.id,
        "result": "pass" if result.holds else "fail",
        "stopped": [one.task for one in result.stopped],
        "released": [one.task for one in result.released],
        "thrown_away": plain_value(result.thrown_away),
        "at_risk": plain_value(result.before.at_risk),
        "expected_throwaway": plain_value(result.before.throwaway),
        "follows": [{"task": task, "effort": plain_value(effort)} for task, effort in result.follows],
        "recorded_in": result.where,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
