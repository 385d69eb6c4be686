"""Why a plan differs from an earlier one: every slip is shared among the causes that differ, and the shares add up.

In: two sets of `Facts` (what was read, and under which settings) with the dates that were planned on them. Out: a
`domain.variance.Variance`. The way there:

    facts         which column of which sheet, and which setting, belongs to which cause
    lineage       the same task, item or team under two names; tasks that were split
    differences   what differs, as clauses by cause
    mixing        the facts of the first plan with some causes taken from the second one
    replay        the sequence of the first plan on other facts: no search, so that only the facts make a difference
    shapley       shares that do not depend on the order in which the causes are taken
    attribution   the story of these

What became of a plan is another story: `closing`, from `calibration` (actual over estimate) and `waste`.

To add a column, name its cause in `facts.CAUSES`; a test names those that have none.
"""
