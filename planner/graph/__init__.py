"""The dependency graph of a roadmap and what is read off it: cycles, floats, the team matrix, selections.

In: a `Roadmap` (tasks and their relations as people typed them) or, for floats, the integer `Problem`. Out:
frozen results of `domain.plan` or of the module itself; nothing here schedules, reads files or draws.

* `dependencies`: the graph over task ids that the other modules walk.
* `cycles`: circular dependencies as named paths, and the cheapest cut that makes them acyclic.
* `feedback`: the cheapest set of arcs without which a directed graph has no cycle.
* `critical_path`: early and late dates, total and free float; the resource-critical chain of a schedule.
* `dsm`: who depends on whom between teams, in an order that puts providers first.
* `selectors`: `+PAY-12+2`, `team:Ledger`: which tasks a person means.

To add a selector such as `org:Payments`, write a function like `_by_team` in `selectors.py` and add its line to
`FIELDS`. To add a measure of the graph, write a module with one function that takes `dependency_graph(roadmap)`.
"""
