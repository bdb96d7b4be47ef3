"""Dates and times that are the same in every run: no clock, no locale, no time zones.

Child process only.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from typing import Any

import sympy

from ...errors import ProgramRefused
from ..language.format_specs import is_date_format
from .guards import Module

_UNITS = {
    "weeks": 604_800_000_000,
    "days": 86_400_000_000,
    "hours": 3_600_000_000,
    "minutes": 60_000_000,
    "seconds": 1_000_000,
    "milliseconds": 1000,
    "microseconds": 1,
}
_ORDER = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")
_PARTS = ("hour", "minute", "second", "microsecond")
_SHORT = re.compile(r"%-([dmHIMSjyU])")


def _refuse_clock(*_: Any) -> Any:
    raise ProgramRefused(
        "The present date differs from run to run.", "Write the date out: date(2024, 1, 31)."
    )


def strftime(value: date, text: Any) -> str:
    """``value.strftime(text)``; ``%-d`` is a day without its zero on every system.

    Raises:
        ProgramRefused: the format is not one that we know.
    """
    if not isinstance(text, str) or not is_date_format(text):
        raise ProgramRefused("This date format is not allowed.", "Use one such as %Y-%m-%d.")
    short = _SHORT.sub(lambda found: value.strftime("%" + found[1]).lstrip("0") or "0", text)
    return value.strftime(short)


def timetuple(value: date) -> Any:
    """``value.timetuple()``, from here because it imports, which a program cannot."""
    return value.timetuple()


def _strptime(text: Any, form: Any) -> datetime:
    if not isinstance(form, str) or not is_date_format(form) or len(str(text)) > 100:
        raise ProgramRefused("This date format is not allowed.", "Use one such as %Y-%m-%d.")
    return datetime.strptime(str(text), form)


def _date(year: Any, month: Any, day: Any) -> date:
    return date(int(year), int(month), int(day))


def _datetime(year: Any, month: Any, day: Any, *more: Any, **kwargs: Any) -> datetime:
    hour, minute, second, rest = (
        int(dict(zip(_PARTS, more, strict=False)).get(part, kwargs.get(part, 0))) for part in _PARTS
    )
    return datetime(int(year), int(month), int(day), hour, minute, second, rest)


def span(*args: Any, **kwargs: Any) -> timedelta:
    """``timedelta(...)`` of exact numbers."""
    given = {**dict(zip(_ORDER, args, strict=False)), **kwargs}
    total = sum(sympy.Rational(value) * _UNITS[name] for name, value in given.items())
    return timedelta(microseconds=int(sympy.floor(total + sympy.Rational(1, 2))))


def total_seconds(value: timedelta) -> Any:
    """``value.total_seconds()``, exact."""
    return sympy.Rational(value // timedelta(microseconds=1), 1_000_000)


_CLOCK = dict.fromkeys(("today", "now", "utcnow"), _refuse_clock)

DATETIME: dict[str, Any] = {
    "date": Module(
        {
            "fromisoformat": date.fromisoformat,
            "fromordinal": lambda number: date.fromordinal(int(number)),
            **_CLOCK,
        },
        _date,
    ),
    "datetime": Module(
        {"fromisoformat": datetime.fromisoformat, "strptime": _strptime, **_CLOCK}, _datetime
    ),
    "timedelta": Module({}, span),
}
CALENDAR: dict[str, Any] = {
    "isleap": lambda year: calendar.isleap(int(year)),
    "leapdays": lambda first, last: calendar.leapdays(int(first), int(last)),
    "monthrange": lambda year, month: tuple(map(int, calendar.monthrange(int(year), int(month)))),
    "weekday": lambda year, month, day: _date(year, month, day).weekday(),
    "month_name": list(calendar.month_name),
    "month_abbr": list(calendar.month_abbr),
    "day_name": list(calendar.day_name),
    "day_abbr": list(calendar.day_abbr),
}
