"""`python -m planner.cli` is `roadmap`."""

from planner.cli import app

app()
