"""What a function or a class says of itself, as Python would write it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

_LINE_WIDTH = 80
_HOMES = re.compile(r"\b(?:typing|__main__)\.")


@dataclass(frozen=True)
class Signature:
    """A function, a class or another type."""

    head: str
    """Such as ``def f`` or ``class A(B)``."""
    parameters: dict[str, str]
    """By name: a parameter or a field, such as ``n: int = 3``."""
    returns: str = ""
    """Such as `` -> str``."""
    is_class: bool = False

    def __str__(self) -> str:
        listed = list(self.parameters.values())
        if self.is_class:
            return "\n".join([f"{self.head}:", *[f"    {each}" for each in listed or ["..."]]])
        if not self.head.startswith(("def ", "async def ")):
            return self.head
        line = f"{self.head}({', '.join(listed)}){self.returns}"
        if len(line) <= _LINE_WIDTH:
            return line
        return "\n".join([f"{self.head}(", *[f"    {p}," for p in listed], f"){self.returns}"])


def of_function(function: Any, name: str) -> Signature | None:
    """The signature of a function; None when it does not tell."""
    head = f"{'async ' if inspect.iscoroutinefunction(function) else ''}def {name}"
    try:
        signature = inspect.signature(function, eval_str=True)
    except (TypeError, ValueError, NameError, SyntaxError):  # hints may be any text
        return None
    parameters = {p.name: _parameter(p) for p in signature.parameters.values()}
    gives = signature.return_annotation
    returns = "" if gives is signature.empty else f" -> {_hint(gives)}"
    return Signature(head, parameters, returns)


def of_type(kind: Any) -> Signature:
    """The fields of a class; of another type only how it is written."""
    if not isinstance(kind, type):
        return Signature(_hint(kind), {})
    hints: Mapping[str, Any] = {}
    made: Mapping[str, inspect.Parameter] = {}
    with suppress(TypeError, ValueError, NameError, SyntaxError):  # hints may be any text
        hints = get_type_hints(kind, include_extras=True)
        made = inspect.signature(kind).parameters  # these have the defaults
    bases = ", ".join([base.__name__ for base in kind.__bases__ if base is not object])
    return Signature(
        f"class {kind.__name__}{f'({bases})' if bases else ''}",
        {
            name: _parameter(made[name]) if name in made else f"{name}: {_hint(hint)}"
            for name, hint in hints.items()
            if not name.startswith("_")
        },
        is_class=True,
    )


def _parameter(parameter: inspect.Parameter) -> str:
    plain = str(parameter.replace(annotation=parameter.empty, default=parameter.empty))
    hint = "" if parameter.annotation is parameter.empty else f": {_hint(parameter.annotation)}"
    equals = " = " if hint else "="
    default = "" if parameter.default is parameter.empty else f"{equals}{parameter.default!r}"
    return plain + hint + default


def _hint(annotation: Any) -> str:
    """A type as one would write it, with what narrows it down."""
    if get_origin(annotation) is not Annotated:
        return _HOMES.sub("", inspect.formatannotation(annotation))
    base, *extras = get_args(annotation)
    narrowed = []
    for extra in extras:
        # pydantic's Field: the rest of it, such as the description, is in the JSON Schema.
        narrowed += [repr(part) for part in getattr(extra, "metadata", [extra])]
    shown = ", ".join([_hint(base), *narrowed]).replace("_PydanticGeneralMetadata", "Field")
    return f"Annotated[{shown}]" if narrowed else _hint(base)
