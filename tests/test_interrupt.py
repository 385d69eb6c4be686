"""Ctrl-C while a plan is searched for, with a real process and a real signal."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "data" / "commerce-platform.xlsx"
LONG = "300"


def test_ctrl_c_keeps_the_best_plan_so_far(tmp_path: Path) -> None:
    """The search would take five minutes; after the signal it ends with a verified plan and says so."""
    command = [
        sys.executable,
        "-m",
        "planner.cli",
        "plan",
        str(SAMPLE),
        "--as-of",
        "2026-09-07",
        "--time-limit",
        LONG,
    ]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        time.sleep(8)  # reading and the first list schedules take two seconds; whenever it comes, the plan is kept
        os.kill(process.pid, signal.SIGINT)
        said, complaints = process.communicate(timeout=60)
    assert process.returncode == 1, complaints  # the sample has a cycle
    assert "interrupted" in said
    content = json.loads((tmp_path / "reports" / SAMPLE.stem / "plan.json").read_text())
    assert content["interrupted"]
    assert content["verified"]
    assert len(content["tasks"]) == 222  # 213 of the sheets, 9 of experiments are ours
