"""Random roadmaps as a reader could have made them: where it normalises, only what it leaves as it is.

Names have no separators of cells (`; = :` and line ends) and end in a digit: so none is a word for nothing, a
total or a heading. Efforts and shares are eighths: sums of them are exact. What may not be told apart from a
mistake (a task done tomorrow, an end before its start) is left out. Targets are spelt as the writer spells them.
"""

import calendar
import unicodedata
from datetime import date, timedelta

from hypothesis import strategies as st

from planner.domain.cells import Source
from planner.domain.roadmap import (
    Ask,
    CalendarEvent,
    CapacityChange,
    Commitment,
    Component,
    CostOfDelay,
    Debt,
    Decision,
    Dependency,
    Dismissal,
    Door,
    Estimate,
    EventKind,
    Hypothesis,
    Item,
    Link,
    Origin,
    Override,
    Priority,
    Roadmap,
    Setting,
    Status,
    Strength,
    Target,
    Task,
    Team,
    Touch,
    TouchMode,
)
from planner.sheets.formats import target_text

TODAY = date(2026, 9, 1)
NOWHERE = Source("", "", 0)

_letters = st.characters(categories=["L", "Nd"], include_characters=" -_./#&+(),'=!?\"@")
texts = (
    st.text(_letters, max_size=12)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .map(lambda text: f"{text}x" if text else "")
)
"""Free text, also what looks like a formula; the x keeps a ditto mark from being one."""
titles = texts.map(lambda text: f"={text}" if text else "Übersicht, 概要")


def _names(letters: str, prefix: str, most: int, least: int = 0) -> st.SearchStrategy[list[str]]:
    """Different names with a digit at the end, in any writing."""
    name = st.text(st.characters(categories=["Ll", "Lu"], include_characters=letters), max_size=6)
    return st.lists(name, min_size=least, max_size=most).map(
        lambda found: [
            f"{prefix}{unicodedata.normalize('NFC', text)}{number}" for number, text in enumerate(found, 1)
        ]
    )


eighths = st.integers(0, 800).map(lambda number: number / 8)
some = st.none() | eighths
shares01 = st.none() | st.integers(0, 8).map(lambda number: number / 8)
days = st.dates(date(2020, 1, 1), date(2090, 12, 31))
some_day = st.none() | days
past = st.dates(date(2020, 1, 1), TODAY)


@st.composite
def estimates(draw) -> Estimate:
    return Estimate(*sorted(draw(st.tuples(eighths, eighths, eighths))))


@st.composite
def spans(draw) -> tuple[date, date]:
    first, last = sorted(draw(st.tuples(days, days)))
    return first, last


@st.composite
def dated_targets(draw) -> Target:
    """A target of any precision but a release."""
    precision = draw(st.sampled_from(["day", "week", "month", "quarter", "half", "year", "range"]))
    day = draw(days)
    if precision == "week":
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
    elif precision == "range":
        first, last = day, day + timedelta(days=draw(st.integers(1, 400)))
    elif precision == "day":
        first = last = day
    else:
        months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[precision]
        start = (day.month - 1) // months * months + 1
        end = start + months - 1
        first = date(day.year, start, 1)
        last = date(day.year, end, calendar.monthrange(day.year, end)[1])
    target = Target(first, last, precision, "")
    return Target(first, last, precision, target_text(target))


def _some_of(names: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=3).map(tuple) if names else st.just(())


@st.composite
def per_team(draw, teams, amounts) -> tuple[tuple[str, float], ...]:
    return tuple((team, draw(amounts)) for team in draw(_some_of(list(teams))))


def extras(draw) -> tuple[tuple[str, str], ...]:
    """Unknown columns in the order of the sheet, one header twice and one that is another name of ours."""
    pairs = [(header, draw(texts)) for header in ("Sprint owner", "Zähler", "Due date", "Zähler")]
    kept = [pair for pair in pairs if pair[1]]
    return () if len(kept) < len(pairs) else tuple(kept)


@st.composite
def roadmaps(draw) -> Roadmap:
    """A whole roadmap; every reference is to something in it."""
    team_names = [*draw(_names(" -/&+,", "Team ", 3, 1)), *draw(st.sampled_from([[], ["external:Acme"]]))]
    item_ids = draw(_names("-_./#", "ASK-", 3))
    task_ids = draw(_names("-_./#,", "PAY-", 5, 1))
    component_names = draw(_names("-_./", "ledger", 2))
    decision_ids, hypothesis_ids = draw(_names("-", "D", 2)), draw(_names("-", "H", 2))
    orgs = draw(_names(" &", "Org", 2))
    events = tuple(draw(_event(name, team_names, orgs, component_names)) for name in draw(_names(" ", "Event", 3)))
    releases = [event for event in events if event.kind is EventKind.RELEASE]
    blocks = [event.name for event in events]
    return Roadmap(
        items=tuple(draw(_item(name, releases)) for name in item_ids),
        tasks=tuple(
            draw(_task(name, task_ids, item_ids, team_names, decision_ids, hypothesis_ids, component_names))
            for name in task_ids
        ),
        teams=tuple(draw(_team(name, team_names, orgs)) for name in team_names),
        capacity=tuple(draw(st.lists(_capacity(team_names), max_size=2))),
        asks=tuple(draw(st.lists(_ask(item_ids, team_names), max_size=2))) if item_ids else (),
        components=tuple(draw(_component(name, team_names)) for name in component_names),
        decisions=tuple(draw(_decision(name)) for name in decision_ids),
        hypotheses=tuple(draw(_hypothesis(name, task_ids)) for name in hypothesis_ids),
        calendar=events,
        overrides=tuple(draw(st.lists(_override(task_ids, blocks), max_size=2))) if blocks else (),
        dismissals=tuple(draw(st.lists(_dismissal(), max_size=2))),
    )


@st.composite
def _item(draw, name, releases) -> Item:
    released = [Target(event.start, event.end, "release", event.name) for event in releases]
    target = st.one_of(dated_targets(), *([st.sampled_from(released)] if released else []))
    found = draw(st.lists(target, max_size=2))
    money = st.builds(CostOfDelay, eighths, st.sampled_from(["", "USD", "EUR", "CHF"]))
    return Item(
        id=name,
        source=NOWHERE,
        title=draw(texts),
        description=draw(texts),
        origin=draw(st.none() | st.sampled_from(Origin)),
        customer=draw(texts),
        evidence=draw(texts),
        pm=draw(texts),
        priority=draw(st.none() | st.sampled_from(Priority)),
        cost_of_delay=draw(st.none() | money),
        targets=tuple(sorted(found, key=lambda t: (t.last, t.first, t.text))),
        commitment=draw(st.none() | st.sampled_from(Commitment)),
        status=draw(st.sampled_from(Status)),
        audience=tuple(draw(_names(" ,", "Board", 2))),
        extra=extras(draw),
    )


@st.composite
def _progress(draw) -> dict[str, object]:
    """Status with the dates that agree with it."""
    status = draw(st.sampled_from(Status))
    start, finish, launch = sorted(draw(st.tuples(past, past, past)))
    begun = status is not Status.PLANNED and draw(st.booleans())
    finished = status in (Status.DONE, Status.DROPPED) and draw(st.booleans())
    return {
        "status": status,
        "done_share": draw(shares01),
        "remaining": draw(some),
        "actual_effort": draw(some),
        "actual_start": start if begun else None,
        "actual_finish": finish if finished else None,
        "actual_launch": launch if finished and draw(st.booleans()) else None,
    }


@st.composite
def _dependency(draw, others) -> Dependency:
    return Dependency(
        draw(st.sampled_from(others)),
        draw(st.sampled_from(Link)),
        draw(st.integers(-30, 30)),
        draw(st.sampled_from(Strength)),
    )


@st.composite
def _task(draw, name, tasks, items, teams, decisions, hypotheses, components) -> Task:
    others = [task for task in tasks if task != name]
    effort_by_team = draw(per_team(teams, eighths))
    estimate = draw(st.none() | estimates())
    if effort_by_team:
        likely = sum(share for _, share in effort_by_team)
        less, more = draw(st.tuples(eighths, eighths))
        estimate = Estimate(max(likely - less, 0.0), likely, likely + more)
    named = dict.fromkeys((*draw(_some_of(teams)), *(team for team, _ in effort_by_team)))
    positive = st.integers(1, 80).map(lambda number: number / 8)
    touches = (
        st.builds(Touch, st.sampled_from(components), st.sampled_from(TouchMode)) if components else st.nothing()
    )
    settings = st.builds(
        Setting, st.sampled_from(["ledger.storage", "api,version"]), texts.filter(bool).map("v{}".format)
    )
    not_before, due = draw(some_day), draw(some_day)
    return Task(
        id=name,
        source=NOWHERE,
        title=draw(titles),
        description=draw(texts),
        items=draw(_some_of(items)),
        teams=tuple(named),
        estimate=estimate,
        effort_by_team=effort_by_team,
        engineers=draw(st.none() | positive),
        engineers_by_team=draw(per_team(teams, positive)),
        duration=draw(st.none() | st.integers(0, 90)),
        depends_on=tuple(draw(st.lists(_dependency(others), unique=True, max_size=4))) if others else (),
        touches=tuple(draw(st.lists(touches, unique=True, max_size=3))) if components else (),
        sets=tuple(draw(st.lists(settings, max_size=2))),
        needs=tuple(draw(st.lists(settings, max_size=2))),
        replaces=draw(_some_of(others)),
        alternative_to=draw(_some_of(others)),
        duplicate_of=draw(_some_of(others)),
        split_from=draw(_some_of(others)),
        hypotheses=draw(_some_of(hypotheses)),
        settles=draw(_some_of(decisions)),
        door=draw(st.none() | st.sampled_from(Door)),
        reversal=draw(some),
        debt=draw(st.none() | st.builds(Debt, eighths, eighths)),
        repays=draw(_some_of(others)),
        launches=draw(st.booleans()),
        not_before=not_before,
        pinned=not_before is not None and draw(st.booleans()),
        due=due,
        due_is_hard=due is not None and draw(st.booleans()),
        extra=extras(draw),
        **draw(_progress()),
    )


@st.composite
def _team(draw, name, teams, orgs) -> Team:
    return Team(
        name=name,
        formerly=tuple(f"{name}, before {number}" for number in range(draw(st.integers(0, 2)))),
        org=draw(st.sampled_from(orgs)) if orgs else "",
        manager=draw(texts),
        engineers=draw(some),
        on_call=draw(some),
        operations=draw(shares01),
        country=draw(st.sampled_from(["", "DE", "US-CA", "GB"])),
        wip_limit=draw(st.none() | st.integers(1, 9)),
        friction=draw(shares01),
        friction_by_team=draw(per_team(teams, st.integers(0, 8).map(lambda number: number / 8))),
        extra=extras(draw),
    )


@st.composite
def _capacity(draw, teams) -> CapacityChange:
    start, end = draw(spans())
    return CapacityChange(
        draw(st.sampled_from(teams)),
        draw(st.integers(-40, 40)) / 8,
        NOWHERE,
        draw(st.sampled_from([None, start])),
        draw(st.sampled_from([None, end])),
        draw(texts),
    )


@st.composite
def _ask(draw, items, teams) -> Ask:
    return Ask(
        draw(st.sampled_from(items)),
        draw(st.sampled_from(teams)),
        NOWHERE,
        draw(st.none() | estimates()),
        draw(texts),
    )


@st.composite
def _component(draw, name, teams) -> Component:
    return Component(
        name,
        NOWHERE,
        draw(st.sampled_from(["", *teams])),
        draw(st.sampled_from(["active", "frozen", "retiring"])),
        draw(some_day),
        draw(per_team(teams, eighths)),
        extras(draw),
    )


@st.composite
def _decision(draw, name) -> Decision:
    options = draw(_names(" -.,", "Option", 3))
    return Decision(
        id=name,
        source=NOWHERE,
        question=draw(texts),
        key=draw(texts),
        options=tuple((option, draw(shares01)) for option in options),
        chosen=draw(st.sampled_from(["", *options])),
        driver=draw(texts),
        approver=draw(texts),
        status=draw(st.sampled_from(["", "open", "decided"])),
        due=draw(some_day),
        effort=draw(some),
        door=draw(st.none() | st.sampled_from(Door)),
        extra=extras(draw),
    )


@st.composite
def _hypothesis(draw, name, tasks) -> Hypothesis:
    return Hypothesis(
        id=name,
        source=NOWHERE,
        statement=draw(texts),
        treatment_group=draw(texts),
        metric=draw(texts),
        probability=draw(shares01),
        tested_by=draw(_some_of(tasks)),
        readout=draw(some_day),
        ramp=draw(st.sampled_from(["", "1%/10%/100%"])),
        rollback=draw(some),
        result=draw(st.sampled_from(["", "pass", "fail"])),
        extra=extras(draw),
    )


@st.composite
def _event(draw, name, teams, orgs, components) -> CalendarEvent:
    scopes = [f"team:{team}" for team in teams]
    scopes += [f"org:{org}" for org in orgs] + [f"component:{component}" for component in components]
    start, end = draw(spans())
    found = draw(st.lists(st.sampled_from(scopes), unique=True, max_size=2))
    return CalendarEvent(name, draw(st.sampled_from(EventKind)), start, end, NOWHERE, tuple(found) or ("all",))


@st.composite
def _override(draw, tasks, blocks) -> Override:
    return Override(
        draw(st.sampled_from(tasks)),
        draw(st.sampled_from(blocks)),
        NOWHERE,
        *(draw(texts) for _ in range(3)),
        *(draw(some_day) for _ in range(2)),
    )


@st.composite
def _dismissal(draw) -> Dismissal:
    return Dismissal(f"C-{draw(st.integers(1, 99))}", NOWHERE, draw(texts), draw(texts), draw(some_day))
