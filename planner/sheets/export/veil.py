"""What a receiver may not see: rows with an Audience that he is not in, and every mention of them elsewhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from planner.domain.conflict import Conflict
from planner.domain.exports import Receiver
from planner.domain.merging import RESERVED
from planner.domain.roadmap import Item, Roadmap, Task, id_key

SHORTEST_WORD = 4
"""A title that is shorter is no secret: it would be found inside of everything."""


@dataclass(frozen=True)
class Veil:
    """A roadmap as one receiver may see it.

    A reserved item is one whose Audience does not name him; a task is reserved with any of its items. Who answers
    for an item is in its audience only where he is named there.
    """

    roadmap: Roadmap
    receiver: Receiver

    @cached_property
    def items(self) -> frozenset[str]:
        """Keys of the reserved items."""
        return frozenset(id_key(item.id) for item in self.roadmap.items if not self._is_named(item))

    @cached_property
    def tasks(self) -> frozenset[str]:
        """Keys of the reserved tasks."""
        return frozenset(
            id_key(task.id) for task in self.roadmap.tasks if self.items.intersection(map(id_key, task.items))
        )

    def hides(self, noun: Item | Task) -> bool:
        """Whether an item or task is reserved."""
        return id_key(noun.id) in (self.items if isinstance(noun, Item) else self.tasks)

    def hides_any(self, tasks: Iterable[str], items: Iterable[str] = ()) -> bool:
        """Whether any of these is reserved."""
        return not (self.tasks.isdisjoint(map(id_key, tasks)) and self.items.isdisjoint(map(id_key, items)))

    def hides_conflict(self, conflict: Conflict) -> bool:
        """Whether a conflict is about anything reserved."""
        said = f"{conflict.message} {conflict.recommendation}"
        return self.hides_any(conflict.tasks, conflict.items) or self.mentions(said)

    def mentions(self, text: str) -> bool:
        """Whether a text names anything reserved."""
        return self._secrets is not None and self._secrets.search(text) is not None

    def covered(self, text: str) -> str:
        """A text with a word in place of everything reserved."""
        return text if self._secrets is None else self._secrets.sub(RESERVED, text)

    def _is_named(self, item: Item) -> bool:
        """Whether the receiver may see an item; everybody may where there is no Audience."""
        return not item.audience or id_key(self.receiver.name) in map(id_key, item.audience)

    @cached_property
    def _secrets(self) -> re.Pattern[str] | None:
        """Ids and titles of everything reserved, as words, but for titles that others bear, too; None without any."""
        nouns: list[Item | Task] = [*self.roadmap.items, *self.roadmap.tasks]
        ids = {noun.id for noun in nouns if self.hides(noun)}
        open_titles = {id_key(noun.title) for noun in nouns if not self.hides(noun)}
        titles = {noun.title for noun in nouns if self.hides(noun) and id_key(noun.title) not in open_titles}
        words = sorted(
            ids | {title for title in titles if len(title) >= SHORTEST_WORD}, key=lambda word: (-len(word), word)
        )
        if not words:
            return None
        pattern = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
        return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
