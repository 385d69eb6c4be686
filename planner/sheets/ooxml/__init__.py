"""Workbooks that somebody else made, edited in place: bytes in, bytes out, everything that is not edited as it was.

In: the bytes of an .xlsx or .xlsm file and `domain.edits`. Out: `Patched`, the new bytes, where every edit went, and
what was refused and why. No file is touched here. The way of an edit:

    patching         the story; `patch` is the door
    package          the archive: untouched parts keep their compressed bytes; `encoding` of a part in and out
    book             the workbook as a whole; `relationships`, `content_types`, `workbook_part`, `styles`,
                     `shared_strings`, `tables`
    sheet            the XML of a worksheet: rows and cells by a scan of its bytes, the rest as `elements` with places
    cell_edits       one file for each kind of edit, which plans it or raises one of `refusals`: `cell_edits`,
                     `new_rows`, `new_columns` (both on the `area` under a header row), `own_sheets`
    draft            what was planned for a sheet, rendered as splices (`markup`); `row_tags`, `sheet_columns`
    dependents       formulas whose cached values are stale: `formula_cells`, `references`
    check            the result is read again and compared with what came in

Protected sheets are edited and stay protected: protection keeps people from slips, it does not say who owns a file.

To add a kind of edit: a noun in `domain.edits`, a file that plans it on drafts and tables, a line in `patching`.
"""

from planner.sheets.ooxml.patching import patch

__all__ = ["patch"]
