"""A decision document of two or three pages: a `Draft` as a paper, in which every figure names its evidence.

`paper` is the order of the sections, each of them a function of one module; `evidence` numbers the sources; `said`
words what several sections say; `waiting_svg` draws what waiting costs. Nothing here computes a figure: sums and
differences are the draft's. The prose passes `roadmap lint`: people's own words stand in quotation marks.
"""

from planner.report.decision.paper import decision_paper

__all__ = ["decision_paper"]
