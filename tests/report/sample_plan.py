"""A small plan made by hand: three teams, a late item, a decision, a cycle, doubts, titles that bite."""

from dataclasses import replace
from datetime import date, timedelta

from planner.domain.cells import Cell, Source
from planner.domain.conflict import (
    Change,
    ChangeKind,
    Conflict,
    ConflictType,
    CostPoint,
    Family,
    Interval,
    Resolution,
)
from planner.domain.diagnostics import Assumption, Diagnostic, Rule, Severity
from planner.domain.plan import (
    ClashFact,
    CycleFound,
    Dsm,
    Headline,
    Iteration,
    OpenDecision,
    Plan,
    PlannedItem,
    PlannedTask,
    PlannedTeam,
    Reason,
    TaskLink,
    TermValue,
    Waterfall,
    WeekLoad,
)
from planner.domain.roadmap import CalendarEvent, EventKind, Item, Roadmap, Target

AS_OF = date(2026, 9, 7)
FILE = "q3.xlsx"
HOSTILE = 'Ledger | `rm` <script>alert("x")</script>\n=1+1 [a](http://evil) \x1b[31m'

DANGLING = Rule(
    "dangling-reference", Severity.ERROR, "Reference to nothing", "Correct the id, or add the task it means."
)
NO_EFFORT = Rule("effort-missing", Severity.WARNING, "Effort missing", "Type an effort: 8, 2w, S/M/L or 2-3-8.")
EXTRA = Rule("unknown-column", Severity.NOTE, "Column that is not used", "Nothing to do; it travels along.")


def cell(row: int, column: int = 1, sheet: str = "Tasks") -> Cell:
    return Cell(FILE, sheet, row, column)


def task(row: int, id_: str, title: str, team: str, start: date, days: int, **changes: object) -> PlannedTask:
    """A task of `days` calendar days from `start` with one engineer."""
    finish = start + timedelta(days=days)
    drafted = PlannedTask(
        id=id_,
        title=title,
        teams=(team,) if team else (),
        items=(),
        start=start,
        finish=finish,
        launch=finish,
        sequence=row - 1,
        queue=1,
        effort=float(days),
        engineers=1.0,
        working_days=days,
        total_float=5,
        free_float=2,
        critical=False,
        status="planned",
        waits_for=(),
        waited_by=(),
        reason=Reason("planning start", "starts at once"),
        cells=(cell(row),),
    )
    return replace(drafted, **changes)  # type: ignore[arg-type]


def _tasks() -> tuple[PlannedTask, ...]:
    after_ledger = Reason("predecessor", "waits for LED-1 of Ledger, done 18 Sep", ("LED-1",))
    busy = Reason("capacity", "waits for Payments, busy with PAY-1 until 2 Oct", ("PAY-1",))
    block = Reason("block", "may launch again on 11 Jan 2027, after a block")
    return (
        task(
            2,
            "LED-1",
            HOSTILE,
            "Ledger",
            AS_OF,
            11,
            items=("ASK-1",),
            critical=True,
            total_float=0,
            on_chain=True,
            waited_by=(TaskLink("PAY-1", "Payments", "", True),),
        ),
        task(3, "WEB-1", "Checkout page", "Web", AS_OF, 4, items=("ASK-2",), status="in progress"),
        task(4, "WEB-2", "+Refund button", "Web", date(2026, 9, 14), 4, queue=2, items=("ASK-2",), in_cycle=True),
        task(
            5,
            "PAY-1",
            "Refund API",
            "Payments",
            date(2026, 9, 21),
            11,
            items=("ASK-1",),
            critical=True,
            total_float=0,
            on_chain=True,
            reason=after_ledger,
            teams=("Payments", "Ledger"),
            waits_for=(TaskLink("LED-1", "Ledger", "", True),),
            waited_by=(TaskLink("PAY-2", "Payments", "SS+2d", False),),
        ),
        task(
            6, "LED-2", "Archive old postings", "Ledger", date(2026, 9, 21), 4, queue=2, effort=5.0, estimated=False
        ),
        task(
            7,
            "PAY-2",
            "Payouts",
            "Payments",
            date(2026, 10, 5),
            18,
            queue=2,
            items=("ASK-3",),
            reason=busy,
            due=date(2026, 10, 20),
            days_late=3,
            waits_for=(TaskLink("PAY-1", "Payments", "SS+2d", False),),
        ),
        task(
            8,
            "LED-3",
            "Close the year",
            "Ledger",
            date(2026, 11, 30),
            18,
            queue=3,
            items=("ASK-4",),
            launch=date(2027, 1, 11),
            reason=block,
        ),
        task(9, "OPS-1", "Nobody's task", "", date(2026, 12, 21), 1, is_milestone=True, working_days=0, effort=0.0),
        task(
            10,
            "LED-0",
            "Set up",
            "Ledger",
            date(2026, 8, 3),
            4,
            sequence=0,
            queue=0,
            status="done",
            effort=0.0,
            reason=Reason("done", "done"),
        ),
    )


def item(
    row: int, id_: str, title: str, lands: date | None, tasks: tuple[str, ...], **changes: object
) -> PlannedItem:
    drafted = PlannedItem(
        id=id_,
        title=title,
        pm="Ada",
        customer="Acme",
        origin="customer",
        priority="P2",
        commitment="should",
        lands=lands,
        finish=lands,
        target=None,
        days_late=0,
        delay_cost=3.25,
        tasks=tasks,
        teams=(),
        last_task=tasks[-1] if tasks else "",
        reason=Reason("planning start", f"{tasks[-1]}, which starts at once") if tasks else None,
        effort=10.0,
        assumed_effort=0.0,
        cells=(cell(row, sheet="Roadmap"),),
    )
    return replace(drafted, **changes)  # type: ignore[arg-type]


def _items() -> tuple[PlannedItem, ...]:
    october = Target(date(2026, 10, 1), date(2026, 10, 1), "day", "2026-10-01")
    return (
        item(
            3, "ASK-2", "Self-service refunds", date(2026, 9, 18), ("WEB-1", "WEB-2"), teams=("Web",), priority="P1"
        ),
        item(
            2,
            "ASK-1",
            HOSTILE,
            date(2026, 10, 2),
            ("LED-1", "PAY-1"),
            teams=("Ledger", "Payments"),
            priority="P0",
            commitment="must",
            target=october,
            days_late=1,
            customer="Blau & Söhne",
            reason=Reason("predecessor", "PAY-1, which waits for LED-1 of Ledger, done 18 Sep", ("PAY-1", "LED-1")),
        ),
        item(4, "ASK-3", "決済 payouts in Japan", date(2026, 10, 23), ("PAY-2",), teams=("Payments",)),
        item(5, "ASK-4", "Year end", date(2027, 1, 11), ("LED-3",), teams=("Ledger",), assumed_effort=5.0),
        item(6, "ASK-5", "Dark mode", None, ()),
    )


def _weeks(*planned: float) -> tuple[WeekLoad, ...]:
    return tuple(WeekLoad(AS_OF + timedelta(weeks=k), 10.0, ed) for k, ed in enumerate(planned))


def _teams() -> tuple[PlannedTeam, ...]:
    return (
        PlannedTeam(
            "Ledger",
            "Money",
            2.0,
            ("LED-1", "LED-2", "LED-3"),
            34.0,
            0.62,
            date(2026, 12, 21),
            _weeks(10, 8.5, 4, 0, 2),
            waterfall=Waterfall(154, 12, 8, 13.4, 120.6, 34),
        ),
        PlannedTeam(
            "Payments",
            "Money",
            2.0,
            ("PAY-1", "PAY-2"),
            29.0,
            0.9,
            date(2026, 10, 26),
            _weeks(0, 0, 10, 10, 9),
            overload=1.4,
            overload_first=date(2026, 9, 28),
            overload_last=date(2026, 10, 20),
            overload_due=28.0,
            overload_has=20.0,
            waiting_days=6,
            assumed=True,
            waterfall=Waterfall(154, 4, 0, 15, 135, 29),
        ),
        PlannedTeam(
            "Web",
            "Shop",
            1.5,
            ("WEB-1", "WEB-2"),
            8.0,
            0.4,
            date(2026, 9, 21),
            _weeks(4, 4),
            waterfall=Waterfall(115.5, 5.5, 0, 11, 99, 8),
        ),
    )


def _iterations() -> tuple[Iteration, ...]:
    done = (("WEB-1", "LED-1", "WEB-2"), ("LED-2", "PAY-1"), (), ("PAY-2",), (), (), (), ("LED-3", "OPS-1"))
    weeks = [AS_OF + timedelta(weeks=2 * k) for k in range(len(done))]
    return tuple(Iteration(first, first + timedelta(days=13), ids) for first, ids in zip(weeks, done, strict=True))


def _diagnostics() -> tuple[Diagnostic, ...]:
    return (
        Diagnostic(
            DANGLING,
            '"PAY-2" depends on "LED-33", which is on no sheet; ignored.',
            (cell(7, 6),),
            'Did you mean "LED-3"?',
        ),
        Diagnostic(NO_EFFORT, '"LED-2" has no effort; planned as 5 ED.', (cell(6, 4),)),
        Diagnostic(NO_EFFORT, '"LED|4" has no effort; planned as 5 ED.', (cell(8, 4),)),
        Diagnostic(EXTRA, 'the column "Squad <b>mood</b>" is none of ours; kept.', (cell(1, 9),)),
    )


def conflicts() -> tuple[Conflict, ...]:
    """One with everything, one that costs nothing, one that was dismissed."""
    values = ConflictType(
        "contradicting-values", Family.CONTRADICTION, Severity.WARNING, "Two values for one setting", "Agree on one."
    )
    text = ConflictType("probable-duplicate", Family.DUPLICATE, Severity.NOTE, "Same words", "Look at it.", True)
    ways = (
        Resolution("Keep PAY-1, drop LED-2", (Change(ChangeKind.DROP, "LED-2"),), ("LED-2",), 0.0, Interval(-5, -4)),
        Resolution("Keep LED-2, drop PAY-1", (Change(ChangeKind.DROP, "PAY-1"),), ("PAY-1",), 1.0, Interval(-2, 3)),
    )
    storage = Conflict(
        values,
        ("LED-2", "PAY-1"),
        'PAY-1 of Payments sets ledger|storage to "Aurora", LED-2 of Ledger sets it to "DynamoDB".',
        tasks=("PAY-1", "LED-2"),
        teams=("Payments", "Ledger"),
        components=("ledger",),
        cells=(cell(5, 8), cell(6, 8)),
        at_risk=(("LED-2", 1.0),),
        resolutions=ways,
        id="contradicting-values-3f2a9c",
        cost=5.0,
        avoidable=5.0,
        cost_curve=(CostPoint(0, 0.0), CostPoint(2, 0.0), CostPoint(4, 5.0), CostPoint(8, 5.0)),
        decide_by=date(2026, 9, 21),
        recommendation="Keep PAY-1, drop LED-2, by 21 Sep: saves 1 engineer-week.",
    )
    alike = Conflict(
        text,
        ("LED-1", "WEB-1"),
        "LED-1 of Ledger and WEB-1 of Web sound alike.",
        tasks=("LED-1", "WEB-1"),
        teams=("Ledger", "Web"),
        words=("checkout", "page"),
        id="probable-duplicate-00aa11",
        recommendation="Type Duplicate of, or dismiss it.",
    )
    return (storage, alike, replace(storage, id="contradicting-values-999999", dismissed=True))


def sample_plan() -> Plan:
    """Everything at once."""
    source = Source(FILE, "Roadmap", 6)
    block = CalendarEvent("Year end", EventKind.BLOCK, date(2026, 12, 14), date(2027, 1, 8), source)
    return Plan(
        title="q3",
        as_of=AS_OF,
        seed=7,
        status="feasible",
        roadmap=Roadmap(items=(Item("ASK-5", source, "Dark mode"),), calendar=(block,)),
        files=(FILE, "teams.csv"),
        tasks=_tasks(),
        items=_items(),
        teams=_teams(),
        waterfall=Waterfall(423.5, 21.5, 8, 39.4, 354.6, 71),
        iterations=_iterations(),
        decisions=(
            OpenDecision("DEC-1", "Which ledger storage?", date(2026, 9, 21), True, "", ("LED-1", "PAY-1")),
            OpenDecision("DEC-2", "One checkout or two?", date(2026, 10, 1), False, "Grace", ("WEB-2",)),
        ),
        terms=(TermValue("E", "effort", 72.0), TermValue("D", "delay", 40.5), TermValue("R", "resistance", 1.0)),
        objective=113.5,
        bound=112.96,
        gap=0.013,
        method="cp-sat",
        verified=True,
        finish=date(2026, 12, 21),
        diagnostics=_diagnostics(),
        assumptions=(
            Assumption("Effort", "LED-2", "5 ED", cell(6, 4)),
            Assumption("Effort", "LED|4", "5 ED", cell(8, 4)),
            Assumption("Engineers", "Payments", "2"),
        ),
        cycles=(CycleFound(("WEB-2", "PAY-1", "WEB-2"), (cell(4, 6), cell(5, 6)), ("PAY-1", "WEB-2"), 1.5),),
        dsm=Dsm(("Ledger", "Payments"), ((0, 0), (1, 0))),
        conflicts=conflicts(),
        untaken=("ASK-5",),
        assumed_share=0.069,
        headline=Headline(0, 1, 4, 0.0, 9.0, 140.0, ("DEC-1",), 0.12, 0.1),
        next_command="roadmap graph q3.xlsx teams.csv --select team:NAME",
    )


def large_plan(items: int = 60) -> Plan:
    """Many of everything, with long titles."""
    plan = sample_plan()
    long = "A title that goes on and on, 長い題名, " * 8
    return replace(
        plan,
        items=tuple(
            item(k, f"ASK-{k}", long, AS_OF + timedelta(days=k), ("LED-1",), days_late=k % 3, priority=f"P{k % 4}")
            for k in range(1, items + 1)
        ),
        teams=tuple(replace(plan.teams[1], name=f"Team {k} {long}") for k in range(12)),
        decisions=tuple(replace(plan.decisions[0], id=f"DEC-{k}", question=long, driver=long) for k in range(20)),
        diagnostics=tuple(
            Diagnostic(rule, f"{long} {k}", (cell(k),)) for rule in (DANGLING, NO_EFFORT, EXTRA) for k in range(1, 40)
        ),
        untaken=tuple(f"ASK-{k}" for k in range(100, 140)),
        files=tuple(f"{k}-{long}.xlsx" for k in range(12)),
        next_command="roadmap graph " + long,
    )


def impossible_plan() -> Plan:
    """Nothing can be planned: two facts clash."""
    plan = sample_plan()
    return Plan(
        title=plan.title,
        as_of=plan.as_of,
        seed=0,
        status="infeasible",
        roadmap=plan.roadmap,
        files=plan.files,
        diagnostics=plan.diagnostics,
        clash=(
            ClashFact("LED-1 takes 10 working days from 7 Sep", (cell(2, 4),)),
            ClashFact("LED-1 must be finished by 11 Sep", (cell(2, 8),)),
        ),
        next_command="roadmap check --strict",
    )
