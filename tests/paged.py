"""How many pages a document has where people print it: Word's through LibreOffice, HTML's through Chromium."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.office import OFFICE

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SECONDS = 120
PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


def pages(document: Path, folder: Path) -> int:
    """Pages of a .docx or .html file as PDF; `folder` takes the PDF and the program's own settings.

    The test is skipped where the program is missing.
    """
    made = folder / f"{document.stem}.pdf"
    if document.suffix == ".docx":
        if OFFICE is None:
            pytest.skip("LibreOffice is not installed")
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        _run([OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(document)])
        if not made.exists():
            pytest.skip("LibreOffice Writer is not installed")
    else:
        if CHROMIUM is None:
            pytest.skip("Chromium is not installed")
        switches = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
        switches += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        switches += [f"--user-data-dir={folder / 'chromium'}", "--no-pdf-header-footer", f"--print-to-pdf={made}"]
        _run([CHROMIUM, *switches, document.resolve().as_uri()])
    return len(PAGE.findall(made.read_bytes()))


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
