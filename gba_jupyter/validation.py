"""What a grammar could not hold, checked when the text is there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from json import dumps, loads
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, best_match

_MOST_CHARACTERS = 300


def fault(schema: Mapping[str, Any], value: Any) -> str:
    """What is wrong with a value, in one sentence; "" when it is valid.

    Args:
        schema: its JSON Schema (2020-12).
        value: as it came from JSON.
    """
    error = best_match(_validator(dumps(schema, default=str)).iter_errors(value))
    if error is None:
        return ""
    where = ".".join(map(str, error.absolute_path))
    text = error.message if len(error.message) <= _MOST_CHARACTERS else str(error.validator)
    return f"{where}: {text}" if where else text


@lru_cache(maxsize=128)
def _validator(schema: str) -> Draft202012Validator:
    tree = loads(schema)
    try:
        Draft202012Validator.check_schema(tree)
    except SchemaError:
        tree = True  # the grammar has taken what could be taken of it
    return Draft202012Validator(tree, format_checker=Draft202012Validator.FORMAT_CHECKER)
