"""What can be promised: for the terminal, as JSON and back, and as csv."""

import csv
import io
import json
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from rich.cells import cell_len, set_cell_size

from planner.domain.errors import UserError
from planner.domain.forecast import DateForecast, Driver, Forecast
from planner.domain.plan import Plan
from planner.report.columns import aligned
from planner.report.plan_json import plain_value, typed_value
from planner.report.sequence_csv import neutral
from planner.report.wording import count, day, full_day, number, percent, plain

VERSION = 1
MOST_ITEMS, MOST_DRIVERS, TITLE = 15, 8, 36
"""Rows that the screen shows, and characters of a title there; the files have all."""
SURE = 0.8
"""A promise that is kept with a lower chance is one to talk about."""


def forecast_text(forecast: Forecast, plan: Plan, width: int, top: int = MOST_ITEMS) -> str:
    """How far the plan is too good to be true, what each promise is worth, what decides it; ends with a newline."""
    lines = [f"{plain(plan.title)}, as of {full_day(plan.as_of)}: what can be promised", ""]
    for sentence in optimism(forecast, plan.as_of):
        lines += textwrap.wrap(sentence, width)
    lines += ["", *_items(forecast, plan, top), *_drivers(forecast), ""]
    for sentence in method(forecast):
        lines += textwrap.wrap(sentence, width)
    return "\n".join(lines) + "\n"


def optimism(forecast: Forecast, as_of: date) -> list[str]:
    """What the plan says and how likely that is, in two sentences."""
    end = forecast.finish
    if end is None:
        return []
    said = f"The plan says {day(end.planned, as_of)}; the chance of that is {percent(end.planned_chance)}."
    ends = f"With a chance of 50 % all is done by {day(end.p50, as_of)}, of 80 % by {day(end.p80, as_of)}"
    promised = [item for item in forecast.items if item.on_target is not None]
    likely = sum((item.on_target or 0.0) >= SURE for item in promised)
    kept = f"Targets kept with a chance of 80 % or more: {likely} of {len(promised)}."
    return [f"{said} {ends}, of 90 % by {day(end.p90, as_of)}.", *([kept] if promised else [])]


def method(forecast: Forecast) -> list[str]:
    """How it was found and what it rests on."""
    stopped = f"Stopped after {forecast.runs:,} of {forecast.asked:,} runs" if forecast.interrupted else ""
    runs = stopped or f"{count(forecast.runs, 'run')}, seed {forecast.seed}"
    error = f"standard error of a chance {number(100 * forecast.chance_error)} points at most"
    end = f"of the mean end {number(forecast.finish_error)} working days"
    works = (
        "a team takes the next task of its queue when it is free"
        if forecast.policy == "list"
        else "every task waits for those whose engineers it takes over in the plan"
    )
    low, likely, high = forecast.range
    assumed = (
        f"{percent(forecast.assumed)} of the estimates are one number or none; for one number {low:g} to {high:g} "
        f"times of it is assumed, {likely:g} the likeliest ([forecast] in roadmap.toml; or type 2-3-8 as Effort)."
    )
    together = f"Estimates of one team go wrong together (correlation {forecast.correlation:g}, assumed)."
    return [f"{runs}; {error}, {end}. Policy: {works}.", *([f"{assumed} {together}"] if forecast.assumed else [])]


def _items(forecast: Forecast, plan: Plan, top: int) -> Iterator[str]:
    """Promises that are least likely to be kept first, then what has no target; without items the last tasks."""
    titles = {item.id: item.title for item in plan.items}
    targets = {item.id: item.target.text for item in plan.items if item.target}
    what, ranked = "Item", sorted(forecast.items, key=worry)
    if not ranked:
        titles = {task.id: task.title for task in plan.tasks}
        what, ranked = "Task", sorted(forecast.tasks, key=lambda task: (task.p80, task.id), reverse=True)
    shown = ranked[:top]
    are_bets = any(one.built < 1 for one in shown)
    rows: list[tuple[str, ...]] = [
        (what, "", "Target", "Plan", "P50", "P80", "P90", "On target", "Built" if are_bets else "")
    ]
    rows += [_row(one, titles.get(one.id, ""), targets.get(one.id, ""), plan.as_of) for one in shown]
    yield from aligned(rows, left=(0, 1, 2))
    if len(ranked) > top:
        yield f"... and {len(ranked) - top:,} more in forecast.csv"
    if are_bets:
        yield "Built: share of the runs in which its hypotheses hold; the days are of these, the chance is of all."


def _row(one: DateForecast, title: str, target: str, as_of: date) -> tuple[str, ...]:
    wanted = plain(target) or (day(one.target, as_of) if one.target else "")
    days = (day(when, as_of) for when in (one.planned, one.p50, one.p80, one.p90))
    chance = "" if one.on_target is None else percent(one.on_target)
    return (plain(one.id), _cut(plain(title)), wanted, *days, chance, percent(one.built) if one.built < 1 else "")


def _cut(title: str) -> str:
    return title if cell_len(title) <= TITLE else f"{set_cell_size(title, TITLE - 1).rstrip()}…"


def worry(item: DateForecast) -> tuple[float, date, str]:
    """Sort key: the least likely promise first, then the later ones."""
    return (2.0 if item.on_target is None else item.on_target, item.p80, item.id)


def _drivers(forecast: Forecast) -> Iterator[str]:
    """The two tornados: share of the variance, and days between the good and the bad tenth of each."""
    for title, drivers, unit in (
        ("What decides when all is done", forecast.drivers, "days"),
        ("What decides how late targets are missed", forecast.late_drivers, "days of all items"),
    ):
        if drivers:
            yield ""
            yield f"{title} (share of the variance; {unit} from its good to its bad tenth)"
            yield from aligned([_driver(one) for one in drivers[:MOST_DRIVERS]], left=(2,))


def _driver(driver: Driver) -> tuple[str, str, str]:
    return f"  {percent(driver.share)}", f"{driver.days:+.0f}", driver_name(driver)


def driver_name(driver: Driver) -> str:
    """`team Payments`, `LED-3 Switch reads`, `hypothesis H-2 holds: ...`."""
    if driver.kind == "team":
        return f"team {plain(driver.name)}"
    if driver.kind == "hypothesis":
        return f"{plain(driver.name)} holds: {plain(driver.title)}"
    return f"{plain(driver.name)} {plain(driver.title)}".strip()


def forecast_json(forecast: Forecast) -> str:
    """Everything; dates ISO, chances and shares 0..1; ends with a newline."""
    content = {"version": VERSION, **plain_value(forecast)}
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def forecast_from_json(text: str) -> Forecast:
    """A forecast that was written; raises UserError where the text is none of this version."""
    try:
        content = json.loads(text)
        if content["version"] != VERSION:
            raise UserError(f"this forecast is version {content['version']}, not {VERSION}: forecast again")
        found: Forecast = typed_value(Forecast, content)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"this is no forecast that roadmap wrote ({error}): forecast again") from None
    return found


HEADERS = (
    "Kind",
    "ID",
    "Title",
    "Target",
    "Plan",
    "P50",
    "P80",
    "P90",
    "On target",
    "Chance of the plan",
    "Criticality",
    "Built",
)


def forecast_csv(forecast: Forecast, plan: Plan) -> str:
    """The whole, items and tasks, a row each; dates ISO, chances 0..1, nothing that a spreadsheet runs."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADERS)
    groups: Sequence[tuple[str, Sequence[DateForecast], dict[str, str]]] = (
        ("roadmap", (forecast.finish,) if forecast.finish else (), {"": plan.title}),
        ("item", forecast.items, {item.id: item.title for item in plan.items}),
        ("task", forecast.tasks, {task.id: task.title for task in plan.tasks}),
    )
    for kind, found, titles in groups:
        for one in found:
            texts = (kind, neutral(one.id), neutral(titles.get(one.id, "")))
            chances = (one.on_target, one.planned_chance, one.criticality, one.built)
            shares = ["" if chance is None else f"{chance:.4g}" for chance in chances]
            writer.writerow([*texts, one.target, one.planned, one.p50, one.p80, one.p90, *shares])
    return stream.getvalue()
