"""Where the real cases lie: the first argument, else the environment variable ROADMAP_CASES."""

import os
import sys
from pathlib import Path


def folder() -> Path:
    """The folder; ends the program with a word where there is none."""
    found = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ROADMAP_CASES", "")
    if not Path(found or "missing").is_dir():
        sys.exit("name the folder with the real cases, or set ROADMAP_CASES")
    return Path(found)
