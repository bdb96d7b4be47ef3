"""Sharp grammars on the real server: what the engine lets a model write, our matcher accepts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gba_jupyter.grammar import Grammar
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.protocol import Completion, CompletionRequest, Message, Sampling

SEEDS = 2


def write(server: LlamaServer, grammar: Grammar, wish: str, most: int, seed: int) -> Completion:
    """What the tiny model writes under the grammar, drawn with much chance."""
    prompt = server.tokenize(server.apply_template([Message("user", wish)]), parse_special=True)
    sampling = Sampling(temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, seed=seed)
    done = server.complete(CompletionRequest(prompt, most, str(grammar), sampling=sampling))
    assert done.grammar == str(grammar), "the server used another grammar"
    return done


@pytest.mark.parametrize(
    ("schema", "wish", "is_valid"),
    [
        (
            {"type": "number", "minimum": -0.5, "exclusiveMaximum": 0.25},
            "Give me a large number.",
            lambda value: -0.5 <= value < 0.25,
        ),
        (
            {"type": "string", "pattern": r"^[A-Z]{2}-\d{3}( ☃)?$"},
            "Invent the number of a flight.",
            lambda value: re.fullmatch("[A-Z]{2}-[0-9]{3}( ☃)?", value),
        ),
        (
            {
                "type": "object",
                "properties": {
                    "day": {"type": "string", "format": "date"},
                    "what": {"anyOf": [{"enum": ["rain", "rainbow", "é"]}, {"type": "null"}]},
                    "degrees": {"type": "integer", "multipleOf": 5, "minimum": -40, "maximum": 60},
                },
                "required": ["day", "degrees"],
                "additionalProperties": False,
            },
            "What will the weather be?",
            lambda value: (
                date.fromisoformat(value["day"])
                and value.get("what") in ("rain", "rainbow", "é", None)
                and value["degrees"] in range(-40, 61, 5)
            ),
        ),
    ],
    ids=["float bounds", "pattern", "object"],
)
def test_what_the_model_writes_is_accepted_and_valid(
    server: LlamaServer, schema: Any, wish: str, is_valid: Callable[[Any], Any]
) -> None:
    grammar = Grammar.from_json_schema(schema)
    assert grammar.not_enforced == ()
    for seed in range(SEEDS):
        done = write(server, grammar, wish, 80, seed)
        assert done.stop == "eos", done
        assert grammar.accepts(done.text), grammar.explain(done.text)
        assert is_valid(json.loads(done.text)), done.text


def test_a_text_that_is_cut_is_the_beginning_of_one(server: LlamaServer) -> None:
    tree = {
        "type": "object",
        "properties": {
            "parts": {"type": "array", "items": {"$ref": "#"}},
            "name": {"type": "string", "minLength": 500},
        },
        "required": ["parts", "name"],
    }
    grammar = Grammar.from_json_schema(tree)
    for seed in range(SEEDS):
        done = write(server, grammar, "Take a car apart.", 40, seed)
        assert done.stop == "limit", done
        text = done.text.rstrip("\ufffd")  # half a character
        reached = grammar.matcher.start.advance(text)
        assert reached is not None, grammar.explain(text)
        assert not reached.is_complete


def test_a_grammar_of_ones_own_with_odd_characters(server: LlamaServer) -> None:
    grammar = Grammar.from_gbnf(
        'root ::= line{3} # not more\nline ::= [^\\x00-\\x7F"\\]-]{1,4} ("\\"" | "\\\\") "\\n"\n'
    )
    for seed in range(SEEDS):
        done = write(server, grammar, "Draw something with emoji.", 120, seed)
        assert done.stop == "eos", done
        assert grammar.accepts(done.text), grammar.explain(done.text)
        assert done.text.count("\n") == 3
