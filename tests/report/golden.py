"""Golden reports: compared with tests/golden, rewritten by `pytest --update-golden`."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "golden"


def check_golden(name: str, text: str, request: pytest.FixtureRequest) -> None:
    """The text is what the golden file holds; with --update-golden it becomes so."""
    path = FOLDER / name
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{name} differs; review, then pytest --update-golden"
