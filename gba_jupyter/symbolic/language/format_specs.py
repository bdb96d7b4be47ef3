"""Which formats are allowed: bounded widths and precisions, no field inside a field."""

from __future__ import annotations

import re

_NUMBERS = re.compile(
    r"(?:[^{}]?[<>=^])?[+\- ]?#?0?\d{0,3}[,_]?(?:\.\d{1,2})?[bcdeEfFgGnosxX%]?\Z", re.DOTALL
)
_DATES = re.compile(r"(?:[^%]|%-?[aAbBdHIjmMpSUwWyYxXc]|%[fFTDeGuV%])*\Z", re.DOTALL)
_MAX_DATE_FORMAT = 100


def is_spec(text: str) -> bool:
    """Whether the text after the colon of ``{x:.2f}`` is a format that we know."""
    return bool(_NUMBERS.match(text)) or ("%" in text and is_date_format(text))


def is_date_format(text: str) -> bool:
    """Whether ``strftime`` may be given this text."""
    return len(text) <= _MAX_DATE_FORMAT and bool(_DATES.match(text))
