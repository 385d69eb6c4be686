"""LibreOffice without a window: saves a workbook again, or opens it, does what a macro says, and saves it."""

import re
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
FORMAT = "Calc MS Excel 2007 XML"
SECONDS = 120

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{code}</script:module>
"""
_SAVING = """Sub Main
  Dim nothing()
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{url}", "_blank", 0, hidden())
  Work book
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "{format}"
  book.storeToURL("{url}", kind())
  book.close(True)
End Sub
"""


def save_again(path: Path, profile: Path) -> None:
    """Open a workbook and save it in its own format; `profile` is a folder for LibreOffice's own settings."""
    out = profile / "saved"
    _run(profile, "--convert-to", f"xlsx:{FORMAT}", "--outdir", str(out), str(path))
    shutil.copyfile(out / path.name, path)


def work(path: Path, profile: Path, lines: str) -> None:
    """Open a workbook, do what the lines of a Basic macro say with `book`, and save it."""
    code = _SAVING.format(url=path.resolve().as_uri(), format=FORMAT) + f"Sub Work(book)\n{lines}\nEnd Sub\n"
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    if not module.exists():
        _run(profile, "--terminate_after_init")  # which writes the settings of a new user
    module.write_text(_MODULE.format(code=escape(code)))
    _run(profile, "macro:///Standard.Module1.Main")


def pages(path: Path, profile: Path) -> int:
    """How many pages a document has when it is printed."""
    _run(profile, "--convert-to", "pdf", "--outdir", str(profile), str(path))
    return len(re.findall(rb"/Type\s*/Page\b", (profile / f"{path.stem}.pdf").read_bytes()))


def _run(profile: Path, *arguments: str) -> None:
    """Run LibreOffice with settings of its own, so that several may run at once."""
    assert OFFICE is not None
    settings = f"-env:UserInstallation={profile.resolve().as_uri()}"
    subprocess.run(
        [OFFICE, settings, "--headless", "--norestore", *arguments], check=True, timeout=SECONDS, capture_output=True
    )
