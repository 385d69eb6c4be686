"""A headless Chromium for tests, over chromedriver's own protocol (W3C WebDriver): no package is needed for it."""

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NEEDED = "chromium and chromedriver are not installed"
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)
KEYS = {
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Tab": "\ue004",
}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The name of an element's reference in the protocol."""
START_SECONDS = 20.0


def missing() -> bool:
    """Whether there is no browser to test with."""
    return _chromium() is None or shutil.which("chromedriver") is None


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@dataclass(frozen=True)
class Browser:
    """One window. Selectors are CSS; scripts are bodies of functions whose value is returned."""

    session: str

    def open(self, page: Path, address: str = "") -> None:
        """Load a page from disk, to the end."""
        self._post("url", {"url": page.resolve().as_uri() + address})

    def run(self, script: str, *arguments: object) -> Any:
        """What a script returns."""
        return self._post("execute/sync", {"script": script, "args": list(arguments)})

    def click(self, selector: str) -> None:
        """Click the first element of a selector as a person does; one that is covered or hidden is an error."""
        self._post(f"element/{self._find(selector)}/click", {})

    def press(self, *keys: str) -> None:
        """Press and release keys one after the other, by name or as a character, where the focus is."""
        pressed = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self._post("actions", {"actions": [{"type": "key", "id": "keys", "actions": pressed}]})

    def text(self, selector: str) -> str:
        """The text of the first element as it stands in the document, shown or not."""
        return str(self.run("return document.querySelector(arguments[0])?.textContent ?? ''", selector))

    def count(self, selector: str) -> int:
        """How many elements there are."""
        return int(self.run("return document.querySelectorAll(arguments[0]).length", selector))

    def resize(self, width: int, height: int, dark: bool = False) -> None:
        """The size of the page in pixels, as on a phone where it is narrow, and the colours that the system wants."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.devtools("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.devtools("Emulation.setEmulatedMedia", {"features": [scheme]})

    def picture(self) -> bytes:
        """What is in view as PNG."""
        return base64.b64decode(self._get("screenshot"))

    def pdf(self) -> bytes:
        """The page as it prints, in the size that its style asks for."""
        made = self.devtools("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
        return base64.b64decode(made["data"])

    def complaints(self) -> list[str]:
        """What the console has said since it was last asked: errors of scripts, refused requests."""
        return [str(entry["message"]) for entry in self._post("se/log", {"type": "browser"})]

    def devtools(self, command: str, parameters: dict[str, Any]) -> Any:
        """A command of the DevTools protocol."""
        return self._post("goog/cdp/execute", {"cmd": command, "params": parameters})

    def _find(self, selector: str) -> str:
        return str(self._post("element", {"using": "css selector", "value": selector})[ELEMENT])

    def _get(self, path: str) -> Any:
        return _call("GET", f"{self.session}/{path}", None)

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return _call("POST", f"{self.session}/{path}", body)


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser with nothing in it; closed at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    driver = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        ["chromedriver", f"--port={port}", "--log-level=OFF"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            session = f"{driver}/session/{_started(driver, profile)}"
            try:
                yield Browser(session)
            finally:
                _call("DELETE", session, None)
    finally:
        process.terminate()
        process.wait()


def _started(driver: str, profile: str) -> str:
    """The id of a new session, as soon as the driver answers."""
    options = {
        "binary": _chromium(),
        "args": [*SWITCHES, f"--user-data-dir={profile}"],
    }
    wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            made = _call("POST", f"{driver}/session", {"capabilities": {"alwaysMatch": wanted}})
            return str(made["sessionId"])
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _call(method: str, address: str, body: dict[str, Any] | None) -> Any:
    """The value of an answer; raises RuntimeError with the driver's words where it refuses."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as refused:
        raise RuntimeError(json.load(refused)["value"]["message"]) from None
