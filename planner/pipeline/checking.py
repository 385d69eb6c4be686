"""The story of `roadmap check`."""

from planner.pipeline.inputs import Checked, Inputs, Report, load, silent
from planner.pipeline.solving import formulated, with_findings


def check(inputs: Inputs, report: Report = silent) -> Checked:
    """Everything that is wrong or doubtful in the data, without searching for a sequence."""
    checked = load(inputs, report)
    report("checking the dependency graph")
    cycles, formulation = formulated(checked, "limited")
    return with_findings(checked, cycles, formulation, inputs.strict)
