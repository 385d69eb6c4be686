"""Rows of recognised tables become the nouns of `domain.roadmap`.

Comes in: a `RowReader` (one row, its columns by our names) and the `Context` (names and ids of the whole
roadmap). Goes out: one frozen object, or None where the row was set aside; trouble goes into `Findings`.

    reader     one row: typed values, problems, assumptions
    context    references to ids and teams
    tasks      Tasks; `progress` makes status, % done and dates agree
    items      Roadmap, Asks
    teams      Teams, Capacity, Components
    decisions  Decisions, Hypotheses
    events     Calendar, Overrides, Dismissed

To add a sheet: its columns in `columns.csv`, its noun in `domain.roadmap`, a `read_...` here, a line in
`sheets.roadmap`.
"""
