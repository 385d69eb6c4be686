"""Who is needed for an item: every clue ranks the teams on its own, reciprocal ranks fuse the rankings.

All guesses weigh the same: with weights between 1 and 3 the recall on real asks hardly moved, so none were fitted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from planner.conflicts.text import Progress, Text, fuse, neighbours, stems
from planner.domain.roadmap import Component, Item, Roadmap, Status, Task, id_key
from planner.domain.suggestion import Clue, Reason, SuggestedTeam, Suggestion

FACT = 2.0
"""What the tables say of the item counts as much as two guesses."""
NEAR = 10
"""Similar items that count."""
SHARED = 2
"""Words that an item and a task on a component have in common at least."""
SHOWN = 3
"""Sources that a reason names at most."""


@dataclass
class _Votes:
    """Votes for teams from one clue, and what they rest on, by the key of the team's name."""

    weight: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    sources: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    words: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, team: str, weight: float, source: str = "", words: Iterable[str] = ()) -> None:
        """A vote for a team; a blank team has none."""
        key = id_key(team)
        if key:
            self.weight[key] += weight
            self.sources[key].update(dict.fromkeys([source] if source else ()))
            self.words[key].update(dict.fromkeys(words))

    def ranking(self) -> list[str]:
        """Teams with a vote, most votes first, then by name."""
        return sorted(self.weight, key=lambda team: (-round(self.weight[team], 9), team))

    def reason(self, clue: Clue, team: str) -> Reason:
        """Why this clue speaks for the team."""
        return Reason(clue, tuple(self.sources[team])[:SHOWN], tuple(self.words[team]))


@dataclass(frozen=True)
class _Look:
    """One item within its roadmap: its words, its tasks, its neighbours."""

    roadmap: Roadmap
    item: Item
    progress: Progress

    @cached_property
    def tasks_by_item(self) -> Mapping[str, tuple[Task, ...]]:
        """Tasks that are not dropped, by the key of their item."""
        found: dict[str, list[Task]] = defaultdict(list)
        for task in self.roadmap.tasks:
            if task.status is not Status.DROPPED:
                for item in task.items:
                    found[id_key(item)].append(task)
        return {item: tuple(tasks) for item, tasks in found.items()}

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The item's own tasks."""
        return self.tasks_by_item.get(id_key(self.item.id), ())

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The telling words of the item and of its tasks' titles."""
        return stems(self.text(self.item).whole)

    def text(self, item: Item) -> Text:
        """An item with the titles of its tasks as its body."""
        titles = (task.title for task in self.tasks_by_item.get(id_key(item.id), ()))
        return Text(item.title, " ".join((item.description, *titles)))

    def shared(self, text: str) -> tuple[str, ...]:
        """The item's words that a text has too."""
        return tuple(self.words[stem] for stem in stems(text) if stem in self.words)

    @cached_property
    def components(self) -> tuple[tuple[Component, tuple[str, ...]], ...]:
        """Components that the item is about, with the words that say so.

        All words of the name are the item's, or one of its tasks touches it, or a task that touches it shares
        at least `SHARED` words with the item.
        """
        touching: dict[str, list[Task]] = defaultdict(list)
        for task in self.roadmap.tasks:
            for touch in task.touches:
                touching[id_key(touch.component)].append(task)
        own = {task.id for task in self.tasks}
        found = []
        for component in self.roadmap.components:
            name = self.shared(component.name)
            tasks = touching[id_key(component.name)]
            others = max((self.shared(task.title) for task in tasks), key=len, default=())
            if 0 < len(name) == len(stems(component.name)):
                found.append((component, name))
            elif any(task.id in own for task in tasks):
                found.append((component, ()))
            elif len(others) >= SHARED:
                found.append((component, others))
        return tuple(found)


def suggest(roadmap: Roadmap, item: Item, progress: Progress = lambda _: None) -> Suggestion:
    """All teams for which something speaks, best first."""
    look = _Look(roadmap, item, progress)
    votes = {clue: vote(look) for clue, vote in CLUES}
    names = _names(roadmap)
    scores = fuse((FACT if clue is Clue.INVOLVED else 1.0, found.ranking()) for clue, found in votes.items())
    teams = (
        SuggestedTeam(
            names.get(team, team),
            score,
            tuple(found.reason(clue, team) for clue, found in votes.items() if team in found.weight),
        )
        for team, score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    return Suggestion(item.id, item.title, tuple(teams))


def _names(roadmap: Roadmap) -> Mapping[str, str]:
    """Every team's name as shown, by its key; the sheet Teams says it best."""
    asked = (ask.team for ask in roadmap.asks)
    owners = (component.owner for component in roadmap.components)
    consumers = (team for component in roadmap.components for team, _ in component.consumers)
    working = (team for task in roadmap.tasks for team in task.teams)
    listed = (team.name for team in roadmap.teams)
    return {id_key(name): name for name in (*asked, *owners, *consumers, *working, *listed) if name}


def _involved(look: _Look) -> _Votes:
    votes = _Votes()
    for ask in look.roadmap.asks:
        if id_key(ask.item) == id_key(look.item.id):
            votes.add(ask.team, 1, "Asks")
    for task in look.tasks:
        for team in task.teams:
            votes.add(team, 1, task.id)
    return votes


def _named(look: _Look) -> _Votes:
    """Teams all words of whose name are among the item's; long names first, since they match less by chance."""
    votes = _Votes()
    for name in _names(look.roadmap).values():
        words = look.shared(name)
        if 0 < len(words) == len(stems(name)):
            votes.add(name, len(words), words=words)
    return votes


def _owners(look: _Look) -> _Votes:
    votes = _Votes()
    for component, words in look.components:
        votes.add(component.owner, 1, component.name, words)
    return votes


def _consumers(look: _Look) -> _Votes:
    """By the engineer-days that a migration would cost them."""
    votes = _Votes()
    for component, words in look.components:
        for team, effort in component.consumers:
            votes.add(team, effort, component.name, words)
    return votes


def _similar(look: _Look) -> _Votes:
    """Teams that similar items ask or that work on them, by similarity, each once an item."""
    items = (look.item, *(item for item in look.roadmap.items if id_key(item.id) != id_key(look.item.id)))
    texts = [look.text(item) for item in items]
    asked: dict[str, list[str]] = defaultdict(list)
    for ask in look.roadmap.asks:
        asked[id_key(ask.item)].append(ask.team)
    votes = _Votes()
    for near in neighbours(texts, NEAR, progress=look.progress)[0]:
        other = items[near.place]
        working = (team for task in look.tasks_by_item.get(id_key(other.id), ()) for team in task.teams)
        words = look.shared(texts[near.place].title)
        for team in {id_key(team): team for team in (*asked[id_key(other.id)], *working)}.values():
            votes.add(team, near.similarity, other.id, words)
    return votes


def _asked(look: _Look) -> _Votes:
    """How often all other items ask a team."""
    votes = _Votes()
    for ask in look.roadmap.asks:
        if id_key(ask.item) != id_key(look.item.id):
            votes.add(ask.team, 1, ask.item)
    return votes


CLUES: tuple[tuple[Clue, Callable[[_Look], _Votes]], ...] = (
    (Clue.INVOLVED, _involved),
    (Clue.NAMED, _named),
    (Clue.OWNER, _owners),
    (Clue.CONSUMER, _consumers),
    (Clue.SIMILAR, _similar),
    (Clue.ASKED, _asked),
)
