"""Facts that nobody has stated, each with plausible answers and whom to ask; what may matter most comes first.

A finder is one function from a `Look` to the unknowns of its kind, listed in `FINDERS`. `weight` is a cheap guess,
in milli ED, of what an answer moves: the cost of the delay of all that waits for what it is about.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles

from planner.domain.conflict import Change, ChangeKind
from planner.domain.question import Answer, MissingFact, Question
from planner.domain.roadmap import Estimate, Item, Priority, Roadmap, Target, Task, Team, id_key
from planner.domain.settings import Settings
from planner.report.wording import day, weeks
from planner.scheduling.changes import apply
from planner.scheduling.estimates import assumed_estimates
from planner.scheduling.look import LONGEST, Look

ENOUGH = 4
"""Stated values of which quartiles say what is plausible."""
MOST_ANSWERS = 4
"""Options of a decision, or teams, that are tried."""
SIZES = (0.5, 1.5)
"""An unknown team is between half and one and a half times as large as assumed, where few sizes are stated."""
CHANCES = (0.25, 0.75)
"""Plausible probabilities, where few are stated."""

Edit = Callable[[Roadmap], Roadmap]


@dataclass(frozen=True)
class Option:
    """One plausible answer and the roadmap with it."""

    value: str
    edit: Edit


@dataclass(frozen=True)
class Unknown(MissingFact):
    """A missing fact with the roadmaps that its answers make; `weighs`: it changes no work, only what delay costs."""

    options: tuple[Option, ...]
    weight: float
    weighs: bool = False

    @property
    def question(self) -> Question:
        """The question, nothing known yet of what its answers do."""
        answers = tuple(Answer(option.value) for option in self.options)
        return Question(self.kind, self.subject, self.wording, self.whom, self.role, self.cells, answers)


def unknowns(look: Look) -> tuple[Unknown, ...]:
    """All of them, what may matter most first."""
    found = (unknown for finder in FINDERS for unknown in finder(look))
    return ranked(found)


def ranked(found: Iterable[Unknown]) -> tuple[Unknown, ...]:
    """What may matter most first."""
    return tuple(sorted(found, key=lambda unknown: (-unknown.weight, unknown.kind, unknown.subject)))


def named(task: Task) -> str:
    """`LED-7 (Ledger API)`."""
    return f"{task.id} ({task.title})" if task.title else task.id


def with_tasks(roadmap: Roadmap, changed: Mapping[str, Task]) -> Roadmap:
    """The roadmap with other versions of some tasks, by id."""
    return replace(roadmap, tasks=tuple(changed.get(task.id, task) for task in roadmap.tasks))


def _quartiles(values: Sequence[float], otherwise: tuple[float, float]) -> tuple[float, float]:
    """The first and third quartile of what people stated, where there is enough of it."""
    if len(values) < ENOUGH:
        return otherwise
    low, _, high = quantiles(values, n=4, method="inclusive")
    return (low, high) if low < high else otherwise


def _estimates(look: Look) -> Iterator[Unknown]:
    """Tasks that nobody estimated: between the quartiles of their team, else within the default range."""
    low, _, high = look.settings.defaults.effort
    typed: dict[str, list[float]] = defaultdict(list)
    for task in look.roadmap.tasks:
        if task.estimate is not None and task.estimate.likely > 0:
            typed[id_key(task.owner)].append(task.estimate.likely)
    own = assumed_estimates(look.roadmap.tasks, look.settings.defaults)
    for i, task in enumerate(look.formulation.tasks):
        if look.formulation.estimated[i]:
            continue
        key = id_key(task.owner)
        span = _quartiles(typed[key], (low, high)) if key in own else (low, high)
        whom, role = look.manager(task.owner, task.items)
        options = tuple(Option(weeks(effort), _sized(task, effort)) for effort in span)
        days = (span[1] - span[0]) / max(1.0, sum(part.engineers for part in look.formulation.work[i]))
        weight = look.delay(task.id, days)
        cells = (task.source.cell("Effort"),)
        yield Unknown("estimate", task.id, f"how large is {named(task)}?", whom, role, cells, options, weight)


def _sized(task: Task, effort: float) -> Edit:
    sized = replace(task, estimate=Estimate(effort, effort, effort))
    return lambda roadmap: with_tasks(roadmap, {task.id: sized})


def _owners(look: Look) -> Iterator[Unknown]:
    """Tasks that nobody has taken: the owners of their components, then the teams that work on the same items."""
    owner = {id_key(component.name): component.owner for component in look.roadmap.components if component.owner}
    teams_of: dict[str, dict[str, None]] = defaultdict(dict)
    for task in look.roadmap.tasks:
        for item in task.items:
            teams_of[id_key(item)].update(dict.fromkeys(task.teams))
    for task in look.formulation.tasks:
        if task.teams:
            continue
        owners = [owner[id_key(touch.component)] for touch in task.touches if id_key(touch.component) in owner]
        teams = dict.fromkeys([*owners, *(team for item in task.items for team in teams_of[id_key(item)])])
        if not teams:
            continue
        whom, role = look.pm(task.items)
        options = tuple(Option(team, _taken(task, team)) for team in list(teams)[:MOST_ANSWERS])
        weight = look.delay(task.id, look.days(task.id))
        cells = (task.source.cell("Team"),)
        yield Unknown("team", task.id, f"who does {named(task)}?", whom, role, cells, options, weight)


def _taken(task: Task, team: str) -> Edit:
    return lambda roadmap: with_tasks(roadmap, {task.id: replace(task, teams=(team,))})


def _decisions(look: Look) -> Iterator[Unknown]:
    """Open decisions with options to choose from."""
    for decision in look.roadmap.decisions:
        if not decision.is_open or len(decision.options) < 2:
            continue
        key, name = id_key(decision.key), id_key(decision.id)
        tasks = [
            task
            for task in look.formulation.tasks
            if key in {id_key(setting.key) for setting in (*task.sets, *task.needs)}
            or name in map(id_key, task.settles)
        ]
        items = [item for task in tasks for item in task.items]
        whom, role = (decision.driver, f"driver of {decision.id}") if decision.driver else look.pm(items)
        if not whom and decision.approver:
            whom, role = decision.approver, f"approver of {decision.id}"
        options = tuple(
            Option(value, _chosen(decision.id, value, look.settings)) for value, _ in decision.options[:MOST_ANSWERS]
        )
        wording = f"{decision.id}, {decision.question or decision.key}"
        wording = wording if wording.endswith("?") else f"{wording}?"
        weight = sum(look.delay(task.id, LONGEST) for task in tasks)
        yield Unknown(
            "decision", decision.id, wording, whom, role, (decision.source.cell("Chosen"),), options, weight
        )


def _chosen(decision: str, value: str, settings: Settings) -> Edit:
    change = Change(ChangeKind.CHOOSE, decision, value=value)
    return lambda roadmap: apply(roadmap, (change,), settings)


def _priorities(look: Look) -> Iterator[Unknown]:
    """Items of which nobody has said how urgent they are: from P0 to P3."""
    weights = look.settings.weights.priority
    for item in look.roadmap.items:
        if item.priority is not None or item.cost_of_delay is not None or id_key(item.id) not in look.landings:
            continue
        options = tuple(
            Option(str(level), _item(replace(item, priority=level))) for level in (Priority.P0, Priority.P3)
        )
        weight = 1000 * (weights[Priority.P0] - weights[Priority.P3]) * look.landings[id_key(item.id)]
        wording = f"how urgent is {_titled(item)}?"
        cells = (item.source.cell("Priority"),)
        yield Unknown("priority", item.id, wording, *look.pm([item.id]), cells, options, weight, weighs=True)


def _targets(look: Look) -> Iterator[Unknown]:
    """Items that are promised for no date: between the quartiles of the dates of the others."""
    stated = sorted(target.last for item in look.roadmap.items for target in item.targets)
    if len(stated) < ENOUGH:
        return
    early, late = stated[len(stated) // 4], stated[3 * len(stated) // 4]
    weight_of = {id_key(it.id): it.delay_weight for it in look.formulation.problem.deliverables}
    today = look.formulation.calendar.date_of(0)
    for item in look.roadmap.items:
        key = id_key(item.id)
        if item.targets or key not in look.landings or early < today or early == late:
            continue
        options = tuple(
            Option(day(when, today), _item(replace(item, targets=(Target(when, when, "day", when.isoformat()),))))
            for when in (early, late)
        )
        missed = max(0, look.landings[key] - look.formulation.calendar.after(early))
        wording = f"by when is {_titled(item)} wanted?"
        cells = (item.source.cell("Target"),)
        weight = missed * weight_of[key]
        yield Unknown("target", item.id, wording, *look.pm([item.id]), cells, options, weight, weighs=True)


def _item(changed: Item) -> Edit:
    return lambda roadmap: replace(
        roadmap, items=tuple(changed if item.id == changed.id else item for item in roadmap.items)
    )


def _titled(item: Item) -> str:
    return f"{item.id} ({item.title})" if item.title else item.id


def _sizes(look: Look) -> Iterator[Unknown]:
    """Teams with work of which nobody has said how large they are."""
    default = look.settings.defaults.team_engineers
    stated = [team.engineers for team in look.roadmap.teams if team.engineers and not team.is_external]
    low, high = _quartiles(stated, (SIZES[0] * default, SIZES[1] * default))
    queues: dict[str, list[str]] = defaultdict(list)
    for task in look.formulation.tasks:
        queues[id_key(task.owner)].append(task.id)
    for team in look.formulation.teams:
        queue = queues[id_key(team.name)]
        if team.engineers is not None or not queue:
            continue
        options = tuple(Option(f"{size:g} engineers", _as_large(team, size)) for size in (low, high))
        whom, role = look.manager(team.name)
        cells = (team.source.cell("Engineers"),) if team.source else ()
        weight = sum(look.delay(task, look.days(task) * (default / low - default / high)) for task in queue)
        wording = f"how many engineers has {team.name}?"
        yield Unknown("team size", team.name, wording, whom, role, cells, options, weight)


def _as_large(team: Team, size: float) -> Edit:
    sized = replace(team, engineers=size)

    def edit(roadmap: Roadmap) -> Roadmap:
        others = tuple(other for other in roadmap.teams if id_key(other.name) != id_key(team.name))
        return replace(roadmap, teams=(*others, sized))

    return edit


def _chances(look: Look) -> Iterator[Unknown]:
    """Hypotheses of which nobody has said how likely they are, and on which work relies."""
    stated = [h.probability for h in look.roadmap.hypotheses if h.probability is not None]
    span = _quartiles(stated, CHANCES)
    for hypothesis in look.roadmap.hypotheses:
        if hypothesis.probability is not None or hypothesis.result:
            continue
        relying = [t for t in look.formulation.tasks if id_key(hypothesis.id) in map(id_key, t.hypotheses)]
        if not relying:
            continue
        options = tuple(Option(f"{chance:.0%}", _likely(hypothesis.id, chance)) for chance in span)
        whom, role = look.pm(item for task in relying for item in task.items)
        said = f" ({hypothesis.statement})" if hypothesis.statement else ""
        weight = sum(look.delay(task.id, look.days(task.id)) for task in relying)
        cells = (hypothesis.source.cell("P(success)"),)
        wording = f"how likely does {hypothesis.id} hold{said}?"
        yield Unknown("chance", hypothesis.id, wording, whom, role, cells, options, weight)


def _likely(name: str, chance: float) -> Edit:
    return lambda roadmap: replace(
        roadmap,
        hypotheses=tuple(replace(h, probability=chance) if h.id == name else h for h in roadmap.hypotheses),
    )


FINDERS: tuple[Callable[[Look], Iterator[Unknown]], ...] = (
    _estimates,
    _owners,
    _decisions,
    _priorities,
    _targets,
    _sizes,
    _chances,
)
