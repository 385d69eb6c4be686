"""What goes out to a PM or a team, as values: the rows as typed, what is computed beside them, what is reserved.

In: a `domain.plan.Plan` and the master's tables. Out: `domain.parcel.Parcel`, which `report.export_xlsx` writes.

    stamp      the marks by which a workbook that comes back is known again
"""
