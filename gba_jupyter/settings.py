"""What ``%gba set`` holds for all cells."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal

from .errors import OptionError
from .option_values import (
    ViewName,
    read_reason,
    read_seconds,
    read_switch,
    read_temperature,
    read_view,
    read_whole,
)
from .options import meant, read_value


@dataclass(frozen=True)
class Settings:
    """What ``%gba set`` holds for all cells."""

    max_steps: int = field(default=8, metadata={"read": read_whole(1, 100)})
    max_tokens: int = field(default=512, metadata={"read": read_whole(1, 32768)})
    temperature: float = field(default=0.0, metadata={"read": read_temperature})
    seed: int = field(default=0, metadata={"read": read_whole(0, 2**32 - 1)})
    reason: bool | Literal["short", "free"] = field(default=True, metadata={"read": read_reason})
    timeout: float = field(default=5.0, metadata={"read": read_seconds})
    view: ViewName = field(default="full", metadata={"read": read_view})
    store: str = field(default="", metadata={"read": str})
    lens: bool = field(default=False, metadata={"read": read_switch})
    adapter: bool = field(default=True, metadata={"read": read_switch})


def parse_settings(settings: Settings, line: str) -> Settings:
    """Apply ``name=value`` pairs.

    Raises:
        OptionError: a name or a value is wrong; nothing is changed then.
    """
    known = {f.name: f for f in fields(Settings)}
    values: dict[str, Any] = {}
    for pair in line.split():
        name, equals, text = pair.partition("=")
        name = name.lstrip("-").replace("-", "_")
        if name not in known:
            raise OptionError(f"There is no setting {name!r}.", meant(name, list(known)))
        if not equals:
            raise OptionError(f"{name} lacks its value.", f"Write {name}=VALUE, without spaces.")
        values[name] = read_value(known[name], name, text)
    return Settings(**{**vars(settings), **values})
