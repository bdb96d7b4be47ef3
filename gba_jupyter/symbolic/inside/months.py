"""``relativedelta``: steps of months and years, and the steps between two dates."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from typing import Any

from .dates import span

_SPAN = ("weeks", "days", "hours", "minutes", "seconds")


class Step:
    """Years and months, then a span of time; added to a date or taken from it."""

    def __init__(self, years: int = 0, months: int = 0, rest: timedelta = timedelta()) -> None:
        whole = years * 12 + months
        self.sign = -1 if whole < 0 else 1
        self.years, self.months = (self.sign * part for part in divmod(abs(whole), 12))
        self.rest = rest

    @property
    def days(self) -> int:
        """Whole days of the rest."""
        return self.rest.days

    def __radd__(self, start: Any) -> Any:
        if not isinstance(start, date):
            return NotImplemented
        years, month = divmod(start.month - 1 + self.years * 12 + self.months, 12)
        year = start.year + years
        last = calendar.monthrange(year, month + 1)[1]
        return start.replace(year=year, month=month + 1, day=min(start.day, last)) + self.rest

    def __rsub__(self, start: Any) -> Any:
        return Step(-self.years, -self.months, -self.rest).__radd__(start)


def relativedelta(*dates: Any, **units: Any) -> Step:
    """``relativedelta(months=1)``, or the step from the second date to the first."""
    if dates:
        later, earlier = dates
        return _between(earlier, later)
    years, months = int(units.pop("years", 0)), int(units.pop("months", 0))
    if set(units) - set(_SPAN):
        raise TypeError("relativedelta knows years, months, weeks, days, hours, minutes, seconds")
    return Step(years, months, span(**units))


def _between(earlier: Any, later: Any) -> Step:
    if later < earlier:
        back = _between(later, earlier)
        return Step(-back.years, -back.months, -back.rest)
    if isinstance(later, datetime) != isinstance(earlier, datetime):
        raise TypeError("both are dates, or both are datetimes")
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    while earlier + Step(0, months) > later:
        months -= 1
    return Step(0, months, later - (earlier + Step(0, months)))
