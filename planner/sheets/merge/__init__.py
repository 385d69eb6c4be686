"""Workbooks that came back become edits of the master: a pure three-way merge, cell by cell, by the type of a column.

In: the tables of the master, of each returned file, and of what it was when it was sent (its base). Out:
`domain.merging.Merged`, every difference once with what became of it, and the edits for the patcher.

    grid          a recognised table as the merge sees it: rows by column, and where each column stands
    formulas      the cells of a workbook that hold a formula, which are never overwritten
    forms         when two cells say the same: by type as typed, and by meaning
    pairing       which row of one side is which of another: by id, of equal ids the nearest
    matching      which rows belong together on three sides, and which are new, repeated, renamed or missing
    comparing     one returned sheet against its base and the master: wishes for cells, new and missing rows
    wishes        what a returned file wants of the master
    answers       the sheet "Questions for you" and its columns
    answering     answers become wishes, too
    settling      the wishes of all files for one cell together: merged or clashing
    newcomers     new rows of all files together: which are known, which id the others get
    placing       a value on its way into cells of the master
    merging       the story; the door

Rows have no order of their own: people sort. Where the order means something, a column (Rank) says so and is merged
like any other.
"""
