"""`make bench` calls what exists, and what it calls prints checked figures."""

import csv
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.benchmarks import roadmap, side_by_side
from tests.benchmarks.__main__ import SHORT

SMALL = ["--tasks", "12", "--teams", "2", "--time-limit", "1"]


@pytest.mark.parametrize("benchmark", SHORT)
def test_every_benchmark_has_a_module_that_says_how_to_call_it(benchmark: str) -> None:
    name = f"tests.benchmarks.{shlex.split(benchmark)[0]}"
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    with open(spec.origin, encoding="utf-8") as source:
        assert f"python -m {name}" in source.read()


def test_a_roadmap_is_planned_measured_and_planned_from_its_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roadmap.main([*SMALL, "--seed", "3", "--whole", "--csv", str(tmp_path / "figures.csv")])
    printed = capsys.readouterr().out
    assert printed.count("verified") == 2  # the header, and the sentence about the whole command
    assert "NOT VERIFIED" not in printed
    with (tmp_path / "figures.csv").open(encoding="utf-8", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["seed"], row["verified"]) == ("3", "True")
    assert 0 < float(row["bound"]) <= float(row["value"])


def test_all_planners_are_compared_on_one_project(capsys: pytest.CaptureFixture[str]) -> None:
    side_by_side.main([*SMALL, "--mode", "item"])
    _, _, ours, *theirs = capsys.readouterr().out.splitlines()
    assert (ours[:4], ours[-3:]) == ("ours", "yes")
    assert theirs[0].startswith("CP-SAT")
    assert all("skipped" in line or "interrupted" in line or line.endswith("yes") for line in theirs)
