"""Documents that people decide by, and whether their prose can be read: rules as data.

`lint` takes a document that `reading` has made of Markdown or Word, asks every rule of `rules.RULES` and measures how
long and how hard the text is. Words, phrases and the questions to answer instead are in `words/*.csv`: to teach a
rule a word, add a line there. To add a rule, write `rules/<name>.py` with one function from a `Document` to `Hit`s,
and its line in `RULES`.
"""
