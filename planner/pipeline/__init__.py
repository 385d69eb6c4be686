"""The story of each command: read, build the graph, formulate, solve, assemble, write. The only writer of files.

In: `Inputs` and, where a schedule is searched for, `PlanOptions`. Out: a `Plan`, a `Checked` roadmap or the path of
the file that was written; a user's mistake is a `UserError`. One story a file; what stories share:

    inputs     step 1: what a command is given, read and with what people have decided obeyed
    solving    steps 2 to 4: cycles cut, formulated, solved; a roadmap after some changes
    current    the plan that was written last, on the workbooks as they are now
    pricing    step 6: what contradicts in a plan, and what each way out costs
    interrupt  the first Ctrl-C ends the search, not the command
    apart      searches in processes of their own
    open_questions   what may be asked about by its id, and the ways out
    options_planned  each answer to an open question, planned again
    promises   what it takes to keep them
    replanning close to the plan before, and what that costs
    history    the plans that were written, beside the workbooks
    files      whole files or none
    picturing  one picture of a plan in one format, or all of them
    replacing  somebody else's workbook by its edited copy
    recording  one row of a person's workbook by a command: a decision, a result, an approval
    identity   who runs this, and how that is known
    chain_log  the log of approvals, held against what is kept of it elsewhere
    locks      one run at a time
    log        what was changed in which workbook, and what a killed run has left
    sent       the workbooks that were sent out, as they were
    returned   those that came back, beside what they were
    clashes    what people have to decide about, until they have

To add a command, write its story into `pipeline/<name>.py` from these parts, export it below, then see `planner.cli`.
No module is called like a function that is exported here: the one would hide the other.
"""

from planner.pipeline.adopting import adopt_scenario
from planner.pipeline.asking import questions
from planner.pipeline.baselines import save_baseline, stored_baselines
from planner.pipeline.breaking_glass import Asked, approve_break, request_break, review_breaks
from planner.pipeline.checking import check
from planner.pipeline.closing import close
from planner.pipeline.comparing import diff
from planner.pipeline.contradictions import conflicts, dismiss, find_conflict
from planner.pipeline.current import or_written
from planner.pipeline.deciding import Answer, approve
from planner.pipeline.doubting import assumptions
from planner.pipeline.drafting import draft, write_draft
from planner.pipeline.drawing import draw, draw_curve, draw_tornado
from planner.pipeline.experimenting import experiments, record_result
from planner.pipeline.explaining import Otherwise, why
from planner.pipeline.exporting import export
from planner.pipeline.exporting_jira import export_jira
from planner.pipeline.files import PAGE, latest_plan, read_plan, read_plans, with_reserve, write_reports
from planner.pipeline.forecasting import forecast, write_forecast
from planner.pipeline.history import remember
from planner.pipeline.importing import bring_in, write_import
from planner.pipeline.inputs import Inputs, PlanOptions
from planner.pipeline.linting import lint
from planner.pipeline.listing_decisions import decision_log
from planner.pipeline.merging import merge
from planner.pipeline.outgoing import Format, export_plan
from planner.pipeline.planning import failed, plan
from planner.pipeline.reassigning import reassign
from planner.pipeline.reporting import about_documents, report_executive, report_team, report_weekly
from planner.pipeline.rolling_over import rollover
from planner.pipeline.setup import initialise
from planner.pipeline.suggesting import accept, suggestion
from planner.pipeline.supposing import compare_scenarios
from planner.pipeline.trading_off import pareto, write_pareto
from planner.pipeline.verifying import verify
from planner.pipeline.writing_back import open_workbooks, write_back

__all__ = [
    "PAGE",
    "Answer",
    "Asked",
    "Format",
    "Inputs",
    "Otherwise",
    "PlanOptions",
    "about_documents",
    "accept",
    "adopt_scenario",
    "approve",
    "approve_break",
    "assumptions",
    "bring_in",
    "check",
    "close",
    "compare_scenarios",
    "conflicts",
    "decision_log",
    "diff",
    "dismiss",
    "draft",
    "draw",
    "draw_curve",
    "draw_tornado",
    "experiments",
    "export",
    "export_jira",
    "export_plan",
    "failed",
    "find_conflict",
    "forecast",
    "initialise",
    "latest_plan",
    "lint",
    "merge",
    "open_workbooks",
    "or_written",
    "pareto",
    "plan",
    "questions",
    "read_plan",
    "read_plans",
    "reassign",
    "record_result",
    "remember",
    "report_executive",
    "report_team",
    "report_weekly",
    "request_break",
    "review_breaks",
    "rollover",
    "save_baseline",
    "stored_baselines",
    "suggestion",
    "verify",
    "why",
    "with_reserve",
    "write_back",
    "write_draft",
    "write_forecast",
    "write_import",
    "write_pareto",
    "write_reports",
]
