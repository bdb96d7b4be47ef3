"""Numbers as they are spoken: ``twenty-three``, ``seven point five-seven``."""

from __future__ import annotations

_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"""
ONES, TENS = _WORDS.split()[:20], _WORDS.split()[20:]


def spoken(number: str, dashed: bool) -> str:
    """A number below 100 in words, digit by digit behind the point; others as they are.

    Args:
        number: as it is written, such as ``7.57``.
        dashed: whether the digits behind the point are joined by dashes.
    """
    whole, _, digits = number.partition(".")
    if not whole.isdigit() or int(whole) >= 100:
        return number
    text = _whole(int(whole))
    if not digits:
        return text
    return f"{text} point {('-' if dashed else ' ').join(ONES[int(d)] for d in digits)}"


def _whole(number: int) -> str:
    if number < 20:
        return ONES[number]
    ten, one = divmod(number, 10)
    return TENS[ten - 2] + (f"-{ONES[one]}" if one else "")
