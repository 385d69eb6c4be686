"""Workbooks that somebody else made, edited in place: bytes in, bytes out.

`patch` is the door; draft docstring.
"""

from planner.sheets.ooxml.patching import patch

__all__ = ["patch"]
