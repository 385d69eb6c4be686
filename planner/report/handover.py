"""What moved from one PM to another, as text and as JSON."""

import json
import shlex
from dataclasses import asdict

from planner.domain.handover import Handover
from planner.report.wording import count, listing, plain

MOST = 30
"""Cells that are listed; the rest is counted."""


def handover_text(done: Handover) -> str:
    """What moved, cell by cell, what could not, and the next command."""
    where = f" in {listing(done.files)}" if done.files else ""
    lines = [f"{plain(done.old)} → {plain(done.new)}: {count(len(done.moved), 'cell')}{where}."]
    lines += [f"  {one.cell} {one.sheet} {plain(one.key)} {one.column}" for one in done.moved[:MOST]]
    if len(done.moved) > MOST:
        lines.append(f"  ... and {len(done.moved) - MOST} more; --json shows all")
    if done.exports:
        lines.append(f"{plain(done.new)} answers {count(len(done.exports), 'file')} now: {listing(done.exports)}.")
    lines += [f"  not written: {refusal.cell} {plain(refusal.message)}" for refusal in done.refused]
    return "\n".join((*lines, "", f"Next: {next_command(done)}")) + "\n"


def handover_json(done: Handover) -> str:
    """The same as an object; ends with a newline."""
    content = asdict(done)
    content["moved"] = [{**asdict(one), "cell": str(one.cell)} for one in done.moved]
    content["refused"] = [{"cell": str(one.cell), "kind": one.kind, "message": one.message} for one in done.refused]
    return json.dumps({**content, "next": next_command(done)}, ensure_ascii=False, indent=1) + "\n"


def next_command(done: Handover) -> str:
    """The new PM gets a file of his own."""
    return f"roadmap export {shlex.join(done.files)} --per-pm --out out" if done.files else "roadmap merge --help"
