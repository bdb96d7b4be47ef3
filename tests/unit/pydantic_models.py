"""Types as users write them, for `Grammar.from_pydantic`."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum, IntEnum, StrEnum
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Any, Generic, Literal, NamedTuple, NotRequired, TypeVar

from pydantic import (
    AnyUrl,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    HttpUrl,
    Json,
    PositiveInt,
    RootModel,
    SecretStr,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from pydantic.dataclasses import dataclass as pydantic_dataclass
from typing_extensions import TypeAliasType, TypedDict

T = TypeVar("T")


class Colour(StrEnum):
    """Texts."""

    RED = "red"
    DARK_RED = 'dark "red"'


class Level(IntEnum):
    """Numbers."""

    LOW = 1
    HIGH = 10


class Mixed(Enum):
    """Values of several types."""

    A = "a"
    ONE = 1
    NOTHING = None
    HALF = 0.5


class Address(BaseModel):
    street: str
    zip: Annotated[str, Field(pattern=r"^\d{4,5}$")]
    city: str = "Zürich"


class Person(BaseModel):
    name: str = Field(min_length=1, max_length=40)
    age: Annotated[int, Field(ge=0, le=150)]
    email: str | None = None
    address: Address
    friends: list[Person] = []


class Tree(BaseModel):
    value: int
    left: Tree | None = None
    right: Tree | None = None


class Even(BaseModel):
    odd: Odd | None = None


class Odd(BaseModel):
    even: Even


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = Field(9, ge=1, le=9)


class Dog(BaseModel):
    kind: Literal["dog", "puppy"]
    name: str


class Fish(BaseModel):
    fins: int


class Owner(BaseModel):
    pet: Annotated[Cat | Dog, Field(discriminator="kind")]
    others: list[Cat | Dog | Fish] = []


def _shape(value: Any) -> str:
    return "round" if isinstance(value, Round) or "radius" in value else "square"


class Round(BaseModel):
    model_config = ConfigDict(extra="forbid")
    radius: Annotated[float, Field(gt=0)]


class Square(BaseModel):
    model_config = ConfigDict(extra="forbid")
    side: Annotated[float, Field(gt=0, lt=100)]


Shape = Annotated[
    Annotated[Round, Tag("round")] | Annotated[Square, Tag("square")], Discriminator(_shape)
]


class Bounds(BaseModel):
    percent: Annotated[float, Field(ge=0, le=100)]
    ratio: Annotated[float, Field(gt=0, lt=1)]
    latitude: Annotated[float, Field(ge=-90, le=90)]
    even: Annotated[int, Field(multiple_of=2)]
    dozen: Annotated[int, Field(ge=12, le=144, multiple_of=12)]
    small: Annotated[int, Field(gt=-5, lt=5)]
    positive: PositiveInt = 1


class Texts(BaseModel):
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=20)]
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d{2,4}$")]
    contains_digit: Annotated[str, Field(pattern=r"\d")] = "x1"
    word: Annotated[str, Field(pattern=r"^\w+\s\w+$")] = "a b"
    short: Annotated[str, Field(min_length=2, max_length=3)]


class Times(BaseModel):
    day: date
    at: time
    moment: datetime
    lasting: timedelta


class Net(BaseModel):
    id: uuid.UUID
    v4: IPv4Address
    v6: IPv6Address


class Links(BaseModel):
    any: AnyUrl
    site: HttpUrl | None = None


class Aliases(BaseModel):
    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)
    spaced: Annotated[int, Field(alias="with spaces")]
    quoted: Annotated[int, Field(alias='say "hi"')]
    back: Annotated[int, Field(alias="back\\slash")]
    unicode: Annotated[int, Field(alias="größe 😀")]
    line: Annotated[int, Field(alias="new\nline")] = 0


class Reserved(BaseModel):
    root: int
    value: str
    string: bool
    object: list[int] = []
    char: Literal["char"] = "char"
    key_end: None = None


class Forbidding(BaseModel):
    model_config = ConfigDict(extra="forbid")
    a: int
    b: str = ""


class Allowing(BaseModel):
    model_config = ConfigDict(extra="allow")
    a: int


class TypedExtra(BaseModel):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, int]
    name: str


class Anything(BaseModel):
    any: Any
    anything: Any = None
    nothing: None = None
    items: list[Any] = []
    mapping: dict[str, Any] = {}


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: Annotated[int, Field(ge=0)]
    next: str | None = None


class Described(BaseModel):
    """A model with a docstring."""

    a: int = Field(3, title="A", description='with "quotes"', examples=[1, 2], deprecated=True)
    b: str = Field(default_factory=str, json_schema_extra={"x-order": 1})


class Ints(RootModel[list[int]]):
    """A list as a model."""


class Weights(RootModel[dict[str, float]]):
    """A map as a model."""


class Payload(BaseModel):
    data: bytes
    secret: SecretStr
    blob: Json[list[int]] = Field(default_factory=list)


class Film(TypedDict):
    title: str
    year: NotRequired[int]


class Point(NamedTuple):
    x: float
    y: float = 0.0


@dataclass
class Plain:
    a: int
    b: list[str] = field(default_factory=list)


@pydantic_dataclass
class Checked:
    a: Annotated[int, Field(gt=0)]
    b: Plain | None = None


class Optionals(BaseModel):
    a: int | None
    b: int | None = None
    c: str | int | bool | None = None
    d: list[int | None] = []


JsonValue = TypeAliasType(
    "JsonValue", "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"
)
Email = Annotated[str, WithJsonSchema({"type": "string", "format": "email"})]
