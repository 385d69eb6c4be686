"""The story of `roadmap decide draft`: every answer to an open question is planned again and set out on paper."""

from pathlib import Path

from planner.domain.decision_draft import Draft
from planner.pipeline.current import REPORTS, current, written_for
from planner.pipeline.files import latest_plan, write
from planner.pipeline.inputs import Inputs, PlanOptions, Report, silent
from planner.pipeline.interrupt import searching
from planner.pipeline.open_questions import open_question
from planner.pipeline.options_planned import drafted
from planner.report.decision import decision_paper
from planner.report.papers import RENDERERS
from planner.report.picture import png
from planner.report.plan_json import written_id
from planner.scheduling.budget import Meter

FOLDER = "documents"
"""Beside the plan.json."""
FORMATS = ("md", "docx")


def draft(
    name: str, inputs: Inputs, options: PlanOptions, plan_file: Path | None = None, report: Report = silent
) -> Draft:
    """Everything about an open decision, or about a conflict, each way out planned again from the plan written last.

    Raises
    ------
    UserError
        If nothing open is called `name`, there is no plan, or the workbooks have changed since it was made.
    """
    path = plan_file or written_for(inputs) or latest_plan(REPORTS)
    with searching(options) as budget:
        now = current(inputs, options, budget, path, report)
        question = open_question(name, now.checked.read.roadmap.decisions, now.written.conflicts)
        report("planning again with each option")
        return drafted(question, now, Meter(budget), written_id(path.read_text(encoding="utf-8")))


def write_draft(draft: Draft, out: Path | None = None, plan_file: Path | None = None) -> tuple[Path, ...]:
    """The document as Markdown, with its pictures, and as Word, in `out`, else beside the plan; returns the files."""
    paper = decision_paper(draft)
    folder = out or (plan_file.parent if plan_file else REPORTS / draft.plan.title) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    files = [write(folder / f"{draft.stem}.{suffix}", RENDERERS[suffix](paper)) for suffix in FORMATS]
    return (*files, *(write(folder / f"{picture.name}.png", png(picture.svg)) for picture in paper.pictures))
