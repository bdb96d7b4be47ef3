"""Deep and huge schemas: a right grammar or a refusal with a path, in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar

STR = {"type": "string"}


def converted(schema: Any) -> Grammar | None:
    """The grammar of a schema; None when it is refused with a path."""
    try:
        return Grammar.from_json_schema(schema)
    except GrammarError as error:
        assert "The schema at #" in error.what
        return None


def nested(depth: int, wrap: Any, core: Any = STR) -> Any:
    for _ in range(depth):
        core = wrap(core)
    return core


WRAPS = {
    "properties": (lambda inner: {"type": "object", "properties": {"a": inner}}, '{"a":', "}"),
    "required": (
        lambda inner: {
            "type": "object", "properties": {"a": inner, "b": STR}, "required": ["a"],
            "additionalProperties": False,
        }, '{"a":', ',"b":""}',
    ),
    "items": (lambda inner: {"type": "array", "items": inner}, "[", "]"),
    "prefixItems": (lambda inner: {"type": "array", "prefixItems": [inner]}, "[", "]"),
    "additionalProperties": (
        lambda inner: {"type": "object", "additionalProperties": inner}, '{"é":', "}",
    ),
    "anyOf": (lambda inner: {"anyOf": [inner, {"type": "null"}]}, "", ""),
    "oneOf": (lambda inner: {"oneOf": [inner, {"type": "null"}]}, "", ""),
    "allOf": (lambda inner: {"allOf": [inner, {"minLength": 1}]}, "", ""),
    "items and allOf": (lambda inner: {"type": "array", "items": {"allOf": [inner]}}, "[", "]"),
    "not not": (lambda inner: {"not": {"not": inner}}, "", ""),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRAPS)
def test_a_thousand_levels_are_a_right_grammar(kind: str) -> None:
    wrap, opening, closing = WRAPS[kind]
    grammar = Grammar.from_json_schema(nested(1000, wrap))
    assert {note.keyword for note in grammar.not_enforced} <= {"oneOf"}
    assert grammar.accepts(opening * 1000 + '"x"' + closing * 1000)
    assert not grammar.accepts(opening * 1000 + "1" + closing * 1000)
    assert max(map(len, grammar.rules)) <= 45


@pytest.mark.parametrize(
    "kind", ["properties", "items", "allOf", "not not", "list", "const", "$ref"]
)
def test_a_hundred_thousand_levels_are_refused(kind: str) -> None:
    core: Any = {"const": 5, "type": "string"}
    if kind in WRAPS:
        schema = nested(100_000, WRAPS[kind][0], core)
    elif kind == "list":
        schema = nested(100_000, lambda inner: [inner])
    elif kind == "const":
        schema = {"const": nested(100_000, lambda inner: [inner])}
    else:
        defs = {str(n): {"$ref": f"#/$defs/{n + 1}", "minLength": n} for n in range(100_000)}
        schema = {"$ref": "#/$defs/0", "$defs": defs}
    assert converted(schema) is None


HUGE = {
    "a list of 450,000 texts": "{'enum': [word() for _ in range(450_000)]}",
    "100,000 properties": "{'properties': {word() + str(n): STR for n in range(100_000)}}",
    "1,000 properties": "{'type': 'object', 'properties': {word(): STR for n in range(1000)}}",
    "long descriptions": "{'type': 'object', 'properties': "
    "{str(n): {**STR, 'description': 'x' * 500_000} for n in range(10)}}",
    "a long pattern": "{**STR, 'pattern': '(' + 'a|b' * 1_600_000 + ')'}",
    "5,000 of anyOf": "{'anyOf': [{'const': n} for n in range(5000)]}",
    "5,000 objects of anyOf": "{'anyOf': objects}",
    "5,000 objects of oneOf": "{'oneOf': objects}",
    "5,000 objects of allOf": "{'allOf': objects}",
    "5,000 unions of allOf": "{'allOf': [{'anyOf': [{'minLength': n}, STR]} for n in range(5000)]}",
    "5,000 patterns of allOf": "{**STR, 'allOf': [{'pattern': word()} for n in range(5000)]}",
    "200 patterns of names": "{'type': 'object', 'patternProperties': "
    "{word(): STR for n in range(200)}}",
    "1,000,000 times true": "{'oneOf': [True] * 1_000_000}",
    "300,000 unknown keywords": "{f'k{n}': n for n in range(300_000)}",
    "500,000 required names": "{'type': 'object', 'required': [f'r{n}' for n in range(500_000)]}",
    "references that double": "{'$ref': '#/$defs/0', '$defs': {str(n): {'oneOf': "
    "[{'$ref': f'#/$defs/{n + 1}'}, {'$ref': f'#/$defs/{n + 1}', 'minLength': 1}]} "
    "for n in range(60)} | {'60': STR}}",
    "values on references that double": "{'enum': [1, 'a'], '$ref': '#/$defs/0', '$defs': "
    "{str(n): {'anyOf': [{'$ref': f'#/$defs/{n + 1}', 'maxLength': 0}, {'$ref': "
    "f'#/$defs/{n + 1}'}]} for n in range(60)} | {'60': {'type': 'null'}}}",
    "parts of which all choices differ": "{'allOf': [{'$ref': f'#/$defs/{p}-0'} for p in primes], "
    "'$defs': {f'{p}-{n}': {'type': 'object', 'properties': {'n': {'$ref': "
    "f'#/$defs/{p}-{(n + 1) % p}'}}} for p in primes for n in range(p)}}",
}
CHILD = """
import os, random, re, sys, time
from gba_jupyter.errors import GrammarError
from gba_jupyter.grammar import Grammar

rnd = random.Random(1)
STR, primes = {"type": "string"}, (2, 3, 5, 7, 11, 13)
def word(): return "".join(rnd.choices("abcdefghijklmnopqrstuvwxyz", k=8))
objects = [
    {"type": "object", "properties": {f"p{n}": STR}, "required": [f"p{n}"]} for n in range(5000)
]
def memory():
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
for source in sys.stdin:
    if os.fork():
        os.wait()
        continue
    schema = eval(source)
    before, start = memory(), time.process_time()
    try:
        outcome = f"a grammar of {len(str(Grammar.from_json_schema(schema))):,} characters"
    except GrammarError as error:
        assert "The schema at #" in error.what, error.what
        outcome = error.what
    print(memory() - before, f"{time.process_time() - start:.2f}", outcome[:200], sep="|")
    sys.stdout.flush()
    os._exit(0)
"""


@pytest.fixture(scope="module")
def figures() -> dict[str, list[str]]:
    """By name of a huge schema: megabytes, seconds of CPU, and what came of it."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the memory is read in /proc")
    program = [sys.executable, "-c", CHILD]
    done = subprocess.run(program, input="\n".join(HUGE.values()), capture_output=True, text=True)
    assert done.stderr == ""
    return dict(zip(HUGE, [line.split("|", 2) for line in done.stdout.splitlines()], strict=True))


@pytest.mark.parametrize("name", HUGE)
def test_huge_schemas_need_little_memory(name: str, figures: dict[str, list[str]]) -> None:
    megabytes, seconds, outcome = figures[name]
    print(f"{name}: {megabytes} MB, {seconds} s of CPU: {outcome}")
    assert int(megabytes) < 200


def test_an_object_inside_itself_is_refused() -> None:
    schema: dict[str, Any] = {"type": "object"}
    schema["properties"] = {"a": schema}
    assert converted(schema) is None
    schema["enum"] = [schema]
    assert converted(schema) is None


def test_shared_objects_that_double_at_each_level_are_refused() -> None:
    schema = nested(64, lambda inner: {"type": "object", "properties": {"a": inner, "b": inner}})
    assert converted(schema) is None


@pytest.mark.parametrize(
    "name", ["😀" * 300, '"\n\\' * 200, "a-" * 3000, "a b c " * 50, "\x00", "."]
)
def test_names_of_rules_stay_short(name: str) -> None:
    inner = {"type": "object", "properties": {name: {"enum": [1, 2]}}, "required": [name]}
    schema = {"type": "object", "properties": {name: inner}, "required": [name], "$defs": {name: 1}}
    for closed in (True, False):
        grammar = Grammar.from_json_schema(schema, closed=closed)
        assert max(map(len, grammar.rules)) <= 45
        text = json.dumps({name: {name: 2}}, ensure_ascii=False, separators=(",", ":"))
        assert grammar.accepts(text)


def test_paths_in_refusals_are_short_and_those_in_notes_whole() -> None:
    deep = nested(60, lambda inner: {"properties": {"a/b": inner}}, {"type": "text"})
    with pytest.raises(GrammarError) as error:
        Grammar.from_json_schema(deep)
    assert len(error.value.what) < 400
    assert "#/properties/a~1b/properties" in error.value.what and "…" in error.value.what
    noted = nested(60, lambda inner: {"properties": {"a/b": inner}}, {"format": "odd"})
    (note,) = Grammar.from_json_schema(noted).not_enforced
    assert note.path == "#" + "/properties/a~1b" * 60
