"""The benchmarks with short settings, one after the other: `make bench`. Each line that begins with $ runs alone.

Published RCPSP instances are measured too where the environment variable ROADMAP_INSTANCES names their folder.
"""

import os
import shlex
import subprocess
import sys

SHORT = [
    "reading",
    "patching",
    "planning",
    "workbook data/commerce-platform.xlsx --time-limit 20",
    "whole data/commerce-platform.xlsx --time-limit 20",
    "roadmap --tasks 1000 --teams 30 --mode makespan --time-limit 1",
    "roadmap --tasks 1000 --teams 30 --mode task --time-limit 20",
    "roadmap --tasks 1000 --teams 30 --mode item --time-limit 20 --whole",
    "page",
    "forecast --tasks 1000 --teams 30 --runs 2000",
    "side_by_side --tasks 1000 --teams 30 --time-limit 20",
]


def main() -> None:
    """Run them all in processes of their own, so that none uses the memory of another."""
    folder = os.environ.get("ROADMAP_INSTANCES")
    instances = [f"rcpsp {shlex.quote(folder)} --only 'J30*' --time-limit 2"] if folder else []
    for benchmark in (*SHORT, *instances):
        print(f"\n$ python -m tests.benchmarks.{benchmark}", flush=True)
        name, *arguments = shlex.split(benchmark)
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}", *arguments], check=False)


if __name__ == "__main__":
    main()
