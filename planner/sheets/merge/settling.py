"""The wishes of all files for one cell together: merged, clashing with the master, or with each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planner.domain.merging import Difference, Matter, OnConflict, Verdict
from planner.sheets.grid import as_text
from planner.sheets.merge.forms import can_be_read, is_undecided, means_same, same
from planner.sheets.merge.grid import GridRow, SheetGrid
from planner.sheets.merge.wishes import RowWish, Wish

Target = tuple[SheetGrid, GridRow, str]
"""A cell of the master."""


@dataclass(frozen=True)
class Settled:
    """What became of every wish, and the wishes that are granted, one a cell.

    `gone` are those for cells of rows that the master has deleted and that are to come back.
    """

    differences: list[Difference] = field(default_factory=list)
    granted: list[Wish] = field(default_factory=list)
    gone: list[Wish] = field(default_factory=list)


def settle(wishes: Sequence[Wish], on_conflict: OnConflict) -> Settled:
    """Weigh wishes for cells; their order says nothing but whose of several equal ones is granted."""
    settled = Settled()
    open_wishes: dict[Target, list[Wish]] = defaultdict(list)
    for wish in wishes:
        difference = _against_master(wish, on_conflict)
        if difference:
            settled.differences.append(difference)
        elif wish.ours is None:
            settled.gone.append(wish)
        else:
            open_wishes[wish.ours.grid, wish.ours.row, wish.key].append(wish)
    for rivals in open_wishes.values():
        if len({wish.theirs.form for wish in rivals}) > 1:
            settled.differences.extend(_rivals(rivals, on_conflict))
        else:
            settled.differences.extend(wish.difference(Verdict.MERGED, _merged(wish)) for wish in rivals)
            settled.granted.append(rivals[0])
    return settled


def brought_back(gone: Sequence[Wish]) -> list[RowWish]:
    """The edited rows that the master has deleted, each once, as new ones."""
    rows = {(wish.who, wish.row): wish for wish in gone if wish.row}
    return [RowWish(who, Matter.NEW_ROW, None, None, row, comes_back=True) for who, row in rows]


def settle_gone(gone: Sequence[Wish], added: Sequence[Difference]) -> Iterator[Difference]:
    """Edits of rows that the master has deleted have come back with their row, or have not, as it has."""
    rows = {(difference.who, difference.theirs_cell): difference for difference in added}
    for wish in gone:
        row = rows.get((wish.who, wish.row.cell() if wish.row else None))
        if row:
            yield wish.difference(row.verdict, row.reason, already=True)


def settle_missing(
    missing: Sequence[RowWish], wishes: Sequence[Wish], on_conflict: OnConflict
) -> Iterator[Difference]:
    """Rows that did not come back: a deletion is proposed, or clashes with an edit of the master or another file."""
    edited: dict[tuple[SheetGrid, GridRow], list[Wish]] = defaultdict(list)
    for wish in wishes:
        if wish.ours:
            edited[wish.ours.grid, wish.ours.row].append(wish)
    for row in missing:
        if row.ours is None:
            continue
        others = sorted({wish.who for wish in edited[row.ours.grid, row.ours.row]})
        if not (row.is_edited or others):
            text = f'"{row.ours.row.id}" did not come back; if it is to go, delete its row in the master.'
            yield row.difference(Verdict.PROPOSED, text)
        elif on_conflict is OnConflict.OURS:
            yield row.difference(
                Verdict.IGNORED, "The row was deleted here and edited elsewhere; it stays, as asked."
            )
        else:
            editors = ", ".join(others) or "the master"
            text = f'"{row.ours.row.id}" was deleted here and edited by {editors}; it stays until somebody decides.'
            yield row.difference(Verdict.CLASH, text)


def _against_master(wish: Wish, on_conflict: OnConflict) -> Difference | None:
    """What becomes of a wish whatever other files want; None where it may be granted."""
    if wish.ours is None:
        if on_conflict is OnConflict.THEIRS and wish.row:
            return None
        text = f'The master has deleted "{wish.id}", which this file has edited.'
        return wish.difference(Verdict.IGNORED if on_conflict is OnConflict.OURS else Verdict.CLASH, text)
    if same(wish.present, wish.theirs):
        return wish.difference(Verdict.MERGED, "The master says so already.", already=True)
    if _is_as_sent(wish):
        return None
    if means_same(wish.present, wish.theirs):
        return wish.difference(Verdict.MERGED, "The master says the same in other words.", already=True)
    if on_conflict is OnConflict.OURS:
        return wish.difference(Verdict.IGNORED, "Both sides changed it; the master's value stays, as asked.")
    if on_conflict is OnConflict.THEIRS:
        return None
    text = "Both say something else there." if wish.base.is_blank else "Both sides changed it, each in its own way."
    return wish.difference(Verdict.CLASH, text)


def _is_as_sent(wish: Wish) -> bool:
    """Whether the master still has what was sent."""
    return same(wish.present, wish.base) or (not wish.base.is_blank and means_same(wish.present, wish.base))


def _rivals(rivals: Sequence[Wish], on_conflict: OnConflict) -> Iterator[Difference]:
    """Files that want different things of one cell."""
    for wish in rivals:
        others = [other for other in rivals if other.theirs.form != wish.theirs.form]
        said = ", ".join(dict.fromkeys(f'"{as_text(other.theirs.value)}" ({other.who})' for other in others))
        if on_conflict is OnConflict.OURS:
            yield wish.difference(Verdict.IGNORED, f"Another file says {said}; the master's value stays, as asked.")
        else:
            yield wish.difference(Verdict.CLASH, f"Another file says {said}.")


def _merged(wish: Wish) -> str:
    """Why a wish is granted, with what is doubtful about its value."""
    value = as_text(wish.theirs.value)
    if is_undecided(wish.theirs.value):
        return f'"{value}" stands as typed and is still to be decided.'
    if not can_be_read(wish.theirs):
        return f'"{value}" stands as typed, but no plan can read it.'
    if wish.row is None:
        return "As answered."
    if not _is_as_sent(wish):
        return "Both sides changed it; the returned value was taken, as asked."
    if wish.theirs.is_blank:
        return "Only the returned file cleared it."
    return "The master has nothing there." if wish.present.is_blank else "Only the returned file changed it."
