"""Conflicts between teams, one detector a file.

In: a `Context` (roadmap, efforts, the plan). Out: `domain.conflict.Conflict`s. A detector is a module with a
constant `TYPE`, a function `detect(context) -> Iterator[Conflict]` and, in its docstring, the definition, the data
that it needs, the severity, the ways out, and an example that the tests run. `DETECTORS` lists them in the order of
the families.
"""
