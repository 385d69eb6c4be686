"""One returned sheet against its base and the master: what is settled at once, and what it wants of the master."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from planner.domain.merging import RESERVED, Difference, Matter, Verdict
from planner.sheets.grid import as_text
from planner.sheets.merge.forms import Typed, same
from planner.sheets.merge.grid import Located, SheetGrid, rows_of
from planner.sheets.merge.matching import Matched, Triple, match, says_no_more
from planner.sheets.merge.pairing import distance
from planner.sheets.merge.wishes import Compared, RowWish, Wish

MOST_BLANKED = 0.2
"""Of a column's values; more blanks at once are a slip of the mouse."""
MOST_MISSING = 0.3
"""Of the rows; where more are missing the file is a filtered copy."""
MEANT = 1
"""A single blank and a single missing row are meant, however short the table."""

Refusal = tuple[Verdict, str]


@dataclass(frozen=True)
class SheetReturned:
    """All tables of one kind on three sides; `base` is None where nothing is known of what was sent."""

    who: str
    kind: str
    theirs: Sequence[SheetGrid]
    base: Sequence[SheetGrid] | None
    ours: Sequence[SheetGrid]

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Columns that somebody added: neither in the base nor in the master, and none of ours."""
        known = {key for grid in (*(self.base or ()), *self.ours) for key in grid.columns}
        added = (column for grid in self.theirs for column in grid.columns.values() if column.key not in known)
        return frozenset(column.key for column in added if column.column is None and not column.is_computed)

    def has_column(self, key: str) -> bool:
        """Whether the master has a column."""
        return any(key in grid.columns for grid in self.ours)


def compare(sheet: SheetReturned, minted: Mapping[str, str]) -> Compared:
    """What differs in one returned sheet; `minted` is (content of a row without id -> its id) of earlier merges."""
    base = rows_of(sheet.base or ())
    matched = match(rows_of(sheet.theirs), base, rows_of(sheet.ours), minted)
    found = Compared()
    found.differences.extend(_new_columns(sheet))
    _compare_cells(sheet, matched.triples, found)
    _compare_rows(sheet, matched, found)
    _look_for_missing(sheet, matched, len([row for row in base if not row.is_reserved]), found)
    return found


def _new_columns(sheet: SheetReturned) -> Iterator[Difference]:
    for grid in sheet.theirs:
        for key, column in grid.columns.items():
            count = sum(key in row.values for row in grid.rows)
            if key in sheet.foreign and count:
                yield Difference(
                    sheet=sheet.kind,
                    key="",
                    column=column.header,
                    base=None,
                    ours=None,
                    theirs=column.header,
                    verdict=Verdict.PROPOSED,
                    reason=f'The column "{column.header}" with {_counted(count, "value")} is new; to take it over, '
                    "add its header to the master and merge again.",
                    who=sheet.who,
                    theirs_cell=grid.cell(None, key),
                    matter=Matter.NEW_COLUMN,
                )


def _compare_cells(sheet: SheetReturned, triples: Sequence[Triple], found: Compared) -> None:
    wishes = [(triple, wish) for triple in triples if not _is_known(triple, sheet) for wish in _wishes(triple, sheet)]
    slips = _slips([wish for _, wish in wishes], triples)
    for triple, wish in wishes:
        refusal = _refused(triple, wish, sheet) or _refused_blank(wish, slips, sheet)
        if refusal:
            found.differences.append(wish.difference(*refusal))
        else:
            found.wishes.append(wish)


def _wishes(triple: Triple, sheet: SheetReturned) -> Iterator[Wish]:
    """The cells of a row that are not what was sent; where that is not known, not what the master has."""
    theirs = triple.theirs
    for key, column in theirs.grid.columns.items():
        if key in theirs.grid.keys or key in sheet.foreign:
            continue
        typed = Typed(theirs.value(key), column)
        before = triple.base.grid.columns.get(key) if triple.base else None
        if sheet.base is not None and same(typed, Typed(triple.base.value(key) if triple.base else None, before)):
            continue
        sent = Typed(triple.base.meant(key) if triple.base else None, before)
        wish = Wish(
            sheet.who, sheet.kind, triple.id, key, column.name, sent, typed, triple.ours, theirs.cell(key), theirs
        )
        if sheet.base is not None or not (column.is_computed or same(typed, wish.present)):
            yield wish


def _slips(wishes: Sequence[Wish], triples: Sequence[Triple]) -> Mapping[str, str]:
    """Columns of which so much was blanked that nobody can have meant it, with how much."""
    blanked = Counter(wish.key for wish in wishes if wish.theirs.is_blank and not wish.base.is_blank)
    filled = Counter(key for triple in triples if triple.base for key in triple.base.row.values)
    return {
        key: f"{count} of {filled[key]}"
        for key, count in blanked.items()
        if count > MEANT and count > MOST_BLANKED * filled[key]
    }


def _refused(triple: Triple, wish: Wish, sheet: SheetReturned) -> Refusal | None:
    """Why a cell cannot be edited from outside, whatever its value."""
    column = wish.theirs.column
    if triple.is_reserved:
        return Verdict.IGNORED, "The row stands for one that is not shown to everybody; nothing of it comes back."
    if column is not None and column.is_computed:
        return Verdict.IGNORED, f'"{wish.column}" is computed by the plan, which writes it anew.'
    if column is not None and column.column is None and not sheet.has_column(wish.key):
        return Verdict.IGNORED, f'The master has no column "{wish.column}" any more.'
    if wish.theirs.is_blank and triple.theirs.grid.holds_formula(triple.theirs.row, wish.key):
        return Verdict.IGNORED, "A formula without a value stands there; open the file, save it and merge it again."
    if _is_covered(wish.base) and not _is_covered(wish.present):
        return Verdict.HELD_BACK, f'Part of the cell went out as "{RESERVED}"; make the edit in the master.'
    return refused_by_master(wish)


def _is_covered(value: Typed) -> bool:
    """Whether a word stands in a cell for what its reader may not see."""
    return re.search(rf"\b{RESERVED}\b", as_text(value.value)) is not None


def refused_by_master(wish: Wish) -> Refusal | None:
    """Why the cell of the master is not for typing."""
    ours, key = wish.ours, wish.key
    if ours is None or key not in ours.grid.columns:
        return None
    if ours.grid.columns[key].is_computed:
        return Verdict.IGNORED, f'"{wish.column}" is computed by the plan, which writes it anew.'
    if ours.grid.holds_formula(ours.row, key):
        return Verdict.IGNORED, "A formula of the master gives this value; change the formula there."
    if not ours.grid.columns[key].places:
        return Verdict.IGNORED, f'The master takes "{wish.column}" from another table; change it there.'
    if ours.grid.is_shared(ours.row, key):
        return Verdict.HELD_BACK, "In the master the cell above or below shares this value; type it there."
    return None


def _refused_blank(wish: Wish, slips: Mapping[str, str], sheet: SheetReturned) -> Refusal | None:
    """Why a blank is not taken for a deletion."""
    if not wish.theirs.is_blank:
        return None
    if sheet.base is None:
        return Verdict.IGNORED, "It is not known what was sent, so a blank says nothing."
    if wish.theirs.column is not None and wish.theirs.column.is_required:
        return Verdict.IGNORED, f'"{wish.column}" must not be blank; the master keeps its value.'
    if wish.key in slips:
        much = f'{slips[wish.key]} values of "{wish.column}" came back blank, more than {MOST_BLANKED:.0%}'
        return Verdict.HELD_BACK, f"{much}; if that is meant, blank them in the master."
    return None


def _is_known(triple: Triple, sheet: SheetReturned) -> bool:
    """Whether a row was added since it was sent, and the master has it just so."""
    return (
        triple.base is None
        and triple.ours is not None
        and (sheet.base is not None or not triple.theirs.row.typed)
        and says_no_more(triple.theirs, triple.ours)
    )


def _compare_rows(sheet: SheetReturned, matched: Matched, found: Compared) -> None:
    """Rows with another id, rows that were added before, repeated ones and new ones."""
    for triple in matched.triples:
        if triple.is_renamed and triple.base:
            found.differences.append(_renamed(sheet.who, triple, triple.base))
        elif _is_known(triple, sheet) and triple.ours:
            wish = RowWish(sheet.who, Matter.NEW_ROW, None, triple.ours, triple.theirs)
            text = f'The master has this row already, as "{triple.ours.row.id}".'
            found.differences.append(wish.difference(Verdict.MERGED, text, already=True))
    for row in matched.repeated:
        text = f'"{row.row.typed}" is the id of another row, too; give this one an id of its own, or none.'
        wish = RowWish(sheet.who, Matter.NEW_ROW, None, None, row)
        found.differences.append(wish.difference(Verdict.PROPOSED, text))
    for row, other in matched.alike:
        text = f'It has no id and is much like "{other.row.id}"; type that id, or another title if it is new.'
        wish = RowWish(sheet.who, Matter.NEW_ROW, None, other, row)
        found.differences.append(wish.difference(Verdict.PROPOSED, text))
    for row in matched.newcomers:
        wish = RowWish(sheet.who, Matter.NEW_ROW, None, None, row)
        if row.is_reserved:
            text = "The row stands for one that is not shown to everybody; nothing of it comes back."
            found.differences.append(wish.difference(Verdict.IGNORED, text))
        else:
            found.newcomers.append(wish)


def _renamed(who: str, triple: Triple, base: Located) -> Difference:
    wish = RowWish(who, Matter.RENAME, base, triple.ours, triple.theirs)
    before, after = base.row.id, triple.theirs.row.typed
    if not after:
        name = triple.theirs.grid.keys[0]
        return wish.difference(Verdict.IGNORED, f'"{name}" must not be blank; by its content the row is "{before}".')
    text = (
        f'"{before}" came back as "{after}"; to rename it, change the id in the master and where it is referred to.'
    )
    return wish.difference(Verdict.PROPOSED, text)


def _look_for_missing(sheet: SheetReturned, matched: Matched, rows: int, found: Compared) -> None:
    """Rows that did not come back: a filtered copy, gone on both sides, or up to the master's own edits."""
    count = len(matched.missing)
    is_filtered = count > MEANT and count > MOST_MISSING * rows
    for base, ours in matched.missing:
        is_edited = ours is not None and distance(base, ours) > 0
        wish = RowWish(sheet.who, Matter.MISSING_ROW, base, ours, None, is_edited)
        if ours is None:
            text = "Both sides have deleted the row."
            found.differences.append(wish.difference(Verdict.MERGED, text, already=True))
        elif is_filtered:
            text = (
                f"{count} of {rows} rows did not come back, more than {MOST_MISSING:.0%}: taken for a filtered copy."
            )
            found.differences.append(wish.difference(Verdict.IGNORED, text))
        else:
            found.missing.append(wish)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
