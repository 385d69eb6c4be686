"""The door: what people type becomes one call into the pipeline, a screen and an exit code.

`app` is the application, `options` what several commands accept, `console` how they speak; every other module is one
command or group of commands, which registers itself on `app` when it is imported.

To add a command, write `cli/<name>.py` with one function under `@app.command(rich_help_panel=...)` that calls one
story of `planner.pipeline`, and import it below. Heavy imports happen inside the commands, so that `roadmap --help`
answers at once.
"""

# isort: off
# in the order of `roadmap --help`
from planner.cli.app import app
from planner.cli import init as init
from planner.cli import import_ as import_
from planner.cli import check as check
from planner.cli import plan as plan
from planner.cli import graph as graph
from planner.cli import suggest as suggest
from planner.cli import columns as columns
from planner.cli import show as show
from planner.cli import conflicts as conflicts
from planner.cli import decide as decide
from planner.cli import decisions as decisions
from planner.cli import experiments as experiments
from planner.cli import forecast as forecast
from planner.cli import pareto as pareto
from planner.cli import why as why
from planner.cli import assumptions as assumptions
from planner.cli import questions as questions
from planner.cli import report as report
from planner.cli import export as export
from planner.cli import merge as merge
from planner.cli import reassign as reassign
from planner.cli import whatif as whatif
from planner.cli import baseline as baseline
from planner.cli import diff as diff
from planner.cli import close as close
from planner.cli import rollover as rollover
from planner.cli import verify as verify
from planner.cli import breakglass as breakglass
from planner.cli import lint as lint

__all__ = ["app"]
