"""Conflicts between teams, one detector a file.

In: a `Context` (roadmap, efforts, the plan). Out: `domain.conflict.Conflict`s. A detector is a module with a
constant `TYPE`, a function `detect(context) -> Iterator[Conflict]` and, in its docstring, the definition, the data
that it needs, the severity, the ways out, and an example that the tests run. `DETECTORS` lists them in the order of
the families.

To add a type: a module, its line in `DETECTORS`, and in `tests/conflicts` a planter with its near misses. `parts` has
the ways out and the fields that detectors have in common.
"""

from collections.abc import Iterator
from typing import Protocol

from planner.conflicts import (
    alternatives_both_planned,
    bottleneck_team,
    colliding_experiments,
    competing_replacements,
    concurrent_change,
    contested_replacement,
    contradicting_values,
    cycle,
    dangling_reference,
    date_inversion,
    duplicate_creation,
    extend_before_replace,
    foreign_component,
    frozen_component,
    infeasible_window,
    interface_clash,
    item_without_task,
    launch_in_block,
    missing_dependency,
    need_not_provided,
    overload,
    priority_inversion,
    redundant_dependency,
    remove_while_used,
    soft_cycle,
    starved_decision,
    superseded_still_planned,
    task_without_item,
    unanswered_ask,
    undecided_decision,
    unproven_one_way_door,
    untested_hypothesis,
)
from planner.conflicts.context import Context
from planner.domain.conflict import Conflict, ConflictType


class Detector(Protocol):
    """What a detector's module has."""

    @property
    def TYPE(self) -> ConflictType:
        """The type of all conflicts that it finds."""

    def detect(self, context: Context) -> Iterator[Conflict]:
        """The conflicts, in an order that does not depend on the order of rows."""


DETECTORS: tuple[Detector, ...] = (
    # contradiction
    contradicting_values,
    need_not_provided,
    extend_before_replace,
    remove_while_used,
    alternatives_both_planned,
    superseded_still_planned,
    contested_replacement,
    interface_clash,
    concurrent_change,
    frozen_component,
    # duplicate
    duplicate_creation,
    competing_replacements,
    # waiting for a decision
    undecided_decision,
    starved_decision,
    untested_hypothesis,
    unproven_one_way_door,
    colliding_experiments,
    # order and date
    cycle,
    soft_cycle,
    missing_dependency,
    dangling_reference,
    redundant_dependency,
    priority_inversion,
    date_inversion,
    infeasible_window,
    unanswered_ask,
    launch_in_block,
    # coverage and load
    foreign_component,
    task_without_item,
    item_without_task,
    overload,
    bottleneck_team,
)
"""All detectors in the order of the families."""
