"""Workbooks in: files become tables, tables become a roadmap, whatever state they are in.

In: `.xlsx`, `.xlsm`, `.csv` files or folders of them, and `domain.settings`. Out: a `domain.roadmap.Roadmap` with
everything that was doubtful as diagnostics with cells, and what was assumed. The way of a cell:

    files         finds the files; `guard` refuses what is unsafe, `workbook` reads in a child process, `csv_text`
    headers       finds the header row and the sheet of ours that it means; `maps` is what roadmap.toml says of it,
                  `propose` what an unknown header may mean
    body          the rows under it: `fill` fills merged and "same as above" cells, `extend` joins further tables
    table         the seam: rows of raw values under the names of our columns
    values/       one parser a type of column; never raises
    naming        which rows count, unique ids (`identifiers`), teams (`team_names`)
    rows/         one reader a sheet: values, references and ids become nouns
    roadmap       all of it together; `read` is the door

And back: `ooxml/` edits workbooks that somebody else made in place, `merge/` finds out what to edit from those that
came back, `export/` says what goes out to whom, `dialects/` reads other tools' tables.

`columns.csv` is the one place that lists columns: reader, `template` and data dictionary come from it. `rules` and
`file_rules` are the defects that are known by name.

To add a column, see CONTRIBUTING; to add a type, write a parser in `values/`; to add a sheet, see `rows/`.
"""
