"""Options and fixtures that every test may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A build has to give the same answer twice; developers' runs go on looking for new examples.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden from what the code makes now")


@pytest.fixture
def cases() -> Path:
    """The folder with real planning data; tests that want it are skipped where the variable is not set."""
    folder = os.environ.get("ROADMAP_CASES")
    if not folder or not Path(folder).is_dir():
        pytest.skip("set ROADMAP_CASES to the folder with the real cases")
    return Path(folder)
