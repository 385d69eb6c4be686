"""What an import did, as text, Markdown and JSON: what came in, what clashes, other ids, and what is in doubt."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from planner.domain.edits import CellValue
from planner.domain.intake import Brought, Clash, Intake, Outcome
from planner.report.diagnostics import diagnostic_objects, diagnostics_text, findings, paragraph, severity_counts
from planner.report.markdown import escape
from planner.report.wording import count, plain

ON_SCREEN = 5
"""Lines of each list that the terminal shows."""
IN_MARKDOWN = 200
KINDS = {"Roadmap": "item", "Tasks": "task", "Capacity": "capacity change", "Calendar": "calendar entry"}
"""What a row of a sheet is, where the sheet's name without its s does not say so."""


def intake_text(intake: Intake, width: int, written: bool) -> str:
    """What happened (or would, where nothing was `written`), the first few of each list; ends with a newline."""
    parts = [summary(intake, written), *_lists(intake, width)]
    doubts = diagnostics_text(intake.diagnostics, (), width, 2) if intake.diagnostics else ""
    return "\n\n".join(filter(None, (*parts, doubts.rstrip("\n")))) + "\n"


def intake_markdown(intake: Intake) -> str:
    """The same in full, for people who were not there."""
    parts = [f"# Import into {escape(intake.master)}", escape(summary(intake, written=True))]
    came = _table(("From", "Rows", "New", "Updated", "Known", "Clash"), _sources(intake))
    parts += ["## What came in", came]
    if intake.clashes:
        parts += [
            "## Clashes: the master's value stayed",
            _table(CLASH_HEADS, list(map(clash_cells, intake.clashes))),
        ]
    if intake.refused:
        parts += ["## Not written", _bullets([f"{refusal.cell}: {refusal.message}" for refusal in intake.refused])]
    if intake.renamed:
        parts += ["## Other ids", _table(ID_HEADS, list(map(id_cells, intake.renamed)))]
    if intake.duplicates:
        parts += ["## Probably the same work twice", _bullets([pair.message for pair in intake.duplicates])]
    for finding in findings(intake.diagnostics):
        title = f"{finding.severity.word}: {finding.rule.title} ({len(finding.diagnostics)})"
        parts += [f"## {escape(title[0].upper() + title[1:])}", escape(finding.rule.advice)]
        parts.append(_bullets(list(map(str, finding.diagnostics))))
    return "\n\n".join(parts) + "\n"


def intake_json(intake: Intake) -> str:
    """The same for programs; ends with a newline."""
    content = {
        "version": 1,
        "master": intake.master,
        "files": intake.files,
        "rows": [
            {
                "sheet": r.kind,
                "id": r.id,
                "typed": r.typed,
                "title": r.title,
                "cell": str(r.cell),
                "outcome": r.outcome,
            }
            for r in intake.rows
        ],
        "filled": intake.filled,
        "clashes": [
            {
                "sheet": c.kind,
                "id": c.id,
                "column": c.column,
                "ours": value_text(c.ours),
                "theirs": value_text(c.theirs),
                "ours_cell": str(c.ours_cell),
                "theirs_cell": str(c.theirs_cell),
            }
            for c in intake.clashes
        ],
        "refused": [{"kind": r.kind, "message": r.message, "cell": str(r.cell)} for r in intake.refused],
        "duplicates": [{"id": d.id, "tasks": d.tasks, "words": d.words} for d in intake.duplicates],
        "diagnostics": diagnostic_objects(intake.diagnostics),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


CLASH_HEADS = ("Sheet", "Row", "Column", "In the master", "In the source", "Master's cell", "Source's cell")


def clash_cells(clash: Clash) -> tuple[str, ...]:
    """A clash under `CLASH_HEADS`."""
    values = value_text(clash.ours), value_text(clash.theirs)
    return clash.kind, clash.id, clash.column, *values, str(clash.ours_cell), str(clash.theirs_cell)


ID_HEADS = ("Sheet", "In the source", "In the master", "Title", "Source")


def id_cells(row: Brought) -> tuple[str, ...]:
    """A row with another id under `ID_HEADS`."""
    return row.kind, row.typed or "(blank)", row.id, row.title, str(row.cell)


def summary(intake: Intake, written: bool) -> str:
    """`3 files: 214 tasks and 44 items are new in book.xlsx; 2 cells clash.`"""
    new, known = intake.count(Outcome.NEW), len(intake.rows) - intake.count(Outcome.NEW)
    does = "are" if written else "would be"
    parts = [f"{count(len(intake.files), 'file')}, {count(len(intake.rows), 'row')}"]
    parts.append(f"{_new(intake)} {does} new in {plain(intake.master)}" if new else "nothing is new")
    if known:
        parts.append(f"{known:,} {'is' if known == 1 else 'are'} there already")
    if intake.filled:
        is_ = does if not written or intake.filled > 1 else "is"
        parts.append(f"{count(intake.filled, 'blank cell')} {is_} filled")
    if intake.clashes:
        parts.append(f"{count(len(intake.clashes), 'cell')} {'clashes' if len(intake.clashes) == 1 else 'clash'}")
    if intake.refused:
        parts.append(f"{count(len(intake.refused), 'edit')} refused")
    doubts = severity_counts(intake.diagnostics)
    return "; ".join(parts) + "." + (f" In the data: {doubts}." if doubts else "")


def value_text(value: CellValue) -> str:
    """A cell's value as it is typed."""
    if value is None:
        return ""
    return plain(f"{value:g}" if isinstance(value, float) else str(value).removesuffix(" 00:00:00"))


def clash_text(clash: Clash) -> str:
    """`PAY-7: Effort is "8" in the master and "12" in ada.xlsx!Tasks!D4; the master's stays.`"""
    ours, theirs = value_text(clash.ours), value_text(clash.theirs)
    source = plain(str(clash.theirs_cell))
    return f'{plain(clash.id)}: {clash.column} is "{ours}" in the master and "{theirs}" in {source}; "{ours}" stays.'


def renamed_text(row: Brought) -> str:
    """`T-1 of ada.xlsx!Tasks!row 2 is "ada:T-1".`"""
    typed = f'"{plain(row.typed)}"' if row.typed else "a blank id"
    return f'{typed} of {plain(str(row.cell))} is now "{plain(row.id)}".'


def _new(intake: Intake) -> str:
    """`214 tasks, 44 items`."""
    kinds = Counter(row.kind for row in intake.rows if row.outcome is Outcome.NEW)
    return ", ".join(count(amount, KINDS.get(kind, kind.lower().removesuffix("s"))) for kind, amount in kinds.items())


def _lists(intake: Intake, width: int) -> Iterator[str]:
    """The lists that ask for a person, each with its heading, cut to `ON_SCREEN` entries."""
    for title, lines in (
        ("CLASHES  a cell says something else than the master, which stays", [clash_text(c) for c in intake.clashes]),
        ("NOT WRITTEN  the workbook does not allow it", [f"{r.cell}: {r.message}" for r in intake.refused]),
        ("OTHER IDS  so that every row has one of its own", [renamed_text(row) for row in intake.renamed]),
        ("PROBABLY THE SAME WORK TWICE", [plain(pair.message) for pair in intake.duplicates]),
    ):
        if lines:
            shown = [*lines[:ON_SCREEN], *(f"... {more}" for more in _more(len(lines), ON_SCREEN))]
            yield "\n".join((f"{title} ({len(lines)})", *(paragraph(line, width) for line in shown)))


def _more(length: int, limit: int) -> list[str]:
    return [f"and {length - limit:,} more in intake.xlsx"] if length > limit else []


def _sources(intake: Intake) -> list[tuple[str, ...]]:
    """One line for each sheet of the sources."""
    lines = []
    for sheet in intake.sheets:
        rows = [row for row in intake.rows if (row.cell.file, row.cell.sheet) == (sheet.file, sheet.sheet)]
        outcomes = Counter(row.outcome for row in rows)
        order = (Outcome.NEW, Outcome.UPDATED, Outcome.KNOWN, Outcome.CLASH)
        lines.append((sheet.name, str(len(rows)), *(str(outcomes[outcome] or "") for outcome in order)))
    return lines


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *([escape(text) for text in row] for row in rows[:IN_MARKDOWN])]
    return "\n".join(
        (*(f"| {' | '.join(line)} |" for line in lines), *(f"\n... {more}" for more in _more(len(rows), IN_MARKDOWN)))
    )


def _bullets(texts: Sequence[str]) -> str:
    more = [f"* ... {more}" for more in _more(len(texts), IN_MARKDOWN)]
    return "\n".join((*(f"* {escape(text)}" for text in texts[:IN_MARKDOWN]), *more))
