"""Programs that mean harm, by the kind of it. Data only: `ALL` is what the tests run.

An entry is ``(name, program)``, or ``(name, program, answers)`` where the program does no harm
and may end with one of these texts. ``PORT``, ``PARENT`` and ``CANARY`` in a program stand for
what the test listens on, is, and looks after.
"""

from __future__ import annotations

from . import (
    deep,
    doors,
    effects,
    floods,
    formats,
    numbers,
    objects,
    outside,
    reflection,
    state,
    unicode_names,
    wider,
)

Entry = tuple[str, str] | tuple[str, str, tuple[str, ...]]
_ROOMS = (
    deep, doors, effects, floods, formats, numbers, objects, outside, reflection, state,
    unicode_names, wider,
)  # fmt: skip
ALL: dict[str, tuple[str, tuple[str, ...]]] = {
    f"{room.__name__.rpartition('.')[2]}-{entry[0]}": (entry[1], entry[2] if entry[2:] else ())
    for room in _ROOMS
    for entry in room.PROGRAMS
}
COUNT = sum(len(room.PROGRAMS) for room in _ROOMS)
