"""What T, R and B put a price on, made from small roadmaps and worked out by hand."""

from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest

from planner.domain.problem import (
    Coordination,
    Debt,
    Evidence,
    FragileHandover,
    InterfaceRelease,
    Problem,
    Risk,
    Supersession,
)
from planner.domain.roadmap import (
    Component,
    Decision,
    Dependency,
    Door,
    Hypothesis,
    Item,
    Link,
    Priority,
    Roadmap,
    Setting,
    Status,
    Strength,
    Task,
    Touch,
    TouchMode,
)
from planner.domain.roadmap import Debt as TypedDebt
from planner.domain.settings import Settings, Weights
from planner.scheduling.formulate import formulate
from tests.scheduling.roadmaps import MONDAY, SOURCE, formulated, rules, task, team

TWO_TEAMS = (team(), team("Led"))


def on(component: str, *modes: str) -> tuple[Touch, ...]:
    """Touches of one component."""
    return tuple(Touch(component, TouchMode(mode)) for mode in modes)


def problem(*tasks: Task, **more: object) -> Problem:
    return formulated(*tasks, **{"teams": TWO_TEAMS, **more}).problem  # type: ignore[arg-type]


# -- supersession ------------------------------------------------------------------------------------------------


def pair(early: str, late: str, efforts: tuple[float, float] = (10, 4), **more: object) -> tuple[Supersession, ...]:
    """Of A (touching as `early`) and B (as `late`)."""
    rows = (
        task("A", efforts[0], touches=on("ledger", early), **more),
        task("B", efforts[1], "Led", touches=on("Ledger ", late)),
    )
    return problem(*rows).supersessions


@pytest.mark.parametrize(
    ("early", "late", "cost", "slope"),
    [
        ("create", "replace", 10_000, 38),  # 1.0 x 10 ED; 10,000 / 260 = 38.46
        ("extend", "replace", 8_000, 31),
        ("change", "replace", 8_000, 31),
        ("read", "remove", 10_000, 38),
        ("freeze", "remove", 10_000, 38),
        ("extend", "change", 900, 3),
    ],
)
def test_the_later_mode_says_how_much_of_the_earlier_work_is_thrown_away(early, late, cost, slope):
    assert pair(early, late) == (Supersession(0, 1, cost, slope),)


def test_two_changes_cost_in_either_order_the_earlier_ones_work():
    assert pair("change", "change") == (Supersession(0, 1, 1_500, 6), Supersession(1, 0, 600, 2))


@pytest.mark.parametrize(
    ("early", "late"), [("read", "replace"), ("extend", "extend"), ("remove", "remove"), ("replace", "freeze")]
)
def test_modes_that_leave_each_other_alone_cost_nothing(early, late):
    assert pair(early, late) == ()


def test_the_dearest_modes_of_a_pair_count_once():
    """Extended and changed, then replaced, on two components: 0.8, not 0.8 + 0.15."""
    rows = (
        task("A", 10, touches=(*on("ledger", "extend", "change"), *on("api", "change"))),
        task("B", 4, touches=(*on("ledger", "replace"), *on("api", "change"))),
    )
    assert problem(*rows).supersessions == (Supersession(0, 1, 8_000, 31), Supersession(1, 0, 600, 2))


def test_an_order_that_cannot_happen_costs_nothing():
    changes = on("ledger", "change")
    chain = (task("A", 10, touches=changes), task("M", 0, after="A"), task("B", 4, touches=changes, after="M"))
    assert problem(*chain).supersessions == (Supersession(0, 1, 1_500, 6),)


def test_overlapping_work_can_finish_in_either_order():
    changes = on("ledger", "change")
    overlapping = task("B", 4, touches=changes, depends_on=(Dependency("A", Link.SS), Dependency("A", Link.FS, -2)))
    assert len(problem(task("A", 10, touches=changes), overlapping).supersessions) == 2


def test_done_and_dropped_work_is_not_thrown_away():
    assert pair("extend", "replace", status=Status.DONE) == ()
    assert pair("extend", "replace", status=Status.DROPPED) == ()


def test_of_started_work_only_the_rest_is_thrown_away():
    assert pair("extend", "replace", status=Status.IN_PROGRESS, remaining=4.0) == (Supersession(0, 1, 3_200, 12),)


def test_a_replaced_task_is_a_bridge_of_which_all_is_thrown_away():
    """Built after its replacement it is of no use at all: the same 6 ED, and no day of use takes any off."""
    bridge = task("BRIDGE", 6)
    found = problem(bridge, task("NEW", 9, replaces=("BRIDGE",))).supersessions
    assert found == (Supersession(0, 1, 6_000, 23), Supersession(1, 0, 6_000, 0))
    done = replace(bridge, status=Status.DONE)
    assert problem(done, task("NEW", 9, replaces=("BRIDGE",))).supersessions == ()
    ordered = problem(bridge, task("NEW", 9, replaces=("BRIDGE",), after="BRIDGE"))
    assert ordered.supersessions == (Supersession(0, 1, 6_000, 23),)


def test_a_repayment_before_its_debt_repays_nothing():
    owing = task("OWES", 2, debt=TypedDebt(4, 0.2))
    repayment = task("PAYS", 5, repays=("OWES",))
    assert problem(owing, repayment).supersessions == (Supersession(1, 0, 5_000, 0),)
    assert problem(owing, replace(repayment, depends_on=(Dependency("OWES"),))).supersessions == ()
    assert problem(replace(owing, debt=None), repayment).supersessions == ()


def test_the_table_of_shares_is_a_setting():
    rows = (task("A", 10, touches=on("ledger", "replace")), task("B", 4, touches=on("ledger", "replace")))
    settings = Settings(weights=Weights(supersede={"replace>replace": 0.5}, horizon_days=100))
    found = formulate(Roadmap(tasks=rows, teams=TWO_TEAMS), settings, MONDAY).problem
    assert found.supersessions == (Supersession(0, 1, 5_000, 50), Supersession(1, 0, 2_000, 20))


# -- hypotheses --------------------------------------------------------------------------------------------------


def hypothesis(name: str = "H", probability: float | None = 0.3, **more: object) -> Hypothesis:
    return Hypothesis(name, SOURCE, probability=probability, **more)  # type: ignore[arg-type]


def relying(effort: float = 6, **more: object) -> Task:
    return task("I", effort, hypotheses=("h",), **more)


def test_work_is_at_risk_until_its_test_is_finished():
    """X4: 6 ED in 6 days burn 1 a day; P = 0.3, so 70 % of what is done by then is lost."""
    found = problem(relying(), task("X", 2, "Led"), hypotheses=(hypothesis(tested_by=("X",)),))
    assert found.risks == (Risk(0, 1_000, 6, (Evidence(700, 1),)),)
    assert [activity.success for activity in found.activities] == [300, 1000]


def test_a_result_is_not_known_before_its_readout():
    """Friday is day 4: its exclusive end is 5."""
    known = hypothesis(tested_by=("X",), readout=date(2026, 9, 11))
    found = problem(relying(), task("X", 2, "Led"), hypotheses=(known,))
    assert found.risks[0].evidence == (Evidence(700, 1, 5),)


def test_the_last_of_several_tests_counts():
    tests = (task("X", 2, "Led"), task("Y", 9, "Led"), task("Z", 9, "Led", status=Status.DONE))
    found = problem(relying(), *tests, hypotheses=(hypothesis(tested_by=("X", "Y", "Z")),))
    assert found.risks[0].evidence == (Evidence(700, 2),)


def test_what_nobody_tests_is_never_known():
    found = problem(relying(), hypotheses=(hypothesis(),))
    assert found.risks[0].evidence == (Evidence(700, None, found.horizon),)


def test_several_hypotheses_share_one_risk_and_multiply():
    both = task("I", 6, hypotheses=("H", "K"))
    believed = (hypothesis("H", 0.5, tested_by=("X",)), hypothesis("K", 0.8, tested_by=("Y",)))
    found = problem(both, task("X"), task("Y"), hypotheses=believed)
    assert found.risks == (Risk(0, 1_000, 6, (Evidence(500, 1), Evidence(200, 2))),)
    assert found.activities[0].success == 400


def test_a_one_way_door_adds_what_undoing_costs():
    tested = (hypothesis(tested_by=("X",)),)
    door = relying(door=Door.ONE_WAY, reversal=4.0)
    assert problem(door, task("X"), hypotheses=tested).risks[0].reversal == 4_000
    assert problem(replace(door, door=Door.TWO_WAY), task("X"), hypotheses=tested).risks[0].reversal == 0


@pytest.mark.parametrize(
    "known", [hypothesis(probability=None), hypothesis(result="pass"), hypothesis(probability=1)]
)
def test_what_nobody_doubts_is_no_risk(known):
    found = problem(relying(), hypotheses=(known,))
    assert (found.risks, found.activities[0].success) == ((), 1000)


def test_a_failed_hypothesis_stops_what_relies_on_it_and_not_its_test():
    rows = (relying(), task("D", hypotheses=("H",), status=Status.DONE), task("X", hypotheses=("H",)))
    found = formulated(*rows, hypotheses=(hypothesis(result="fail", tested_by=("X",)),))
    assert rules(found) == ["failed-hypothesis"]
    assert found.diagnostics[0].message == '"I" relies on "H", which has failed; not planned any more.'
    assert [task.id for task in found.tasks] == ["X"]


def test_a_test_does_not_rely_on_what_it_tests():
    found = problem(relying(), hypotheses=(hypothesis(tested_by=("I",)),))
    assert (found.risks, found.activities[0].success) == ((), 1000)


def test_an_item_weighs_as_much_as_its_hypotheses_are_likely_each_counted_once():
    """P1 weighs 1 ED a day; 0.5 x 0.8 of it, though two tasks rely on H."""
    rows = (
        task("A", hypotheses=("H",), items=("G",)),
        task("B", hypotheses=("H", "K"), items=("G",)),
        task("C", items=("PLAIN",)),
    )
    items = (Item("G", SOURCE, priority=Priority.P1), Item("PLAIN", SOURCE, priority=Priority.P1))
    found = problem(*rows, items=items, hypotheses=(hypothesis("H", 0.5), hypothesis("K", 0.8)))
    assert [item.delay_weight for item in found.deliverables] == [400, 1_000]


# -- decisions ---------------------------------------------------------------------------------------------------


def decision(**more: object) -> Decision:
    fields = {"key": "ledger.storage", "options": (("Aurora", 0.7), ("DynamoDB", 0.3)), **more}
    return Decision("D-1", SOURCE, **fields)  # type: ignore[arg-type]


def sets(value: str) -> tuple[Setting, ...]:
    return (Setting("ledger.storage", value),)


def test_both_options_of_an_open_decision_are_at_risk_until_it_is_settled():
    """X10: P(Aurora) = 0.7."""
    rows = (
        task("A", 4, sets=sets("aurora")),
        task("B", 6, "Led", needs=sets("DynamoDB")),
        task("C", 3, "Led", settles=("d-1",)),
    )
    found = problem(*rows, decisions=(decision(),))
    assert found.risks == (Risk(0, 1_000, 4, (Evidence(300, 2),)), Risk(1, 1_000, 6, (Evidence(700, 2),)))
    assert {activity.success for activity in found.activities} == {1000}, "decisions leave E and D unweighted"


def test_a_decision_that_nobody_works_on_comes_on_its_due_date_or_after_ten_days():
    row = task("A", 4, sets=sets("Aurora"))
    friday = problem(row, decisions=(decision(due=date(2026, 9, 11)),))
    assert friday.risks[0].evidence == (Evidence(300, None, 5),)
    assert problem(row, decisions=(decision(),)).risks[0].evidence == (Evidence(300, None, 10),)
    over = problem(row, decisions=(decision(due=date(2026, 9, 1)),))
    assert over.risks[0].evidence == (Evidence(300, None, 0),)


@pytest.mark.parametrize(
    "known",
    [
        decision(options=(("Aurora", None), ("DynamoDB", None))),
        decision(options=(("Aurora", 1.0),)),
        decision(options=(("MySQL", 0.5), ("DynamoDB", 0.5))),
        decision(chosen="Aurora"),
        decision(status="Decided"),
        decision(key="ledger.region"),
    ],
)
def test_a_decision_without_doubt_or_probability_adds_nothing(known):
    assert problem(task("A", 4, sets=sets("Aurora")), decisions=(known,)).risks == ()


def test_a_decision_does_not_put_at_risk_the_task_that_settles_it():
    assert problem(task("A", 4, sets=sets("Aurora"), settles=("D-1",)), decisions=(decision(),)).risks == ()


# -- soft dependencies -------------------------------------------------------------------------------------------


def softly(*extra: Dependency) -> Task:
    return task("I", 8, depends_on=(Dependency("J", strength=Strength.SOFT), *extra), engineers=2)


def test_work_before_a_soft_predecessor_is_done_may_be_redone():
    """8 ED of two engineers in 4 days burn 2 a day; RP x RI = 0.09."""
    found = problem(softly(), task("J", 5, "Led"), teams=(team(engineers=2), team("Led")))
    assert found.risks == (Risk(0, 2_000, 4, (Evidence(90, 1),)),)


def test_a_soft_predecessor_that_is_done_or_comes_first_anyway_is_no_risk():
    assert problem(softly(), task("J", 5, status=Status.DONE)).risks == ()
    assert problem(softly(Dependency("J")), task("J", 5)).risks == ()


def test_hypothesis_decision_and_soft_predecessor_are_risks_of_their_own():
    row = replace(softly(), hypotheses=("H",), sets=sets("Aurora"))
    found = problem(row, task("J", 5), hypotheses=(hypothesis(),), decisions=(decision(),))
    assert [risk.evidence[0].loss for risk in found.risks] == [700, 300, 90]


# -- interface releases ------------------------------------------------------------------------------------------


def test_breaking_releases_cost_their_consumers():
    api = Component("invoice-api", SOURCE, consumers=(("Led", 2.0), ("Web", 5.5)))
    rows = (
        task("A", touches=on("invoice-api", "replace")),
        task("B", touches=on("Invoice-API", "remove")),
        task("C", touches=on("invoice-api", "extend")),
        task("D", touches=on("invoice-api", "replace"), status=Status.DONE),
    )
    assert problem(*rows, components=(api,)).releases == (InterfaceRelease("invoice-api", (0, 1), 7_500, 5),)


def test_without_consumers_or_breaking_work_there_is_nothing_to_follow():
    breaking = task("A", touches=on("invoice-api", "replace"))
    assert problem(breaking, components=(Component("invoice-api", SOURCE),)).releases == ()
    api = Component("invoice-api", SOURCE, consumers=(("Led", 2.0),))
    assert problem(task("A", touches=on("invoice-api", "extend")), components=(api,)).releases == ()


# -- co-ordination and hand-overs --------------------------------------------------------------------------------


def writing(name: str, owner: str, mode: str = "extend", **more: object) -> Task:
    return task(name, 4, owner, touches=on("ledger", mode), **more)


def test_two_teams_that_write_one_component_have_to_talk():
    frictional = (team(friction_by_team=(("Led", 0.4),)), team("Led"))
    found = problem(writing("A", "Pay"), writing("B", "Led", "change"), teams=frictional)
    assert found.coordinations == (Coordination(0, 1, 140),)


@pytest.mark.parametrize(
    "other",
    [
        writing("B", "Pay"),
        writing("B", "Led", "read"),
        writing("B", "Led", after="A"),
        writing("B", "Led", status=Status.DONE),
        writing("B", ""),
        task("B", 4, "Led", touches=on("gateway", "extend")),
    ],
    ids=["same team", "reads", "ordered", "done", "nobody's", "other component"],
)
def test_who_need_not_talk(other):
    assert problem(writing("A", "Pay"), other).coordinations == ()


def test_a_hand_over_between_teams_wants_slack():
    """The successor burns 1 ED a day: 0.3 of it is 0.06 for each fifth of a day; the predecessor takes 5 days."""
    found = problem(task("A", 5), task("B", 4, "Led", after="A"))
    assert found.handovers == (FragileHandover(0, 1, 60, 5),)


@pytest.mark.parametrize(
    "after",
    [
        task("B", 4, after="A"),
        task("B", 4, "Led", depends_on=(Dependency("A", lag=1),)),
        task("B", 4, "Led", depends_on=(Dependency("A", Link.SS),)),
        task("B", 4, "Led", depends_on=(Dependency("A", strength=Strength.LAUNCH),)),
        task("B", 0, "Led", after="A"),
    ],
    ids=["same team", "lag", "start to start", "launch", "milestone"],
)
def test_hand_overs_that_are_not_fragile(after):
    assert problem(task("A", 5), after).handovers == ()


# -- debt --------------------------------------------------------------------------------------------------------


def quick_fix(**more: object) -> Task:
    return task("FIX", 2, touches=on("ledger", "change"), debt=TypedDebt(4, 0.2), **more)


def test_debt_bears_interest_and_slows_later_work_until_it_is_repaid():
    """X8: 0.23 x 4 ED on each later touch; reading is not slowed."""
    rows = (
        quick_fix(),
        task("PAY", 4, touches=on("ledger", "change"), repays=("FIX",)),
        task("T-1", 4, touches=on("ledger", "extend")),
        task("T-2", 4, touches=on("ledger", "read")),
    )
    assert problem(*rows).debts == (Debt(0, 200, 0, 260, 1, ((2, 920),)),)


def test_debt_that_nobody_repays_costs_its_principal():
    assert problem(quick_fix()).debts == (Debt(0, 200, 4_000, 260),)


def test_the_debt_of_done_work_is_there_already():
    rows = (quick_fix(status=Status.DONE), task("T-1", 4, touches=on("ledger", "extend")))
    assert problem(*rows).debts == (Debt(None, 200, 4_000, 260, None, ((0, 920),)),)


def test_work_before_the_debt_or_after_its_repayment_is_not_slowed():
    rows = (
        task("EARLY", 4, touches=on("ledger", "extend")),
        quick_fix(after="EARLY"),
        task("PAY", 4, repays=("FIX",)),
        task("LATE", 4, touches=on("ledger", "extend"), after="PAY"),
    )
    assert [debt.touches for debt in problem(*rows).debts] == [()]


def test_repaid_debt_is_none():
    assert problem(quick_fix(), task("PAY", repays=("FIX",), status=Status.DONE)).debts == ()
    dropped = problem(quick_fix(), task("PAY", repays=("FIX",), status=Status.DROPPED))
    assert dropped.debts == (Debt(0, 200, 4_000, 260),)


# -- size --------------------------------------------------------------------------------------------------------


def test_the_structures_of_ten_thousand_tasks_are_bounded_and_it_says_so():
    modes = list(TouchMode)
    teams = tuple(team(f"Team {k}", 6) for k in range(50))
    rows = [
        task(f"T-{n}", 2 + n % 20, f"Team {n % 50}", touches=(Touch(f"c-{n % 199}", modes[n % 7]),))
        for n in range(10_000)
    ]
    begin = perf_counter()
    found = formulated(*rows, teams=teams)
    assert perf_counter() - begin < 10, "measured: about a second, quadratic would be minutes"
    assert rules(found) == ["priced-in-part", "priced-in-part"]
    assert found.diagnostics[0].message.endswith("the sequence weighs the 5,000 dearest of them.")
    assert len(found.problem.supersessions) == len(found.problem.coordinations) == 5_000
    dearest = max(s.cost for s in found.problem.supersessions)
    assert dearest == 21_000, "all of the largest task's work"


def test_of_a_component_that_everybody_touches_the_largest_tasks_are_weighed():
    rows = [task(f"T-{n}", 1 + n, touches=on("monolith", "replace" if n == 100 else "extend")) for n in range(101)]
    found = formulated(*rows)
    assert rules(found) == ["priced-in-part"]
    assert found.diagnostics[0].message.startswith('101 open tasks touch "monolith"')
    assert [s.early for s in found.problem.supersessions] == list(range(1, 100)), "the smallest is left out"


def test_the_order_of_rows_changes_no_structure():
    rows = (
        quick_fix(),
        writing("A", "Pay", "change"),
        writing("B", "Led", "replace"),
        task("I", 6, hypotheses=("H",), after="A"),
    )
    believed = (hypothesis(),)
    assert problem(*rows, hypotheses=believed) == problem(*rows[::-1], hypotheses=believed, teams=TWO_TEAMS[::-1])


def test_a_plain_roadmap_has_no_structures():
    found = problem(task("A"), task("B", after="A"), task("C"))
    structures = (found.supersessions, found.risks, found.releases, found.coordinations, found.handovers, found.debts)
    assert structures == ((), (), (), (), (), ())
