"""How quick the page of a large plan is: its size, how long Chromium takes to open it, and to answer a click.

    python -m tests.benchmarks.page [--tasks 2000] [--teams 60] [--seed 1] [--clicks 20]

A generated roadmap is planned with little work (the page does not mind how good the plan is). `open` is from the
start of the navigation until the first picture with everything on it, the best of three; `click` from the click on a
task until the picture that shows its details, as the browser's Event Timing has it (in steps of 8 ms).
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from planner.pipeline import Inputs, PlanOptions, plan
from planner.report.page import page_html
from tests.benchmarks.generator import generate
from tests.benchmarks.sheets import sheets_of
from tests.benchmarks.stopwatch import Stopwatch
from tests.benchmarks.whole import MONDAY
from tests.browser import NEEDED, Browser, browser, missing
from tests.sheets.workbooks import workbook

WORK = 1
OPENINGS = 3
MEGABYTE = 1e6

OPENED = """
return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
"""
WATCH = """
window.durations = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (entry.name === "click") window.durations.push(entry.duration);
}).observe({ type: "event", durationThreshold: 16 });
"""


def seconds_to_open(window: Browser, path: Path) -> float:
    """Until what is in view is drawn, the best of some."""
    found = []
    for _ in range(OPENINGS):
        window.open(path)
        found.append(window.run(OPENED) / 1000)
    return min(found)


def click_times(window: Browser, clicks: int) -> list[float]:
    """Milliseconds of clicks on different tasks; those quicker than 16 ms are not told by the browser."""
    window.run(WATCH)
    window.run("const fold = document.getElementById('fold-all'); if (/Unfold/.test(fold.textContent)) fold.click()")
    reach = window.run("return document.getElementById('gantt').scrollHeight - 1000")
    window.run("document.getElementById('timeline').scrollIntoView({ behavior: 'instant' })")
    for k in range(clicks):
        window.run("document.getElementById('gantt').scrollTop = arguments[0]", k * 900 % reach)
        window.run("return new Promise((done) => setTimeout(done, 100))")
        window.click("#gantt .label.task:nth-child(15), #gantt .label.task:nth-child(16)")
    window.run("return new Promise((done) => setTimeout(done, 300))")
    return [float(duration) for duration in window.run("return window.durations")] or [16.0]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=2000)
    parser.add_argument("--teams", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clicks", type=int, default=20)
    given = parser.parse_args(arguments)
    if missing():
        print(f"skipped: {NEEDED}")
        return
    with tempfile.TemporaryDirectory() as folder:
        book = workbook(
            Path(folder) / "generated.xlsx", sheets_of(generate(given.tasks, given.teams, given.seed), "item")
        )
        made = plan(Inputs((book,), as_of=MONDAY), PlanOptions(work=WORK))
        stopwatch = Stopwatch()
        path = Path(folder) / "index.html"
        path.write_text(page_html(made), encoding="utf-8")
        written = stopwatch.spent().seconds
        with browser() as window:
            window.resize(1440, 1000)
            opened = seconds_to_open(window, path)
            times = click_times(window, given.clicks)
        print(
            f"page of {given.tasks:,} tasks, {given.teams} teams: {path.stat().st_size / MEGABYTE:.1f} MB, "
            f"written in {written:.1f} s, open in {opened:.2f} s, a click {median(times):.0f} ms, the slowest of "
            f"{given.clicks} {max(times):.0f} ms"
        )


if __name__ == "__main__":
    main()
