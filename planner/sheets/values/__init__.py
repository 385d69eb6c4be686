"""Cell values: one parser for each type that `columns.csv` names.

Comes in: a raw cell (`table.Value`) and the `Conventions` of its column. Goes out: `Parsed`, the value
(None or empty where there is none), its problems as data, and what was assumed in words. A parser is pure and
raises nothing, whatever the cell holds; nothing here knows ids, teams or other rows.

    parsed        Conventions, Problem, Parsed; a cell as text
    words         text, lists, choices with their synonyms, countries
    numbers       numbers, per cent, probabilities, durations, money, debt
    dates         days, months, quarters, releases
    effort        effort in all its forms
    pairs         name=value and name:mode
    dependencies  references with link and lag

To add a type: name it in `columns.csv`, write `parse_<type>` in the file it belongs to, import it here.
"""

from planner.sheets.values.dates import DateMark, day_order, parse_date, parse_first_date, parse_target, recounted
from planner.sheets.values.dependencies import Reference, parse_dependencies
from planner.sheets.values.effort import Effort, parse_effort
from planner.sheets.values.numbers import (
    parse_cost,
    parse_debt,
    parse_duration,
    parse_integer,
    parse_number,
    parse_percent,
    parse_probability,
    parse_yesno,
)
from planner.sheets.values.pairs import (
    Shares,
    parse_engineers,
    parse_friction,
    parse_options,
    parse_settings,
    parse_shares,
    parse_touches,
)
from planner.sheets.values.parsed import Conventions, Parsed, Problem, fold, text_of
from planner.sheets.values.words import (
    did_you_mean,
    parse_choice,
    parse_country,
    parse_id,
    parse_ids,
    parse_list,
    parse_status,
    parse_text,
    split_list,
)

__all__ = [
    "Conventions",
    "DateMark",
    "Effort",
    "Parsed",
    "Problem",
    "Reference",
    "Shares",
    "day_order",
    "did_you_mean",
    "fold",
    "parse_choice",
    "parse_cost",
    "parse_country",
    "parse_date",
    "parse_debt",
    "parse_dependencies",
    "parse_duration",
    "parse_effort",
    "parse_engineers",
    "parse_first_date",
    "parse_friction",
    "parse_id",
    "parse_ids",
    "parse_integer",
    "parse_list",
    "parse_number",
    "parse_options",
    "parse_percent",
    "parse_probability",
    "parse_settings",
    "parse_shares",
    "parse_status",
    "parse_target",
    "parse_text",
    "parse_touches",
    "parse_yesno",
    "recounted",
    "split_list",
    "text_of",
]
