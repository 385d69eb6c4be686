"""The sections of a decision document in their order: what to do first, then why, then what speaks against it."""

from planner.domain.decision_draft import Draft
from planner.domain.paper import Block, Heading, Paper, Stamp
from planner.report.decision.door import door
from planner.report.decision.evidence import Sources
from planner.report.decision.impact import customers, engineering
from planner.report.decision.open_ends import measures, questions, unknowns
from planner.report.decision.options import options
from planner.report.decision.people import people
from planner.report.decision.recommendation import recommendation, why_now
from planner.report.decision.said import quoted

SECTIONS = (
    ("Recommendation", recommendation),
    ("Why decide now", why_now),
    ("The options, each planned again", options),
    ("What it touches", engineering),
    ("What customers notice", customers),
    ("Door and way back", door),
    ("People", people),
    ("What to measure", measures),
    ("What we do not know", unknowns),
    ("Three questions for the reader", questions),
)


def decision_paper(draft: Draft) -> Paper:
    """The document; a section with nothing to say is left out."""
    sources = Sources()
    blocks: list[Block] = []
    for title, section in SECTIONS:
        said = tuple(section(draft, sources))
        blocks += [Heading(title), *said] if said else []
    blocks += [Heading("Evidence"), sources.listed()]
    plan = draft.plan
    stamp = Stamp(plan.as_of, draft.plan_id, plan.files, plan.assumed_share)
    return Paper(f"{draft.id}: {quoted(draft.question)}", stamp, tuple(blocks), compact=True)
