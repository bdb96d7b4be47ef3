"""Generated tool sets: every call parses and validates, or is reported as cut off; none raises."""

from __future__ import annotations

import random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import gba_jupyter as gba
from gba_jupyter.llama.client import LlamaServer

WORDS = ["find", "send", "book", "list", "open", "rate", "plan", "move", "mark", "count"]
THINGS = ["mail", "room", "song", "flight", "note", "task", "image", "price", "city", "file"]
TEXTS = ["Do it, please.", "What is left for Ann?", "Sag mir, wie das geht 😀", "{}", "x" * 200]


def parameter(rnd: random.Random, depth: int = 0) -> dict[str, Any]:
    """A random schema of one parameter."""
    low = rnd.randint(-50, 50)
    kinds: list[dict[str, Any]] = [
        {"type": "string", "maxLength": rnd.randint(1, 20)},
        {"type": "string", "enum": rnd.sample(THINGS, 3)},
        {"type": "string", "pattern": "^[a-z]{2,6}$"},
        {"type": "string", "format": rnd.choice(["date", "time", "uuid", "email", "ipv4"])},
        {"type": "integer", "minimum": low, "maximum": low + rnd.randint(0, 500)},
        {"type": "integer", "multipleOf": rnd.choice([2, 5, 7]), "minimum": 0, "maximum": 99},
        {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
        {"type": "boolean"},
        {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 9}, {"type": "null"}]},
    ]
    if depth < 2:
        inner = parameter(rnd, depth + 1)
        kinds += [
            {"type": "array", "items": inner, "maxItems": 3},
            {"type": "object", "properties": {"a": inner, "b": inner}, "required": ["a"]},
            {"type": "object", "additionalProperties": {"type": "boolean"}, "maxProperties": 2},
        ]
    return rnd.choice(kinds)


def tools(rnd: random.Random) -> list[dict[str, Any]]:
    """A random set of 1 to 8 tools."""
    made = {}
    for _ in range(rnd.randint(1, 8)):
        name = f"{rnd.choice(WORDS)}_{rnd.choice(THINGS)}"
        names = rnd.sample(THINGS, rnd.randint(0, 4))
        made[name] = {
            "name": name,
            "description": f"Does what is called {name}.",
            "parameters": {
                "type": "object",
                "properties": {each: parameter(rnd) for each in names},
                "required": rnd.sample(names, rnd.randint(0, len(names))),
            },
        }
    return list(made.values())


def check(server: LlamaServer, seed: int) -> str:
    """Make one call of a random tool set; says how it ended."""
    rnd = random.Random(seed)
    offered = tools(rnd)
    model = gba.ChatLlamaGBNF.on(
        server,
        reason=rnd.random() < 0.1,
        reason_tokens=8,
        max_tokens=rnd.choice([8, 80, 160]),
        temperature=rnd.choice([0.0, 0.8]),
        seed=seed,
    )
    answer = model.bind_tools(offered, tool_choice="any").invoke(rnd.choice(TEXTS))
    by_name = {each["name"]: each["parameters"] for each in offered}
    for call in answer.tool_calls:
        Draft202012Validator(
            by_name[call["name"]], format_checker=Draft202012Validator.FORMAT_CHECKER
        ).validate(call["args"])
    if answer.tool_calls:
        return "called"
    (wrong,) = answer.invalid_tool_calls
    assert answer.response_metadata["finish_reason"] == "length" or wrong["error"], seed
    return "cut off" if answer.response_metadata["finish_reason"] == "length" else "invalid"


def test_calls_of_generated_tools(server: LlamaServer) -> None:
    assert {check(server, seed) for seed in range(8)} <= {"called", "cut off"}


@pytest.mark.campaign
@pytest.mark.timeout(7200)
def test_calls_of_a_thousand_generated_tool_sets(server: LlamaServer) -> None:
    ends = [check(server, seed) for seed in range(1000)]
    print({end: ends.count(end) for end in set(ends)})
    assert set(ends) <= {"called", "cut off", "invalid"}
