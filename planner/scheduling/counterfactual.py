"""What would move a task: a few changes that attack the chain that binds it, nearest first."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from planner.domain.conflict import Change, ChangeKind
from planner.domain.roadmap import Roadmap
from planner.report.wording import day
from planner.scheduling.answers import waits_for
from planner.scheduling.chain import Chain, Step
from planner.scheduling.explain import Explainer, launch_reason
from planner.scheduling.launches import blocks_between
from planner.scheduling.view import View

MOST, MOST_OF_A_KIND = 4, 2


@dataclass(frozen=True)
class Counterfactual:
    """A change of the roadmap in words and as data."""

    text: str
    change: Change


def counterfactuals(view: View, roadmap: Roadmap, chain: Chain) -> tuple[Counterfactual, ...]:
    """Up to `MOST` changes: the nearest of each kind first, then further ones."""
    attacks = _Attacks(view, roadmap, chain)
    found = list({attack.change: attack for attack in attacks.nearest_first()}.values())
    seen: Counter[ChangeKind] = Counter()
    rank = {}
    for attack in found:
        rank[attack.change] = seen[attack.change.kind]
        seen[attack.change.kind] += 1
    chosen = [attack for attack in found if rank[attack.change] < MOST_OF_A_KIND]
    return tuple(sorted(chosen, key=lambda attack: rank[attack.change])[:MOST])


class _Attacks:
    """All changes that loosen the chain somewhere."""

    def __init__(self, view: View, roadmap: Roadmap, chain: Chain) -> None:
        self._view, self._roadmap, self._chain = view, roadmap, chain
        self._explainer = Explainer(view.problem, view.schedule)
        self._today = view.calendar.date_of(0)

    def nearest_first(self) -> Iterator[Counterfactual]:
        """From the task's own launch back to the planning start; changes may repeat."""
        steps = (*reversed(self._chain.steps), None)
        asked = self._chain.steps[-1].activity
        held = launch_reason(self._view.problem, self._view.schedule, asked)
        if held is not None and held.kind == "block":
            yield from self._overrides(asked)
        for step, before in pairwise(steps):
            assert step is not None
            if step.waited:  # what comes before does not keep it
                yield from self._waited_for(step)
                return
            yield from self._loosened(step, before)

    def _loosened(self, step: Step, before: Step | None) -> Iterator[Counterfactual]:
        """What would undo the facts that bind a step, or the step before it."""
        task, kind = self._view.formulation.tasks[step.activity], step.fact.kind
        facts = self._explainer.binding(step.activity).last
        teams = [fact for fact in facts if fact.kind == "capacity" and fact.resource is not None]
        for resource in dict.fromkeys(fact.resource for fact in teams if fact.resource is not None):
            yield self._more(resource)
        if kind in ("release", "pinned") and task.not_before is not None and not task.not_before_reason:
            start = Change(ChangeKind.START, task.id, value=self._today.isoformat())
            yield Counterfactual(f"{task.id} allowed from {day(self._today, self._today)} on", start)
        if before is None:
            return
        other = self._view.formulation.tasks[before.activity]
        if kind == "launch" and before.held:
            yield from self._overrides(before.activity)
        if kind == "capacity" and not self._view.problem.activities[before.activity].started:
            yield Counterfactual(f"{other.id} given up", Change(ChangeKind.DROP, other.id))
        if kind in ("predecessor", "launch") and not any(before.activity in fact.activities for fact in teams):
            yield Counterfactual(f"{task.id} not after {other.id}", Change(ChangeKind.CUT, task.id, other.id))

    def _more(self, resource: int) -> Counterfactual:
        """One more engineer for as long as the plan knows, or one more task in progress."""
        formulation = self._view.formulation
        if resource < len(formulation.teams):
            team = formulation.teams[resource].name
            last = self._view.calendar.date_of(self._view.problem.horizon)
            hire = Change(ChangeKind.HIRE, team, f"{self._today}/{last}", "1")
            return Counterfactual(f"1 more engineer in {team}", hire)
        limited = formulation.limited[resource - len(formulation.teams)]
        limit = (limited.wip_limit or 0) + 1
        text = f"{limit} tasks in progress in {limited.name}"
        return Counterfactual(text, Change(ChangeKind.LIMIT, limited.name, value=str(limit)))

    def _overrides(self, i: int) -> Iterator[Counterfactual]:
        """An override of each block between the finish and the launch."""
        view = self._view
        task = view.formulation.tasks[i]
        first, end = max(view.schedule.finish[i] - 1, 0), view.schedule.launch[i] - 1
        for block in blocks_between(self._roadmap, task, view.calendar, self._today, first, end):
            change = Change(ChangeKind.OVERRIDE, task.id, block.name)
            yield Counterfactual(f"override of {block.name} for {task.id}", change)

    def _waited_for(self, step: Step) -> Iterator[Counterfactual]:
        """Without what the step waits for by choice: decisions taken at once, tasks given up."""
        view, i = self._view, step.activity
        names = set(waits_for(view.problem, view.schedule, i, step.ready))
        evidence = [known for risk in view.problem.risks if risk.activity == i for known in risk.evidence]
        by_date = {known.name for known in evidence if known.activity is None and known.period > step.ready}
        for decision in self._roadmap.decisions:
            if decision.is_open and decision.id in names & by_date:
                taken = Change(ChangeKind.DECIDE, decision.id, value=self._today.isoformat())
                yield Counterfactual(f"{decision.id} decided on {day(self._today, self._today)}", taken)
        for activity in view.problem.activities:
            if activity.id in names and not activity.started:
                yield Counterfactual(f"{activity.id} given up", Change(ChangeKind.DROP, activity.id))
