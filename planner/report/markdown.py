"""The sequence report in Markdown: the screen in full, then every team's queue, every item, every doubt."""

import re
from collections.abc import Iterator, Sequence

from planner.domain.plan import Plan, PlannedTask, PlannedTeam
from planner.report.conflicts import ranked, way_text
from planner.report.cost_curve import curve_text
from planner.report.diagnostics import Finding, assumed_columns, findings
from planner.report.document import (
    EVERY_DOUBT,
    Column,
    Section,
    document,
    links_text,
    table,
    task_dates,
    team_sentence,
    urgency,
)
from planner.report.wording import count, day, plain, weeks

SHOWN = (("gantt-items", "When the most urgent items land"), ("load", "Load by week"), ("graph", "Dependency graph"))
"""Pictures in the text: names of their files, and what stands where they cannot be shown."""

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#$])")


def escape(text: str) -> str:
    r"""Any text so that Markdown shows it as it is, on one line, within a table cell too.

    >>> print(escape("a|b <script> `x`\n"))
    a\|b &lt;script&gt; \`x\`
    """
    return marked(plain(text))


def marked(text: str) -> str:
    """One line of text with everything that Markdown would read as its own masked."""
    escaped = SPECIAL.sub(r"\\\1", text.replace("&", "&amp;"))
    return escaped.replace(r"\<", "&lt;").replace(r"\>", "&gt;").replace("://", ":&#47;&#47;")


def sequence_markdown(plan: Plan) -> str:
    """The report as one Markdown text; its pictures lie beside it in `pictures/`."""
    content = document(plan)
    parts = [f"# {escape(content.title)}", "\n".join(f"{escape(line)}  " for line in content.lead)]
    parts += [_section(section) for section in content.sections]
    parts += _details(plan)
    if plan.next_command:
        parts.append(f"Next: {code(plan.next_command)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section, level: int = 2) -> str:
    """Heading, sentences, the whole table."""
    parts = [f"{'#' * level} {escape(section.title)}", *map(escape, section.sentences)]
    shown = [row.cells for row in section.rows if not section.elsewhere or row.rank < section.screen_rows]
    if shown:
        parts.append(_table([column.title for column in section.columns], shown))
    if len(shown) < len(section.rows):
        parts.append(f"All {len(section.rows)} are under “{section.elsewhere}”.")
    return "\n\n".join(parts)


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles)]
    lines += [[escape(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(text: str) -> str:
    """A code span that ends where it should: its fence is longer than any run of backticks within."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{plain(text)}{fence}"


def _details(plan: Plan) -> Iterator[str]:
    """What the screen has no room for."""
    if plan.tasks:
        shown = "\n\n".join(f"![{title}](pictures/{name}.svg)" for name, title in SHOWN)
        yield f"## Pictures\n\n{shown}"
        yield "## The queue of every team"
        yield from (_team(plan, team) for team in plan.teams if team.queue)
        yield _section(_items(plan))
    if ranked(plan.conflicts):
        yield _section(_ways_out(plan))
    if plan.cycles:
        yield _section(_cycles(plan))
    if plan.diagnostics:
        yield f"## {EVERY_DOUBT}"
        yield from (_finding(finding) for finding in findings(plan.diagnostics))
    if plan.assumptions:
        yield _section(_assumed(plan))


def _team(plan: Plan, team: PlannedTeam) -> str:
    by_id = plan.tasks_by_id()
    columns = ("Queue", "Start", "Finish", "Launch", "Task", "Title", "Effort", "Waits for", "Who waits", "Why then")
    rows = [_queue_cells(plan, by_id[task]) for task in team.queue]
    section = Section(team.name, (team_sentence(plan, team),), tuple(map(Column, columns)), table(rows))
    return _section(section, level=3)


def _queue_cells(plan: Plan, task: PlannedTask) -> tuple[str, ...]:
    return (
        str(task.queue),
        *task_dates(plan, task),
        task.id,
        task.title,
        f"{weeks(task.effort)}{'' if task.estimated else ' (assumed)'}",
        links_text(task.waits_for),
        links_text(task.waited_by),
        task.reason.text,
    )


def _items(plan: Plan) -> Section:
    rows = [
        (
            item.id,
            item.title,
            item.priority,
            item.commitment,
            item.customer,
            item.pm,
            day(item.lands, plan.as_of),
            item.target.text if item.target else "",
            count(item.days_late, "day") if item.days_late else "",
            weeks(item.effort),
            ", ".join(item.tasks),
        )
        for item in sorted(plan.items, key=urgency)
    ]
    titles = ("Item", "Title", "Priority", "Promise", "Customer", "PM", "Lands", "Target", "Late", "Effort", "Tasks")
    return Section("Every item", (), tuple(map(Column, titles)), table(rows))


def _ways_out(plan: Plan) -> Section:
    """Every conflict that costs something: what each way out does, and what waiting costs."""
    rows = [
        (
            conflict.id,
            conflict.type.title,
            "; ".join(filter(None, (*map(way_text, conflict.resolutions), conflict.break_even))),
            ", ".join(curve_text(conflict.cost_curve)),
            ", ".join(map(str, conflict.cells)),
        )
        for conflict in ranked(plan.conflicts)
    ]
    columns = ("Id", "What it is", "Ways out", "Thrown away if decided", "Where")
    return Section("Every way out", (), tuple(map(Column, columns)), table(rows))


def _cycles(plan: Plan) -> Section:
    rows = [
        (
            " → ".join(cycle.path),
            f"{cycle.cut[1]} does not wait for {cycle.cut[0]}",
            weeks(cycle.cost),
            ", ".join(map(str, cycle.cells)),
        )
        for cycle in plan.cycles
    ]
    columns = ("Cycle", "Planned as if", "Rework at risk", "Where")
    return Section("Dependencies that run in a circle", (), tuple(map(Column, columns)), table(rows))


def _finding(finding: Finding) -> str:
    title = f"{finding.severity.word}: {finding.rule.title} ({len(finding.diagnostics)})"
    lines = "\n".join(f"* {escape(str(diagnostic))}" for diagnostic in finding.diagnostics)
    return f"### {escape(title)}\n\n{escape(finding.rule.advice)}\n\n{lines}"


def _assumed(plan: Plan) -> Section:
    rows = [(g.column, str(len(g.assumptions)), g.examples) for g in assumed_columns(plan.assumptions)]
    return Section("Every assumption", (), tuple(map(Column, ("Column", "How often", "Examples"))), table(rows))
