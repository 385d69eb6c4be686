"""roadmap graph: every kind of picture in every format that it has, and what is said where it has none."""

from pathlib import Path

import pytest

from planner.cli.graph import PictureFormat, PictureKind
from planner.domain.errors import UserError
from planner.pipeline.picturing import kinds, picture, pictures
from tests.report.sample_plan import sample_plan
from tests.test_cli import GOOD, run, write_tables

QUICK = ("--as-of", "2026-09-07", "--work", "0")
BEGINS = {"svg": b"<svg", "png": b"\x89PNG", "dot": b"digraph", "mermaid": b"---\ntitle:"}


def test_the_options_are_the_pictures_there_are() -> None:
    assert tuple(kind.value for kind in PictureKind) == kinds()


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("suffix", [one.value for one in PictureFormat])
def test_every_picture_in_every_format_that_it_has(kind: str, suffix: str) -> None:
    has = suffix in ("svg", "png") or kind in ("graph", "teams") or (kind, suffix) == ("conflicts", "dot")
    if not has:
        with pytest.raises(UserError, match=f"{kind} is drawn as svg"):
            picture(sample_plan(), kind, suffix)
        return
    drawn = picture(sample_plan(), kind, suffix)
    assert BEGINS[suffix] in drawn[:400]


def test_a_folder_of_pictures_has_each_as_svg_and_png_and_diagrams_as_text() -> None:
    made = pictures(sample_plan())
    assert {name for name in made if name.endswith((".svg", ".png"))} == {
        f"{kind}.{suffix}" for kind in kinds() for suffix in ("svg", "png")
    }
    assert {name for name in made if name.endswith((".dot", ".mmd"))} == {
        "graph.dot",
        "graph.mmd",
        "teams.dot",
        "teams.mmd",
        "conflicts.dot",
    }


def test_the_command_draws_what_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_tables(tmp_path, tasks=GOOD)
    assert run("graph", "tasks.csv", "--kind", "gantt-items", *QUICK) == (
        0,
        "Wrote gantt-items.svg.\n\nNext: roadmap plan tasks.csv\n",
    )
    assert (tmp_path / "gantt-items.svg").read_text().startswith("<svg")
    code, _ = run("graph", "tasks.csv", "--format", "mermaid", "--select", "team:Y", *QUICK)
    said = (tmp_path / "graph.mmd").read_text()
    assert code == 0
    assert "second" in said
    assert "first" not in said
    code, said = run("graph", "tasks.csv", "--kind", "load", "--select", "team:Y", *QUICK)
    assert code == 2
    assert "load is drawn whole; --select is for graph and conflicts" in said
