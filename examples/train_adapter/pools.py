"""Values by kind, drawn by program, so that a model learns to copy rather than to recall."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from .words import HELD_OUT, TRAINING, listed

MONTHS = "January February March April May June July August September October November December"
_KIND = re.compile(r"(\w+)(?:\((.*)\))?\Z")


@dataclass(frozen=True)
class Value:
    """A drawn value: as a user writes it, and as the argument of a call."""

    text: str
    value: Any


class Pools:
    """Draws values; those of the evaluation are none of the training's."""

    def __init__(self, rng: Random, held_out: bool = False) -> None:
        self.rng = rng
        self.held_out = held_out
        words = HELD_OUT if held_out else TRAINING
        self._lists = {name: listed(text) for name, text in words.items() if name != "onsets"}
        self._lists["letters"] = list(words["letters"])
        self._onsets = words["onsets"].split()

    def draw(self, kind: str) -> Value:
        """A value of a kind such as ``city``, ``int(1,9)`` or ``list(person)``."""
        name, inside = _parts(kind)
        if name == "int":
            low, high = map(int, inside.split(","))
            number = self.number(low, high)
            return Value(str(number), number)
        if name == "num":
            low, high, digits = map(int, inside.split(","))
            scale = 10**digits
            number_ = self.number(low * scale, high * scale) / scale
            return Value(f"{number_:.15g}", int(number_) if number_ == int(number_) else number_)
        if name == "bool":
            yes, no = inside.split(",")
            value = self.rng.random() < 0.5
            return Value(yes if value else no, value)
        if name == "enum":
            choice = self.rng.choice(inside.split(","))
            return Value(choice, choice)
        if name == "list":
            drawn = [self.draw(inside).text for _ in range(self.rng.choice((2, 2, 3)))]
            texts = list(dict.fromkeys(drawn))
            head = ", ".join(texts[:-1])
            return Value(f"{head} and {texts[-1]}" if head else texts[0], texts)
        text = _MAKERS[name](self)
        return Value(text, text)

    def number(self, low: int, high: int) -> int:
        """A whole number; in a wide range, no number is both trained and held out."""
        number = self.rng.randint(low, high)
        while high - low >= 14 and (number % 7 == 3) != self.held_out:
            number = self.rng.randint(low, high)
        return number

    def pick(self, name: str) -> str:
        """An entry of one of the word lists."""
        return self.rng.choice(self._lists[name])

    def invented(self, most: int = 3) -> str:
        """A word that nobody knows."""
        rng = self.rng
        parts = [
            rng.choice(self._onsets) + rng.choice("aeiou") for _ in range(rng.randint(2, most))
        ]
        return "".join(parts) + rng.choice(["", "n", "l", "r", "s", "k", "m", "nd", "x"])

    def name(self) -> str:
        """An invented name."""
        return self.invented().capitalize()

    def letters(self, count: int) -> str:
        """Capitals in a row."""
        return "".join(self.pick("letters") for _ in range(count))


def schema(kind: str) -> dict[str, Any]:
    """The JSON schema of a kind's values."""
    name, inside = _parts(kind)
    if name == "enum":
        return {"type": "string", "enum": inside.split(",")}
    if name == "list":
        return {"type": "array", "items": schema(inside)}
    return {"type": {"int": "integer", "num": "number", "bool": "boolean"}.get(name, "string")}


def _parts(kind: str) -> tuple[str, str]:
    match = _KIND.match(kind)
    if not match:
        raise ValueError(f"no kind: {kind!r}")
    return match[1], match[2] or ""


def _city(p: Pools) -> str:
    return p.pick("cities") if p.rng.random() < 0.7 else p.name()


def _person(p: Pools) -> str:
    last = p.pick("last") if p.rng.random() < 0.7 else p.name()
    return f"{_first(p)} {last}"


def _first(p: Pools) -> str:
    return p.pick("first") if p.rng.random() < 0.8 else p.name()


def _date(p: Pools) -> str:
    year, month = p.rng.randint(2023, 2029), p.rng.randint(1, 12)
    day = p.number(1, 28)
    written = f"{MONTHS.split()[month - 1]} {day}"
    iso = f"{year}-{month:02d}-{day:02d}"
    return p.rng.choice([iso, iso, written, f"{written}, {year}"])


def _day(p: Pools) -> str:
    days = "today tomorrow Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    return p.rng.choice(days.split()) if p.rng.random() < 0.6 else _date(p)


def _time(p: Pools) -> str:
    return f"{p.rng.randint(0, 23):02d}:{p.number(0, 59):02d}"


def _datetime(p: Pools) -> str:
    day = f"{p.rng.randint(2023, 2029)}-{p.rng.randint(1, 12):02d}-{p.number(1, 28):02d}"
    return f"{day} {_time(p)}"


def _code(p: Pools) -> str:
    a, b = p.letters(p.rng.randint(1, 3)), p.number(10, 99999)
    return p.rng.choice([f"{a}-{b}", f"{a}{b}", f"{b}{a}", f"{p.invented(2)}-{b}"])


def _file(p: Pools) -> str:
    stem = p.rng.choice([p.invented(), f"{p.invented(2)}_{p.number(1, 2000)}", p.pick("nouns")])
    return f"{stem}.{p.pick('suffixes')}"


def _phrase(p: Pools) -> str:
    start = f"{p.pick('adjectives')} {p.pick('nouns')}"
    where = [f" in {_city(p)}", f" near a {p.pick('nouns')}", f" {p.pick('doing')}", "", "", ""]
    return start + p.rng.choice(where)


def _query(p: Pools) -> str:
    made = [p.pick("topics"), f"{p.pick('topics')} in {_city(p)}", f"{p.name()} {p.pick('nouns')}"]
    return p.rng.choice([*made, f"{p.pick('adjectives')} {p.pick('nouns')} {p.invented(2)}"])


def _message(p: Pools) -> str:
    first = p.pick("clauses")
    extra = [f", {p.pick('endings')}", f" and {p.pick('clauses')}", f", {_first(p)}", "", ""]
    return first + p.rng.choice(extra)


def _title(p: Pools) -> str:
    return p.rng.choice([p.pick("titles"), f"{p.pick('titles')} with {_first(p)}", p.pick("tasks")])


def _product(p: Pools) -> str:
    return p.rng.choice([f"{p.name()} {p.number(2, 900)}", f"{p.name()} {p.pick('nouns')}"])


def _song(p: Pools) -> str:
    return p.rng.choice([f"{p.pick('adjectives')} {p.pick('nouns')}".title(), p.name()])


def _email(p: Pools) -> str:
    return f"{p.invented(2)}.{p.invented(2)}@{p.pick('domains')}"


def _phone(p: Pools) -> str:
    return f"+{p.number(20, 99)} {p.number(100, 999)} {p.number(10000, 999999)}"


_MAKERS: dict[str, Callable[[Pools], str]] = {
    "city": _city,
    "person": _person,
    "first": _first,
    "date": _date,
    "day": _day,
    "time": _time,
    "datetime": _datetime,
    "code": _code,
    "file": _file,
    "phrase": _phrase,
    "query": _query,
    "message": _message,
    "title": _title,
    "product": _product,
    "song": _song,
    "email": _email,
    "phone": _phone,
    "name": Pools.name,
    "word": Pools.invented,
    "noun": lambda p: p.pick("nouns"),
    "adjective": lambda p: p.pick("adjectives"),
    "feeling": lambda p: p.pick("feelings"),
    "topic": lambda p: p.pick("topics"),
    "task": lambda p: p.pick("tasks"),
    "food": lambda p: p.pick("foods"),
    "room": lambda p: p.pick("rooms"),
    "company": lambda p: f"{p.name()} {p.pick('companies')}",
    "street": lambda p: f"{p.number(1, 300)} {p.name()} {p.pick('streets')}",
    "ticker": lambda p: p.letters(p.rng.randint(3, 4)),
    "url": lambda p: f"https://{p.invented(2)}.{p.rng.choice(['com', 'org'])}/{p.invented(2)}",
    "team": lambda p: f"{_city(p)} {p.pick('nouns').title()}s",
    "path": lambda p: f"/{p.invented(2)}/{_file(p)}",
}
