"""What of an answer is kept on a tape: what we read, without folders and other people's words."""

from __future__ import annotations

from typing import Any

from .protocol import file_name

_OF_A_SERVER = ("total_slots", "n_ctx", "build_info", "chat_template")
_OF_A_SLOT = ("id", "n_ctx", "is_processing")  # the rest may be other people's prompts
_OF_AN_ADAPTER = ("id", "scale")
_OF_THE_SERVER = ("model", "prompt", "generation_settings")  # old builds end a stream with these


def discreet(path: str, answer: Any) -> Any:
    """The answer of an endpoint, reduced to what `protocol` reads; a foreign one as it is."""
    match path, answer:
        case "/props", dict():
            return _props(answer)
        case "/slots", list():
            return [_only(slot, _OF_A_SLOT) for slot in answer]
        case "/lora-adapters", list():
            return [_only(each, _OF_AN_ADAPTER) | _named(each, "path") for each in answer]
    return answer


def discreet_event(event: Any) -> Any:
    """An event of a completion, without what the server says of itself and repeats."""
    if not isinstance(event, dict) or not any(name in event for name in _OF_THE_SERVER):
        return event
    return {name: value for name, value in event.items() if name not in _OF_THE_SERVER}


def _props(answer: dict[str, Any]) -> dict[str, Any]:
    kept = (
        _only(answer, _OF_A_SERVER) | _named(answer, "model_path") | _named(answer, "model_alias")
    )
    settings = answer.get("default_generation_settings")
    if isinstance(settings, dict) and "n_ctx" in settings:
        kept["default_generation_settings"] = {"n_ctx": settings["n_ctx"]}
    return kept


def _only(data: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data} if isinstance(data, dict) else {}


def _named(data: Any, name: str) -> dict[str, str]:
    """A file's name without its folder."""
    if not (isinstance(data, dict) and data.get(name)):
        return {}
    return {name: file_name(str(data[name]))}
