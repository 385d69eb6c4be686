"""What goes out to a PM or a team, as values: the rows as typed, what is computed beside them, what is asked.

In: a `domain.plan.Plan`, the master's tables, the facts that nobody stated. Out: a `domain.parcel.Parcel` for each
receiver, which `report.export_xlsx` draws. Nothing that a receiver may not see is in his parcel, under any name.

    parcels    the door: one parcel for each receiver
    shares     who gets which rows
    veil       what is reserved, and where it is mentioned
    rows       the two tables that a receiver types into, with remarks on their cells
    beside     the computed cells
    asked      decisions, missing facts and conflicts as questions
    news       what has changed since the last parcel
    stamp      the mark by which a workbook that comes back is known again
"""
