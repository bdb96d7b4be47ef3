"""Types, with values that they take and JSON that they do not."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Any, Literal

from pydantic import AnyUrl, Field, HttpUrl, SecretStr, conlist
from pydantic_models import (
    Aliases,
    Allowing,
    Anything,
    Bounds,
    Cat,
    Checked,
    Colour,
    Described,
    Dog,
    Email,
    Even,
    Film,
    Fish,
    Forbidding,
    Ints,
    JsonValue,
    Level,
    Links,
    Mixed,
    Net,
    Odd,
    Optionals,
    Owner,
    Page,
    Payload,
    Person,
    Plain,
    Point,
    Reserved,
    Round,
    Shape,
    Square,
    Texts,
    Times,
    Tree,
    TypedExtra,
    Weights,
)


@dataclass(frozen=True)
class Sample:
    """A type, values of it, and JSON values that it refuses."""

    type: Any
    good: Sequence[Any]
    bad: Sequence[Any]
    loose: str = ""
    """What pydantic asks for and its JSON Schema does not say, if there is such a thing."""
    options: dict[str, Any] = field(default_factory=dict)
    """How the values are dumped."""


_ADDRESS = {"street": "Hauptstraße 1", "zip": "8001", "city": "Zürich"}
_PERSON = {"name": "Ann", "age": 30, "email": None, "address": _ADDRESS, "friends": []}
_BOUNDS = {"percent": 0.0, "ratio": 0.5, "latitude": -89.99, "even": -4, "dozen": 144, "small": 4}
_TEXTS = {"slug": "a-b-9", "code": "ABC-123", "contains_digit": "x1", "word": "a b", "short": "ab"}
_TIMES = {"day": "2024-02-29", "at": "12:30:00Z", "moment": "2024-02-29T12:00:00Z"}
_PT = {**_TIMES, "lasting": "P1DT2H3M4S"}

SAMPLES: dict[str, Sample] = {
    "int": Sample(int, [0, -7, 10**20], ["x", 1.5, None, []]),
    "float": Sample(float, [0.0, 1e-07, -2.5e22, 3.0], ["x", None, []]),
    "bool": Sample(bool, [True, False], [2, "x", None]),
    "str": Sample(str, ["", 'q"\\\n', "é😀"], [1, None]),
    "None": Sample(None, [None], [0, ""]),
    "any": Sample(Any, [None, 1, "x", [{}], {"a": [1]}], []),
    "optional": Sample(int | None, [None, 3], ["x", 1.5]),
    "union": Sample(int | str | list[int], [1, "x", [1]], [["x"], None, {}]),
    "literal": Sample(Literal["a", 1, None, True], ["a", 1, None, True], ["b", 2, False]),
    "texts enum": Sample(Colour, [*Colour], ["blue", 1, None]),
    "int enum": Sample(Level, [*Level], [2, "x"]),
    "mixed enum": Sample(Mixed, [*Mixed], ["b", 2, 0.75]),
    "set": Sample(set[int], [{1, 2}, set()], [["x"], {}, None]),
    "frozenset": Sample(frozenset[Colour], [frozenset(Colour)], [["blue"]]),
    "tuple": Sample(tuple[int, str], [(1, "x")], [[1], [1, "x", 2], ["x", 1]]),
    "open tuple": Sample(tuple[int, ...], [(), (1, 2, 3)], [["x"], None]),
    "dict": Sample(dict[str, float], [{}, {"a b": 1.5}], [{"a": "x"}, []]),
    "int keys": Sample(dict[int, str], [{1: "x"}], [{"1": 1}], loose="keys are numbers"),
    "listed keys": Sample(dict[Literal["a", "b"], int], [{"a": 1, "b": 2}], [{"c": 1}, {"a": "x"}]),
    "enum keys": Sample(dict[Colour, int], [{Colour.DARK_RED: 1}], [{"blue": 1}]),
    "uuid keys": Sample(dict[uuid.UUID, int], [{uuid.UUID(int=7): 1}], [{"x": 1}]),
    "pattern keys": Sample(
        dict[Annotated[str, Field(pattern="^a")], int], [{"ab": 1}], [{"ab": "x"}],
        loose="other keys",
    ),
    "sized dict": Sample(
        Annotated[dict[str, int], Field(min_length=1, max_length=2)],
        [{"a": 1}, {"a": 1, "b": 2}], [{}, {"a": 1, "b": 2, "c": 3}],
    ),
    "sized list": Sample(
        conlist(int, min_length=1, max_length=2), [[1], [1, 2]], [[], [1, 2, 3], ["x"]]
    ),
    "sequence": Sample(Sequence[int], [[1, 2]], [["x"], "12"]),
    "decimal": Sample(Decimal, [Decimal("1.5"), Decimal("-0.001")], [None, []], loose="any text"),
    "bounded decimal": Sample(
        Annotated[Decimal, Field(ge=0, le=10)], [Decimal("9.99")], [11, -1], loose="any text"
    ),
    "email": Sample(Email, ["me@example.com"], [1]),
    "recursive alias": Sample(JsonValue, [None, [1, ["x", {"a": []}]], {"k": [True]}], [1.5]),
    "list of models": Sample(list[Cat], [[Cat(kind="cat")]], [[{"kind": "dog"}], [{}], {}]),
    "nested model": Sample(
        Person,
        [Person.model_validate({**_PERSON, "friends": [_PERSON]})],
        [{**_PERSON, "age": 151}, {**_PERSON, "address": {**_ADDRESS, "zip": "80x"}},
         {**_PERSON, "name": ""}, {"name": "Ann"}, {**_PERSON, "friends": [{}]}],
    ),
    "recursive model": Sample(
        Tree, [Tree(value=1, left=Tree(value=2, right=Tree(value=3)))],
        [{"value": 1, "left": {"value": "x"}}, {"left": None}],
    ),
    "mutual recursion": Sample(
        Even, [Even(odd=Odd(even=Even(odd=Odd(even=Even()))))], [{"odd": {}}, {"odd": {"even": 1}}]
    ),
    "discriminated union": Sample(
        Owner,
        [Owner(pet=Dog(kind="puppy", name="Rex"), others=[Cat(kind="cat"), Fish(fins=2)])],
        [{"pet": {"kind": "cow"}}, {"pet": {"kind": "cat", "lives": 10}}, {"pet": {}},
         {"pet": {"kind": "dog"}}],
    ),
    "callable discriminator": Sample(
        list[Shape], [[Round(radius=1.5), Square(side=99.5)]], [[{"radius": 0}], [{"side": 100}],
                                                                [{"radius": 1, "side": 1}]],
    ),
    "bounds": Sample(
        Bounds,
        [Bounds.model_validate(_BOUNDS)],
        [{**_BOUNDS, key: value} for key, value in {
            "percent": 100.01, "ratio": 1, "latitude": 90.5, "even": 3, "dozen": 156, "small": 5,
            "positive": 0}.items()],
    ),
    "patterns": Sample(
        Texts,
        [Texts.model_validate(_TEXTS)],
        [{**_TEXTS, key: value} for key, value in {
            "slug": "A", "code": "abc-12", "contains_digit": "x", "word": "ab",
            "short": "a"}.items()],
    ),
    "times": Sample(
        Times,
        [Times(day=date(2024, 2, 29), at=time(12, 30, tzinfo=UTC),
               moment=datetime(2024, 2, 29, 12, 0, 0, 5000, timezone(timedelta(hours=-8))),
               lasting=timedelta(days=1, hours=2, seconds=4)),
         Times.model_validate(_PT)],
        [{**_PT, "day": "2023-02-29"}, {**_PT, "at": "25:00:00Z"}, {**_PT, "moment": "yesterday"},
         {**_PT, "lasting": "1 fortnight"}],
    ),
    "addresses": Sample(
        Net,
        [Net(id=uuid.UUID(int=5), v4=IPv4Address("10.0.0.1"), v6=IPv6Address("::ffff:1"))],
        [{"id": "x", "v4": "10.0.0.1", "v6": "::1"},
         {"id": str(uuid.UUID(int=5)), "v4": "10.0.0.256", "v6": "::1"},
         {"id": str(uuid.UUID(int=5)), "v4": "10.0.0.1", "v6": "::1::"}],
    ),
    "links": Sample(
        Links,
        [Links(any=AnyUrl("ftp://a.org/x"), site=HttpUrl("https://example.com/a?b=c#d"))],
        [{"any": "no url"}, {"any": ""}], loose="hosts, ports and schemes",
    ),
    "aliases": Sample(
        Aliases,
        [Aliases.model_validate(
            {"with spaces": 1, 'say "hi"': 2, "back\\slash": 3, "größe 😀": 4}
        )],
        [{"with spaces": 1}, {"with spaces": 1, 'say "hi"': "x", "back\\slash": 3, "größe 😀": 4}],
        options={"by_alias": True},
    ),
    "our own names": Sample(
        Reserved, [Reserved(root=1, value="x", string=True, object=[1])],
        [{"root": "x", "value": "x", "string": True}, {"root": 1, "value": "x", "string": "no"}],
    ),
    "extra forbidden": Sample(
        Forbidding, [Forbidding(a=1), Forbidding(a=1, b="x")], [{"a": 1, "c": 2}, {"b": "x"}]
    ),
    "extra allowed": Sample(
        Allowing, [Allowing.model_validate({"a": 1, "more": [2]})], [{"more": 1}, {"a": "x"}]
    ),
    "typed extra": Sample(
        TypedExtra, [TypedExtra.model_validate({"name": "x", "more": 2})],
        [{"name": "x", "more": "y"}],
    ),
    "anything": Sample(
        Anything, [Anything(any={"a": [1]}, anything=3, items=[None], mapping={"x": {}})],
        [{}, {"any": 1, "nothing": 0}],
    ),
    "generic": Sample(
        Page[Film], [Page[Film](items=[{"title": "x"}], total=1)],
        [{"items": [{}], "total": 1}, {"items": [], "total": -1}],
    ),
    "described": Sample(Described, [Described(), Described(a=1, b="x")], [{"a": "x"}]),
    "list as model": Sample(Ints, [Ints([1, 2])], [["x"], {}]),
    "map as model": Sample(Weights, [Weights({"a": 1.5})], [{"a": "x"}, []]),
    "bytes, secret, json": Sample(
        Payload, [Payload(data=b"abc", secret=SecretStr("s"), blob="[1]")],  # type: ignore[arg-type]
        [{"data": 1, "secret": "s"}, {"data": "x"}], loose="JSON inside a text",
        options={"round_trip": True},
    ),
    "typed dict": Sample(Film, [{"title": "x"}, {"title": "x", "year": 1999}],
                         [{"year": 1}, {"title": 1}]),
    "named tuple": Sample(Point, [Point(1.5, 2.0)], [[], ["x"], [1, 2, 3]]),
    "dataclass": Sample(Plain, [Plain(1), Plain(1, ["x"])], [{"a": "x"}, {}, {"a": 1, "b": [1]}]),
    "checked dataclass": Sample(Checked, [Checked(1, Plain(2))], [{"a": 0}, {"a": 1, "b": {}}]),
    "optionals": Sample(
        Optionals, [Optionals(a=None), Optionals(a=1, b=2, c="x", d=[1, None])],
        [{}, {"a": "x"}, {"a": 1, "d": ["x"]}],
    ),
}  # fmt: skip
"""What users hand to `Grammar.from_pydantic`."""
