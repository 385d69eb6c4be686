"""Days as numbers: the serials of both date systems (ECMA-376, 18.17.4.1)."""

from datetime import date, datetime, timedelta

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_FIRST_SAFE_1900 = datetime(1900, 3, 1)
"""Before it Excel counts a 29 February 1900 that never was."""


def serial(value: date, uses_1904_dates: bool) -> int | float | None:
    """The number of a day, with the time of day as its fraction; None where the system has none.

    >>> serial(date(2026, 11, 23), False), serial(datetime(2026, 11, 23, 12), True)
    (46349, 44887.5)
    """
    moment = (
        value.replace(tzinfo=None) if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    )
    if moment < (_EPOCH_1904 if uses_1904_dates else _FIRST_SAFE_1900):
        return None
    passed = moment - (_EPOCH_1904 if uses_1904_dates else _EPOCH_1900)
    return passed.days if passed == timedelta(passed.days) else passed / timedelta(days=1)
