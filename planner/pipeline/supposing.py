"""The story of `roadmap whatif compare`: scenarios side by side, planned from the same plan, with equal effort."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from planner.domain.calendar import Calendar
from planner.domain.errors import UserError
from planner.domain.plan import Plan, PlannedItem
from planner.domain.problem import Problem, Solution
from planner.domain.roadmap import Item, Status, id_key
from planner.domain.scenario import (
    Act,
    Compared,
    ComparedItem,
    ComparedTeam,
    Comparison,
    ItemOutcome,
    Scenario,
)
from planner.domain.units import engineer_days
from planner.pipeline.apart import Job, searched_apart
from planner.pipeline.current import Current, current
from planner.pipeline.inputs import Checked, Inputs, PlanOptions, Report, load, silent, title_of
from planner.pipeline.interrupt import searching
from planner.pipeline.promises import plan_that_keeps, ways_out, with_ways_to_keep
from planner.pipeline.settling import Promised, broken_by, plan_of, settled
from planner.pipeline.solving import formulated
from planner.pipeline.variants import Variant
from planner.report.wording import listing
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.clash import smallest_clash
from planner.scheduling.variants import made_alike
from planner.scheduling.verify import violations
from planner.scheduling.wording import clash_fact
from planner.sheets.scenario import read_scenario

BASE = "base"
"""The roadmap as the workbooks have it."""
TOGETHER = "+"
"""Between the names of scenarios that are laid one on the other."""
FOLDER = "scenarios"
"""Beside the workbooks; where a name alone is looked for."""
SEARCHING = 0.6
"""Part of the budget for the plans of the scenarios; the rest asks what would keep the promises that they break."""


def read_scenarios(name: str, inputs: Inputs) -> tuple[Scenario, ...]:
    """The scenarios that a name stands for: `bank`, `bank+hire`, a path; none for the base.

    Raises
    ------
    UserError
        If there is no such file, or it is no scenario; names those that there are.
    """
    parts = [part.strip() for part in name.split(TOGETHER)]
    return tuple(_read(part, inputs) for part in parts if id_key(part) != BASE)


def _read(name: str, inputs: Inputs) -> Scenario:
    first = inputs.paths[0]
    folder = (first if first.is_dir() else first.parent) / FOLDER
    places = [Path(name), folder / name, folder / f"{name}.toml"]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        known = ", ".join(sorted(place.stem for place in folder.glob("*.toml"))) or "none"
        raise UserError(f"no scenario {name!r}: no such file, nor {folder / name}.toml (there are: {known})")
    try:
        return read_scenario(path.read_text(encoding="utf-8-sig"), path.stem, path.name)
    except UnicodeDecodeError:
        raise UserError(f"{path}: is no text in UTF-8") from None


def supposed(inputs: Inputs, stack: Sequence[Scenario]) -> Checked:
    """What is read where these scenarios hold.

    Raises
    ------
    UserError
        If one does not fit the workbooks, or drops a team that has work left: that would be planned as one of assumed
        size, as if nobody had gone.
    """
    checked = load(replace(inputs, scenarios=(*inputs.scenarios, *stack)))
    rows = [row for one in stack for row in one.rows if row.act is Act.DROP and row.sheet == "Teams"]
    names = {id_key(row.key): row.key for row in rows}
    over = (Status.DONE, Status.DROPPED)
    for key in names:
        left = [t.id for t in checked.read.roadmap.tasks if t.status not in over and key in map(id_key, t.teams)]
        if left:
            name = " + ".join(one.file for one in stack)
            raise UserError(
                f"{name}: drops the team {names[key]!r} with {listing(left, 4)} left: give its work "
                "to another team under [[change.tasks]], or drop it, too"
            )
    return checked


def compare_scenarios(
    names: Sequence[str], inputs: Inputs, options: PlanOptions, plan_file: Path | None = None, report: Report = silent
) -> Comparison:
    """Plan scenarios in parallel processes and lay them side by side; the base comes first whether named or not.

    All searches begin with the plan that was written last, have the same budget, and what one finds is tried on the
    others, so that a difference is the scenario's and not the search's.

    Raises
    ------
    UserError
        If a scenario is none or does not fit the workbooks, or there is no plan of the base.
    """
    with searching(options) as budget:
        meter = Meter(budget)
        now = current(inputs, options, meter.part(0.2), plan_file, report)
        wanted = list(dict.fromkeys(name for name in names if id_key(name) != BASE))
        stacks = [read_scenarios(name, now.inputs) for name in wanted]
        part = budget if budget.deterministic else meter.part(SEARCHING)
        base, others = _planned(now, stacks, part, meter, report)
        asked = budget if budget.deterministic else meter.part(1.0)
        share = replace(asked, time_limit=(asked.time_limit or 0.0) / max(1, 2 * len(others)))
        kept_at: Mapping[Promised, Solution] = {}
        if not budget.stop():
            base, others, kept_at = settled(now, base, others, wanted, share, meter, report)
        plans = [plan_of(now, variant) for variant in (base, *others)]
        rows = [_compared(BASE, "The roadmap as it is", base, plans[0], base, plans[0], now, share)]
        for name, stack, variant, made in zip(wanted, stacks, others, plans[1:], strict=True):
            title = "; ".join(scenario.title for scenario in stack)
            row = _compared(name, title, variant, made, base, plans[0], now, share)
            if row.broken and made and not budget.stop():
                report(f"asking what would keep the promises of {name}")
                known = kept_at.get((name, row.broken)) or plan_that_keeps(variant, row.broken, now.options, share)
                row = with_ways_to_keep(row, variant, made, known, now.options, share)
            rows.append(row)
    return Comparison(
        title_of(now.inputs.paths),
        now.checked.as_of,
        tuple(rows),
        _items(plans, now),
        _teams(plans),
        engineer_days(base.solution.objective - base.solution.bound),
        budget.stop(),
    )


def _planned(
    now: Current, stacks: Sequence[tuple[Scenario, ...]], part: Budget, meter: Meter, report: Report
) -> tuple[Variant, list[Variant]]:
    """The base and every scenario, searched apart and made alike."""
    facts = []
    for stack in stacks:
        checked = supposed(now.inputs, stack)
        facts.append((checked, *formulated(checked, now.options.capacity)))
    problems = [formulation.problem for _, _, formulation in facts]
    base = now.base
    report("planning the scenarios")
    jobs = [Job(problem, _starts(base, problem)) for problem in (base.formulation.problem, *problems)]
    own, *found = searched_apart(jobs, now.options.objective, part, report)
    better = own if own.schedule is not None and own.objective < base.solution.objective else base.solution
    bound = min(better.objective, max(own.bound, base.solution.bound))
    verified = [_verified(problem, solution) for problem, solution in zip(problems, found, strict=True)]
    with_plan = [i for i, solution in enumerate(verified) if solution.schedule is not None]
    best, alike = made_alike(
        base.formulation.problem,
        replace(better, bound=bound),
        [(problems[i], verified[i]) for i in with_plan],
        meter,
        now.options.objective,
    )
    for i, solution in zip(with_plan, alike, strict=True):
        verified[i] = solution
    variants = [Variant(*fact, solution) for fact, solution in zip(facts, verified, strict=True)]
    return replace(base, solution=best), variants


def _starts(base: Variant, problem: Problem) -> tuple[int, ...]:
    known = base.starts
    return tuple(known.get(activity.id, 0) for activity in problem.activities)


def _verified(problem: Problem, solution: Solution) -> Solution:
    broken = solution.schedule is not None and violations(problem, solution.schedule)
    return replace(solution, schedule=None) if broken else solution


def _compared(
    name: str,
    title: str,
    variant: Variant,
    made: Plan | None,
    base: Variant,
    base_plan: Plan | None,
    now: Current,
    budget: Budget,
) -> Compared:
    """What one scenario comes to against the base."""
    if made is None or base_plan is None:
        clash = smallest_clash(variant.formulation.problem, budget)
        facts = tuple(clash_fact(variant.formulation, fact).text for fact in clash)
        ways = ways_out(variant.checked, clash, now.options, budget) if clash else ()
        nothing = ("no plan was found in this time",)
        return Compared(name, title, 0.0, 0.0, (), None, 0.0, fits=ways, clash=facts or nothing)
    before, after = base_plan.items_by_id(), made.items_by_id()
    broken = broken_by(base_plan, made)
    kept = tuple(i for i, item in before.items() if item.days_late and i in after and not after[i].days_late)
    return Compared(
        name,
        title,
        made.objective,
        made.objective - base_plan.objective,
        made.terms,
        made.finish,
        made.gap,
        broken,
        kept,
        sum(1 for item in made.items if item.days_late),
    )


def _items(plans: Sequence[Plan | None], now: Current) -> tuple[ComparedItem, ...]:
    """Items that land on another day in some scenario, those that move furthest first, then the rest."""
    own: dict[str, Item] = {}
    for made in plans:
        own |= made.roadmap.items_by_id() if made else {}
    base = plans[0].items_by_id() if plans[0] else {}
    calendar = now.formulation.calendar
    rows = []
    for name, item in own.items():
        outcomes = []
        for made in plans:
            here = made.items_by_id().get(name) if made else None
            was = base.get(name)
            moved = _moved(was, here, calendar)
            outcomes.append(ItemOutcome(here.lands if here else None, here.days_late if here else 0, moved))
        target = item.targets[0].text if item.targets else ""
        rows.append(ComparedItem(name, item.title, str(item.commitment or ""), target, tuple(outcomes)))
    return tuple(sorted(rows, key=_furthest))


def _furthest(row: ComparedItem) -> tuple[int, str]:
    moves = [abs(one.moved) for one in row.outcomes if one.moved is not None]
    appears = len({one.lands is None for one in row.outcomes}) > 1
    return (-(10**6) if appears else -max(moves, default=0), row.id)


def _moved(was: PlannedItem | None, now: PlannedItem | None, calendar: Calendar) -> int | None:
    """Working days by which an item lands later; None where it lands in one of both only."""
    if was is None or now is None or was.lands is None or now.lands is None:
        return None
    return calendar.on_or_after(now.lands) - calendar.on_or_after(was.lands)


def _teams(plans: Sequence[Plan | None]) -> tuple[ComparedTeam, ...]:
    """How busy each team of any scenario is, those that change most first."""
    names = dict.fromkeys(team.name for made in plans if made for team in made.teams if not team.is_external)
    by_name = [made.teams_by_name() if made else {} for made in plans]
    rows = [
        ComparedTeam(name, tuple(teams[name].busy if name in teams else 0.0 for teams in by_name)) for name in names
    ]
    return tuple(sorted(rows, key=lambda row: (-(max(row.busy) - min(row.busy)), row.name)))
