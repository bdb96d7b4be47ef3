"""Keywords of numbers."""

from __future__ import annotations

from .cases import INT, NUM, Case, Section, Text

_BIG = 2**64 - 1
_HUGE = 10**45

MINIMUM = Section(
    "`minimum`",
    "for integers and floats",
    [
        Case({"minimum": 1.1}, [2.6, 1.1, 2, 1e300], [0.6, 1, -7, 1e-07], unwritten=["x"]),
        Case({"type": "number", "minimum": -2}, [-1, 0, -2, -2.0, -1e-07], [-2.0001, -3, -1e20]),
        Case({"type": "number", "minimum": 0}, [0, 1e-07, 0.5, 1.5e10], [-1, -0.5, -1e-07]),
        Case({"type": "number", "minimum": 0.3}, [0.3, 0.30000001, 1], [0.29999999, 0, 0.03, -1]),
        Case({"type": "integer", "minimum": -2}, [-2, 0, 10**39], [-3, -(10**39), -20]),
        Case({"type": "integer", "minimum": 1.1}, [2, 3], [1, 0]),
        Case({"type": "integer", "minimum": 7, "maximum": 123}, [7, 10, 123], [6, 124, 1000, -7]),
        Case({"type": "number", "minimum": -_BIG}, [-_BIG + 15, -_BIG], [-_BIG - 1]),
        Case({"type": "integer", "minimum": _HUGE}, [], [], slips=[5], listed="minimum"),
        Case({"type": "integer", "minimum": "3"}, refused="#", judged=False),
        Case({"type": "number", "minimum": "3"}, refused="#", judged=False),
        Case({"type": "integer", "minimum": 3, "maximum": 2}, invalid=[2, 3], refused="#"),
        Case({"type": "number", "minimum": 3.5, "maximum": 3.4}, invalid=[3.45, 3], refused="#"),
    ],
    listed="bounds of integers with more than 40 digits",
    refused="bounds with no number between them",
)

MAXIMUM = Section(
    "`maximum`",
    "for integers and floats",
    [
        Case({"maximum": 3.0}, [2.6, 3.0, 3, -1e300], [3.5, 4, 3.0000001], unwritten=["x"]),
        Case({"type": "number", "maximum": 300}, [299.97, 300, 300.0, -1], [300.5, 301, 1e3]),
        Case({"type": "number", "maximum": -0.5}, [-0.5, -1, -1e5], [-0.4999, 0, 1, -1e-07]),
        Case({"type": "number", "minimum": 0, "maximum": 1},
             [0, 1, 0.0, 1.0, 0.5, 1e-07, 0.9999999], [-0.1, 1.1, 2, 10, 1.0000001, 1e5]),
        Case({"type": "number", "minimum": -90, "maximum": 90},
             [-90, 90, 0, -89.99, 47.3769, -1e-07], [90.01, -90.01, 91, -100, 1e5]),
        Case({"type": "integer", "maximum": 300}, [300, -5, 0], [301, 1000]),
        Case({"type": "integer", "minimum": 0.5, "maximum": 2.5}, [1, 2], [0, 3]),
        Case({"type": "number", "maximum": _BIG}, [_BIG - 15, _BIG], [_BIG + 1]),
        Case({"type": "integer", "maximum": -_HUGE}, [], [], slips=[5], listed="maximum"),
        Case({"type": "integer", "maximum": None}, refused="#", judged=False),
    ],
    listed="bounds of integers with more than 40 digits",
    refused="bounds with no number between them",
)  # fmt: skip

EXCLUSIVE_MINIMUM = Section(
    "`exclusiveMinimum`",
    "for integers and floats; the boolean of draft 4 too",
    [
        Case({"exclusiveMinimum": 1.1}, [1.2, 1.1000001, 2], [1.1, 0.6, 1], unwritten=["x"]),
        Case({"type": "number", "exclusiveMinimum": 0}, [0.1, 1e-07, 3], [0, 0.0, -0.1, -3]),
        Case({"type": "integer", "exclusiveMinimum": 1}, [2, 30], [1, 0, -5]),
        Case({"type": "integer", "exclusiveMinimum": -0.5}, [0, 1], [-1]),
        Case({"type": "integer", "minimum": 1, "exclusiveMinimum": 1}, [2], [1]),
        Case({"type": "number", "exclusiveMinimum": 2, "minimum": 5}, [5, 6.5], [3, 4.99]),
        Case(
            {"type": "number", "minimum": 3, "exclusiveMinimum": True}, [3.5], [3, 2], judged=False
        ),
        Case({"type": "integer", "exclusiveMinimum": _HUGE}, slips=[5], listed="exclusiveMinimum"),
        Case({"type": "number", "exclusiveMinimum": 1, "maximum": 1}, invalid=[1], refused="#"),
    ],
    listed="bounds of integers with more than 40 digits",
    refused="bounds with no number between them",
)

EXCLUSIVE_MAXIMUM = Section(
    "`exclusiveMaximum`",
    "for integers and floats; the boolean of draft 4 too",
    [
        Case({"exclusiveMaximum": 3.0}, [2.2, 2.999999, -3], [3.0, 3.5, 3], unwritten=["x"]),
        Case({"type": "number", "minimum": 0, "exclusiveMaximum": 1},
             [0, 0.5, 0.999999], [1, 1.0, 1.5, -0.1]),
        Case({"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 4}, [2, 3], [1, 4]),
        Case({"type": "integer", "exclusiveMaximum": 0}, [-1, -10], [0, 1]),
        Case({"type": "number", "maximum": 3, "exclusiveMaximum": True}, [2.5], [3],
             judged=False),
        Case({"type": "integer", "exclusiveMaximum": -_HUGE}, slips=[5], listed="exclusiveMaximum"),
        Case({"type": "integer", "exclusiveMaximum": "3"}, refused="#", judged=False),
    ],
    listed="bounds of integers with more than 40 digits",
    refused="bounds with no number between them",
)  # fmt: skip

MULTIPLE_OF = Section(
    "`multipleOf`",
    "of integers and, exactly, of decimals; with bounds",
    [
        Case({"type": "integer", "multipleOf": 2}, [10, 0, -4, 123456], [7, -1, 10001]),
        Case({"type": "integer", "multipleOf": 3}, [0, 3, -9, 111111], [1, 10, 100, -2]),
        Case({"type": "integer", "multipleOf": 7}, [0, 49, -7, 7007], [1, 48, 50, 77776]),
        Case({"type": "integer", "multipleOf": 10}, [0, 10, -50, 1230], [1, 5, 101, -11]),
        Case({"type": "integer", "multipleOf": 5}, [5, 0, 25, -15], [1, 51, 52]),
        Case({"type": "integer", "multipleOf": 25}, [25, 0, 1075], [20, 52, 7]),
        Case({"type": "integer", "multipleOf": 100}, [100, 0, -1200], [10, 150, 7]),
        Case({"type": "integer", "multipleOf": 1}, [1, 0, -3], ["x"]),
        Case({"type": "integer", "multipleOf": 3.0}, [3, 0], [4]),
        Case({"type": "integer", "multipleOf": 0.5}, [1, 0, -7], ["x"]),
        Case({"type": "integer", "multipleOf": 1.5}, [0, 3, 6], [1, 4, 5]),
        Case({"type": "integer", "multipleOf": 1e-08}, [12391239123], ["x"]),
        Case({"type": "integer", "multipleOf": 3, "minimum": 0}, [0, 3, 12], [-3, 4]),
        Case({"type": "integer", "multipleOf": 3, "minimum": 1, "maximum": 30},
             [3, 27, 30], [0, 33, 28]),
        Case({"type": "integer", "multipleOf": 3, "enum": [3, 4]}, [3], [4]),
        Case({"type": "integer", "multipleOf": 5, "minimum": 1, "maximum": 4},
             invalid=[5, 0, 3], refused="#"),
        Case({"type": "integer", "multipleOf": 0}, refused="#", judged=False),
        Case({"type": "integer", "multipleOf": -2}, refused="#", judged=False),
        Case({"type": "integer", "multipleOf": "2"}, refused="#", judged=False),
        Case({"multipleOf": 2}, [10, 0, -4], [7, 1.5], unwritten=["x"]),
        Case({"type": "number", "multipleOf": 1.5}, [0, 4.5, -3], [35, 1, 0.5]),
        Case({"type": "number", "multipleOf": 0.01}, [0.25, 10, 19.99], [0.251, 0.005]),
        Case({"type": "number", "multipleOf": 0.0001}, [0.0075], [0.00751]),
        Case({"type": "number", "multipleOf": 0.5, "minimum": 0, "maximum": 2},
             [0, 0.5, 2.0], [2.5, 0.25, -0.5]),
        Case({"type": "integer", "multipleOf": 9973}, [9973], slips=[5], listed="multipleOf"),
    ],
    listed="where the grammar would be too large: large ones",
    refused="what is no positive number",
)  # fmt: skip

SPELLINGS = Section(
    "numbers without bounds",
    "up to 40 digits before and after the point, exponents up to 999",
    [
        Case(NUM, [Text("1e5"), Text("1E+05"), Text("1e-07"), Text("0.10"), Text("-0"),
                   Text("-12.5e300"), Text("9" * 40), Text("0." + "9" * 40)],
             unwritten=[Text("9" * 41), Text("0." + "9" * 41), Text("1e0000")]),
        Case(INT, [Text("-0"), Text("9" * 40)], [Text("1.5")],
             unwritten=[Text("1e2"), Text("1.0"), Text("9" * 41)]),
    ],
)  # fmt: skip

SECTIONS = [MINIMUM, MAXIMUM, EXCLUSIVE_MINIMUM, EXCLUSIVE_MAXIMUM, MULTIPLE_OF, SPELLINGS]
