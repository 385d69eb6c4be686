"""Files and folders become tables: labels, places of cells, dirty rows, maps of roadmap.toml."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.diagnostics import Severity
from planner.domain.errors import UserError
from planner.domain.settings import Settings, TableMap
from planner.sheets.files import TablesRead, read_tables
from planner.sheets.table import Table
from tests.sheets.workbooks import TASKS, Rows, workbook

HEADER = TASKS[0]


def read(path: Path, *maps: TableMap) -> TablesRead:
    return read_tables([path], Settings(tables=maps))


def csv_table(tmp_path: Path, text: str, *maps: TableMap) -> Table:
    path = tmp_path / "q3.csv"
    path.write_text(text, encoding="utf-8")
    (table,) = read(path, *maps).tables
    return table


def column(table: Table, name: str) -> list[object]:
    return [row.values.get(name) for row in table.rows]


def rules(found: TablesRead) -> list[str]:
    return [diagnostic.rule.id for diagnostic in found.diagnostics]


# where things stand


def test_cells_are_where_people_see_them(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q3.xlsx", {"Plan": [("Roadmap of Pay",), (), *TASKS]}, first=(3, 2))
    (table,) = read(path).tables
    assert (table.kind, table.header_row) == ("Tasks", 6)
    assert str(table.source(table.rows[1]).cell("Effort")) == "q3.xlsx!Plan!F8"


def test_values_keep_their_types_and_whole_numbers_are_ints(tmp_path: Path) -> None:
    header = ("Task ID", "Title", "Effort", "Due", "Launch", "Cost centre")
    path = workbook(tmp_path / "q3.xlsx", {"Tasks": [header, (7, "Ledger", 2.5, date(2026, 3, 4), True, 12.0)]})
    (row,) = read(path).tables[0].rows
    assert row.values["Task ID"] == 7
    assert isinstance(row.values["Task ID"], int)
    assert (row.values["Effort"], row.values["Launch"]) == (2.5, True)
    assert str(row.values["Due"]).startswith("2026-03-04")
    assert row.extra == (("Cost centre", "12"),)


def test_a_column_without_header_travels_along(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "ID,Title,\nA,Ledger,ask Ann\n")
    assert table.rows[0].extra == (("column C", "ask Ann"),)


def test_folder_is_read_by_name_without_locks_and_hidden_files(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.xlsx"):
        workbook(tmp_path / name, {"Tasks": TASKS})
    for name in ("~$a.xlsx", ".hidden.csv", "notes.docx"):
        (tmp_path / name).write_text("no table")
    assert read(tmp_path).files == ("a.xlsx", "b.xlsx")


def test_two_files_of_one_name_are_told_apart_by_folder(tmp_path: Path) -> None:
    for folder in ("pay", "led"):
        (tmp_path / folder).mkdir()
        workbook(tmp_path / folder / "q3.xlsx", {"Tasks": TASKS})
    paths = [tmp_path / "pay" / "q3.xlsx", tmp_path / "led", tmp_path / "pay"]
    assert read_tables(paths, Settings()).files == ("pay/q3.xlsx", "led/q3.xlsx")


def test_content_tells_the_format_not_the_ending(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q3.xlsx", {"Tasks": TASKS}).rename(tmp_path / "q3.csv")
    assert [table.sheet for table in read(path).tables] == ["Tasks"]


# files that give nothing


@pytest.mark.parametrize("name", ["missing.xlsx", "folder", "notes.docx"])
def test_no_workbook_is_said_in_one_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes.docx").write_text("no table")
    with pytest.raises(UserError) as refused:
        read(tmp_path / name)
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


def test_workbook_of_pictures_is_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "pictures.xlsx", {"Sheet1": [], "Sheet2": []})
    with pytest.raises(UserError, match="no cell with a value"):
        read(path)


def test_a_table_that_nobody_knows_is_an_error_only_when_alone(tmp_path: Path) -> None:
    notes: Rows = [("Lorem", "Ipsum", "dolor"), ("sit", "amet", "elit")]
    with pytest.raises(UserError, match="Task ID, Title, Team, Effort, Depends on"):
        read(workbook(tmp_path / "notes.xlsx", {"Read me": notes}))
    found = read(workbook(tmp_path / "both.xlsx", {"Read me": notes, "Tasks": TASKS}))
    assert rules(found) == ["table-not-recognised"]


def test_a_sheet_of_prose_needs_no_remark(tmp_path: Path) -> None:
    prose: Rows = [("How to begin",), ("1", "Fill in the sheet Tasks."), ("2", "Run roadmap plan.")]
    assert rules(read(workbook(tmp_path / "both.xlsx", {"Read me": prose, "Tasks": TASKS}))) == []


def test_only_headers_is_an_error_in_the_data(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "q3.xlsx", {"Tasks": [HEADER]}))
    assert [(d.rule.id, d.severity) for d in found.diagnostics] == [("empty-table", Severity.ERROR)]
    assert [len(table.rows) for table in found.tables] == [0]
    both = read(workbook(tmp_path / "q4.xlsx", {"Tasks": TASKS, "More tasks": [HEADER]}))
    assert [d.severity for d in both.diagnostics] == [Severity.NOTE]


def test_a_template_with_tasks_only_says_one_line_about_its_other_sheets(tmp_path: Path) -> None:
    sheets = {"Tasks": TASKS, "Teams": [("Team", "Engineers")], "Asks": [("Item ID", "Team", "Size")]}
    (remark,) = read(workbook(tmp_path / "q3.xlsx", sheets)).diagnostics
    assert (remark.rule.id, remark.severity) == ("empty-table", Severity.NOTE)
    assert remark.message == '"Teams", "Asks" have headers and no rows.'


# csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_any_encoding_with_any_delimiter(encoding: str, delimiter: str, tmp_path: Path) -> None:
    text = 'Task ID,Title,Team,Effort\nPAY-1,"Größe: a, b; c",Pay,8\nPAY-2,Café,Pay,3\n'.replace(",", delimiter)
    path = tmp_path / "q3.csv"
    path.write_bytes(text.encode(encoding))
    (table,) = read(path).tables
    assert column(table, "Title") == [f"Größe: a{delimiter} b; c", "Café"]
    assert column(table, "Effort") == ["8", "3"]


def test_rows_of_a_csv_are_its_lines(tmp_path: Path) -> None:
    table = csv_table(tmp_path, 'sep=;\nID;Title\n1;"two\nlines"\n\n2;Ledger\n')
    assert [(row.number, row.values["Title"]) for row in table.rows] == [(3, "two\nlines"), (6, "Ledger")]


def test_protected_text_of_an_export_is_itself(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "ID,Title,Depends on\nA,'=1+1,'-\nB,'tis,A\n")
    assert column(table, "Title") == ["=1+1", "'tis"]


def test_binary_in_a_csv_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "q3.csv"
    path.write_bytes(b"ID,Title\n\x00\x01,x\x00\n")
    with pytest.raises(UserError, match=r"^q3\.csv: is no text file"):
        read(path)


# rows that are no data, cells that are above


def test_totals_and_repeated_headers_are_no_rows(tmp_path: Path) -> None:
    rows = [*TASKS, (), HEADER, ("PAY-3", "Total cost of ownership", "Pay", 1, ""), ("Total", "", "", 9, "")]
    found = read(workbook(tmp_path / "q3.xlsx", {"Tasks": rows}))
    assert column(found.tables[0], "Task ID") == ["PAY-1", "PAY-2", "PAY-3"]
    assert [str(d.cells[0]) for d in found.diagnostics] == ["q3.xlsx!Tasks!row 7"]


def test_merged_team_belongs_to_every_row_and_merged_effort_to_one(tmp_path: Path) -> None:
    path = tmp_path / "q3.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tasks")
        for number, row in enumerate([HEADER, ("A", "one"), ("B", "two"), ("C", "three")]):
            sheet.write_row(number, 0, row)
        sheet.merge_range("C2:C3", "Pay")
        sheet.merge_range("D2:D4", 6)
    (table,) = read(path).tables
    assert column(table, "Team") == ["Pay", "Pay", None]
    assert column(table, "Effort") == [6, None, None]
    assert table.merged_from == {(3, "Team"): 2}


def test_ditto_marks_repeat_the_cell_above(tmp_path: Path) -> None:
    path = tmp_path / "q3.csv"
    path.write_text('ID,Title,Team\nA,x,Pay\nB,y,""""\nC,z,same as above\nD,v,\nE,w,ditto\n')
    found = read(path)
    assert column(found.tables[0], "Team") == ["Pay", "Pay", "Pay", None, None]
    assert [(d.rule.id, list(map(str, d.cells))) for d in found.diagnostics] == [
        ("same-as-above", ["q3.csv!C3", "q3.csv!C4", "q3.csv!C6"])
    ]


def teams_in_rows(tmp_path: Path, *teams: str) -> tuple[list[object], list[str]]:
    path = tmp_path / "q3.csv"
    path.write_text("ID,Title,Team\n" + "".join(f"T-{i},task {i},{team}\n" for i, team in enumerate(teams)))
    found = read(path)
    return column(found.tables[0], "Team"), rules(found)


def test_team_typed_once_per_group_is_filled_down_and_said(tmp_path: Path) -> None:
    assert teams_in_rows(tmp_path, "Pay", "", "", "Led", "", "Web", "") == (
        ["Pay", "Pay", "Pay", "Led", "Led", "Web", "Web"],
        ["filled-down"],
    )


@pytest.mark.parametrize(
    "teams",
    [
        ("Pay", "", "", "Led", "", "Pay", ""),  # a team twice: not typed once per group
        ("", "Pay", "", "Led", "", "Web", ""),  # the first row has none
        ("Pay", "", "", "Led", "", "none", ""),  # somebody says when there is none
        ("Pay", "", "", "Led", "", "", ""),  # two values are no pattern
        ("Pay", "Led", "Web", "API", ""),  # fewer than half are blank
    ],
)
def test_missing_teams_stay_missing(teams: tuple[str, ...], tmp_path: Path) -> None:
    assert teams_in_rows(tmp_path, *teams) == ([team or None for team in teams], [])


# several headers for one column, roadmap.toml


def test_wide_columns_are_joined(tmp_path: Path) -> None:
    text = "ID,Title,effort_low,effort_likely,effort_high,Dependency 1,Dependency 2\nC,x,2,3,8,A,B\nD,y,,4,,,C\n"
    table = csv_table(tmp_path, text)
    assert column(table, "Effort") == ["2..3..8", "4"]
    assert column(table, "Depends on") == ["A; B", "C"]
    assert table.headers["Effort"] == "effort_low + effort_likely + effort_high"


def test_two_headers_for_one_column_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "q3.csv"
    path.write_text("ID,Title,Team,Squad\nA,x,Pay,Ann\n")
    found = read(path)
    assert column(found.tables[0], "Team") == ["Pay"]
    assert found.tables[0].rows[0].extra == (("Squad", "Ann"),)
    assert rules(found) == ["column-shadowed"]


FOREIGN = "Nr,Arbeitspaket,Squad name,Tage\n1,Ledger,Pay,8\n2,Refunds,Pay,3\n"


def test_map_of_one_table(tmp_path: Path) -> None:
    columns = {"Title": ("Arbeitspaket",), "Team": ("Squad name",), "Effort": ("Tage",)}
    table = csv_table(tmp_path, FOREIGN, TableMap(file="Q3*", sheet="Tasks", columns=columns))
    assert table.unknown == ()
    assert table.rows[0].values == {"Task ID": "1", "Title": "Ledger", "Team": "Pay", "Effort": "8"}


def test_foreign_headers_are_proposed_and_not_applied(tmp_path: Path) -> None:
    path = tmp_path / "q3.csv"
    path.write_text("ID,Title,Squad name,Effort\n1,Ledger,Pay,8\n")
    found = read(path)
    assert "Team" not in found.tables[0].columns
    assert [(d.rule.id, str(d.cells[0])) for d in found.diagnostics] == [("foreign-header", "q3.csv!C1")]
    assert 'columns = { "Team" = ["Squad name"] }' in found.proposed_map


def test_guesses_are_told_where_nothing_was_recognised(tmp_path: Path) -> None:
    path = tmp_path / "q3.csv"
    path.write_text("Initiative,Squads involved,Est. effort,Depends upon\nx,Pay,3,\n")
    with pytest.raises(UserError, match=r'"Squads involved" is not known .* Is it "Team"'):
        read(path)


def test_accepting_the_proposal_reads_everything(tmp_path: Path) -> None:
    import tomllib

    path = tmp_path / "q3.csv"
    path.write_text("Ident no,Task title text,Squad name,Effort\n1,Ledger,Pay,8\n")
    other = tmp_path / "teams.csv"
    other.write_text("Team,Engineers\nPay,4\n")
    proposal = read_tables([path, other], Settings()).proposed_map
    (entry,) = tomllib.loads(proposal)["table"]
    columns = {name: tuple(headers) for name, headers in entry["columns"].items()}
    (table,) = read(path, TableMap(file=entry["file"], sheet=entry["sheet"], columns=columns)).tables
    assert {"Title", "Team", "Effort"} <= table.columns.keys()


def test_map_that_names_a_missing_header_is_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q3.xlsx", {"Tasks": TASKS})
    assert rules(read(path, TableMap(file="q3.xlsx", columns={"Due": ("Bis",)}))) == ["map-without-header"]


def test_mapped_efforts_are_joined_in_the_order_of_the_map(tmp_path: Path) -> None:
    columns = {"effort": ("gut", "normal", "schlecht")}
    table = csv_table(tmp_path, "ID,Title,normal,schlecht,gut\nA,x,3,8,2\n", TableMap(columns=columns))
    assert column(table, "Effort") == ["2..3..8"]


def test_map_to_an_unknown_name_is_said_and_left_out(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q3.xlsx", {"Tasks": TASKS})
    found = read(path, TableMap(sheet="Taskz", columns={"Temas": ("Team",)}))
    assert [(d.rule.id, d.suggestion) for d in found.diagnostics] == [
        ("map-unknown-name", 'Did you mean "Tasks"?'),
        ("map-unknown-name", 'Did you mean "Team"?'),
    ]
    assert column(found.tables[0], "Team") == ["Pay", "Pay"]


def test_aliases_hold_for_all_files(tmp_path: Path) -> None:
    path = tmp_path / "q3.csv"
    path.write_text("ID,Title,Gewerk\n1,Ledger,Pay\n")
    found = read_tables([path], Settings(aliases={"Tasks": {"gewerk": "Team"}}))
    assert column(found.tables[0], "Team") == ["Pay"]


def test_ignored_table_is_not_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q3.xlsx", {"Tasks": TASKS, "Old tasks": TASKS})
    assert [table.sheet for table in read(path, TableMap(table_sheet="Old*", ignore=True)).tables] == ["Tasks"]


PARTICIPANTS: Rows = [
    ("id", "team", "role"),
    ("pay-1", "Led", "helper"),
    ("PAY-1", "Pay", "helper"),
    ("PAY-2", "Web", "asked"),
    ("PAY-9", "Web", "helper"),
]


def test_rows_are_selected_and_extend_others(tmp_path: Path) -> None:
    path = workbook(tmp_path / "q3.xlsx", {"People": PARTICIPANTS, "Tasks": TASKS})
    found = read(
        path,
        TableMap(table_sheet="People", sheet="Tasks", where={"role": "Helper"}, extend=True),
        TableMap(table_sheet="People", sheet="Asks", where={"role": "asked"}),
    )
    tasks, asks = sorted(found.tables, key=lambda table: table.kind, reverse=True)
    assert column(tasks, "Team") == ["Pay; Led", "Pay"]
    assert column(asks, "Item ID") == ["PAY-2"]
    assert [(d.rule.id, str(d.cells[0])) for d in found.diagnostics] == [("extend-unmatched", "q3.xlsx!People!A5")]


# laws


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["a.csv", "b.csv", "c.xlsx"]))
def test_order_of_files_changes_only_the_order_of_tables(order: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ID,Title,Team\nA,x,Pay\n")
    (tmp_path / "b.csv").write_text("Team,Engineers\nPay,4\n")
    workbook(tmp_path / "c.xlsx", {"Tasks": TASKS})
    found = read_tables([tmp_path / name for name in order], Settings())
    assert found.files == tuple(order)
    assert [table.file for table in found.tables] == order
    assert {table.file: [row.values for row in table.rows] for table in found.tables} == {
        "a.csv": [{"Task ID": "A", "Title": "x", "Team": "Pay"}],
        "b.csv": [{"Team": "Pay", "Engineers": "4"}],
        "c.xlsx": [
            {"Task ID": "PAY-1", "Title": "Ledger", "Team": "Pay", "Effort": 8},
            {"Task ID": "PAY-2", "Title": "Refunds", "Team": "Pay", "Effort": "2w", "Depends on": "PAY-1"},
        ],
    }


# real files


@pytest.mark.parametrize("case", ["rustgoals_2026", "fedora20", "pep"])
def test_real_tables_are_what_they_are(case: str, cases: Path) -> None:
    found = read_tables([cases / case], Settings())
    assert {table.file: table.kind for table in found.tables} == {
        "items.csv": "Roadmap",
        "participants.csv": "Asks",
        "tasks.csv": "Tasks",
        "tasks_blind.csv": "Tasks",
        "teams.csv": "Teams",
    }
    assert "filled-down" not in rules(found)
