"""Who may let what out, and whether it was: rules as pure functions; nothing here reads a file or asks who runs it.

In: nouns of `domain.governance` and the roadmap. Out: objections, or the state of a log.

    people   whether two spellings are one person
    roster   who may approve what
    chain    the hash-chained log: a link is made, a log is held against its anchor
    register the requests that a log tells of
    gate     what is looked at; then a rule a file: `in_blocks`, `frozen`, `doors`, `records`

To add a rule, write a function from a `Gate` to objections in a file of its own and its line in `RULES`.
"""

from dataclasses import replace
from datetime import date

from planner.domain.governance import Objection
from planner.governance.doors import doors_without_evidence
from planner.governance.frozen import writes_to_frozen
from planner.governance.gate import Gate
from planner.governance.in_blocks import launches_in_blocks
from planner.governance.records import log_in_doubt, overrides_of_nothing

RULES = (launches_in_blocks, writes_to_frozen, doors_without_evidence, overrides_of_nothing, log_in_doubt)


def objections(gate: Gate, strict: bool = False) -> tuple[Objection, ...]:
    """Everything that speaks against these launches, errors first; doubts are errors under `strict`."""
    found = [replace(one, is_error=one.is_error or strict) for rule in RULES for one in rule(gate)]
    return tuple(sorted(found, key=lambda one: (not one.is_error, one.rule, one.day or date.min, one.task)))
