"""Which sheet a row of headers means, and which column each header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.sheets.columns import all_columns, columns_of, sheet_names
from planner.sheets.grid import Grid
from planner.sheets.headers import HeaderMatch, find_header, hinted, lookup_of, match_headers, normal

LOOKUPS = {kind: lookup_of(kind) for kind in sheet_names()}


def found(headers: str, name: str = "Sheet1") -> HeaderMatch | None:
    """The match of headers written in one line, separated by commas."""
    row = [header.strip() for header in headers.split(",")]
    return find_header(Grid("q3.xlsx", name, [row], range(1, 2)), LOOKUPS, name)


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("Task ID,Title,Team,Effort,Depends on", "Tasks"),
        ("id,title,description,priority,status,target", "Roadmap"),
        ("id,title,item,team,effort_low,effort_likely,effort_high", "Tasks"),
        ("id,title,team,effort,priority", "Tasks"),
        ("Title,Team", "Tasks"),
        ("Key,Summary,Squad,Estimate,Blocked by", "Tasks"),
        ("Issue key,Summary,Status,Priority,Assignee,Due date,Story points", "Tasks"),
        ("Feature,PM,Priority,Target", "Roadmap"),
        ("id,title,customer,pm,effort", "Roadmap"),
        ("Team,Engineers", "Teams"),
        ("id,name,tasks,members,notes", "Teams"),
        ("Squad,Headcount", "Teams"),
        ("Team,Change,Start,End,Note", "Capacity"),
        ("id,team,role,level,note", "Asks"),
        ("Component,Owner,Status", "Components"),
        ("Decision ID,Question,Options,Due", "Decisions"),
        ("Hypothesis ID,Statement,P(success)", "Hypotheses"),
        ("Name,Kind,Start,End,Scope", "Calendar"),
        ("Task ID,Block,Reason,Approved by", "Overrides"),
        ("Conflict ID,Reason,By,Until", "Dismissed"),
    ],
)
def test_kind_is_told_by_the_headers(headers: str, kind: str) -> None:
    match = found(headers)
    assert match is not None
    assert match.kind == kind


@pytest.mark.parametrize(
    "headers",
    [
        "source,relation,target,field,raw,resolved",
        "kind,source,target,evidence",
        "Date,What,Who",
        "Version,Date,What changed,Who",
        "Title",
        "Lorem,Ipsum,Dolor",
    ],
)
def test_other_tables_are_not_taken_for_ours(headers: str) -> None:
    assert found(headers) is None


@pytest.mark.parametrize("kind", sheet_names())
def test_every_sheet_with_all_its_columns_is_recognised(kind: str) -> None:
    match = found(",".join(column.name for column in columns_of(kind)))
    assert match is not None
    assert match.kind == kind
    assert list(match.columns) == [column.name for column in columns_of(kind)]


@pytest.mark.parametrize("kind", sheet_names())
def test_no_name_of_a_column_is_an_alias_of_another(kind: str) -> None:
    lookup = lookup_of(kind)
    assert [lookup[normal(column.name)][0] for column in columns_of(kind)] == [
        column.name for column in columns_of(kind)
    ]


def test_sheet_name_decides_where_headers_do_not() -> None:
    as_tasks, as_decisions = found("ID,Title,Status,Due", "Tasks"), found("ID,Title,Status,Due", "Decisions")
    assert as_tasks is not None
    assert as_decisions is not None
    assert (as_tasks.kind, as_decisions.kind) == ("Tasks", "Decisions")
    assert hinted("Tasks", "tasks_blind")
    assert not hinted("Tasks", "taskforce")


def test_own_name_beats_alias_and_the_loser_is_reported() -> None:
    match = match_headers("Tasks", 0, {0: "ID", 1: "Title", 2: "Squad", 3: "Team"}, LOOKUPS["Tasks"])
    assert match.columns["Team"] == (3,)
    assert match.shadowed == ((2, "Team"),)
    assert match.unknown == (2,)


@pytest.mark.parametrize(
    ("headers", "own"),
    [("#,Task,Owner", "Task ID"), ("No.,Work item,Squad", "Task ID"), ("Key,Item,Priority,Customer", "Item ID")],
)
def test_the_noun_beside_an_id_is_the_title(headers: str, own: str) -> None:
    match = found(headers)
    assert match is not None
    assert (match.columns[own], match.columns["Title"], match.shadowed) == ((0,), (1,), ())


def test_wide_dependencies_are_one_column() -> None:
    match = found("ID,Title,Depends on,Dependency 1,Dependency 2,Dependency 3")
    assert match is not None
    assert match.columns["Depends on"] == (2, 3, 4, 5)
    assert not match.shadowed


@pytest.mark.parametrize(
    "efforts",
    [
        "effort_low,effort_likely,effort_high",
        "Optimistic,Likely,Pessimistic",
        "Min,Likely,Max",
        "Best case,Most likely,Worst case",
        "Estimate (best),Estimate (likely),Estimate (worst)",
    ],
)
def test_three_points_of_an_effort_need_no_configuration(efforts: str) -> None:
    match = found(f"ID,Title,{efforts}")
    assert match is not None
    assert match.columns["Effort"] == (2, 3, 4)


def test_three_points_are_ordered_by_meaning_not_by_place() -> None:
    match = found("ID,Title,max,min,likely")
    assert match is not None
    assert match.columns["Effort"] == (3, 4, 2)


def test_two_of_three_points_are_no_effort() -> None:
    match = found("ID,Title,Team,min,max")
    assert match is not None
    assert "Effort" not in match.columns


def test_what_roadmap_toml_says_comes_first() -> None:
    lookup = lookup_of("Tasks", {"Gewerk": "Team"}, {"Effort": ("Tage",), "Title": ("Aufgabe",)})
    match = match_headers("Tasks", 0, {0: "Title", 1: "Aufgabe", 2: "Gewerk", 3: "Effort", 4: "Tage"}, lookup)
    assert match.columns == {"Title": (1,), "Team": (2,), "Effort": (4,)}


@given(
    column=st.sampled_from([column for column in all_columns() if column.sheet == "Tasks"]),
    blank=st.sampled_from([" ", "  ", "_", "-", "\n", "\xa0"]),
    change=st.sampled_from([str.upper, str.lower, str.title]),
    tail=st.sampled_from(["", " ", ":", "*", " *"]),
)
def test_case_blanks_and_marks_do_not_matter(column, blank, change, tail) -> None:  # type: ignore[no-untyped-def]
    typed = change(column.name).replace(" ", blank) + tail
    match = match_headers("Tasks", 0, {0: typed}, LOOKUPS["Tasks"])
    assert match.columns == {column.name: (0,)}


COMPUTED_HEADERS = "Task ID,Title,Launch,Planned start,Planned finish,Planned launch,Sequence,Float,Conflicts,Why"


def test_what_a_plan_has_written_is_not_read() -> None:
    match = found(COMPUTED_HEADERS)
    assert match is not None
    assert dict(match.columns) == {"Task ID": (0,), "Title": (1,), "Launch": (2,)}
    assert (list(match.computed.values()), match.unknown) == ([3, 4, 5, 6, 7, 8, 9], ())


def test_a_persons_planned_start_is_her_earliest_start_also_beside_ours() -> None:
    alone = found("Task ID,Title,Planned start,Planned finish")
    beside = found(COMPUTED_HEADERS + ",Planned start (roadmap)")
    assert alone is not None
    assert beside is not None
    assert (alone.columns["Not before"], alone.columns["Due"], alone.computed) == ((2,), (3,), {})
    assert (beside.columns["Not before"], beside.computed["Planned start"]) == ((3,), 10)
