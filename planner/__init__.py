"""Cross-team roadmap planner: the map of the house.

    cli         what people type: arguments, one call, exit code
    pipeline    the story of each command; the only writer of files
    variance    why a plan differs from an earlier one
    forecast    many courses of events of one plan: what can be promised
    scheduling  a roadmap becomes integers, a schedule, a proof and a reason
    objective   what a schedule costs, one term a file
    sheets      workbooks in, workbooks out; every dirty thing is handled here
    graph       the dependency graph: cycles, critical path, DSM, selectors
    decisions   documents to decide by, and whether their prose can be read
    report      a plan as text, workbook, picture; computes nothing
    config      roadmap.toml
    governance  who may let what out: blocks, freezes, approvals, the log that proves them
    domain      the nouns; standard library only

Imports go down this list only.
"""

__version__ = "0.1.0"
