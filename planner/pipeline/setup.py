"""The story of `roadmap init`: a workbook and settings to begin with."""

from pathlib import Path

from planner import config
from planner.domain.errors import UserError
from planner.pipeline.files import write
from planner.sheets.template import template_workbook


def initialise(folder: Path) -> tuple[Path, Path]:
    """Write a template workbook and a roadmap.toml; neither replaces a file that is there."""
    workbook, settings = folder / "roadmap.xlsx", folder / "roadmap.toml"
    for path in (workbook, settings):
        if path.exists():
            raise UserError(f"{path} exists: choose another folder with `roadmap init FOLDER`")
    folder.mkdir(parents=True, exist_ok=True)
    return write(workbook, template_workbook()), write(settings, config.settings_template().encode())
