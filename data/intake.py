"""The sample `intake-messy.xlsx`: the same story as twelve product managers would send it, each in an own style."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from quillon import Row, Story
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MADE = datetime(2026, 9, 7)  # a fixed day, so that the bytes do not depend on the clock
SIZES = {"S": 2.0, "M": 10.0, "L": 25.0, "XL": 50.0}
HOURS_PER_DAY = 8
MISSING_OWNER = 12
"""Where owners are missing, each so many-th row has none."""


@dataclass(frozen=True)
class Style:
    """How one product manager writes.

    `columns` are (header, field); fields are those of `_fields`. `effort` is ED, weeks, hours, sizes or range; `item`
    says how the item is named and `groups` whether it is repeated, left blank below the first row, or merged.
    """

    pm: str
    columns: tuple[tuple[str, str], ...]
    above: tuple[str, ...] = ()
    id_: str = "T-{}"
    item: str = "id"
    groups: str = "repeat"
    effort: str = "ED"
    day: str = ""
    month: str = "%b %Y"
    undated: str = ""
    second_target: str = ""
    separator: str = "; "
    across: str = "id"
    doing: str = "In progress"
    owners: str = "all"


def _columns(drawing: str) -> tuple[tuple[str, str], ...]:
    """`Header=field | Header=field`."""
    cells = (cell.strip().split("=") for cell in drawing.split("|"))
    return tuple((header, field) for header, field in cells)


STYLES = (
    Style(
        "Ada",
        _columns("Task ID=id | Item=item | Title=title | Team=team | Effort=effort | Depends on=after | Due=target"),
    ),
    Style(
        "Bruno",
        _columns(
            "Key=id | Epic=item | Summary=title | Squad=team | Estimate=effort | Blocked by=after | Status=status"
        ),
        above=("Roadmap 2027, metering and plans", "draft 3, please do not forward"),
        groups="merged",
        effort="weeks",
    ),
    Style(
        "Chiara",
        _columns("Initiative=item | No=id | Task=title | Owner=team | Size=effort | Dependencies=after | ETA=target"),
        id_="{}",
        item="title",
        groups="blank",
        effort="sizes",
        undated="TBD Q2",
    ),
    Style(
        "Dmitri",
        _columns(
            "#=id | Task name=title | Owner team=team | Effort (days)=effort | Dependency 1=after1 | "
            "Dependency 2=after2 | Dependency 3=after3 | Roadmap item=item | Deadline=target | Customer=customer"
        ),
        day="%d.%m.%Y",
        second_target="; Q4 2027",
    ),
    Style(
        "Esra",
        _columns(
            "Title=title | ID=id | Team=team | Effort=effort | Predecessors=after | Goal=item | Started=started"
        ),
        above=("Dunning & transfers",),
        item="both",
        effort="hours",
        day="%d/%m/%Y %H:%M",
    ),
    Style(
        "Farid",
        _columns("Ref=id | What=title | Who=team | Days=effort | After=after | Ask=item | Needed by=target"),
        separator=", ",
        day="%d %B %Y",
        owners="missing",
    ),
    Style(
        "Greta",
        _columns(
            "Team=team | Task=title | Task key=id | Effort=effort | Requires=after | Item=item | PM notes=priority"
        ),
        above=("Refunds and wallet", "", "last change: Greta"),
        groups="merged",
        separator="\n",
        effort="range",
    ),
    Style(
        "Hugo",
        _columns(
            "ID=id | Epic link=item | Name=title | Teams=team | "
            "Original estimate=effort | Depends=after | State=status"
        ),
        groups="blank",
        effort="weeks",
        doing="WIP",
    ),
    Style(
        "Ines",
        _columns(
            "Work item=id | Subject=title | Group=team | Person days=effort | Is blocked by=after | Feature=item"
        ),
        id_="{}",
        owners="several",
    ),
    Style(
        "Jonas",
        _columns(
            "T-shirt size=effort | Task=title | WBS=id | Crew=team | Needs first=after | Parent=item | ETA=target"
        ),
        effort="sizes",
        month="%m/%Y",
    ),
    Style(
        "Keiko",
        _columns(
            "Task ID=id | Title=title | Assigned team=team | Effort=effort | "
            "Depends on 1=after1 | Depends on 2=after2 | Depends on 3=after3 | "
            "Initiative=item | Target date=target | % complete=done"
        ),
        above=("Budgets",),
        day="%m/%d/%Y",
        item="title",
        undated="TBD",
    ),
    Style(
        "Lamar",
        _columns("Key=id | Deliverable=title | Team=team | Work days=effort | Waits for=after | Roadmap=item"),
        across="title",
        separator=";",
    ),
)


def intake_workbook(story: Story) -> bytes:
    """The workbook; the same bytes every time."""
    buffer = BytesIO()
    items = {item["Item ID"]: item for item in story.sheets["Roadmap"]}
    with Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as workbook:
        workbook.set_properties({"title": "Intake", "created": MADE})
        middle, bold = workbook.add_format({"valign": "vcenter"}), workbook.add_format({"bold": True})
        references = _references(story.sheets["Tasks"], items)
        for style in STYLES:
            tasks = [task for task in story.sheets["Tasks"] if items[task["Item ID(s)"]]["PM"] == style.pm]
            rows = [
                _fields(style, number, task, items[task["Item ID(s)"]], references)
                for number, task in enumerate(tasks, start=1)
            ]
            _write(workbook.add_worksheet(style.pm), style, rows, middle, bold)
    return buffer.getvalue()


@dataclass(frozen=True)
class Reference:
    """What others may call a task."""

    pm: str
    id_: str
    title: str


def _references(tasks: Sequence[Row], items: Mapping[str, Row]) -> Mapping[str, Reference]:
    """Our task id -> what it is called in its product manager's sheet; the first of a repeated id is meant."""
    styles = {style.pm: style for style in STYLES}
    count = dict.fromkeys(styles, 0)
    found: dict[str, Reference] = {}
    for task in tasks:
        pm = items[task["Item ID(s)"]]["PM"]
        count[pm] += 1
        found.setdefault(task["Task ID"], Reference(pm, styles[pm].id_.format(count[pm]), task["Title"]))
    return found


def _fields(
    style: Style, number: int, task: Row, item: Row, references: Mapping[str, Reference]
) -> Mapping[str, str | float]:
    """Everything that a style may show of a task."""
    after = [_reference(style, entry, references) for entry in task.get("Depends on", "").split("; ") if entry]
    names = {"id": item["Item ID"], "title": item["Title"], "both": f"{item['Item ID']} {item['Title']}"}
    wide = {f"after{place}": entry for place, entry in enumerate(after, start=1)}
    status = {"in progress": style.doing, "done": "Done"}.get(task.get("Status", ""), "")
    return {
        "id": float(number) if style.id_ == "{}" else style.id_.format(number),
        "title": task["Title"],
        "item": names[style.item],
        "team": _owner(style, number, task),
        "effort": _effort(style, task.get("Effort", "")),
        "after": style.separator.join(after),
        **wide,
        "target": _target(style, item.get("Target", "")),
        "started": _day(style, task.get("Actual start", "")),
        "status": status,
        "done": task.get("% done", ""),
        "priority": item.get("Priority", ""),
        "customer": item.get("Customer", ""),
    }


def _reference(style: Style, entry: str, references: Mapping[str, Reference]) -> str:
    """A dependency as the product manager writes it: ids of other sheets with their sheet's name, or the title."""
    id_, blank, lag = entry.partition(" ")
    if id_ not in references:
        return f"T-99{blank}{lag}"
    other = references[id_]
    if other.pm == style.pm:
        return f"{other.id_}{blank}{lag}"
    return f"{other.title if style.across == 'title' else f'{other.pm}:{other.id_}'}{blank}{lag}"


def _owner(style: Style, number: int, task: Row) -> str:
    """The team; where owners are missing or several, each twelfth row."""
    if number % MISSING_OWNER or style.owners == "all":
        return task["Team"]
    return "" if style.owners == "missing" else f"{task['Team']} / Data Platform"


def engineer_days(effort: str) -> float | None:
    """The likely effort that the story tells; none where it says nothing or Excel made it a date."""
    if match := re.fullmatch(r"(\d+)w", effort):
        return float(match[1]) * 5
    if match := re.fullmatch(r"(\d+)(?:-|\.\.)(\d+)(?:-|\.\.)(\d+)", effort):
        return float(match[2]) if len(match[1]) < 4 else None
    return SIZES.get(effort) or (float(effort) if effort else None)


def _effort(style: Style, effort: str) -> str | float:
    days = engineer_days(effort)
    if days is None:
        return ""
    nearest = min(SIZES, key=lambda size: abs(SIZES[size] - days))
    spread = f"{days * 0.7:.0f}-{days:.0f}-{days * 1.8:.0f}"
    forms: Mapping[str, str | float] = {"ED": days, "weeks": f"{days / 5:g}w", "sizes": nearest, "range": spread}
    return forms.get(style.effort, f"{days * HOURS_PER_DAY:g}h")


def _target(style: Style, target: str) -> str:
    """A target in the precision of the story."""
    if re.fullmatch(r"\d{4}-\d\d", target):
        text = date.fromisoformat(f"{target}-01").strftime(style.month)
    else:
        text = _day(style, target) or target
    return f"{text}{style.second_target}" if text else style.undated


def _day(style: Style, text: str) -> str:
    """A day in the style's format, blank for anything else."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return ""
    return date.fromisoformat(text).strftime(style.day) if style.day else text


def _write(
    worksheet: Worksheet, style: Style, rows: Sequence[Mapping[str, str | float]], middle: Format, bold: Format
) -> None:
    """The lines above, the headers, the rows; then the cells that stand for a group of rows."""
    for line, text in enumerate(style.above):
        worksheet.write_string(line, 0, text)
    top = len(style.above)
    for place, (header, field) in enumerate(style.columns):
        worksheet.write_string(top, place, header, bold)
        worksheet.set_column(place, place, 40 if field == "title" else 16)
        before: str | float = ""
        first = top + 1
        for line, row in enumerate(rows, start=top + 1):
            value = row.get(field, "")
            grouped = field == "item" and style.groups != "repeat"
            if not grouped or value != before:
                first = line
                worksheet.write(line, place, value)
            is_last = line - top == len(rows) or rows[line - top].get(field, "") != value
            if grouped and style.groups == "merged" and is_last and line > first:
                worksheet.merge_range(first, place, line, place, value, middle)
            before = value
