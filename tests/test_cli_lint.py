import json

from typer.testing import CliRunner

from planner.cli import app

run = CliRunner().invoke


def test_findings_clean_and_unreadable(tmp_path):
    bad, good, other = tmp_path / "bad.md", tmp_path / "good.md", tmp_path / "other.pdf"
    bad.write_text("Many wait.\n", encoding="utf-8")
    good.write_text("Two teams wait.\n", encoding="utf-8")

    found = run(app, ["lint", str(bad), str(good)])
    assert found.exit_code == 1
    assert f"{bad}:1:1: weasel-word: Many – how many?" in found.output
    assert f"{good}: nothing to mend; 3 words, under 1 minute to read" in found.output
    assert run(app, ["lint", str(good)]).exit_code == 0
    for unreadable in (other, tmp_path / "missing.md"):
        refused = run(app, ["lint", str(good), str(unreadable)])
        assert refused.exit_code == 2
        assert refused.output.startswith(f"roadmap: {unreadable}: ")


def test_json_for_programs(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("We launch soon.\n", encoding="utf-8")

    result = run(app, ["lint", "--json", str(path)])

    (checked,) = json.loads(result.output)
    assert result.exit_code == 1
    assert (checked["unit"], checked["words"], checked["sentences"]) == ("line", 3, 1)
    assert checked["findings"] == [
        {"line": 1, "column": 11, "rule": "vague-date", "text": "soon", "advice": "which day?"}
    ]


def test_a_file_that_is_not_utf8_or_broken_is_one_line(tmp_path):
    latin, broken = tmp_path / "latin.md", tmp_path / "broken.docx"
    latin.write_bytes("Für".encode("latin-1"))
    broken.write_bytes(b"PK")

    for path in (latin, broken):
        refused = run(app, ["lint", str(path)])
        assert refused.exit_code == 2
        assert refused.output.count("\n") == 1
