"""Documents of one page that a programme manager sends: to the leadership, to a team, every week.

In: a plan that was written, and its stamp; nothing is planned or computed here. Out: a `domain.paper.Paper`, which
`report/papers` renders. `asks` picks what to ask of whom, `drawings` makes the pictures, `parts` is
what the documents share, `layout` gives the columns their widths and the page as many rows as it holds. Every
sentence passes `roadmap lint`: somebody does something by a day, with a number. What people have typed stands in
quotes or in tables.

To add a document, write `briefs/<name>.py` with one function that gives blocks and `Section`s to `layout.one_page`,
its story in `pipeline/reporting.py` and its command in `cli/report.py`.
"""
