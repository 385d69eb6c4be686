"""Many sources into one master: which row is which, what is new, what may be filled, what clashes. Pure.

In: the tables of the sources and of the master. Out: `Understood`, then `Taken`, then the bytes of the master.

    understanding  the story up to what is compared
    entries        a row with what was typed in it, in the master's spelling
    matching       which row of the master a source's row is
    context        the master's other rows as the sources see them: their ids and teams can be referred to
    renaming       references follow the ids
    people         PMs that no column names, after their files or sheets (`person_names`)
    comparing      new rows, blanks to fill, clashes; a different value is never overwritten
    placing        these as edits of the master's own tables
"""
