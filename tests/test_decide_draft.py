"""The document of a decision, made from the sample: its prose, its pages, and that every figure can be looked up."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from planner import pipeline
from planner.domain.conflict import Interval
from planner.domain.decision_draft import Draft
from planner.domain.errors import UserError
from planner.domain.paper import (
    Bullets,
    Callout,
    Cite,
    Code,
    Evidence,
    EvidenceList,
    Paper,
    Paragraph,
    Pictures,
    Table,
    Text,
    parts,
    words,
)
from planner.domain.plan import TermValue
from planner.pipeline.inputs import Inputs, PlanOptions
from planner.report.decision import decision_paper
from planner.report.decision.said import effect
from planner.report.plan_json import plan_json
from tests.office import OFFICE, pages
from tests.report.golden import check_golden
from tests.workbooks import write_tables

SAMPLE = Path(__file__).parent.parent / "data" / "commerce-platform.xlsx"
CONFLICT = "contradicting-values-7d94c1"
UNTAKEN = "item-without-task-262ad8"
"""No plan can compute what its way out costs."""
DRAFTED = ("DEC-1", "DEC-3", "DEC-4", "DEC-5", CONFLICT, UNTAKEN)
AS_OF = date(2026, 9, 7)
WORK = PlanOptions(work=0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample and its plan.json, as `roadmap plan` writes it."""
    folder = tmp_path_factory.mktemp("decide")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        shutil.copy(SAMPLE, "commerce-platform.xlsx")
        made = pipeline.plan(pipeline.Inputs((Path("commerce-platform.xlsx"),), as_of=AS_OF), WORK)
        (folder / "reports" / made.title).mkdir(parents=True)
        (folder / "reports" / made.title / "plan.json").write_text(plan_json(made), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def drafts(folder: Path) -> dict[str, Draft]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return {name: pipeline.draft(name, Inputs(()), WORK) for name in DRAFTED}


@pytest.fixture(scope="module")
def written(folder: Path, drafts: dict[str, Draft]) -> dict[str, tuple[Path, ...]]:
    return {name: pipeline.write_draft(draft, folder / "out") for name, draft in drafts.items()}


def test_golden(
    written: dict[str, tuple[Path, ...]], drafts: dict[str, Draft], request: pytest.FixtureRequest
) -> None:
    text = written["DEC-1"][0].read_text(encoding="utf-8")
    check_golden("decision.md", text.replace(drafts["DEC-1"].plan_id, "0123456789ab"), request)


def test_they_pass_the_prose_check(written: dict[str, tuple[Path, ...]]) -> None:
    documents = [path for files in written.values() for path in files if path.suffix in (".md", ".docx")]

    checked = pipeline.lint(documents)

    assert len(checked) == 2 * len(DRAFTED)
    assert [(one.file, finding) for one in checked for finding in one.findings] == []
    assert all(one.readability.minutes <= 15 for one in checked)


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("name", ["DEC-1", "DEC-4", CONFLICT])
def test_two_or_three_pages(written: dict[str, tuple[Path, ...]], name: str, tmp_path: Path) -> None:
    assert 2 <= pages(written[name][1], tmp_path) <= 3


def lines(paper: Paper) -> Iterator[Text]:
    """Every statement: a paragraph, a list item, a row."""
    for block in paper.blocks:
        match block:
            case Paragraph() | Callout():
                yield block.text
            case Bullets():
                yield from block.items
            case Table():
                yield from (tuple(part for cell in row for part in (*parts(cell), " ")) for row in block.rows)


def listed(paper: Paper) -> dict[str, Evidence]:
    return {each.id: each for block in paper.blocks if isinstance(block, EvidenceList) for each in block.evidence}


@pytest.mark.parametrize("name", DRAFTED)
def test_every_figure_names_evidence_that_is_listed(drafts: dict[str, Draft], name: str) -> None:
    paper = decision_paper(drafts[name])
    cited = set()
    for line in lines(paper):
        cites = {part.evidence for part in parts(line) if isinstance(part, Cite)}
        said = words(tuple(part for part in parts(line) if not isinstance(part, Cite | Code)))
        said = re.sub(r"“[^”]*”|\b[A-Za-z-]+-[0-9a-f]+\b", "", said)
        assert cites or not re.search(r"\d", said), said
        cited |= cites
    assert cited == set(listed(paper))


@pytest.mark.parametrize("name", DRAFTED)
def test_evidence_resolves(drafts: dict[str, Draft], folder: Path, name: str) -> None:
    plan = json.loads((folder / "reports/commerce-platform/plan.json").read_text(encoding="utf-8"))
    book = load_workbook(folder / "commerce-platform.xlsx")
    looked_up = 0
    for evidence in listed(decision_paper(drafts[name])).values():
        pieces = parts(evidence.text)
        for piece, after in zip(pieces, (*pieces[1:], ""), strict=True):
            if isinstance(piece, Code) and piece.text.startswith("plan.json "):
                check_plan(plan, piece.text.removeprefix("plan.json "), words(after))
                looked_up += 1
            elif isinstance(piece, Code):
                _, sheet, cell = piece.text.split("!")
                check_cell(book[sheet][cell].value, words(after))
                looked_up += 1
    assert looked_up >= (3 if name == UNTAKEN else 5)


def check_plan(plan: Any, path: str, said: str) -> None:
    """A path such as `tasks[LED-3].effort` leads to a value, and it is the one that is said."""
    value = plan
    for name, id, rest in re.findall(r"(\w+)(?:\[([^\]]*)\])?([^.]*)", path.partition(",")[0]):
        assert rest == ""
        value = value[name] if not isinstance(value, list) else [one[name] for one in value]
        if id:
            value = next(one for one in value if one["id"] == id)
    if isinstance(value, dict):
        for field, figure in re.findall(r"(effort|start|finish|launch) ([\d,.-]*\d)", said):
            assert same(value[field], figure), (path, field)
    elif not isinstance(value, list) and "as quoted" not in said:
        assert same(value, re.sub(r"^: |;.*$", "", said).strip()), (path, value, said)


def same(value: Any, said: str) -> bool:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return abs(float(said.replace(",", "")) - value) <= 0.05
    return str(value) == said


def check_cell(value: Any, said: str) -> None:
    typed = re.match(r": “(.*?)”|: blank", said)
    assert typed, said
    if typed.group(1) is None:
        assert value is None
    else:
        shown = value.date().isoformat() if hasattr(value, "date") else str(value)
        assert typed.group(1).casefold() == shown.casefold()


def test_what_an_option_costs_is_what_planning_with_it_costs(drafts: dict[str, Draft]) -> None:
    draft = drafts["DEC-1"]
    relational, key_value = draft.options
    for option in (relational, key_value):
        assert option.objective is not None
        assert option.delta is not None
        assert option.delta.low == pytest.approx(option.objective - draft.plan.objective)
        assert sum(term.value for term in option.terms) == pytest.approx(option.delta.high)
    # REC-4 (35 ED) sets key-value, LED-3 (77 ED) relational: each option gives up the other's task
    assert (relational.builds, relational.drops) == (("LED-3",), ("REC-4",))
    assert (key_value.builds, key_value.drops) == (("REC-4",), ("LED-3",))
    assert [relational.lost[-1].effort, key_value.lost[-1].effort] == [35, 77]
    assert draft.chosen is key_value
    assert drafts[CONFLICT].chosen is not None
    assert drafts[CONFLICT].decide_by == draft.decide_by


def test_an_option_that_leaves_a_need_without_a_task_is_not_recommended_for_being_cheap(
    drafts: dict[str, Draft],
) -> None:
    two, three = drafts["DEC-4"].options

    assert three.delta is not None
    assert two.delta is not None
    assert three.delta.high < two.delta.high  # no task sets version 3: that work is in no figure
    assert three.unprovided == ("REF-2",)
    assert two.rewrites == ("REF-2",)
    assert drafts["DEC-4"].chosen is two


def test_where_nothing_tells_the_options_apart_none_is_recommended(drafts: dict[str, Draft]) -> None:
    paper = decision_paper(drafts["DEC-5"])

    assert drafts["DEC-5"].chosen is None
    assert not any(isinstance(block, Pictures) for block in paper.blocks)
    assert words(next(block.text for block in paper.blocks if isinstance(block, Callout))).startswith(
        "The plan does not prefer an option: each costs it the same"
    )


def test_with_no_time_every_option_is_planned_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that lacks an option compares nothing."""
    monkeypatch.chdir(folder)
    draft = pipeline.draft("DEC-1", Inputs(()), PlanOptions(time_limit=0.1))
    assert [option.delta is None for option in draft.options] == [False, False]
    assert draft.chosen is not None


def test_options_are_compared_with_the_plan_after_as_much_search(drafts: dict[str, Draft]) -> None:
    """The plan costs 100 ED; searching on without an answer would save 30, so the option saves 10 of its 40."""
    made = drafts["DEC-1"]
    delta = Interval(-40.0, -10.0)
    option = replace(made.options[1], objective=60.0, delta=delta, terms=(TermValue("T", "throwaway", -10.0),))
    plan = replace(made.plan, objective=100.0)
    draft = replace(made, plan=plan, searched_on=70.0, options=(option,), best=0)
    said = [words(block.text) for block in decision_paper(draft).blocks if isinstance(block, Callout | Paragraph)]
    assert "costs 2 engineer-weeks less than without it after as much search" in said[0]
    assert any("After as much search as the options had it costs 14 engineer-weeks" in text for text in said)
    assert "less than the plan as it stands" in effect(replace(draft, searched_on=100.0), option)


def test_an_option_without_figures_is_no_equal_of_the_others(drafts: dict[str, Draft]) -> None:
    made = drafts["DEC-1"]
    draft = replace(made, options=(made.options[0], replace(made.options[1], delta=None)), best=None)
    said = next(words(block.text) for block in decision_paper(draft).blocks if isinstance(block, Callout))
    assert said.startswith("The plan does not prefer an option: it cannot compute what B “key-value” costs")


def test_unknown_and_decided_ids_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(UserError, match="did you mean 'DEC-1'"):
        pipeline.draft("DEC-11", Inputs(()), WORK)
    with pytest.raises(UserError, match="DEC-2 is decided: TaxWare"):
        pipeline.draft("dec-2", Inputs(()), WORK)


HOSTILE = '<script>alert(1)</script> | *many* "soon" “x” \u202eabc 🙂 ASAP'


def test_hostile_names_are_shown_and_pass_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tasks = f"""Task ID | Title | Team | Effort | Item ID | Sets
A | {HOSTILE.replace("|", "/")} | SRE | 5 | I-1 | k.v=several
B | Many tasks soon. | Various Teams | 9 | I-1 | k.v=few
C | And one more | SRE | 4 | I-1 | k.v=few
D | And another | SRE | 6 | I-1 | k.v=few"""
    decisions = f"""Decision ID | Question | Key | Options | Door
D/1 | {HOSTILE.replace("|", "/")} | k.v | several=0.5; few=0.5 | one-way"""
    roadmap = f"Item ID | Title | Customer | Evidence\nI-1 | {HOSTILE.replace('|', '/')} | ACME | TBD by many"
    write_tables(tmp_path, tasks=tasks, decisions=decisions, roadmap=roadmap)
    made = pipeline.plan(Inputs((tmp_path,), as_of=AS_OF), WORK)
    (tmp_path / "plan.json").write_text(plan_json(made), encoding="utf-8")

    draft = pipeline.draft("D/1", Inputs((tmp_path,)), WORK, tmp_path / "plan.json")
    markdown, word, *_ = pipeline.write_draft(draft, tmp_path / "out")

    assert [finding for one in pipeline.lint([markdown, word]) for finding in one.findings] == []
    assert "<script>" not in markdown.read_text(encoding="utf-8")


def test_a_plan_that_the_workbooks_do_not_give_any_more_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tasks = "Task ID | Title | Team | Effort\nA | One | X | 5"
    write_tables(tmp_path, tasks=tasks, decisions="Decision ID | Question\nD-1 | Which?")
    made = pipeline.plan(Inputs((tmp_path,), as_of=AS_OF), WORK)
    (tmp_path / "plan.json").write_text(plan_json(made), encoding="utf-8")
    write_tables(tmp_path, tasks=f"{tasks}\nB | Two | X | 5")

    with pytest.raises(UserError, match="run `roadmap plan` again"):
        pipeline.draft("D-1", Inputs((tmp_path,)), WORK, tmp_path / "plan.json")
