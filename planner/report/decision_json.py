"""The draft of a decision for programs: the question, the options with their figures, the evidence."""

import json
from collections.abc import Sequence

from planner.domain.decision_draft import Draft, DraftOption
from planner.domain.paper import EvidenceList, words
from planner.report.decision import decision_paper
from planner.report.plan_json import plain_value


def draft_json(draft: Draft, files: Sequence[str]) -> str:
    """One object; costs in ED, days ISO; ends with a newline."""
    chosen = draft.chosen
    listed = (block for block in decision_paper(draft).blocks if isinstance(block, EvidenceList))
    content = {
        "id": draft.id,
        "question": draft.question,
        "plan": draft.plan_id,
        "recommended": chosen.name if chosen else None,
        "decide_by": plain_value(draft.decide_by),
        "tasks": list(draft.tasks),
        "options": [_option(option) for option in draft.options],
        "evidence": {each.id: words(each.text) for block in listed for each in block.evidence},
        "files": list(files),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _option(option: DraftOption) -> dict[str, object]:
    return {
        "name": option.name,
        "chance": option.chance,
        "possible": option.possible,
        "objective": plain_value(option.objective),
        "delta": plain_value(option.delta),
        "terms": {term.letter: plain_value(term.value) for term in option.terms},
        "drops": list(option.drops),
        "rewrites": list(option.rewrites),
        "unprovided": list(option.unprovided),
        "moves": [plain_value(move) for move in option.moves],
    }
