"""The log of decisions as text for people and as JSON for programs."""

import json
import textwrap
from datetime import date

from planner.domain.decision_log import DecisionLog, OpenQuestionCost, TakenDecision
from planner.report.plan_json import plain_value
from planner.report.wording import count, day, full_day, plain, weeks


def decision_log_text(log: DecisionLog, width: int) -> str:
    """Open ones by due date with the cost of waiting, then taken ones; ends with a newline."""
    parts = [f"{plain(log.title)}, as of {full_day(log.as_of)}"]
    if log.open:
        parts.append(
            "\n".join([f"OPEN  {count(len(log.open), 'decision')}", *(_open(o, log.as_of, width) for o in log.open)])
        )
    if log.taken:
        parts.append(
            "\n".join(
                [f"TAKEN  {count(len(log.taken), 'decision')}", *(_taken(t, log.as_of, width) for t in log.taken)]
            )
        )
    if not (log.open or log.taken):
        parts.append("No decision stands on the sheet Decisions.")
    return "\n\n".join(parts) + "\n"


def _open(one: OpenQuestionCost, today: date, width: int) -> str:
    late = ", overdue" if one.due < today else ""
    due = f"{day(one.due, today)}{' (assumed)' if one.due_is_assumed else ''}{late}"
    facts = [f"{one.driver} drives" if one.driver else "nobody drives it"]
    facts += [f"options: {'; '.join(map(plain, one.options))}"] if one.options else []
    facts += _cost(one, today)
    return "\n".join([f"  {due}  {one.id}  {plain(one.question)}", _indented("  ·  ".join(facts), width)])


def _cost(one: OpenQuestionCost, today: date) -> list[str]:
    """What leaving it open costs."""
    if one.at_risk is None:
        return ["cost of waiting: plan first"]
    if not one.at_risk:
        return ["waiting costs nothing that the plan knows"]
    said = [f"{weeks(one.at_risk)} at risk while it is open"]
    said += [f"the best answer throws away {weeks(one.later)} in {one.weeks} weeks"] if one.later else []
    return said + ([f"decide by {day(one.decide_by, today)}"] if one.decide_by else [])


def _taken(one: TakenDecision, today: date, width: int) -> str:
    when = f", recorded {day(date.fromisoformat(one.when[:10]), today)} by {plain(one.account)}" if one.when else ""
    who = f"{plain(one.driver) or 'nobody'} drove, {plain(one.approver) or 'nobody'} approved{when}"
    return "\n".join(
        [
            f"  {one.id}  {plain(one.question)}",
            _indented(f"→ {plain(one.chosen) or 'taken'}  ·  {who}  ·  {one.cell}", width),
        ]
    )


def _indented(text: str, width: int) -> str:
    return textwrap.fill(text, width, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)


def decision_log_json(log: DecisionLog) -> str:
    """One object; costs in ED, days ISO; ends with a newline."""
    return json.dumps(plain_value(log), ensure_ascii=False, indent=1) + "\n"
