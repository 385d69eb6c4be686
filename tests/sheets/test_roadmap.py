"""Tables of dirty rows become roadmaps: what is planned, what is said about it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from planner.domain.cells import Cell
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import (
    EventKind,
    Link,
    Origin,
    Priority,
    Setting,
    Status,
    Strength,
    Touch,
    TouchMode,
)
from planner.domain.settings import Settings
from planner.sheets.roadmap import build_roadmap
from tests.sheets.tables import rows_table, table

TODAY = date(2026, 9, 1)


def read(*tables):
    return build_roadmap(tables, Settings(), TODAY)


def said(reading, rule):
    """The diagnostics of a rule, as people read them."""
    return [str(diagnostic) for diagnostic in reading.diagnostics if diagnostic.rule.id == rule]


def rules_of(reading):
    return sorted(diagnostic.rule.id for diagnostic in reading.diagnostics)


def predecessors(task):
    return [dependency.predecessor for dependency in task.depends_on]


FIVE = """
Task ID | Title      | Team              | Effort | Depends on
PAY-7   | Refund API | Payments          | 8      |
LED-3   | Postings   | Ledger; Payments  | 2-3-8  | PAY-7 SS+2d
WEB-1   | Button     | Web               | S      | soft:LED-3; launch:PAY-7
"""


def test_five_clean_columns_say_nothing():
    reading = read(table(FIVE))
    pay, led, web = reading.roadmap.tasks
    assert reading.diagnostics == ()
    assert (pay.id, pay.title, pay.owner, pay.estimate.likely) == ("PAY-7", "Refund API", "Payments", 8)
    assert led.teams == ("Ledger", "Payments")
    assert [(d.predecessor, d.link, d.lag) for d in led.depends_on] == [("PAY-7", Link.SS, 2)]
    assert [(d.predecessor, d.strength) for d in web.depends_on] == [
        ("LED-3", Strength.SOFT),
        ("PAY-7", Strength.LAUNCH),
    ]
    assert led.depends_on[0].cell == Cell("q3.xlsx", "Tasks", 3, 5)
    assert [team.name for team in reading.roadmap.teams] == ["Ledger", "Payments", "Web"]
    assert all(team.source is None for team in reading.roadmap.teams)


def test_all_columns_of_a_task():
    headers = ["Task ID", "Title", "Description", "Item ID(s)", "Team", "Effort", "Engineers", "Duration", "Touches"]
    headers += [
        "Sets",
        "Needs",
        "Replaces",
        "Door",
        "Reversal",
        "Debt",
        "Launch",
        "Not before",
        "Due",
        "Status",
        "% done",
    ]
    headers += ["Remaining", "Actual start", "Rank"]
    row = [7.0, "T", "D", "A; B", "Pay", "8d", 2.0, "1w", "ledger:replace", "a.b=c", "d.e=2", "8", "one-way", 3.0]
    row += ["4 @ 0.2/d", "no", "2026-09-14!", datetime(2026, 12, 31), "WIP", 0.25, "3d", "2026-08-03", "4"]
    reading = read(rows_table(headers, [row, [8.0, "Other"]]))
    task = reading.roadmap.tasks[0]
    assert rules_of(reading) == ["no-team"]  # of the other one
    assert (task.id, task.description, task.items, task.teams) == ("7", "D", ("A", "B"), ("Pay",))
    assert (task.estimate.likely, task.engineers, task.duration) == (8, 2, 5)
    assert task.touches == (Touch("ledger", TouchMode.REPLACE),)
    assert (task.sets, task.needs) == ((Setting("a.b", "c"),), (Setting("d.e", "2"),))
    assert (task.replaces, task.door.value, task.reversal) == (("8",), "one-way", 3)
    assert (task.debt.principal, task.debt.interest, task.launches) == (4, 0.2, False)
    assert (task.not_before, task.pinned) == (date(2026, 9, 14), True)
    assert (task.due, task.due_is_hard) == (date(2026, 12, 31), False)
    assert (task.status, task.done_share, task.remaining) == (Status.IN_PROGRESS, 0.25, 3)
    assert task.actual_start == date(2026, 8, 3)
    assert task.extra == (("Rank", "4"),)


def test_the_same_id_in_two_files_is_prefixed_and_each_file_means_its_own():
    text = "Task ID | Title | Team | Depends on\nT-1 | Begin | X |\nT-2 | End | X | T-1"
    reading = read(table(text, file="payments.xlsx"), table(text.replace("T-2", "T-3"), file="ledger.xlsx"))
    tasks = reading.roadmap.tasks_by_id()
    assert set(tasks) == {"payments:T-1", "T-2", "ledger:T-1", "T-3"}
    assert predecessors(tasks["T-2"]) == ["payments:T-1"]
    assert predecessors(tasks["T-3"]) == ["ledger:T-1"]
    (message,) = said(reading, "duplicate-id")
    assert message == ('ledger.xlsx!Tasks!A2: "T-1" stands in 2 sources; now called "ledger:T-1", "payments:T-1".')


def test_an_ambiguous_reference_names_its_candidates():
    one = "Task ID | Title | Team\nT-1 | Begin | X"
    other = "Task ID | Title | Team | Depends on\nW-1 | Wait | X | T-1"
    reading = read(table(one, file="a.csv"), table(one, file="b.csv"), table(other, file="c.csv"))
    assert predecessors(reading.roadmap.tasks_by_id()["W-1"]) == []
    (message,) = said(reading, "ambiguous-reference")
    assert message.endswith('"W-1": Depends on "T-1" could be "a:T-1" or "b:T-1"; ignored.')


def test_the_same_id_twice_in_one_sheet():
    reading = read(table("Task ID | Title | Team | Depends on\nA | x | X |\nA | y | X |\nB | z | X | A"))
    assert [task.id for task in reading.roadmap.tasks] == ["A", "A#2", "B"]
    assert predecessors(reading.roadmap.tasks[2]) == ["A"]
    assert said(reading, "duplicate-id") == [
        'q3.xlsx!Tasks!A3: "A#2" is the new name of the repeated "A"; references mean "A".'
    ]


def test_a_missing_id_is_minted_from_the_team_and_a_missing_title_is_the_id():
    reading = read(
        table("Task ID | Title | Team\n | Refund | Payments\nP-2 | | Payments\n | Odd one |", file="q3 plan.xlsx")
    )
    assert [(task.id, task.title) for task in reading.roadmap.tasks] == [
        ("PAY-new-1", "Refund"),
        ("P-2", "P-2"),
        ("QP-new-1", "Odd one"),
    ]
    assert rules_of(reading) == ["missing-id", "missing-id", "missing-title", "no-team"]


def test_rows_that_cannot_be_understood_are_set_aside_and_headings_and_totals_skipped():
    reading = read(
        table(
            """
            Task ID    | Title | Team | Effort
            Phase one  |       |      |
            A          | x     | X    | 3
                       |       |      | 5
            Task ID    | Title | Team | Effort
            Total      |       |      | 8
            """
        )
    )
    assert [task.id for task in reading.roadmap.tasks] == ["A"]
    assert reading.roadmap.set_aside == (Cell("q3.xlsx", "Tasks", 4),)
    assert said(reading, "row-set-aside") == [
        'q3.xlsx!Tasks!A4: Row 4 of "Tasks" has no Task ID and no Title; it is set aside.'
    ]
    assert len(said(reading, "skipped-row")) == 3


def test_a_dangling_reference_is_ignored_with_a_suggestion():
    reading = read(table("Task ID | Title | Team | Depends on\nPAY-7 | x | X | LED-3\nLED-8 | y | X |"))
    assert predecessors(reading.roadmap.tasks[0]) == []
    assert said(reading, "dangling-reference") == [
        'q3.xlsx!Tasks!D2: "PAY-7": Depends on "LED-3" is on no sheet; ignored. Did you mean "LED-8"?'
    ]


def test_self_and_repeated_dependencies():
    reading = read(table("Task ID | Title | Team | Depends on\nA | x | X | A; B; b\nB | y | X |"))
    assert predecessors(reading.roadmap.tasks[0]) == ["B"]
    assert rules_of(reading) == ["self-reference"]


def test_a_dependency_on_an_item_waits_for_its_tasks():
    tasks = table(
        "Task ID | Title | Team | Item ID(s) | Depends on\nA | x | X | I-1 |\nB | y | X | I-1 |\nC | z | X | | I-1"
    )
    items = table("Item ID | Title\nI-1 | Refunds", "Roadmap")
    reading = read(tasks, items)
    assert predecessors(reading.roadmap.tasks[2]) == ["A", "B"]
    assert said(reading, "item-dependency")[0].endswith('"C" depends on the item "I-1"; waits for its 2 tasks.')


def test_numbers_as_ids_match_but_leading_zeros_matter():
    reading = read(
        rows_table(
            ["Task ID", "Title", "Team", "Depends on"],
            [[7.0, "x", "X"], ["00123", "y", "X", 7], ["B", "z", "X", "123"]],
        )
    )
    assert [task.id for task in reading.roadmap.tasks] == ["7", "00123", "B"]
    assert predecessors(reading.roadmap.tasks[1]) == ["7"]
    assert said(reading, "dangling-reference")[0].endswith('It looks like "00123", which is another id.')


TEAMS = """
Team     | Formerly | Engineers | On call | Operations | Calendar | WIP limit | Friction
Payments | Money    | 6.5       | 1       | 20 %       | de       | 3         | 0.1; Ledger=0.4
Ledger   |          | many      | -1      | 15         | Mars     | 0         |
"""


def test_teams():
    reading = read(table(FIVE), table(TEAMS, "Teams"))
    payments, ledger, web = reading.roadmap.teams
    assert (payments.engineers, payments.on_call, payments.operations) == (6.5, 1, 0.2)
    assert (payments.country, payments.wip_limit, payments.formerly) == ("DE", 3, ("Money",))
    assert (payments.friction, payments.friction_by_team) == (0.1, (("Ledger", 0.4),))
    assert (ledger.engineers, ledger.on_call, ledger.operations, ledger.country, ledger.wip_limit) == (
        None,
        None,
        0.15,
        "",
        None,
    )
    assert (web.name, web.source) == ("Web", None)
    assert rules_of(reading) == [
        "out-of-range",
        "out-of-range",
        "unknown-team",
        "unreadable-value",
        "unreadable-value",
    ]


def test_team_names_are_matched_by_former_name_and_offered_when_similar():
    tasks = table("Task ID | Title | Team\nA | x | money\nB | y | Ledgr\nC | z | Ledgr\nD | v | external:Acme")
    reading = read(tasks, table(TEAMS, "Teams"))
    assert [task.teams for task in reading.roadmap.tasks] == [
        ("Payments",),
        ("Ledgr",),
        ("Ledgr",),
        ("external:Acme",),
    ]
    (former,) = said(reading, "former-team-name")
    (unknown,) = [d for d in reading.diagnostics if d.rule.id == "unknown-team"]
    assert 'former name of "Payments"' in former
    assert unknown.cells == (Cell("q3.xlsx", "Tasks", 3, 3), Cell("q3.xlsx", "Tasks", 4, 3))
    assert unknown.suggestion == 'Did you mean "Ledger"?'


def test_a_team_that_stands_twice_is_read_once():
    reading = read(table(FIVE), table("Team | Engineers\nWeb | 4\nweb | 9\nPayments | 1\nLedger | 1", "Teams"))
    assert next((team.name, team.engineers) for team in reading.roadmap.teams) == ("Web", 4)
    assert len(reading.roadmap.teams) == 3
    assert rules_of(reading) == ["duplicate-id"]


def test_effort_by_team_names_teams_by_their_beginning_too():
    reading = read(table("Task ID | Title | Team | Effort\nA | x | Payments; Web | PAY=5; Ledger=3"))
    (task,) = reading.roadmap.tasks
    assert task.effort_by_team == (("Payments", 5.0), ("Ledger", 3.0))
    assert task.teams == ("Payments", "Web", "Ledger")
    assert task.estimate.likely == 8


def test_items_and_their_targets():
    items = table(
        """
        Item ID | Title   | Source | Priority | Cost of delay | Target            | Commitment
        I-1     | Refunds | ops    | High     | $5k           | Q4 2026           | must have
        I-2     | Usage   |        |          | 3             | v1.10             |
        I-3     | Costs   |        |          |               | v2.0              |
        """,
        "Roadmap",
    )
    calendar = table("Name | Kind | Start\nv1.10 | release | 2026-10-05", "Calendar")
    reading = read(table(FIVE), items, calendar)
    refunds, usage, costs = reading.roadmap.items
    assert (refunds.origin, refunds.priority, refunds.cost_of_delay.currency) == (
        Origin.OPERATIONS,
        Priority.P1,
        "USD",
    )
    assert refunds.targets[0].last == date(2026, 12, 31)
    assert (usage.cost_of_delay.amount, usage.targets[0].first) == (3, date(2026, 10, 5))
    assert (costs.targets, costs.extra) == ((), (("Target", "v2.0"),))
    assert rules_of(reading) == ["unknown-release"]


def test_an_unknown_item_is_said_only_where_there_is_a_roadmap():
    tasks = table("Task ID | Title | Team | Item ID(s)\nA | x | X | ASK-12")
    alone = read(tasks)
    assert [item.id for item in alone.roadmap.items] == ["ASK-12"]
    assert alone.diagnostics == ()
    assert "1 items as the tasks name them" in [assumption.value for assumption in alone.assumptions]
    reading = read(tasks, table("Item ID | Title\nASK-1 | y", "Roadmap"))
    assert reading.roadmap.tasks[0].items == ()
    assert said(reading, "unknown-item")[0].endswith('Did you mean "ASK-1"?')


@pytest.mark.parametrize(
    ("cells", "status", "rules"),
    [
        ("Done | | | |", Status.DONE, []),
        ("Done | 2026-08-03 | 2026-08-20 | 100 |", Status.DONE, []),
        (" | 2026-08-03 | | |", Status.IN_PROGRESS, []),
        (" | | | 100 % |", Status.DONE, []),
        (" | | 2026-08-20 | |", Status.DONE, []),
        ("Done | 2026-08-20 | 2026-08-03 | |", Status.DONE, ["reversed-dates"]),
        ("In progress | | | 100 % |", Status.IN_PROGRESS, ["contradicting-progress"]),
        ("Done | | | 50 % |", Status.DONE, ["contradicting-progress"]),
        ("Planned | 2026-08-03 | | |", Status.PLANNED, ["contradicting-progress"]),
        ("Planned | | 2026-12-24 | |", Status.PLANNED, ["contradicting-progress"]),
        ("Done | | 2026-08-20 | | 2026-08-19", Status.DONE, ["reversed-dates"]),
        ("frobnicated | | | |", Status.PLANNED, ["unknown-choice"]),
    ],
)
def test_status_progress_and_dates_are_made_to_agree(cells, status, rules):
    headers = "Task ID | Title | Team | Status | Actual start | Actual finish | % done | Actual launch"
    reading = read(table(f"{headers}\nA | x | X | {cells}"))
    assert reading.roadmap.tasks[0].status is status
    assert rules_of(reading) == rules


def test_dates_that_contradict_the_status_are_ignored():
    headers = "Task ID | Title | Team | Status | Actual start | Actual finish"
    reading = read(
        table(f"{headers}\nA | x | X | done | 2026-08-20 | 2026-08-03\nB | y | X | planned | | 2026-08-03")
    )
    a, b = reading.roadmap.tasks
    assert (a.actual_start, a.actual_finish) == (None, date(2026, 8, 3))
    assert (b.status, b.actual_finish) == (Status.PLANNED, None)


def test_capacity_asks_components_decisions_hypotheses():
    reading = read(
        table(FIVE + "X-1 | Test | Web | 1 |\n"),
        table("Item ID | Title\nI-1 | Refunds", "Roadmap"),
        table("Team | Change | Start | End | Note\nWeb | -1 | 2026-10 | 2026-10 | leave\nWeb | ? | | |", "Capacity"),
        table("Item ID | Team | Size | Note\nI-1 | Web; Ledger | M | help\nI-9 | Web | S |", "Asks"),
        table("Component | Owner | Status | Consumers\nledger | Ledger | legacy | Web=2; Payments=5", "Components"),
        table(
            "Decision ID | Options | Chosen | Due\nD-1 | Aurora=0.7; Dynamo=0.3 | aurora | 2026-10-01", "Decisions"
        ),
        table("Hypothesis ID | P(success) | Tested by | Result\nH-1 | 70 % | X-1 | passed", "Hypotheses"),
    )
    roadmap = reading.roadmap
    (leave,) = roadmap.capacity
    assert (leave.team, leave.change, leave.start, leave.end) == ("Web", -1, date(2026, 10, 1), date(2026, 10, 31))
    assert [(ask.team, ask.size.likely) for ask in roadmap.asks] == [("Web", 10), ("Ledger", 10)]
    assert roadmap.components[0].consumers == (("Web", 2.0), ("Payments", 5.0))
    assert (roadmap.components[0].owner, roadmap.components[0].status) == ("Ledger", "retiring")
    assert (roadmap.decisions[0].chosen, roadmap.decisions[0].due) == ("Aurora", date(2026, 10, 1))
    assert (roadmap.hypotheses[0].probability, roadmap.hypotheses[0].result) == (0.7, "pass")
    assert roadmap.hypotheses[0].tested_by == ("X-1",)
    assert rules_of(reading) == ["row-set-aside", "undecided-value", "unknown-item"]


def test_calendar_and_overrides():
    calendar = table(
        """
        Name     | Kind   | Start      | End        | Scope
        Year end | freeze | 2026-12-15 | 2027-01-05 | all
        Audit    |        | 2026-11    |            | Ledger; nowhere
        Broken   | block  | soon       |            |
        Swapped  | block  | 2026-10-09 | 2026-10-05 | org:Money
        """,
        "Calendar",
    )
    overrides = table(
        "Task ID | Block | Approved by\npay-7 | year END | Kim\nPAY-7 | Year-end | Kim\nQ | Year end |", "Overrides"
    )
    reading = read(table(FIVE), table("Team | Org\nLedger | Money\nWeb |\nPayments |", "Teams"), calendar, overrides)
    year_end, audit, swapped = reading.roadmap.calendar
    assert (year_end.kind, year_end.start, year_end.end) == (EventKind.BLOCK, date(2026, 12, 15), date(2027, 1, 5))
    assert (audit.start, audit.end, audit.scopes) == (date(2026, 11, 1), date(2026, 11, 30), ("team:Ledger",))
    assert (swapped.start, swapped.end, swapped.scopes) == (date(2026, 10, 5), date(2026, 10, 9), ("org:Money",))
    assert [(o.task, o.block, o.approved_by) for o in reading.roadmap.overrides] == [("PAY-7", "Year end", "Kim")]
    assert said(reading, "unknown-block")[0].endswith('Did you mean "Year end"?')
    assert rules_of(reading) == [
        "dangling-reference",
        "reversed-dates",
        "row-set-aside",
        "unknown-block",
        "unknown-scope",
        "unreadable-value",
    ]


def test_only_headers_is_an_error_that_plans_nothing():
    reading = read(table("Task ID | Title | Team | Effort"))
    assert [(d.rule.id, d.severity) for d in reading.diagnostics] == [("nothing-to-plan", Severity.ERROR)]
    assert reading.roadmap.tasks == ()


def test_a_column_of_dates_says_which_comes_first():
    reading = read(table("Task ID | Title | Team | Due\nA | x | X | 03/04/2027\nB | y | X | 04/17/2027"))
    assert [task.due for task in reading.roadmap.tasks] == [date(2027, 3, 4), date(2027, 4, 17)]
    assert reading.diagnostics == ()


def test_the_record_of_a_table():
    (record,) = read(table("Task ID | Title | Rank\nA | x | 1")).roadmap.tables
    assert (record.file, record.kind, record.rows, record.unknown) == ("q3.xlsx", "Tasks", 1, ("Rank",))
    assert record.mapped == (("Task ID", "Task ID"), ("Title", "Title"))


def test_messages_quote_long_cells_on_one_line():
    reading = read(
        rows_table(["Task ID", "Title", "Team", "Effort"], [["A", "x", "X", "between\nmany and " + "more " * 50]])
    )
    (message,) = said(reading, "unreadable-value")
    assert '"between many and more' in message
    assert len(message) < 180


def test_rows_that_were_only_filled_down_are_blank():
    text = "Task ID | Title | Team | Status | % done\nA | x | X | planned | 0\n | | | planned | 0\n | | | planned | 0"
    reading = read(table(text))
    assert [task.id for task in reading.roadmap.tasks] == ["A"]
    assert reading.diagnostics == ()


def test_ids_that_the_same_sources_use_are_reported_together():
    text = "Task ID | Title | Team\n" + "\n".join(f"T-{number} | t | X" for number in (1, 2, 10, 3, 4))
    reading = read(table(text, file="a.csv"), table(text, file="b.csv"))
    (message,) = said(reading, "duplicate-id")
    assert message == (
        'a.csv!Tasks!A2: "T-1", "T-2", "T-3" and 2 more stand in 2 sources; now called "a:T-1", "b:T-1" and so on.'
    )
    (diagnostic,) = (diagnostic for diagnostic in reading.diagnostics if diagnostic.rule.id == "duplicate-id")
    assert [str(cell) for cell in diagnostic.cells[:3]] == ["a.csv!Tasks!A2", "b.csv!Tasks!A2", "a.csv!Tasks!A3"]
    assert len(diagnostic.cells) == 6


@pytest.mark.parametrize(
    ("typed", "due", "hard"),
    [
        ("01.01.2027; Q4 2027", date(2027, 1, 1), False),
        ("Q4 2027 or 01.01.2027!", date(2027, 1, 1), True),
        ("01.01.2028!; 2027-03-31", date(2027, 3, 31), False),
    ],
)
def test_of_two_due_dates_the_earliest_counts(typed, due, hard):
    reading = read(rows_table(["Task ID", "Title", "Team", "Due"], [["T-1", "t", "X", typed]]))
    assert (reading.roadmap.tasks[0].due, reading.roadmap.tasks[0].due_is_hard) == (due, hard)
    (message,) = said(reading, "several-targets")
    assert message.startswith(f'q3.xlsx!Tasks!D2: "T-1": Due "{typed}" holds several dates; the earliest, ')


TITLES = """
Task ID | Title              | Team | Depends on
1       | Usage, by minute   | A    |
2       | Ledger             | A    | {}
3       | Ledger             | A    |
"""


@pytest.mark.parametrize(
    ("typed", "link"),
    [("usage, BY minute", (Link.FS, Strength.HARD)), ("soft:Usage, by minute SS", (Link.SS, "soft"))],
)
def test_a_title_stands_for_its_task(typed, link):
    reading = read(table(TITLES.format(typed)))
    (dependency,) = reading.roadmap.tasks[1].depends_on
    assert (dependency.predecessor, (dependency.link, dependency.strength)) == ("1", link)
    assert rules_of(reading) == ["title-reference"]


def test_a_title_of_several_tasks_stands_for_none():
    reading = read(table(TITLES.replace("3       | Ledger", "3 | Usage, by minute").format("usage, by minute")))
    assert reading.roadmap.tasks[1].depends_on == ()
    assert rules_of(reading) == ["dangling-reference"] * 2


def test_a_title_of_two_sources_means_the_task_of_the_same_one():
    one, other = table(TITLES.format("Usage, by minute"), file="a.csv"), table(TITLES.format(""), file="b.csv")
    assert predecessors(read(one, other).roadmap.tasks_by_id()["a:2"]) == ["a:1"]


@pytest.mark.parametrize("sentence", ["takes 1.5 weeks of 12 people", "see #12, then wait 12 days", "1.5 to 12"])
def test_a_number_in_a_sentence_is_no_id(sentence):
    text = f"Task ID | Title | Team | Depends on\n12 | a | X |\n1.5 | b | X |\n#12 | c | X |\n4 | d | X | {sentence}"
    reading = read(table(text))
    assert predecessors(reading.roadmap.tasks[3]) == []
    assert set(rules_of(reading)) == {"dangling-reference"}


def test_finish_dates_to_come_are_reported_together():
    text = "Task ID | Title | Team | Actual finish\n" + "\n".join(
        f"T-{n} | t | X | 2026-12-0{n}" for n in range(1, 6)
    )
    reading = read(table(text))
    assert {(task.status, task.actual_finish) for task in reading.roadmap.tasks} == {(Status.PLANNED, None)}
    assert said(reading, "contradicting-progress") == [
        'q3.xlsx!Tasks!D2: "T-1" (2026-12-01), "T-2" (2026-12-02), "T-3" (2026-12-03) and 2 more: '
        "Actual finish is after today (2026-09-01); the date is ignored."
    ]


def test_estimates_as_jira_exports_them_are_seconds():
    """28800 seconds are a day of eight hours; a small number stays what it is, and so does any other column."""
    export = rows_table(["Task ID", "Title", "Team", "Effort"], [["A-1", "t", "X", 28800], ["A-2", "t", "X", "12"]])
    jira = read(replace(export, headers={**export.headers, "Effort": "Original estimate"}))
    assert [task.estimate.likely for task in jira.roadmap.tasks] == [1, 12]
    assert [(a.column, a.subject, a.value) for a in jira.assumptions if a.column == "Effort"] == [
        ("Effort", "A-1", "1 ED, taken for seconds as Jira exports them")
    ]
    assert read(export).roadmap.tasks[0].estimate.likely == 28800
