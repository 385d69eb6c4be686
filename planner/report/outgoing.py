"""What `roadmap export` wrote for another program, as text and as JSON."""

import json
from dataclasses import asdict

from planner.domain.outgoing import SentOut
from planner.report.wording import count, plain


def sent_text(sent: SentOut) -> str:
    """One line, and what the other program cannot be told."""
    what = count(sent.events, "event") if sent.events else f"{count(sent.tasks, 'task')}, {count(sent.items, 'item')}"
    lines = [f"{plain(sent.title)}: {what} in {plain(sent.path)}"]
    lines += [f"  {note}" for note in sent.notes]
    if not sent.unchanged:
        lines.append("The plan written last does not hold on these workbooks (or there is none): planned anew.")
    return "\n".join(lines) + "\n"


def sent_json(sent: SentOut) -> str:
    """The same for programs; ends with a newline."""
    return json.dumps(asdict(sent), ensure_ascii=False, indent=1) + "\n"
