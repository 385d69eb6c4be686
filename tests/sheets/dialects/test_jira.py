"""Exports of Jira Cloud and Server become items and tasks, every assumption said once."""

from datetime import date
from pathlib import Path

import pytest

from planner.domain.roadmap import Status, Task, Touch, TouchMode
from planner.domain.settings import Defaults, Settings, TableMap
from planner.sheets.files import read_tables
from planner.sheets.read import Read, read_roadmap
from tests.sheets.dialects.exports import CLOUD, CURRENT, PICKED, SERVER, Issue, write_export

TODAY = date(2026, 9, 7)
EPIC: Issue = {
    "Issue key": "LED-1",
    "Issue id": "10001",
    "Issue Type": "Epic",
    "Summary": "Postings",
    "Status": "To Do",
}


def read(path: Path, settings: Settings | None = None) -> Read:
    return read_roadmap([path], settings or Settings(), TODAY)


def cloud(folder: Path, *issues: Issue) -> Read:
    return read(write_export(folder / "jira.csv", CLOUD, *issues))


def story(number: int, **fields: str | list[str]) -> Issue:
    """An issue LED-number of team Ledger; fields by their header, `_` for a blank."""
    plain = {"Issue key": f"LED-{number}", "Issue id": str(10_000 + number), "Issue Type": "Story", "Status": "To Do"}
    named = {"Summary": f"Story {number}", "Custom field (Team)": "Ledger"}
    return plain | named | {header.replace("_", " "): value for header, value in fields.items()}


def tasks(found: Read) -> dict[str, Task]:
    return dict(found.roadmap.tasks_by_id())


def after(task: Task) -> list[str]:
    return [dependency.predecessor for dependency in task.depends_on]


def said(found: Read, rule: str = "jira-export") -> list[str]:
    return [diagnostic.message for diagnostic in found.diagnostics if diagnostic.rule.id == rule]


def test_epics_are_items_and_parents_are_numbers(tmp_path: Path) -> None:
    found = cloud(
        tmp_path, EPIC | {"Priority": "Highest", "Due date": "12/Oct/26 12:00 AM"}, story(2, Parent="10001")
    )
    (item,) = found.roadmap.items
    assert (item.id, item.title, item.priority, item.targets[0].last) == (
        "LED-1",
        "Postings",
        "P0",
        date(2026, 10, 12),
    )
    task = tasks(found)["LED-2"]
    assert (task.title, task.items, task.teams, task.status) == ("Story 2", ("LED-1",), ("Ledger",), Status.PLANNED)
    assert str(task.source.cell("Title")) == "jira.csv!A3"
    assert (
        '"jira.csv" is an export of Jira: 1 epic as items, 1 issue as tasks; people and comments are not read.'
        in (said(found))
    )


def test_estimates_are_seconds_and_points_count_where_there_are_none(tmp_path: Path) -> None:
    estimated = story(2, Original_estimate="57600", **{"Custom field (Story Points)": "8"})
    pointed, both = story(3, **{"Custom field (Story point estimate)": "5"}), story(4)
    settings = Settings(defaults=Defaults(story_point=0.5))
    found = read(write_export(tmp_path / "jira.csv", CLOUD, estimated, pointed, both), settings)
    efforts = [task.estimate and task.estimate.likely for task in found.roadmap.tasks]
    assert efforts == [2, 2.5, None]
    assert said(found, "story-points") == [
        "1 issue without an estimate: story points are planned as 0.5 ED a point (story_point under [defaults])."
    ]


def test_links_go_by_direction_and_the_rest_is_counted(tmp_path: Path) -> None:
    blocked = story(4, **{"Inward issue link (Blocks)": ["LED-2", "LED-3"], "Inward issue link (Relates)": "LED-9"})
    blocking = story(2, **{"Outward issue link (Blocks)": "LED-3", "Inward issue link (Cloners)": "LED-4"})
    copy = story(3, **{"Outward issue link (Duplicate)": "LED-2"})
    found = cloud(tmp_path, blocking, copy, blocked)
    task = tasks(found)
    assert (after(task["LED-2"]), after(task["LED-3"]), after(task["LED-4"])) == ([], ["LED-2"], ["LED-2", "LED-3"])
    assert task["LED-3"].duplicate_of == ("LED-2",)
    assert "Links that say nothing about an order are not read: 1 Cloners, 1 Relates." in said(found)


def test_sub_tasks_are_folded_with_their_estimates_and_links(tmp_path: Path) -> None:
    whole = story(2, Parent="10001", Original_estimate="28800")
    part = story(3, Issue_Type="Sub-task", Parent="10002", Original_estimate="57600") | {
        "Inward issue link (Blocks)": "LED-5"
    }
    given_up = story(4, Issue_Type="Sub-task", Parent="10002", Original_estimate="28800", Resolution="Won't Do")
    orphan = story(5, Issue_Type="Sub-task", Parent="99999")
    found = cloud(tmp_path, EPIC, whole, part, given_up, orphan)
    task = tasks(found)
    assert task.keys() == {"LED-2", "LED-5"}
    assert task["LED-2"].estimate is not None
    assert task["LED-2"].estimate.likely == 3  # 1 + 2 days, not those of the one that was given up
    assert after(task["LED-2"]) == ["LED-5"]
    assert [text for text in said(found) if text.startswith("2 sub-tasks")]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"Status": "Waiting for Godot", "Status Category": "To Do"}, Status.PLANNED),
        ({"Status": "Waiting for Godot", "Status Category": "In Progress"}, Status.IN_PROGRESS),
        ({"Status": "Verified", "Status Category": "Done", "Resolution": "Fixed"}, Status.DONE),
        ({"Status": "Verified", "Status Category": "Done", "Resolution": "Cannot Reproduce"}, Status.DROPPED),
        ({"Status": "Verified", "Resolved": "02/Sep/26 4:05 PM", "Resolution": "Fixed"}, Status.DONE),
        ({"Status": "In Review"}, Status.IN_PROGRESS),
    ],
)
def test_a_status_is_told_by_resolution_then_category_then_word(
    tmp_path: Path, fields: dict[str, str], status: Status
) -> None:
    assert tasks(cloud(tmp_path, story(2) | fields))["LED-2"].status is status


def test_dates_as_exported_and_as_saved_again(tmp_path: Path) -> None:
    exported = story(2, Resolved="02/Sep/26 4:05 PM", **{"Status Category": "Done", "Due date": "3/Sep/26 12:00 AM"})
    assert (
        tasks(cloud(tmp_path, exported))["LED-2"].actual_finish,
        tasks(cloud(tmp_path, exported))["LED-2"].due,
    ) == (
        date(2026, 9, 2),
        date(2026, 9, 3),
    )
    saved = story(2, Resolved="2026-09-02 16:05", **{"Status Category": "Done", "Due date": "9/13/26 0:00"})
    assert tasks(cloud(tmp_path, saved))["LED-2"].due == date(2026, 9, 13)


def test_a_start_date_is_no_constraint_but_the_beginning_of_what_has_begun(tmp_path: Path) -> None:
    start = {"Custom field (Start date)": "01/Sep/26 12:00 AM"}
    found = cloud(tmp_path, story(2) | start, story(3, **{"Status Category": "In Progress"}) | start)
    task = tasks(found)
    assert (task["LED-2"].not_before, task["LED-2"].actual_start) == (None, None)
    assert task["LED-3"].actual_start == date(2026, 9, 1)
    assert [text for text in said(found) if text.startswith("1 start date of work not begun")]


def test_server_epic_links_versions_components_and_labels_with_semicolons_and_a_mark(tmp_path: Path) -> None:
    epic = EPIC | {"Fix Version/s": "2026-11", "Custom field (Epic Name)": "Postings"}
    issue = {
        **{"Issue key": "PAY-2", "Issue id": "20002", "Issue Type": "Task", "Summary": "Refunds", "Status": "Open"},
        **{"Project name": "Payments", "Custom field (Epic Link)": "LED-1", "Component/s": "ledger"},
        **{"Labels": ["q4", "money"], "Sprint": ["Sprint 7", "Sprint 8"], "Original Estimate": "28800"},
        **{"Assignee": "Some Body", "Comment": "a word of Some Body"},
    }
    path = write_export(tmp_path / "jira.csv", SERVER, epic, issue, delimiter=";", mark="\ufeff")
    found = read(path)
    (task,) = found.roadmap.tasks
    assert (task.id, task.teams, task.items) == ("PAY-2", ("Payments",), ("LED-1",))
    assert task.touches == (Touch("ledger", TouchMode.READ),)
    assert task.extra == (("Labels", "q4; money"), ("Sprint", "Sprint 8"))
    assert found.roadmap.items[0].targets[0].precision == "month"
    assert "No issue names a team; its project is taken for one." in said(found)


def test_nobody_is_named(tmp_path: Path) -> None:
    named = {"Assignee": "Some Body", "Reporter": "Some Body", "Watchers": "Some Body", "Comment": "Some Body said"}
    found = read_tables([write_export(tmp_path / "jira.csv", CLOUD, story(2) | named)], Settings())
    assert "Some Body" not in repr(found.tables)
    assert "LED-2" in repr(found.grids)
    assert "Some Body" not in repr(found.grids)


@pytest.mark.parametrize("headers", [CURRENT, PICKED])
def test_few_columns_are_enough(tmp_path: Path, headers: str) -> None:
    issue = {"Issue key": "LED-2", "Issue id": "10002", "Issue Type": "Bug", "Summary": "Rounding", "Status": "Open"}
    found = read(write_export(tmp_path / "jira.csv", headers, issue))
    assert [(task.id, task.title) for task in found.roadmap.tasks] == [("LED-2", "Rounding")]


def test_our_own_columns_in_an_export_are_read(tmp_path: Path) -> None:
    issues = [
        {"Issue key": "A-1", "Issue Type": "Story", "Summary": "One", "Squad": "Ledger"},
        {"Issue key": "A-2", "Issue Type": "Story", "Summary": "Two", "Squad": "Pay", "Depends on": "A-1 SS+2d"},
    ]
    headers = "Issue key,Issue Type,Summary,Squad,Depends on"
    task = tasks(read(write_export(tmp_path / "jira.csv", headers, *issues)))
    assert task["A-2"].teams == ("Pay",)
    assert (task["A-2"].depends_on[0].predecessor, task["A-2"].depends_on[0].lag) == ("A-1", 2)


def test_a_map_in_roadmap_toml_goes_before_the_dialect(tmp_path: Path) -> None:
    path = write_export(tmp_path / "jira.csv", CURRENT, {"Issue key": "A-1", "Issue Type": "Epic", "Summary": "One"})
    found = read(path, Settings(tables=(TableMap(sheet="Tasks", columns={"Title": ("Summary",)}),)))
    assert [task.id for task in found.roadmap.tasks] == ["A-1"]
    assert not said(found)
