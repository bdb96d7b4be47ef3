"""Numbers: what the grammar of bounds and `multipleOf` accepts, against exact arithmetic."""

from __future__ import annotations

import json
import math
import operator
import random
import re
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from rule_book import Book

from gba_jupyter.grammar.drawing.sample import sample
from gba_jupyter.grammar.lint import check
from gba_jupyter.grammar.matching.match import Matcher
from gba_jupyter.grammar.nodes import Alt, CharClass, Literal, Node, Ref, Repeat, Seq
from gba_jupyter.grammar.parse import parse
from gba_jupyter.grammar.rules import Rules
from gba_jupyter.grammar.schema.json_rules import BUILT_IN, with_built_in
from gba_jupyter.grammar.schema.numbers import number_node

LARGEST = sys.float_info.max
LAST_BUT_ONE = 1.797e308
"""From here to the largest float, none is written."""


class Numbers:
    """The grammar of some numbers."""

    def __init__(self, node: Node, book: Book, reported: list[str]) -> None:
        self.reported = reported
        self.rules = with_built_in([("root", node), *book.rules.items()])
        check(self.rules)
        assert parse(str(self.rules)) == self.rules
        self.accepts: Callable[[str], bool]
        if book.rules:
            self.accepts = Matcher(self.rules).accepts
        else:
            # Without rules of its own it is a regular expression: quick, and a second opinion.
            self.accepts = accepting(self.rules)

    @property
    def text(self) -> str:
        """The GBNF of the number itself, without the rules of JSON."""
        own = [(name, node) for name, node in self.rules.items() if name not in BUILT_IN]
        return str(Rules(own)).strip().removeprefix("root ::= ")


def accepting(rules: Rules) -> Callable[[str], bool]:
    """What Python's own matcher says of a grammar without recursion."""

    def regex(node: Node) -> str:
        match node:
            case Literal(text):
                return re.escape(text)
            case CharClass(ranges):
                return "[" + "".join(f"\\x{low:02x}-\\x{high:02x}" for low, high in ranges) + "]"
            case Ref(name):
                return regex(rules[name])
            case Repeat(item, least, most):
                return f"(?:{regex(item)}){{{least},{'' if most is None else most}}}"
            case Seq(items):
                return f"(?:{''.join(map(regex, items))})"
            case Alt(options):
                return f"(?:{'|'.join(map(regex, options))})"
            case _:
                raise AssertionError(node)

    whole = re.compile(regex(Ref("root"))).fullmatch
    return lambda text: whole(text) is not None


def build(kind: str, **keys: Any) -> Numbers | None:
    book, reported = Book(), list[str]()
    node = number_node(kind, keys, book, lambda keyword, why: reported.append(keyword))
    return None if node is None else Numbers(node, book, reported)


def some(kind: str, **keys: Any) -> Numbers:
    numbers = build(kind, **keys)
    assert numbers is not None, keys
    return numbers


# -- the judge ------------------------------------------------------------------------------------


def written(value: int | float) -> Fraction:
    """What a number of a schema says, as a decimal."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


COMPARE = {
    "minimum": operator.ge,
    "maximum": operator.le,
    "exclusiveMinimum": operator.gt,
    "exclusiveMaximum": operator.lt,
}


def satisfies(text: str, keys: dict[str, Any]) -> bool:
    """Whether a text holds the bounds: as a decimal, and as what Python reads."""
    exact, value = Fraction(text), json.loads(text)
    if isinstance(value, float) and math.isinf(value):
        return False
    return all(
        COMPARE[keyword](value, bound) and COMPARE[keyword](exact, written(bound))
        for keyword, bound in keys.items()
    )


PLAIN = re.compile(r"-?(0|[1-9][0-9]{0,39})(\.[0-9]{1,20})?")
SCIENTIFIC = re.compile(r"-?[1-9](\.[0-9]{1,20})?[eE]([-+]?)(0?[1-9]|[1-9][0-9]{1,2})")


def is_due(text: str, keys: dict[str, Any]) -> bool:
    """Whether a text that satisfies the bounds must be accepted."""
    if re.fullmatch(r"-?[0-9]+", text):
        return text != "-0"
    value = float(text)
    if abs(value) > LAST_BUT_ONE:
        return False
    if not PLAIN.fullmatch(text):
        # Where Python writes no exponent, the first digit settles.
        short = not re.search(r"\.[0-9]*[1-9]", text)
        if -4 <= Decimal(text).adjusted() <= 15 and not short:
            return False
    if Fraction(text) == Fraction(repr(value)):
        return True
    # A text of more digits than the float that it makes may lie beyond the last float in range.
    around = [repr(math.nextafter(value, way)) for way in (math.inf, -math.inf)]
    return all(satisfies(one, keys) for one in around)


def check_text(numbers: Numbers, keys: dict[str, Any], text: str) -> None:
    accepted = numbers.accepts(text)
    if not satisfies(text, keys):
        assert not accepted, (keys, text)
    elif is_due(text, keys):
        assert accepted, (keys, text)


# -- bounds ---------------------------------------------------------------------------------------

BOUNDS: list[dict[str, Any]] = [
    {"minimum": 0},
    {"minimum": 0, "maximum": 1},
    {"minimum": 0.0, "maximum": 1.0},
    {"exclusiveMinimum": 0},
    {"exclusiveMinimum": 0, "exclusiveMaximum": 1},
    {"minimum": 0, "exclusiveMaximum": 1},
    {"maximum": 0},
    {"exclusiveMaximum": 0},
    {"exclusiveMinimum": -1, "maximum": 0},
    {"minimum": -90, "maximum": 90},
    {"minimum": -180.0, "exclusiveMaximum": 180.0},
    {"minimum": -273.15},
    {"minimum": 0.1},
    {"exclusiveMinimum": 0.1},
    {"maximum": 0.1},
    {"minimum": 0.1, "maximum": 0.3},
    {"exclusiveMinimum": 0.1, "exclusiveMaximum": 0.3},
    {"minimum": 0.5, "maximum": 0.5},
    {"minimum": 1e-7},
    {"exclusiveMinimum": 1e-7, "maximum": 1e-5},
    {"minimum": 1e-5, "maximum": 0.1},
    {"maximum": 1e300},
    {"minimum": -1e300, "maximum": 1e300},
    {"exclusiveMinimum": 1e300},
    {"minimum": 5e-324, "maximum": 1e-323},
    {"exclusiveMinimum": 0, "exclusiveMaximum": 1e-300},
    {"minimum": 1e307},
    {"minimum": 2e307},
    {"exclusiveMinimum": 1.5e308},
    {"maximum": 1e16},
    {"minimum": 1e15, "exclusiveMaximum": 1e17},
    {"minimum": 2**53, "maximum": 2**53 + 3},
    {"exclusiveMinimum": 2**53},
    {"minimum": -(2**63), "maximum": 2**63 - 1},
    {"minimum": 2**64 - 1},
    {"minimum": -(2**64 - 1), "exclusiveMaximum": 10**30 + 1},
    {"maximum": 10**39},
    {"maximum": 10**200},
    {"minimum": 1e23, "maximum": 1e24},
    {"minimum": 1, "exclusiveMinimum": 1, "maximum": 3, "exclusiveMaximum": 7},
    {"minimum": 12345.678, "maximum": 12345.679},
    {"minimum": 0.00012345678901234567, "maximum": 99999.99999},
    {"minimum": 3, "maximum": 10},
    {"minimum": 9, "maximum": 10},
    {"minimum": 10, "maximum": 10},
    {"minimum": 0.9999, "maximum": 1.0001},
]


def random_bounds(rnd: random.Random) -> dict[str, Any]:
    def one() -> int | float:
        match rnd.randrange(5):
            case 0:
                return rnd.randint(-(10 ** rnd.randint(1, 25)), 10 ** rnd.randint(1, 25))
            case 1:
                return rnd.randint(-1000, 1000)
            case 2:
                return float(f"{rnd.randint(-99999, 99999)}e{rnd.randint(-30, 20)}")
            case 3:
                return round(rnd.uniform(-100, 100), rnd.randint(0, 6))
            case _:
                return random_float(rnd)

    low = one()
    high = low if rnd.random() < 0.05 else one()
    if rnd.random() < 0.3:
        high = low + abs(low) / 10 ** rnd.randint(0, 14)
    low, high = min(low, high), max(low, high)
    keys: dict[str, Any] = {}
    if rnd.random() < 0.8:
        keys[rnd.choice(["minimum", "exclusiveMinimum"])] = low
    if rnd.random() < 0.8 or not keys:
        keys[rnd.choice(["maximum", "exclusiveMaximum"])] = high
    return keys


def random_float(rnd: random.Random) -> float:
    while True:
        value: float = struct.unpack("d", rnd.randbytes(8))[0]
        if math.isfinite(value):
            return value


def spellings(value: Fraction, rnd: random.Random) -> Iterator[str]:
    """A number in many ways, rounded to what a text can hold."""
    sign = "-" if value < 0 else ""
    size = abs(value)
    for places in (0, 1, 2, 17, 20):
        digits = str(int(size * 10**places)).zfill(places + 1)
        plain = f"{digits[:-places]}.{digits[-places:]}" if places else digits
        yield sign + plain
        if places:
            yield sign + plain.rstrip("0").rstrip(".")
            yield sign + plain.rstrip("0") + "0"
    if size:
        scale = Decimal(size.numerator) / Decimal(size.denominator)
        for places in (0, 1, 3, 16, 20):
            text = f"{scale:.{places}e}"
            mantissa, exponent = text.split("e")
            yield sign + text
            yield f"{sign}{mantissa}{rnd.choice('eE')}{int(exponent)}"
            yield f"{sign}{mantissa}e{exponent[0]}{exponent[1:].zfill(2)}"
            yield f"{sign}{mantissa.split('.')[0]}e{exponent}"


def neighbours(bound: int | float, rnd: random.Random) -> Iterator[str]:
    """Texts that differ from a bound in a digit or so."""
    exact = written(bound)
    yield from spellings(exact, rnd)
    for step in (1, Fraction(1, 10), Fraction(1, 10**7), Fraction(1, 10**17), Fraction(1, 10**20)):
        yield from spellings(exact + step, rnd)
        yield from spellings(exact - step, rnd)
    plain = next(spellings(exact, rnd))
    for at, digit in enumerate(plain):
        if digit.isdigit():
            for other in {max(int(digit) - 1, 0), min(int(digit) + 1, 9), rnd.randint(0, 9)}:
                yield f"{plain[:at]}{other}{plain[at + 1 :]}"
    if abs(bound) <= LARGEST:
        value = float(bound)
        for _ in range(3):
            yield repr(value)
            yield repr(-value)
            value = math.nextafter(value, math.inf)
        value = float(bound)
        for _ in range(3):
            value = math.nextafter(value, -math.inf)
            yield repr(value)
            yield from spellings(Fraction(repr(value)), rnd)


def texts_around(keys: dict[str, Any], rnd: random.Random, count: int = 100) -> list[str]:
    bounds = list(keys.values())
    texts = {text for bound in bounds for text in neighbours(bound, rnd)}
    texts |= {"0", "-0", "0.0", "-0.0", "0.00", "-0.000", "1", "-1", "1.0", "1e1", "-1e-1", "9e9"}
    for _ in range(10):
        at = Fraction(rnd.random())
        texts |= set(spellings(at * written(rnd.choice(bounds)), rnd))
        texts.add(repr(random_float(rnd)))
    fit = sorted(text for text in texts if PLAIN.fullmatch(text) or SCIENTIFIC.fullmatch(text))
    return rnd.sample(fit, min(count, len(fit)))


@pytest.mark.parametrize("keys", BOUNDS, ids=str)
def test_bounds_hold_for_every_neighbour(keys: dict[str, Any]) -> None:
    rnd = random.Random(1)
    numbers = some("number", **keys)
    assert numbers.reported == []
    for text in texts_around(keys, rnd):
        check_text(numbers, keys, text)


def test_random_bounds_hold_for_every_neighbour() -> None:
    rnd = random.Random(2)
    for _ in range(25):
        keys = random_bounds(rnd)
        numbers = build("number", **keys)
        if numbers is None:
            assert not any(satisfies(text, keys) for text in texts_around(keys, rnd)), keys
            continue
        for text in texts_around(keys, rnd, 60):
            check_text(numbers, keys, text)


@pytest.mark.parametrize("keys", [{}, *BOUNDS], ids=str)
def test_what_is_written_is_valid(keys: dict[str, Any]) -> None:
    numbers = some("number", **keys)
    validator = Draft202012Validator({"type": "number", **keys})
    for text in sample(numbers.rules, 30, seed=4):
        assert satisfies(text, keys), text
        assert validator.is_valid(json.loads(text)), text


@pytest.mark.parametrize("keys", [{}, *BOUNDS], ids=str)
def test_every_valid_float_that_python_writes_is_accepted(keys: dict[str, Any]) -> None:
    rnd = random.Random(5)
    numbers = some("number", **keys)
    validator = Draft202012Validator({"type": "number", **keys})
    floats = [random_float(rnd) for _ in range(25)]
    floats += [rnd.uniform(-1, 1) * 10 ** rnd.randint(-9, 18) for _ in range(25)]
    floats += [-0.0, 0.0, 1.0, 5e-324, -5e-324, 1e-07, 0.0001, 9.999e-05, 1e15, 1e16, 1e22]
    floats += [LARGEST, -LARGEST, 1e307, 9.9e306, 1e308, 1.6999999e308, 1.79e308, -1.7969e308]
    for value in floats:
        text = json.dumps(value)
        # A bound that no float can be is compared as the decimal that is written, too.
        valid = validator.is_valid(value) and satisfies(text, keys)
        if not LAST_BUT_ONE < abs(value) < LARGEST:
            assert numbers.accepts(text) == valid, text


@pytest.mark.parametrize(
    ("keys", "accepted", "refused"),
    [
        ({"minimum": 0}, "-0 -0.0 0 0.00 1e-07 1E+05 1e300", "-0.1 -1e-07 0e5 00 .5 1. 1e309"),
        ({"exclusiveMinimum": 0}, "1e-07 5e-324 0.0001 1e5", "0 -0 0.0 -0.0 0.000 1e-324 0e5"),
        ({"maximum": 0}, "-0 0 0.0 -1e22", "1e-07 0.1"),
        ({"exclusiveMaximum": 0}, "-1e-07 -0.1 -7", "-0 0 -0.0"),
        ({"minimum": 0.1}, "0.1 0.10 0.1000000000000000055 1e-1 0.11", "0.09999999999999999999 0"),
        # The float 0.1 is not more than 0.1, however many digits say so.
        ({"exclusiveMinimum": 0.1}, "0.10000000000000002", "0.1 0.10 0.100000000000000001 1e-1"),
        ({"exclusiveMaximum": 1}, "0.9999999999999999 0", "1 1.0 0.99999999999999999999 1e0"),
        ({"maximum": 1}, "0.99999999999999999999 1 1.000", "1.0000000000000000001 1.5"),
        ({}, "1.7976931348623157e+308 1.79e308 99e306 -5e-324", "1.7976931348623159e308 99e307"),
        ({"minimum": 1}, "1.7976931348623157e+308", "1.7976931348623159e308 2e308 1e309"),
        # An integer is exact where a float of the same digits is rounded.
        ({"minimum": 2**53 + 1}, "9007199254740993 9007199254740994.0", "9007199254740993.0"),
    ],
)
def test_the_spellings_at_the_edge(keys: dict[str, Any], accepted: str, refused: str) -> None:
    numbers = some("number", **keys)
    assert [text for text in accepted.split() if not numbers.accepts(text)] == []
    assert [text for text in refused.split() if numbers.accepts(text)] == []


# -- multiples ------------------------------------------------------------------------------------

WHOLE_STEPS: list[Any] = [1, 2, 3, 4, 5, 7, 8, 10, 16, 25, 60, 97, 100, 250, 1000, 2.0]
WHOLE_STEPS += [1.5, 0.5, 0.75, (4, 6), (2, 2.5), (0.1, 0.25), (3,), ()]


def is_multiple(value: Fraction, step: Any) -> bool:
    steps = step if isinstance(step, tuple) else (step,)
    return all(value % written(one) == 0 for one in steps)


@pytest.mark.parametrize("step", WHOLE_STEPS, ids=str)
def test_integers_are_exact_multiples(step: Any) -> None:
    rnd = random.Random(6)
    ranges: list[dict[str, Any]] = [{}, {"minimum": 0}, {"minimum": 1}, {"maximum": -3}]
    ranges += [{"minimum": 0, "maximum": 120}, {"exclusiveMinimum": -101, "maximum": 99}]
    ranges += [{"minimum": low, "maximum": low + rnd.choice([50, 999])}
               for low in rnd.choices(range(-3000, 3000), k=2)]  # fmt: skip
    for bounds in ranges:
        values = {*range(-65, 65), *(rnd.randint(-30_000, 30_000) for _ in range(50))}
        values |= {1000 * value for value in range(-9, 9)} | {10**30, 97 * 10**12, -3 * 2**40}
        valid = {n for n in values if is_multiple(Fraction(n), step) and satisfies(str(n), bounds)}
        numbers = build("integer", **bounds, multipleOf=step)
        if numbers is None:
            assert not valid
            continue
        assert numbers.reported == []
        assert {value for value in values if numbers.accepts(str(value))} == valid, bounds
        for text in ("", "-", "00", "05", "-00", "1.0", "100.0", "1e3"):
            assert not numbers.accepts(text), text


STEPS: list[Any] = [0.01, 0.1, 0.5, 0.25, 0.05, 0.125, 2.5, 1.5, 0.3, 0.15, 1, 3, 7.0, 10, 100]
STEPS += [(0.5, 0.2), (0.3, 0.2)]


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_decimals_are_exact_multiples(step: Any) -> None:
    rnd = random.Random(7)
    ranges: list[dict[str, Any]] = [{}, {"minimum": 0}, {"exclusiveMinimum": 0, "maximum": 9.95}]
    ranges += [{"minimum": -1.2, "exclusiveMaximum": 1.2}, {"maximum": -0.5}]
    ranges += [{"minimum": -50, "maximum": 1234}, {"exclusiveMinimum": 7.25, "maximum": 7.5}]
    for bounds in ranges:
        texts = {f"{rnd.choice(['', '-'])}{n // 100}.{n % 100:02}" for n in range(0, 1100, 9)}
        texts |= {repr(rnd.randint(-9999, 9999) / rnd.choice([10, 20, 100])) for _ in range(40)}
        texts |= {f"{n * Decimal(repr(one)):f}" for n in range(-25, 25) for one in (0.3, 0.05, 2.5)}
        texts |= {"0", "3", "-7", f"{10**15}", f"{21 * 10**20}", "-0", "-0.0", "0.125", "2.5000"}
        valid = {t for t in texts if is_multiple(Fraction(t), step) and satisfies(t, bounds)}
        numbers = build("number", **bounds, multipleOf=step)
        if numbers is None:
            assert not valid
            continue
        assert numbers.reported == []
        accepted = {text for text in texts if numbers.accepts(text)}
        assert accepted <= valid, bounds
        # Zeros at the end may be too many; Python writes one at the most.
        assert {t for t in valid if re.fullmatch(r"-?[0-9]+(\.[0-9]*[1-9]|\.0)?", t)} <= accepted


@pytest.mark.parametrize("kind", ["integer", "number"])
def test_what_is_written_of_multiples_is_valid(kind: str) -> None:
    rnd = random.Random(8)
    for step in (*STEPS, 2, 7, 8, 16, 60, 0.75, (4, 6)):
        keys = random_bounds(rnd) if rnd.random() < 0.7 else {}
        numbers = build(kind, **keys, multipleOf=step)
        if numbers is None:
            continue
        for text in sample(numbers.rules, 10, seed=9):
            assert satisfies(text, keys), (keys, text)
            assert numbers.reported or is_multiple(Fraction(text), step), (keys, step, text)


def test_large_multiples_are_reported_and_the_bounds_kept() -> None:
    for kind, step in (
        ("integer", 997),
        ("integer", 2**20),
        ("number", 1e-300),
        ("number", 9973.1),
    ):
        numbers = some(kind, minimum=5, multipleOf=step)
        assert numbers.reported == ["multipleOf"]
        assert numbers.accepts("7") and not numbers.accepts("4")
    numbers = some("number", minimum=1e50, multipleOf=0.5)
    assert numbers.reported == ["multipleOf"]
    assert numbers.accepts("2e50")


def test_large_ranges_of_few_multiples_are_listed() -> None:
    numbers = some("integer", minimum=0, maximum=10**12, multipleOf=123456789 * 10**3)
    assert numbers.reported == []
    assert numbers.accepts("987654312000") and not numbers.accepts("987654311000")


# -- integers -------------------------------------------------------------------------------------


def test_integer_bounds_of_every_kind() -> None:
    rnd = random.Random(10)
    for _ in range(50):
        keys = random_bounds(rnd)
        values = {0, 1, -1, 10**39, -(10**39)}
        for bound in keys.values():
            near = math.floor(written(bound))
            values |= {near + step for step in (-10, -2, -1, 0, 1, 2, 9)} | {near // 10, near * 10}
        values = {value for value in values if abs(value) < 10**40}
        numbers = build("integer", **keys)
        if numbers is None:
            assert not any(satisfies(str(value), keys) for value in values), keys
            continue
        valid = {value for value in values if satisfies(str(value), keys)}
        if not numbers.reported:
            assert {value for value in values if numbers.accepts(str(value))} == valid, keys


def test_long_integers_stay_within_what_a_server_takes() -> None:
    rnd = random.Random(11)
    for _ in range(5):
        low, high = sorted(rnd.randint(-(10**40) + 1, 10**40 - 1) for _ in range(2))
        numbers = some("integer", minimum=low, maximum=high)
        for value in (low, high, (low + high) // 2):
            assert numbers.accepts(str(value))
        assert not numbers.accepts(str(low - 1)) and not numbers.accepts(str(high + 1))


def test_what_is_too_long_to_write_is_reported() -> None:
    for kind, keys, reported in (
        ("integer", {"minimum": 10**40}, ["minimum"]),
        ("integer", {"exclusiveMinimum": 10**40 - 1, "maximum": 10**60}, ["exclusiveMinimum"]),
        ("integer", {"maximum": -1e50}, ["maximum"]),
        ("number", {"minimum": 10**400}, ["minimum"]),
        ("number", {"exclusiveMaximum": -LARGEST, "maximum": 5}, ["exclusiveMaximum"]),
        ("number", {"minimum": 10**5000}, ["minimum"]),
        # Bounds that all which can be written satisfies are held.
        ("integer", {"maximum": 10**40}, []),
        ("number", {"minimum": -(10**5000), "maximum": 10**400}, []),
        ("number", {"minimum": 10**50}, []),
    ):
        assert some(kind, **keys).reported == reported, keys


# -- the rest -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("integer", {"minimum": 3, "maximum": 2}),
        ("integer", {"minimum": 0.1, "maximum": 0.9}),
        ("integer", {"exclusiveMinimum": 3, "exclusiveMaximum": 4}),
        ("integer", {"minimum": 3, "maximum": 4, "multipleOf": 5}),
        ("integer", {"exclusiveMinimum": 0, "exclusiveMaximum": 10, "multipleOf": (2, 5)}),
        ("number", {"minimum": 3, "maximum": 2}),
        ("number", {"exclusiveMinimum": 1, "maximum": 1}),
        ("number", {"exclusiveMinimum": 0.1, "exclusiveMaximum": math.nextafter(0.1, 1)}),
        ("number", {"minimum": 0.1, "maximum": 0.2, "multipleOf": 0.25}),
        ("number", {"minimum": 0.1, "maximum": 0.9, "multipleOf": 1}),
    ],
    ids=str,
)
def test_no_number_is_none(kind: str, keys: dict[str, Any]) -> None:
    assert build(kind, **keys) is None


@pytest.mark.parametrize("kind", ["integer", "number"])
@pytest.mark.parametrize(
    "keys",
    [
        {"minimum": "3"}, {"maximum": None}, {"minimum": True}, {"maximum": math.inf},
        {"minimum": math.nan}, {"exclusiveMinimum": [1]}, {"exclusiveMaximum": "x"},
        {"exclusiveMinimum": True}, {"exclusiveMaximum": True, "minimum": 3}, {"multipleOf": 0},
        {"multipleOf": -2}, {"multipleOf": "2"}, {"multipleOf": True}, {"multipleOf": math.inf},
        {"multipleOf": None}, {"multipleOf": (2, 0)}, {"multipleOf": [2, 3]},
    ],
    ids=str,
)  # fmt: skip
def test_malformed_values_are_refused_by_name(kind: str, keys: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"`{next(iter(keys))}`"):
        number_node(kind, keys, Book(), lambda keyword, why: None)


@pytest.mark.parametrize("kind", ["integer", "number"])
def test_the_booleans_of_draft_4_make_the_bound_beside_them_exclusive(kind: str) -> None:
    old = some(kind, minimum=1, exclusiveMinimum=True, maximum=4, exclusiveMaximum=False)
    assert [n for n in range(9) if old.accepts(str(n))] == [2, 3, 4]
    assert some(kind, exclusiveMinimum=False).text == kind


def test_common_bounds_are_short_and_readable() -> None:
    for kind, keys, text in (
        ("number", {}, "number"),
        ("integer", {}, "integer"),
        ("integer", {"multipleOf": 1}, "integer"),
        ("integer", {"minimum": 0}, '"0" | [1-9] [0-9]{0,39}'),
        ("integer", {"minimum": 1, "maximum": 100}, '[1-9] [0-9]? | "100"'),
        ("integer", {"minimum": 1, "maximum": 65535},
         '[1-9] [0-9]{0,3} | [1-5] [0-9]{4} | '
         '"6" ([0-4] [0-9]{3} | "5" ([0-4] [0-9]{2} | "5" ([0-2] [0-9] | "3" [0-5])))'),
        ("integer", {"multipleOf": 5}, '"-"? ([05] | [1-9] [0-9]{0,38} [05])'),
        ("integer", {"minimum": 1, "multipleOf": 100}, '[1-9] [0-9]{0,37} "00"'),
        ("integer", {"minimum": 0, "maximum": 120, "multipleOf": 5},
         '[05] | ([1-9] | "1" [0-1]) [05] | "120"'),
        ("number", {"minimum": 0, "maximum": 1},
         '"0" fraction? | "1" ("." "0"{1,40})? | '
         '[1-9] fraction? [eE] "-" ("0"? [1-9] | [1-9] [0-9]{1,2}) | "-0" ("." "0"{1,40})?'),
        ("number", {"multipleOf": 0.01}, '"-"? ("0" | [1-9] [0-9]{0,39}) ("." [0-9]{1,2})?'),
        ("number", {"minimum": -10, "maximum": 10, "multipleOf": 0.5},
         '"-"? (("0" | [1-9]) ("." [05])? | "10" ".0"?)'),
    ):  # fmt: skip
        assert some(kind, **keys).text.replace(" |\n  ", " | ") == text, keys
    for keys, size in (({"minimum": 0}, 210), ({"exclusiveMinimum": 0}, 285),
                       ({"minimum": -90, "maximum": 90}, 200),
                       ({"minimum": 0, "exclusiveMaximum": 1}, 240)):  # fmt: skip
        assert len(some("number", **keys).text) <= size, keys


def ways_to_read(rules: Rules, text: str) -> int:
    """In how many ways a text can be derived."""

    @cache
    def ends(node: Node, at: int) -> Counter[int]:
        match node:
            case Literal(literal):
                return Counter([at + len(literal)] if text.startswith(literal, at) else [])
            case CharClass(ranges):
                fits = at < len(text) and any(a <= ord(text[at]) <= b for a, b in ranges)
                return Counter([at + 1] if fits else [])
            case Ref(name):
                return ends(rules[name], at)
            case Alt(options):
                return sum((ends(option, at) for option in options), Counter())
            case Seq(items):
                found = Counter([at])
                for item in items:
                    found = follow(found, item)
                return found
            case Repeat(item, least, most):
                found, total = Counter([at]), Counter[int]()
                for count in range(len(text) + 1 if most is None else most + 1):
                    total += found if count >= least else Counter()
                    found = follow(found, item)
                return total
            case _:
                raise AssertionError(node)

    def follow(before: Counter[int], node: Node) -> Counter[int]:
        after: Counter[int] = Counter()
        for at, ways in before.items():
            for end, more in ends(node, at).items():
                after[end] += ways * more
        return after

    return ends(rules["root"], 0)[len(text)]


def test_every_text_can_be_read_in_one_way_only() -> None:
    schemas = [("number", keys) for keys in ({}, *BOUNDS)]
    schemas += [("integer", {"multipleOf": step}) for step in (2, 7, 8, 15, 100)]
    schemas += [("number", {"minimum": -3, "multipleOf": step}) for step in (0.01, 2.5, 0.3, 3)]
    for kind, keys in schemas:
        rules = some(kind, **keys).rules
        for text in sample(rules, 5, seed=12):
            assert ways_to_read(rules, text) == 1, (keys, text)
