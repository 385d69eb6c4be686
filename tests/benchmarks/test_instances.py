"""The readers of published formats, on instances small enough to be solved by hand."""

import pytest

from planner.scheduling.budget import Budget
from planner.scheduling.solve import solve
from tests.benchmarks.instances import read
from tests.benchmarks.rcpsp import Run, references, runs, summary

PATTERSON = """
5 2
2 1
0 0 0   2 2
3
2 1 0   1 5
3 2 0   1 5
2 1 1   1 5
0 0 0   0
"""
"""B and C want both units of R1 between them: 2 | 3 wants two, so 2 + 3; D (2 days, one of each) runs beside B."""

MPLIB = """
2 1
   1

 3 0
 1
 0 0 1 1:2
 2 1 1 1:3
 0 0 0

 3 4
 1
 0 0 1 2:2
 3 1 1 2:3
 0 0 0
"""


def test_patterson_with_free_line_breaks() -> None:
    problem = read(PATTERSON)
    assert [it.work for it in problem.activities] == [0, 2000, 3000, 2000, 0]
    assert problem.activities[3].demands == ((0, 1), (1, 1))
    assert [(r.predecessor, r.successor) for r in problem.precedences] == [(0, 1), (0, 2), (1, 4), (2, 4), (3, 4)]
    assert [resource.peak for resource in problem.resources] == [2, 1]
    assert problem.horizon == 7  # no more than all in a row


def test_the_product_finds_the_optimum() -> None:
    """C takes both units for 3 days, the other two run side by side for 2: 5 days."""
    solution = solve(read(PATTERSON), Budget(work=500), "makespan")
    assert solution.objective == solution.bound == 5000


def test_mplib_projects_share_resources_and_have_their_own_release() -> None:
    """The second project may begin on day 4 and takes 3 days; the first is out of its way by day 2."""
    problem = read(MPLIB)
    assert [it.id for it in problem.activities] == ["1:1", "1:2", "1:3", "2:1", "2:2", "2:3"]
    assert [it.release for it in problem.activities] == [0, 0, 0, 4, 4, 4]
    assert [(r.predecessor, r.successor) for r in problem.precedences] == [(0, 1), (1, 2), (3, 4), (4, 5)]
    assert solve(problem, Budget(work=500), "makespan").objective == 7000


@pytest.mark.parametrize(("text", "fault"), [(PATTERSON[:-5], "middle"), (PATTERSON + "1", "more")])
def test_a_file_that_is_cut_or_too_long_is_refused(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read(text)


def test_a_folder_is_measured_against_the_table_beside_it(tmp_path) -> None:
    (tmp_path / "best_known.csv").write_text(
        "set,instance,best_known,best_of_tables_and_published_runs\none,a.txt,6,4\none,b.txt,7,7\n", encoding="utf-8"
    )
    (tmp_path / "one").mkdir()
    for name, text in (("a.txt", PATTERSON), ("b.txt", MPLIB), ("c.txt", MPLIB), ("notes.md", "not one")):
        (tmp_path / "one" / name).write_text(text, encoding="ascii")
    assert references(tmp_path) == references(tmp_path / "one") == {"a.txt": 4, "b.txt": 7}
    done = list(runs(tmp_path, "*", Budget(work=500)))
    assert [(it.instance, it.makespan, it.bound) for it in done] == [
        ("a.txt", 5, 5),
        ("b.txt", 7, 7),
        ("c.txt", 7, 7),
    ]
    assert summary(done) == (
        "mean deviation +12.50% against best_of_tables_and_published_runs on 2; proven 3 of 3 (100%)"
    )
    assert summary([Run("d.txt", 9, 8, 1.0, None)]) == "mean deviation no reference; proven 0 of 1 (0%)"
