"""What the README shows is what the commands print: every `$ roadmap …` in it is run, in order, in one folder.

`$ cp` copies a file or a folder; `| head -N` behind a command shows its first lines only. `make golden` writes the
output of today into the README.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from planner.cli import app

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<line>(?:roadmap|cp) [^\n]*)\n(?P<output>(?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)
WIDTH = "100"


def output_of(line: str, folder: Path) -> str:
    """What a command prints, as a person sees it in a window of 100 columns."""
    command, _, lines = line.partition(" | head -")
    if line.startswith("cp "):
        *_, source, target = shlex.split(line)
        copy = shutil.copytree if (folder / source).is_dir() else shutil.copy2
        copy(folder / source, folder / target)
        return ""
    done = subprocess.run(
        [sys.executable, "-m", "planner.cli", *shlex.split(command)[1:]],
        cwd=folder,
        env={**os.environ, "COLUMNS": WIDTH, "NO_COLOR": "1", "XDG_STATE_HOME": str(folder / ".state")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    shown = done.stdout.splitlines(keepends=True)
    return "".join(shown[: int(lines)] if lines else shown)


def rerun(text: str, folder: Path) -> str:
    """The text with the output of every command in it made anew."""

    def block(found: re.Match[str]) -> str:
        return COMMAND.sub(lambda c: f"$ {c['line']}\n{output_of(c['line'], folder)}", found[0])

    return BLOCK.sub(block, text)


def test_the_readme_shows_what_the_commands_print(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("*.py", "story", "__pycache__"))
    shown = README.read_text(encoding="utf-8")
    printed = rerun(shown, tmp_path)
    if request.config.getoption("--update-golden"):
        README.write_text(printed, encoding="utf-8")
    else:
        assert shown == printed


def test_the_readme_names_every_command() -> None:
    text = README.read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    for name in group.commands:
        assert f"roadmap {name}" in text, name
