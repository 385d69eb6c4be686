"""The story of each command: read, build the graph, formulate, solve, assemble, write. The only writer of files."""

import os
import shlex
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Literal

from planner import config
from planner.conflicts import price
from planner.conflicts.context import Context
from planner.conflicts.dismissals import apply_dismissals, dismissal_of, dismissals_csv, read_dismissals
from planner.conflicts.proposals import proposals
from planner.conflicts.suggest import suggest
from planner.domain.conflict import Change, Conflict
from planner.domain.diagnostics import Assumption, Diagnostic, Severity, sort_key
from planner.domain.errors import UserError
from planner.domain.plan import Plan
from planner.domain.problem import Solution, SolveStatus
from planner.domain.roadmap import Dismissal, id_key
from planner.domain.settings import Settings
from planner.domain.suggestion import Suggestion
from planner.domain.units import DAYS_PER_WEEK, MILLI, engineer_days
from planner.graph.cycles import CyclesBroken, break_cycles
from planner.graph.selectors import select
from planner.report.cost_curve import curve_svg
from planner.report.dot import graph, task_graph
from planner.report.dot_conflicts import clash_graph
from planner.report.markdown import sequence_markdown
from planner.report.picture import render
from planner.report.plan_json import plan_from_json, plan_json
from planner.report.sequence_csv import sequence_csv
from planner.report.suggest import stubs_csv
from planner.report.xlsx import plan_xlsx
from planner.scheduling.assemble import Frame, assemble, impossible
from planner.scheduling.budget import Budget, Meter, Progress
from planner.scheduling.changes import apply
from planner.scheduling.choices import decided
from planner.scheduling.clash import smallest_clash
from planner.scheduling.estimates import planned_effort
from planner.scheduling.formulate import Formulation, formulate
from planner.scheduling.improve import PASS_WORK
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations
from planner.sheets.read import Read, read_roadmap
from planner.sheets.template import template_workbook

Objective = Literal["full", "makespan"]
Capacity = Literal["limited", "unlimited"]
TextScope = Literal["across", "all"]
Report = Callable[[str], None]
"""Takes one line of progress."""

HORIZON_DOUBLINGS = 4
PROPOSALS = 40
"""Pairs of tasks that their words propose, at most: more are not read."""
PRICING_SHARE = 1 / 3
"""Part of the time limit for the prices of conflicts; to a limit of work, which is the search's, it is added."""
REPLAN_SHARE = 0.1
"""Part of what is left of it for each way out that is planned again."""


def _silent(_: str) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Inputs:
    """What every command is given: files or folders, an explicit roadmap.toml, today, strictness."""

    paths: tuple[Path, ...]
    config: Path | None = None
    as_of: date | None = None
    strict: bool = False


@dataclass(frozen=True)
class PlanOptions:
    """How to search; see `scheduling.budget`."""

    time_limit: float = 20.0
    work: int | None = None
    seed: int = 0
    workers: int = 0
    objective: Objective = "full"
    capacity: Capacity = "limited"
    assume_recommended: bool = False
    """Plan as if every open question had been answered as recommended."""
    text_scope: TextScope | None = None
    """Look for probable duplicates by their words too, across teams or everywhere."""


@dataclass(frozen=True)
class Checked:
    """A roadmap as read, with everything that is doubtful in it, most severe first."""

    read: Read
    settings: Settings
    as_of: date
    diagnostics: tuple[Diagnostic, ...]
    assumptions: tuple[Assumption, ...]

    @property
    def has_errors(self) -> bool:
        """Whether the exit code is 1."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def load(inputs: Inputs, report: Report = _silent) -> Checked:
    """Step 1: settings and workbooks become a roadmap; raises UserError for a file that cannot be read."""
    report("reading")
    found = inputs.config or config.find_settings(inputs.paths)
    settings_read = config.read_settings(found) if found else config.SettingsRead(Settings(), ())
    as_of = inputs.as_of or settings_read.settings.planning_start or date.today()
    read = read_roadmap(inputs.paths, settings_read.settings, as_of, report)
    settled = decided(read.roadmap, settings_read.settings)  # what people have decided is obeyed from here on
    return Checked(
        replace(read, roadmap=settled.roadmap),
        settings_read.settings,
        as_of,
        (*settings_read.diagnostics, *read.diagnostics, *settled.diagnostics),
        (*read.assumptions, *settled.assumptions),
    )


def check(inputs: Inputs, report: Report = _silent) -> Checked:
    """Everything that is wrong or doubtful in the data, without searching for a sequence."""
    checked = load(inputs, report)
    report("checking the dependency graph")
    cycles, formulation = _formulate(checked, "limited")
    return _with_findings(checked, cycles, formulation, inputs.strict)


def plan(inputs: Inputs, options: PlanOptions, report: Report = _silent) -> Plan:
    """The whole story, from workbooks to a verified plan; Ctrl-C while it searches keeps the best plan so far.

    Raises `UserError` for a file that cannot be read, `AssertionError` when our own verifier objects.
    """
    checked = load(inputs, report)  # 1 read
    with _interruptible() as interrupted:
        budget = Budget(options.time_limit, options.work, options.seed, options.workers, interrupted)
        if not (options.assume_recommended or checked.settings.assume_recommended):
            return _plan(checked, inputs, options, budget, report)
        half = Meter(budget).part(0.5)
        made = _plan(checked, inputs, options, half, report)
        report("planning as if the recommended ways out had been taken")
        context = _context(checked, made)
        changes = price.recommended_changes(made.conflicts, context, price.work_done_by(context))
        return _plan(_changed(checked, changes), inputs, options, half, report)


def _plan(checked: Checked, inputs: Inputs, options: PlanOptions, budget: Budget, report: Report) -> Plan:
    """Steps 2 to 6 for a roadmap as it was read, or as it would be after some changes."""
    meter = Meter(budget)
    report("building the dependency graph")
    cycles, formulation = _formulate(checked, options.capacity)  # 2 graph, 3 formulate
    checked = _with_findings(checked, cycles, formulation, inputs.strict)
    search = budget if budget.deterministic else meter.part(1 - PRICING_SHARE)
    formulation, solution = _search(checked, cycles, formulation, options, search, report)  # 4 solve
    frame = Frame(
        title=title_of(inputs.paths),
        as_of=checked.as_of,
        seed=options.seed,
        objective_kind=options.objective,
        capacity_kind=options.capacity,
        roadmap=checked.read.roadmap,
        files=checked.read.files,
        diagnostics=checked.diagnostics,
        assumptions=checked.assumptions,
        cycles=cycles.cycles,
        settings=checked.settings,
    )
    if solution.schedule is None:
        made = impossible(frame, formulation, solution)
    else:
        report("verifying")
        broken = violations(formulation.problem, solution.schedule)
        if broken:
            raise AssertionError(f"the schedule breaks its own rules, please report this: {broken[0]}")
        report("assembling the plan")
        made = assemble(frame, formulation, solution)  # 5 critical path, DSM, plan
    pricing = meter.part(PRICING_SHARE if budget.deterministic else 1.0)
    starts = solution.schedule.start if solution.schedule else ()
    began = {formulation.tasks[i].id: start for i, start in enumerate(starts)}
    made = replace(made, conflicts=_conflicts(checked, made, began, inputs, options, pricing, report))  # 6 conflicts
    return replace(made, next_command=_next_command(made, inputs))


def _context(checked: Checked, made: Plan) -> Context:
    """What detectors look things up in; without a schedule they do without."""
    roadmap, settings = checked.read.roadmap, checked.settings
    plan = made if made.tasks else None
    return Context(roadmap, checked.as_of, settings, planned_effort(roadmap, settings), plan)


def _conflicts(
    checked: Checked,
    made: Plan,
    starts: Mapping[str, int],
    inputs: Inputs,
    options: PlanOptions,
    budget: Budget,
    report: Report,
) -> tuple[Conflict, ...]:
    """Detect, then price; the ways out of the dearest are planned again from `starts` within the budget."""
    meter = Meter(budget)
    report("looking for what contradicts")
    context = _context(checked, made)
    found = price.find(context)
    if options.text_scope:
        by_text = proposals(context, PROPOSALS, options.text_scope, report)
        found = (*found, *price.identified(by_text))
    dismissals = (*checked.read.roadmap.dismissals, *_stored_dismissals(inputs))
    found = apply_dismissals(found, dismissals, checked.as_of)
    work_done = price.work_done_by(context)
    priced = price.price(found, context, work_done)
    if not made.tasks or options.objective != "full":
        return priced
    report("pricing the ways out")
    replanned = price.replan_ways_out(priced, made.objective, _replan(checked, starts, options, meter))
    return price.price(replanned, context, work_done)


def _replan(checked: Checked, starts: Mapping[str, int], options: PlanOptions, meter: Meter) -> price.Replan:
    """Plans a changed roadmap again from the starts of the plan, each time with a part of the budget that is left."""
    longest = 0.0  # seconds of the clock that a plan took; of no account where work is counted

    def replan(changes: tuple[Change, ...]) -> float | None:
        nonlocal longest
        began = meter.seconds
        if meter.over or meter.left < longest:
            return None
        part = replace(meter.part(REPLAN_SHARE), stop=lambda: meter.over)
        _, formulation = _formulate(_changed(checked, changes), options.capacity)
        before = [starts.get(task.id, 0) for task in formulation.tasks]
        solution = solve(formulation.problem, part, before=before)
        if part.deterministic:
            meter.charge(max(part.work or 0, 2 * PASS_WORK * len(formulation.problem.activities)))
        else:
            longest = max(longest, meter.seconds - began)
        return None if solution.schedule is None else engineer_days(solution.objective)

    return replan


def _changed(checked: Checked, changes: Sequence[Change]) -> Checked:
    """The roadmap as it would be after these changes."""
    roadmap = apply(checked.read.roadmap, changes, checked.settings)
    return replace(checked, read=replace(checked.read, roadmap=roadmap))


def _formulate(checked: Checked, capacity: Capacity) -> tuple[CyclesBroken, Formulation]:
    """Cut the cycles, then put the rest into integers."""
    roadmap = checked.read.roadmap
    cycles = break_cycles(roadmap, planned_effort(roadmap, checked.settings))
    return cycles, formulate(roadmap, checked.settings, checked.as_of, cut=cycles.cut, capacity=capacity)


def _with_findings(checked: Checked, cycles: CyclesBroken, formulation: Formulation, strict: bool) -> Checked:
    """Add what the graph and the formulation found to what the reader found."""
    found = (*checked.diagnostics, *cycles.diagnostics, *formulation.diagnostics)
    return replace(
        checked,
        diagnostics=tuple(sorted((replace(d, strict=strict) for d in found), key=sort_key)),
        assumptions=(*checked.assumptions, *formulation.assumptions),
    )


def _search(
    checked: Checked,
    cycles: CyclesBroken,
    formulation: Formulation,
    options: PlanOptions,
    budget: Budget,
    report: Report,
) -> tuple[Formulation, Solution]:
    """Solve; where nothing clashes and yet nothing fits, time itself was too short: double it and try again."""

    def show(progress: Progress) -> None:
        report(progress_line(progress, options.objective))

    for _ in range(HORIZON_DOUBLINGS):
        solution = solve(formulation.problem, budget, options.objective, show)
        if solution.schedule is not None:
            return formulation, solution
        report("looking for the smallest set of facts that clash")
        clash = smallest_clash(formulation.problem, budget)
        if clash:
            return formulation, replace(solution, status=SolveStatus.INFEASIBLE, clash=clash)
        if solution.status is SolveStatus.UNKNOWN:
            raise UserError("no plan was found in this time; try again with a longer --time-limit")
        formulation = formulate(
            checked.read.roadmap,
            checked.settings,
            checked.as_of,
            cut=cycles.cut,
            capacity=options.capacity,
            horizon=2 * formulation.problem.horizon,
        )
    raise UserError(
        f"the work does not fit into {formulation.problem.horizon} working days; "
        "look for an effort typed in hours or a team without engineers (`roadmap check` lists them)"
    )


def progress_line(progress: Progress, objective: Objective) -> str:
    """The best plan so far and the bound while it runs: engineer-weeks of cost, or working days to the end."""
    if progress.objective is None:
        return progress.stage
    what, unit = ("days to the end", MILLI) if objective == "makespan" else ("engineer-weeks", MILLI * DAYS_PER_WEEK)
    return f"{progress.stage}: {progress.objective / unit:,.0f} {what}, none below {progress.bound / unit:,.0f}"


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Within, the first Ctrl-C only asks the search to stop; a second one ends the command."""
    asked = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    if threading.current_thread() is not threading.main_thread():  # signals belong to the main thread
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def title_of(paths: Sequence[Path]) -> str:
    """The plan's name and its folder under reports/: the workbook's stem, the folder's name, or both."""
    first = paths[0].resolve()
    stem = first.name if first.is_dir() else first.stem
    return stem if len(paths) == 1 else f"{stem}-and-{len(paths) - 1}-more"


def _next_command(plan: Plan, inputs: Inputs) -> str:
    """What makes sense next: what contradicts, else the queue of the team that holds up most."""
    if any(conflict.cost and not conflict.dismissed for conflict in plan.conflicts):
        return f"roadmap conflicts {shlex.join(map(str, inputs.paths))}"
    teams = [team for team in plan.teams if team.queue]
    worst = max(teams, key=lambda team: (team.overload, team.waiting_days, team.name), default=None)
    return f"roadmap show team {shlex.quote(worst.name)}" if worst else "roadmap check --help"


def write_reports(plan: Plan, folder: Path, report: Report = _silent) -> tuple[Path, ...]:
    """Write every report of a plan; each file is replaced as a whole, `pictures/` as a folder."""
    texts = {
        "sequence.md": sequence_markdown(plan).encode(),
        "sequence.csv": sequence_csv(plan).encode("utf-8-sig"),
        "plan.json": plan_json(plan).encode(),
        "plan.xlsx": plan_xlsx(plan),
    }
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in texts.items():
        report(f"writing {name}")
        written.append(write(folder / name, content))
    report("drawing")
    write_folder(folder / "pictures", _pictures("graph", graph(plan)) if plan.tasks else {})
    return (*written, folder / "pictures")


def _pictures(name: str, dot: str) -> dict[str, bytes]:
    """The drawing as text, for the web and for paper, by file name."""
    return {f"{name}.dot": dot.encode(), **{f"{name}.{suffix}": render(dot, suffix) for suffix in ("svg", "png")}}


def write(path: Path, content: bytes) -> Path:
    """Write to a temporary file beside `path`, then replace it; refuse a workbook that is open in Excel."""
    if (path.parent / f"~${path.name}").exists():
        raise UserError(f"{path} is open in Excel: close it there and try again")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Replace a folder of ours as a whole, so that nothing of an earlier plan stays in it."""
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        fresh.chmod(0o755)
        for name, content in contents.items():
            (fresh / name).write_bytes(content)
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def read_plan(path: Path) -> Plan:
    """A plan that was written before; raises UserError where there is none."""
    try:
        return plan_from_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{path}: there is no plan here; make one with `roadmap plan FILE`") from None


def latest_plan(reports: Path) -> Path:
    """The plan.json written last under a reports folder; raises UserError where there is none."""
    found = sorted(reports.glob("*/plan.json"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise UserError(f"no plan under {reports}/; make one with `roadmap plan FILE`, or name one with --plan")
    return found[-1]


def draw(
    inputs: Inputs,
    options: PlanOptions,
    selection: str,
    suffix: str,
    target: Path,
    report: Report = _silent,
    conflicts: bool = False,
) -> Path:
    """Draw the dependency graph of these files, whole or the slice that `selection` names; returns the file.

    With `conflicts` the teams and components that clash are drawn instead.
    """
    made = plan(inputs, options, report)
    if conflicts:
        dot = clash_graph(_selected(made, selection))
    else:
        dot = task_graph(made, select(selection, made.roadmap)) if selection else graph(made)
    report("drawing")
    return write(target, dot.encode() if suffix == "dot" else render(dot, suffix))


def conflicts(inputs: Inputs, options: PlanOptions, selection: str = "", report: Report = _silent) -> Plan:
    """A plan with its conflicts; `selection` keeps those that touch the tasks that it names."""
    return _selected(plan(inputs, options, report), selection)


def _selected(made: Plan, selection: str) -> Plan:
    """The plan with only those conflicts that touch the selected tasks."""
    if not selection:
        return made
    tasks = set(select(selection, made.roadmap))
    return replace(made, conflicts=tuple(conflict for conflict in made.conflicts if tasks & set(conflict.tasks)))


def find_conflict(made: Plan, name: str) -> Conflict:
    """The conflict of this id, as people type it; raises UserError that names some that exist."""
    for conflict in made.conflicts:
        if id_key(conflict.id) == id_key(name):
            return conflict
    some = ", ".join(conflict.id for conflict in made.conflicts[:3]) or "none"
    raise UserError(
        f"no conflict {name!r} (there are {len(made.conflicts)}: {some} ...); `roadmap conflicts` lists them"
    )


def draw_curve(conflict: Conflict, as_of: date, target: Path) -> Path:
    """Write the cost curve of a conflict as SVG."""
    return write(target, curve_svg(conflict, as_of).encode())


def dismiss(
    inputs: Inputs,
    options: PlanOptions,
    name: str,
    reason: str,
    by: str,
    until: date | None,
    report: Report = _silent,
) -> Path:
    """Let a conflict be; returns the file that remembers it. Raises UserError for an error or an unknown id."""
    conflict = find_conflict(plan(inputs, options, report), name)
    added = dismissal_of(conflict, reason, by, until)
    kept = [known for known in _stored_dismissals(inputs) if known.conflict != added.conflict]
    path = _dismissed_file(inputs)
    path.parent.mkdir(exist_ok=True)
    return write(path, dismissals_csv([*kept, added]).encode())


def _dismissed_file(inputs: Inputs) -> Path:
    """Where dismissals are kept: in our folder beside the first input."""
    first = inputs.paths[0]
    return (first if first.is_dir() else first.parent) / ".roadmap" / "dismissed.csv"


def _stored_dismissals(inputs: Inputs) -> tuple[Dismissal, ...]:
    path = _dismissed_file(inputs)
    return read_dismissals(path.read_text(encoding="utf-8"), str(path)) if path.exists() else ()


def suggestion(inputs: Inputs, name: str, report: Report = _silent) -> Suggestion:
    """Which teams an item needs; raises UserError where there is no such item."""
    return _suggestion(load(inputs, report), name, report)


def _suggestion(checked: Checked, name: str, report: Report) -> Suggestion:
    roadmap = checked.read.roadmap
    item = next((item for item in roadmap.items if id_key(item.id) == id_key(name)), None)
    if item is None:
        some = ", ".join(item.id for item in roadmap.items[:5]) or "none"
        raise UserError(f"no item {name!r} in these files (there are {len(roadmap.items)}: {some} ...)")
    return suggest(roadmap, item, report)


def accept(inputs: Inputs, name: str, teams: Sequence[str], report: Report = _silent) -> Path:
    """Write a stub task for each of these teams into a csv beside the first input; returns the file.

    Raises UserError for an item or a team that the files do not know.
    """
    checked = load(inputs, report)
    found = _suggestion(checked, name, report)
    roadmap = checked.read.roadmap
    listed = (*(team.name for team in roadmap.teams), *(suggested.team for suggested in found.teams))
    known = {id_key(team): team for team in listed}
    unknown = [team for team in teams if id_key(team) not in known]
    if unknown:
        raise UserError(f"no team {unknown[0]!r} in these files (must be one of {', '.join(sorted(known.values()))})")
    path = _suggested_file(inputs)
    existing = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    stubs = stubs_csv(existing, found, [known[id_key(team)] for team in teams], checked.settings.defaults.effort)
    return write(path, stubs.encode("utf-8-sig"))


def _suggested_file(inputs: Inputs) -> Path:
    """Beside the first workbook, in its folder where the input is one: `q3.xlsx` has `q3-suggested.csv`."""
    first = inputs.paths[0].resolve()
    return (first if first.is_dir() else first.parent) / f"{title_of(inputs.paths[:1])}-suggested.csv"


def failed(made: Plan) -> bool:
    """Whether the exit code is 1: nothing could be planned, the data has errors, or contradicts itself."""
    contradicted = any(c.type.severity is Severity.ERROR and not c.dismissed for c in made.conflicts)
    return not made.tasks or contradicted or any(d.severity is Severity.ERROR for d in made.diagnostics)


def initialise(folder: Path) -> tuple[Path, Path]:
    """Write a template workbook and a roadmap.toml; neither replaces a file that is there."""
    workbook, settings = folder / "roadmap.xlsx", folder / "roadmap.toml"
    for path in (workbook, settings):
        if path.exists():
            raise UserError(f"{path} exists: choose another folder with `roadmap init FOLDER`")
    folder.mkdir(parents=True, exist_ok=True)
    return write(workbook, template_workbook()), write(settings, config.settings_template().encode())
