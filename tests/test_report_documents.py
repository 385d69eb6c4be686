"""`roadmap report` on the sample: three documents of one page from the plan that was written."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from typer.testing import CliRunner

from planner.cli import app
from planner.pipeline import about_documents
from planner.report.plan_json import written_id
from tests.office import OFFICE
from tests.paged import pages

SAMPLE = Path(__file__).parents[1] / "data" / "commerce-platform.xlsx"
PLAN = ["plan", "commerce-platform.xlsx", "--work", "5"]
run = CliRunner().invoke


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample planned on two Mondays, the second plan close to the first, and all its documents."""
    place = tmp_path_factory.mktemp("documents")
    shutil.copy(SAMPLE, place)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        assert run(app, [*PLAN, "--as-of", "2026-09-07"]).exit_code == 1  # the sample has errors planted
        assert run(app, ["baseline", "save", "monday"]).exit_code == 0
        assert run(app, [*PLAN, "--as-of", "2026-09-14", "--stable", "last"]).exit_code == 1
        for words in (["exec"], ["weekly", "--since", "last"], ["team", "ledger"]):
            result = run(app, ["report", *words])
            assert result.exit_code == 0, result.output
            assert "\nNext: roadmap " in result.output
        yield place


def documents(folder: Path) -> Path:
    return folder / "reports" / "commerce-platform" / "documents"


STEMS = ("exec", "weekly", "team-Ledger")


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("suffix", ["md", "html", "docx"])
def test_each_is_there_and_passes_the_prose_check(folder: Path, stem: str, suffix: str) -> None:
    path = documents(folder) / f"{stem}.{suffix}"
    assert path.stat().st_size
    if suffix != "html":
        result = run(app, ["lint", str(path)])
        assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def printed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, int]:
    """Pages by name, without those whose program is missing."""
    files = [documents(folder) / f"{stem}.{suffix}" for stem in STEMS for suffix in ("html", "docx")]
    return pages(files, tmp_path_factory.mktemp("printed"))


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("suffix", ["html", "docx"])
def test_each_is_one_page(printed: Mapping[str, int], stem: str, suffix: str) -> None:
    name = f"{stem}.{suffix}"
    if name not in printed:
        pytest.skip("the program that prints it is not installed")
    assert printed[name] == 1


def test_documents_of_another_plan_stay_and_are_named(folder: Path, tmp_path: Path) -> None:
    """People edit and send them: nobody deletes them, and nobody takes them for those of today's plan."""
    shutil.copytree(documents(folder), tmp_path / "documents")
    shutil.copy(documents(folder).parent / "plan.json", tmp_path)
    assert about_documents(tmp_path) == ()
    content = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    (tmp_path / "plan.json").write_text(json.dumps({**content, "seed": 5}), encoding="utf-8")
    assert about_documents(tmp_path) == (
        f"Of an earlier plan: exec, team-Ledger, weekly in {tmp_path / 'documents'}",
    )
    for path in (tmp_path / "documents").glob("*.[mh]*"):
        path.unlink()
    assert "exec, team-Ledger, weekly" in about_documents(tmp_path)[0], "Word files alone say it too"
    shutil.rmtree(tmp_path / "documents")
    assert about_documents(tmp_path) == ()


def test_the_next_command_names_the_plan_that_was_named(folder: Path) -> None:
    path = "reports/commerce-platform/plan.json"
    for words, then in (
        (["exec"], "roadmap report team Sanctions"),
        (["team", "Ledger"], "roadmap show team Ledger"),
        (["weekly"], "roadmap report exec"),
    ):
        result = run(app, ["report", *words, "--format", "md", "--plan", path])
        assert result.output.endswith(f"\nNext: {then} --plan {path}\n")


def test_figures_and_stamp_are_those_of_plan_json(folder: Path) -> None:
    text = (folder / "reports" / "commerce-platform" / "plan.json").read_text(encoding="utf-8")
    headline = json.loads(text)["headline"]
    made = json.loads(run(app, ["report", "exec", "--json", "--format", "md"]).output)
    assert made["stamp"] == {
        "as_of": "2026-09-14",
        "plan": written_id(text),
        "files": ["commerce-platform.xlsx"],
        "assumed_share": json.loads(text)["assumed_share"],
    }
    (figures,) = (block["figures"] for block in made["blocks"] if block["kind"] == "figures")
    assert [figure["value"] for figure in figures] == [
        str(headline["on_track"]),
        str(headline["late"]),
        f"{headline['throwaway'] / 5:.1f}".removesuffix(".0"),
        str(len(headline["decisions_due"])),
        f"{headline['operations_roadmap'] * 100:.1f} %",
    ]


def test_the_week_compares_with_the_plan_before_also_by_the_name_of_a_baseline(folder: Path) -> None:
    """A baseline knows its facts: only the causes may differ, where one of the facts has changed."""
    last = json.loads(run(app, ["report", "weekly", "--json", "--format", "md"]).output)
    named = json.loads(run(app, ["report", "weekly", "--since", "monday", "--json", "--format", "md"]).output)
    assert last["blocks"][0] == named["blocks"][0]
    assert [row["Now"] for row in changed(last)] == [row["Now"] for row in changed(named)]
    assert "of Mon 7 Sep 2026." in last["blocks"][0]["text"]


def changed(made: dict[str, Any]) -> list[dict[str, str]]:
    return next(block["rows"] for block in made["blocks"] if block["kind"] == "table")


def test_changed_items_land_on_another_day_than_in_the_plan_before(folder: Path) -> None:
    before = json.loads((folder / ".roadmap" / "baselines" / "monday" / "plan.json").read_text(encoding="utf-8"))
    now = json.loads((folder / "reports" / "commerce-platform" / "plan.json").read_text(encoding="utf-8"))
    landed = [{item["id"]: item["lands"] for item in plan["items"]} for plan in (before, now)]
    moved = {name for name, day in landed[1].items() if landed[0].get(name) != day}
    made = json.loads(run(app, ["report", "weekly", "--json", "--format", "md"]).output)
    rows = changed(made)
    assert 0 < len(rows) <= 15
    assert {row["Item"] for row in rows} <= moved


def test_the_pictures_of_markdown_lie_beside_it(folder: Path) -> None:
    text = (documents(folder) / "exec.md").read_text(encoding="utf-8")
    for name in ("landings.png", "capacity.png"):
        assert f"]({name})" in text
        assert (documents(folder) / name).read_bytes().startswith(b"\x89PNG")


def test_word_says_what_html_says(folder: Path) -> None:
    word = docx.Document(str(documents(folder) / "weekly.docx"))
    html = (documents(folder) / "weekly.html").read_text(encoding="utf-8")
    for table in word.tables:
        for cell in table.rows[-1].cells:
            assert not cell.text or cell.text.split()[0] in html


def test_one_format_on_request(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "reports" / "commerce-platform" / "plan.json", tmp_path)
    result = run(app, ["report", "team", "Ledger", "--format", "docx", "--plan", str(tmp_path / "plan.json")])
    assert result.exit_code == 0
    assert [path.name for path in (tmp_path / "documents").iterdir()] == ["team-Ledger.docx"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["team", "Nobody"], 'the plan has no team "Nobody"; it has '),
        (["weekly", "--since", "no.json"], "no.json: there is no plan here"),
        (["weekly", "--since", "tuesday"], "no baseline 'tuesday'"),
        (["exec", "--plan", "commerce-platform.xlsx"], "commerce-platform.xlsx: there is no plan here"),
    ],
)
def test_mistakes_are_one_line(folder: Path, words: list[str], said: str) -> None:
    result = run(app, ["report", *words])
    assert result.exit_code == 2
    assert result.output.startswith(f"roadmap: {said}")
    assert len(result.output.splitlines()) == 1


def test_without_an_earlier_plan_there_is_nothing_to_compare_with(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = json.loads((folder / "reports" / "commerce-platform" / "plan.json").read_text(encoding="utf-8"))
    (tmp_path / "plan.json").write_text(json.dumps({**content, "paths": ["elsewhere.xlsx"]}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = run(app, ["report", "weekly", "--plan", "plan.json"])
    assert result.exit_code == 2
    assert result.output.startswith("roadmap: there is no earlier plan of these files")


TASKS = """Task ID,Title,Team,Effort,Engineers,Item ID
A-1,Build it,Pay,{effort},1,{item}
A-2,Ship it,Pay,4,1,{item}
"""
ITEMS = """Item ID,Title,Customer,PM,Target
ASK-1,Refunds,Acme,Ada,2026-12-31
"""


@pytest.mark.parametrize("item", ["ASK-1", ""])
def test_since_a_baseline_the_cause_is_the_fact_that_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, item: str
) -> None:
    """A-1 takes 20 ED instead of 10; without items the page speaks of tasks."""
    monkeypatch.chdir(tmp_path)
    plan = ["plan", "small", "--as-of", "2026-09-07", "--work", "5"]
    Path("small").mkdir()
    if item:
        Path("small", "items.csv").write_text(ITEMS, encoding="utf-8")
    tasks = Path("small", "tasks.csv")
    tasks.write_text(TASKS.format(effort=10, item=item), encoding="utf-8")
    run(app, plan)
    assert run(app, ["baseline", "save", "before"]).exit_code == 0
    tasks.write_text(TASKS.format(effort=20, item=item), encoding="utf-8")
    run(app, plan)
    result = run(app, ["report", "weekly", "--since", "before", "--json", "--format", "md"])
    made = json.loads(result.output)
    rows = {row["Item" if item else "Task"]: row for row in changed(made)}
    row = rows[item or "A-1"]
    assert made["blocks"][0]["text"].startswith(f"{len(rows)} {'item' if item else 'task'}")
    assert row["Change"].endswith(" days later")
    assert row["Cause"].startswith("A-1 Effort 10 ED → 20 ED (+")
    assert row["Ask"].startswith("Ada: tell Acme: " if item else "Pay: tell those who wait: ")


def test_long_ids_and_hundreds_of_asks_fit_on_one_page(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Rust project's goals: ids of forty letters, 111 tasks of one team, no customers."""
    names = ("items", "links", "participants", "teams", "tasks_blind")
    for name in names:
        shutil.copy(cases / "rustgoals_2026" / f"{name}.csv", tmp_path)
    shutil.copy(Path(__file__).parent / "cases" / "rustgoals_2026" / "roadmap.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    run(app, ["plan", ".", "--as-of", "2026-01-05", "--work", "0"])
    made = [run(app, ["report", *words, "--json"]) for words in (["exec"], ["team", "compiler"])]
    papers: list[Path] = []
    for result in made:
        files = [Path(name) for name in json.loads(result.output)["files"]]
        papers += [path for path in files if path.suffix in (".html", ".docx")]
    counted = pages(papers, tmp_path)
    assert counted or OFFICE is None
    assert set(counted.values()) <= {1}
