"""The sheet that a plan writes into a workbook of somebody else: how it is called and told from a person's."""

PLAN_SHEET = "Roadmap plan"
PLAN_SHEET_TITLE = "Roadmap plan: written by roadmap, replaced as a whole by the next plan"
"""Its first cell; a sheet of this name that begins otherwise is a person's and is read."""
