"""How many pages documents have where people print them: Word's through LibreOffice, HTML's through Chromium."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.browser import browser, missing
from tests.office import OFFICE

SECONDS = 120
PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


def pages(documents: Sequence[Path], folder: Path) -> Mapping[str, int]:
    """Pages by name of .docx and .html files as PDF, each program started once.

    `folder` takes the PDFs and the programs' own settings. Documents whose program is missing are left out.
    """
    counted = {}
    word = [path for path in documents if path.suffix == ".docx"]
    if word and OFFICE is not None:
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, word)]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        made = {path.name: folder / f"{path.stem}.pdf" for path in word}  # none without LibreOffice Writer
        counted |= {name: _count(pdf.read_bytes()) for name, pdf in made.items() if pdf.exists()}
    html = [path for path in documents if path.suffix == ".html"]
    if html and not missing():
        with browser() as window:
            for path in html:
                window.open(path)
                counted[path.name] = _count(window.pdf())
    return counted


def _count(pdf: bytes) -> int:
    return len(PAGE.findall(pdf))
