"""What every row may refer to: teams and ids; references are resolved here, and misses reported at the end."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.cells import Cell
from planner.domain.diagnostics import Rule
from planner.domain.roadmap import EXTERNAL, id_key
from planner.sheets import rules
from planner.sheets.identifiers import Namespace, Place
from planner.sheets.rows.reader import Findings, RowReader
from planner.sheets.team_names import TeamNames
from planner.sheets.values import split_list


@dataclass(frozen=True)
class _Miss:
    """A reference to nothing, reported when all are known so that suggestions are made once."""

    namespace: Namespace
    rule: Rule
    message: str
    subject: str
    text: str
    cell: Cell


@dataclass
class Context:
    """Names and ids of the whole roadmap.

    `titles` are folded titles with (source, id) of their tasks; `tasks_of_item` maps an item to its tasks;
    `named_teams`, the teams that anything names, grows as rows are read.
    """

    findings: Findings
    teams: TeamNames
    tasks: Namespace
    items: Namespace
    decisions: Namespace
    hypotheses: Namespace
    titles: Mapping[str, Sequence[tuple[Place, str]]]
    tasks_of_item: Mapping[str, Sequence[str]] = field(default_factory=dict)
    named_teams: set[str] = field(default_factory=set)
    _misses: list[_Miss] = field(default_factory=list)
    _team_cells: dict[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))

    def team(self, typed: str, cell: Cell) -> str:
        """The name of the team that is meant; unknown ones become teams of their own and are reported once."""
        name = self.teams.shown(typed)
        self.named_teams.add(name)
        if self.teams.is_former(typed):
            self._team_cells[typed].append(cell)
        elif self.teams.any_listed and not self.teams.is_listed(typed) and not id_key(typed).startswith(EXTERNAL):
            self._team_cells[name].append(cell)
        return name

    def team_cell(self, reader: RowReader, column: str) -> tuple[str, ...]:
        """The teams of a cell, owner first."""
        return tuple(self.team(typed, reader.cell(column)) for typed in self.teams.split(reader.text(column)))

    def reference(self, namespace: Namespace, text: str, reader: RowReader, column: str, rule: Rule) -> str | None:
        """The id that is meant, or None, which is reported."""
        match = namespace.resolve(text, reader.place)
        if match.id:
            return match.id
        cell = reader.cell(column)
        if match.candidates:
            named = " or ".join(f'"{candidate}"' for candidate in match.candidates)
            message = f'"{reader.subject}": {column} "{text}" could be {named}; ignored.'
            self.findings.report(rules.AMBIGUOUS_REFERENCE, message, cell)
            return None
        message = f'"{reader.subject}": {column} "{text}" is on no sheet; ignored.'
        self._misses.append(_Miss(namespace, rule, message, reader.subject, text, cell))
        return None

    def titled(self, text: str, place: Place) -> str:
        """The only task with this title, or the only one of the same source; empty for none and for several."""
        bearers = self.titles.get(id_key(text), ()) if text else ()
        here = [task for source, task in bearers if source == place]
        if len(bearers) == 1:
            return bearers[0][1]
        return here[0] if len(here) == 1 else ""

    def references(
        self, namespace: Namespace, reader: RowReader, column: str, rule: Rule = rules.DANGLING_REFERENCE
    ) -> tuple[str, ...]:
        """The ids of a cell, each once; as typed where there is no sheet that could hold them."""
        text = reader.text(column)
        if not text:
            return ()
        typed = self._ids_in(namespace, text)
        if not len(namespace):
            return tuple(dict.fromkeys(typed))
        found = (self.reference(namespace, entry, reader, column, rule) for entry in typed)
        return tuple(dict.fromkeys(entry for entry in found if entry is not None))

    @staticmethod
    def _ids_in(namespace: Namespace, text: str) -> tuple[str, ...]:
        """The ids of a cell as typed; a comma does not separate where ids contain commas."""
        if namespace.knows(text):
            return (text,)
        return split_list(f"{text};" if namespace.has_commas else text)

    def report_misses(self) -> None:
        """Report what could only be said when everything was read."""
        for namespace in (self.tasks, self.items, self.decisions, self.hypotheses):
            misses = [miss for miss in self._misses if miss.namespace is namespace]
            suggestions = namespace.suggestions(miss.text for miss in misses)
            for miss in misses:
                suggestion = suggestions.get(miss.text, "")
                if f'"{miss.subject}"' in suggestion:  # nobody means to depend on the task itself
                    suggestion = ""
                self.findings.report(miss.rule, miss.message, miss.cell, suggestion=suggestion)
        for typed, cells in sorted(self._team_cells.items()):
            self._report_team(typed, sorted(set(cells)))

    def _report_team(self, typed: str, cells: Iterable[Cell]) -> None:
        if self.teams.is_former(typed):
            message = f'"{typed}" is a former name of "{self.teams.shown(typed)}" and taken for it.'
            self.findings.report(rules.FORMER_TEAM, message, *cells)
            return
        message = f'Team "{typed}" is not on the sheet Teams; planned as a team of its own.'
        self.findings.report(rules.UNKNOWN_TEAM, message, *cells, suggestion=self.teams.suggestion(typed))
