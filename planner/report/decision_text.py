"""A drafted decision on the screen: each option with what it does to the plan, and which one is recommended."""

import json
from collections.abc import Sequence

from planner.domain.decision_draft import Draft, DraftOption
from planner.report.decision.said import effect, letter, on
from planner.report.wording import listing, percent, plain


def draft_text(draft: Draft) -> str:
    """A few lines; ends with a newline."""
    lines = [f"{draft.id}  {plain(draft.question)}", *(_line(draft, option) for option in draft.options)]
    lines.append(
        f"Recommended: {letter(draft, draft.chosen)}" if draft.chosen else "The plan does not prefer an option."
    )
    if draft.decide_by:
        lines[-1] += f"; until {on(draft.decide_by)} nothing else throws away less work"
    return "\n".join([*lines, ""])


def _line(draft: Draft, option: DraftOption) -> str:
    chance = f", {percent(option.chance)} likely" if option.chance is not None else ""
    drops = f"; {listing(option.drops)} leave{'s' if len(option.drops) == 1 else ''} the plan" if option.drops else ""
    return f"  {letter(draft, option)}  {plain(option.name)}{chance}: the plan {effect(draft, option)}{drops}"


def approved_text(decision: str, chosen: str, driver: str, approver: str, where: str, left: Sequence[str]) -> str:
    """What was recorded, and what the plan obeys only when it stands in the tables too."""
    people = f"{plain(driver)} drives, {plain(approver)} approved"
    lines = [f"{decision}: {plain(chosen)}; {people}. Recorded in {where}; the old file is kept as .bak."]
    return "\n".join([*lines, *(f"Still to type: {plain(text)}" for text in left)])


def approved_json(decision: str, chosen: str, driver: str, approver: str, where: str, left: Sequence[str]) -> str:
    """The same as one object; ends with a newline."""
    content = {
        "decision": decision,
        "chosen": chosen,
        "driver": driver,
        "approver": approver,
        "cell": where,
        "still_to_type": list(left),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
