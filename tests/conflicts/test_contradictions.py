"""Contradictions: the examples of the docstrings, and what each conflict says, risks and offers."""

from dataclasses import replace
from types import ModuleType

import pytest

from planner.conflicts import (
    alternatives_both_planned,
    competing_replacements,
    concurrent_change,
    contested_replacement,
    contradicting_values,
    duplicate_creation,
    extend_before_replace,
    frozen_component,
    interface_clash,
    need_not_provided,
    remove_while_used,
    superseded_still_planned,
)
from planner.domain.conflict import Change, ChangeKind, Conflict
from tests.conflicts.examples import detected, read_example
from tests.report.diagrams import plan, planned

DETECTORS = (
    alternatives_both_planned,
    competing_replacements,
    concurrent_change,
    contested_replacement,
    contradicting_values,
    duplicate_creation,
    extend_before_replace,
    frozen_component,
    interface_clash,
    need_not_provided,
    remove_while_used,
    superseded_still_planned,
)


@pytest.mark.parametrize("module", DETECTORS, ids=lambda module: module.TYPE.id)
def test_the_example_of_the_docstring(module: ModuleType) -> None:
    context, expected = read_example(module.__doc__ or "")
    assert expected
    assert {frozenset(conflict.tasks) for conflict in module.detect(context)} == expected


@pytest.mark.parametrize("module", DETECTORS, ids=lambda module: module.TYPE.id)
def test_every_conflict_says_where_it_is_and_offers_a_way_out(module: ModuleType) -> None:
    for conflict in detected(module, module.__doc__ or ""):
        assert conflict.type is module.TYPE
        assert conflict.teams
        assert len(conflict.cells) == len(conflict.tasks)
        assert all(task in conflict.message for task in conflict.tasks)
        assert conflict.resolutions
        assert {task for task, _ in conflict.at_risk} <= set(conflict.tasks)
        assert all(0 < share <= 1 for _, share in conflict.at_risk)


def only(module: ModuleType, text: str) -> Conflict:
    (conflict,) = detected(module, text)
    return conflict


def changes(conflict: Conflict) -> list[tuple[Change, ...]]:
    return [resolution.changes for resolution in conflict.resolutions]


TWO_VALUES = """
    Task ID | Team           | Effort | Sets
    LED-3   | Ledger         | 77     | ledger.storage=Aurora
    REC-4   | Reconciliation | 35     | ledger.storage=DynamoDB
"""


def test_of_two_values_without_a_decision_the_smaller_work_is_at_risk() -> None:
    conflict = only(contradicting_values, TWO_VALUES)
    assert conflict.at_risk == (("REC-4", 1.0),)
    assert conflict.message == (
        "Ledger sets ledger.storage to Aurora (LED-3), Reconciliation to DynamoDB (REC-4): "
        "one of them is thrown away."
    )
    assert changes(conflict) == [(Change(ChangeKind.DROP, "REC-4"),), (Change(ChangeKind.DROP, "LED-3"),)]
    assert [resolution.discards for resolution in conflict.resolutions] == [("REC-4",), ("LED-3",)]
    assert [str(cell) for cell in conflict.cells] == ["q3.xlsx!Tasks!D2", "q3.xlsx!Tasks!D3"]


def test_an_open_decision_weighs_the_values_and_is_the_way_out() -> None:
    conflict = only(
        contradicting_values,
        TWO_VALUES
        + """
        Decision ID | Key            | Options
        DEC-1       | ledger.storage | Aurora=0.7; DynamoDB=0.3
        """,
    )
    assert conflict.decisions == ("DEC-1",)
    assert conflict.at_risk == (("LED-3", pytest.approx(0.3)), ("REC-4", 0.7))
    assert changes(conflict) == [
        (Change(ChangeKind.CHOOSE, "DEC-1", value="Aurora"),),
        (Change(ChangeKind.CHOOSE, "DEC-1", value="DynamoDB"),),
    ]


def test_three_values_are_one_conflict_of_which_one_stays() -> None:
    conflict = only(contradicting_values, TWO_VALUES + "WAL-1 | Wallet | 10 | ledger.storage=Redis")
    assert conflict.tasks == ("LED-3", "REC-4", "WAL-1")
    assert conflict.at_risk == (("REC-4", 1.0), ("WAL-1", 1.0))
    assert [resolution.discards for resolution in conflict.resolutions] == [
        ("REC-4", "WAL-1"),
        ("LED-3", "WAL-1"),
        ("LED-3", "REC-4"),
    ]
    assert conflict.message.endswith("Wallet to Redis (WAL-1): only one value can stay.")


def test_tasks_that_agree_stand_or_fall_together() -> None:
    conflict = only(contradicting_values, TWO_VALUES + "WAL-1 | Wallet | 50 | ledger.storage=DynamoDB")
    assert conflict.at_risk == (("LED-3", 1.0),)  # 77 ED against 35 + 50


def test_a_downgrade_is_no_upgrade() -> None:
    text = """
        Task ID | Team   | Effort | Sets             | Depends on
        API-1   | Ledger | 5      | api.version={}   |
        API-2   | Ledger | 5      | api.version={}   | API-1
    """
    assert not detected(contradicting_values, text.format(9, 10))
    assert only(contradicting_values, text.format(10, 9)).tasks == ("API-1", "API-2")


def test_a_need_that_a_decision_may_still_provide() -> None:
    conflict = only(
        need_not_provided,
        """
        Task ID | Team      | Effort | Sets                  | Needs
        INV-2   | Invoicing | 76     | invoice-api.version=2 |
        REF-2   | Refunds   | 48     |                       | invoice-api.version=3
        Decision ID | Key                 | Options
        DEC-4       | invoice-api.version | 2=0.6; 3=0.4
        """,
    )
    assert conflict.message == (
        "Refunds (REF-2) needs invoice-api.version=3, which no task provides; Invoicing (INV-2) sets it to 2."
    )
    assert changes(conflict)[:2] == [
        (Change(ChangeKind.CHOOSE, "DEC-4", value="2"),),
        (Change(ChangeKind.CHOOSE, "DEC-4", value="3"),),
    ]
    assert [resolution.discards for resolution in conflict.resolutions][:2] == [("REF-2",), ()]
    assert conflict.teams == ("Refunds", "Invoicing")


EXTENDED = """
    Task ID | Team          | Effort | Touches             | Depends on | Status
    INV-2   | Invoicing     | 76     | invoice-api:replace | {}         |
    SUB-5   | Subscriptions | 40     | invoice-api:extend  |            | {}
"""


def test_an_extension_can_wait_for_the_replacement() -> None:
    conflict = only(extend_before_replace, EXTENDED.format("", ""))
    assert conflict.at_risk == (("SUB-5", 0.8),)
    assert changes(conflict) == [
        (Change(ChangeKind.AFTER, "SUB-5", "INV-2"),),
        (Change(ChangeKind.DROP, "SUB-5"),),
    ]


def test_an_extension_that_has_begun_or_must_come_first_cannot_wait() -> None:
    indirect = EXTENDED.format("CON-1", "") + "CON-1 | Console | 3 | | SUB-5 |"
    for text in (EXTENDED.format("", "in progress"), indirect):
        assert changes(only(extend_before_replace, text)) == [(Change(ChangeKind.DROP, "SUB-5"),)]


def test_an_order_that_somebody_typed_can_be_turned_round() -> None:
    conflict = only(extend_before_replace, EXTENDED.format("SUB-5", ""))
    assert changes(conflict)[0] == (
        Change(ChangeKind.CUT, "INV-2", "SUB-5"),
        Change(ChangeKind.AFTER, "SUB-5", "INV-2"),
    )


def test_contradicting_values_are_not_reported_again_as_an_extension() -> None:
    text = """
        Task ID | Team           | Effort | Touches        | Sets
        LED-3   | Ledger         | 77     | ledger:replace | ledger.storage=relational
        REC-4   | Reconciliation | 35     | ledger:change  | ledger.storage=key-value
    """
    assert not detected(extend_before_replace, text)
    assert detected(contradicting_values, text)


def test_a_removal_waits_for_all_users() -> None:
    conflict = only(
        remove_while_used,
        """
        Task ID | Team     | Effort | Touches
        MET-6   | Metering | 24     | batch-meter:remove
        EXP-5   | Exports  | 22     | batch-meter:read
        DAT-1   | Data     | 5      | batch-meter:change
        """,
    )
    assert changes(conflict)[0] == (
        Change(ChangeKind.AFTER, "MET-6", "DAT-1"),
        Change(ChangeKind.AFTER, "MET-6", "EXP-5"),
    )
    assert conflict.at_risk == (("DAT-1", 1.0), ("EXP-5", 1.0))


def test_a_superseded_task_is_dropped_or_a_bridge_whose_cost_is_known() -> None:
    conflict = only(superseded_still_planned, superseded_still_planned.__doc__ or "")
    dropped, bridge, kept = conflict.resolutions
    assert dropped.changes == (Change(ChangeKind.DROP, "EXP-2"),)
    assert bridge.changes == (Change(ChangeKind.AFTER, "EXP-6", "EXP-2"),)
    assert bridge.extra == 22
    assert kept.discards == ("EXP-6",)


def test_of_what_has_been_replaced_already_only_dropping_is_left() -> None:
    conflict = only(
        superseded_still_planned,
        """
        Task ID | Team    | Effort | Replaces | Status
        EXP-2   | Exports | 22     |          |
        EXP-6   | Exports | 31     | EXP-2    | done
        """,
    )
    assert changes(conflict) == [(Change(ChangeKind.DROP, "EXP-2"),)]


def test_an_interface_clash_costs_the_moves_that_nobody_planned() -> None:
    conflict = only(interface_clash, interface_clash.__doc__ or "")
    assert conflict.message == "Invoicing (INV-2) breaks invoice-api, and Console (4 ED) has no task to move with it."
    assert conflict.at_risk == (("INV-2", pytest.approx(4 / 76)),)
    assert conflict.resolutions[0].extra == 4
    assert conflict.teams == ("Invoicing", "Console")


TWO_RELEASES = """
    Task ID | Team      | Effort | Touches             | Depends on
    INV-2   | Invoicing | 76     | invoice-api:replace |
    INV-9   | Invoicing | 10     | invoice-api:replace |
    REF-2   | Refunds   | 48     |                     | INV-2; INV-9
    Component   | Owner     | Consumers
    invoice-api | Invoicing | Refunds=3
"""


def test_breaking_releases_further_apart_than_the_window_cost_a_second_move() -> None:
    context, _ = read_example(TWO_RELEASES)
    far = plan([planned("INV-2"), planned("INV-9", day=8)])  # a Monday's week and a day: six working days
    near = plan([planned("INV-2"), planned("INV-9", day=7)])
    assert not list(interface_clash.detect(context))
    assert not list(interface_clash.detect(replace(context, plan=near)))
    (conflict,) = interface_clash.detect(replace(context, plan=far))
    assert conflict.tasks == ("INV-2", "INV-9")
    assert "6 working days apart" in conflict.message
    assert conflict.at_risk == (("INV-9", pytest.approx(0.3)),)


def test_rivals_for_a_component_do_not_release_twice() -> None:
    context, _ = read_example(TWO_RELEASES.replace("INV-9   | Invoicing", "TAX-9   | Tax"))
    far = plan([planned("INV-2"), planned("TAX-9", day=80)])
    assert {len(conflict.tasks) for conflict in interface_clash.detect(replace(context, plan=far))} <= {1}
    assert list(competing_replacements.detect(context))


def test_concurrent_changes_lose_least_in_the_cheaper_order() -> None:
    conflict = only(concurrent_change, concurrent_change.__doc__ or "")
    assert conflict.at_risk == (("WAL-1", 0.15),)  # 1.5 ED rather than 3 ED of PAY-1
    assert changes(conflict)[:2] == [
        (Change(ChangeKind.AFTER, "WAL-1", "PAY-1"),),
        (Change(ChangeKind.AFTER, "PAY-1", "WAL-1"),),
    ]


def test_two_extensions_throw_nothing_away() -> None:
    text = (concurrent_change.__doc__ or "").replace(":change", ":extend")
    assert only(concurrent_change, text).at_risk == ()


RETIRED = """
    Task ID | Team    | Effort | Touches             | Not before
    EXP-5   | Exports | 22     | batch-meter:extend  | {}
    MET-6   | Metering| 5      | batch-meter:remove  | {}
    Component   | Owner    | Retires on
    batch-meter | Metering | 2027-07-30
"""


def test_a_component_can_be_removed_after_it_retired_but_not_extended() -> None:
    assert only(frozen_component, RETIRED.format("2027-08-02", "2027-08-02")).tasks == ("EXP-5",)
    assert not detected(frozen_component, RETIRED.format("2027-07-30", "2027-08-02"))


def test_the_plan_says_whether_a_component_has_retired() -> None:
    context, _ = read_example(RETIRED.replace("2027-07-30", "2026-10-09").format("", ""))
    in_time = plan([planned("EXP-5", day=0, days=4)])  # Monday 5 to Friday 9 October
    too_late = plan([planned("EXP-5", day=0, days=7)])
    assert not list(frozen_component.detect(replace(context, plan=in_time)))
    (conflict,) = frozen_component.detect(replace(context, plan=too_late))
    assert conflict.message == "Exports (EXP-5) changes batch-meter, which retires on Fri 9 Oct 2026."


def test_what_a_task_freezes_first_must_not_change_afterwards() -> None:
    text = """
        Task ID | Team   | Effort | Touches       | Depends on
        WAL-1   | Wallet | 5      | router:freeze |
        WAL-2   | Wallet | 5      | router:extend | WAL-1
    """
    assert only(frozen_component, text).message == (
        "Wallet (WAL-2) changes router, which is frozen by Wallet (WAL-1) before."
    )


def test_the_owner_of_a_component_builds_it() -> None:
    text = (
        (duplicate_creation.__doc__ or "")
        + """
        Component      | Owner
        tag-normaliser | Explorer
    """
    )
    created, _ = detected(duplicate_creation, text)
    assert changes(created)[0] == (Change(ChangeKind.MERGE, "FOR-5", "CEX-3", "0.8"),)


def test_duplicates_are_merged_either_way_for_a_hand_off() -> None:
    created, declared = detected(duplicate_creation, duplicate_creation.__doc__ or "")
    assert created.at_risk == (("FOR-5", 1.0),)
    assert changes(declared) == [
        (Change(ChangeKind.MERGE, "WAL-3", "REF-4", "0.8"),),  # as declared
        (Change(ChangeKind.MERGE, "REF-4", "WAL-3", "0.8"),),
    ]
    assert changes(created)[0] == (Change(ChangeKind.MERGE, "CEX-3", "FOR-5", "0.8"),)  # the larger one
    assert {resolution.extra for resolution in declared.resolutions} == {1.0}


def test_rivals_for_a_task_are_not_reported_again_as_rivals_for_its_component() -> None:
    text = """
        Task ID | Team    | Effort | Replaces | Touches         | Status
        SUB-2   | Subs    | 13     |          |                 | done
        DUN-4   | Dunning | 44     | SUB-2    | mailer:replace  |
        CON-8   | Console | 22     | SUB-2    | mailer:replace  |
    """
    assert not detected(competing_replacements, text)
    conflict = only(contested_replacement, text)
    assert conflict.at_risk == (("CON-8", 1.0),)
    assert [resolution.discards for resolution in conflict.resolutions] == [("DUN-4",), ("CON-8",)]
