"""The plan as text or bytes: one format a file; nothing here computes a schedule or writes a file.

In: a `domain.plan.Plan`, fully computed. Out: `screen` and `markdown` render the same `document`, where every
sentence is said once; `sequence_csv`, `plan_json` and `xlsx` are tables for programs and spreadsheets; `dot` and
`picture` draw; `page` is everything at once for a browser; `diagnostics` and `show` answer `roadmap check` and
`roadmap show`; `papers` renders documents, of which `decision` is one. Dates, efforts and counts are worded in
`wording` alone.

`briefs` are documents of one page that people send; `papers` renders them and every other `domain.paper.Paper` as
Markdown, HTML and Word.

To add a format, write `report/<name>.py` with one function from a plan to text or bytes and name its file in
`pipeline.write_reports`; to say something new on the screen and in Markdown, add a section to `document`.
"""
