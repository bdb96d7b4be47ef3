"""One step of the chat model: the task, what happens on the way, and the message."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from langchain_core.messages import AIMessage, BaseMessage

from .answers import message_of
from .bindings import task_for
from .conversation import converse
from .errors import OptionError
from .events import Event
from .llama.protocol import ENDS_THINKING, Props
from .llama.transcript import Transcriber
from .phases import Limits, Step, drive, phases
from .tasks import Task, for_thinker

if TYPE_CHECKING:
    from .chat_model import ChatLlamaGBNF

SETTINGS = {
    "reason",
    "temperature",
    "top_k",
    "top_p",
    "repeat_penalty",
    "seed",
    "adapter",
    "reason_tokens",
    "max_tokens",
    "stop",
    "lens",
}
"""What changes an answer, and can be given with a single call, too."""

_ASKED = {"tools", "tool_choice", "parallel_tool_calls", "response_format"}
"""What is asked of a single call; see `task_for`."""

_SHORT, _LONG = 128, 1024  # tokens of the reasoning, in one sentence and free


async def one_step(
    model: ChatLlamaGBNF, messages: list[BaseMessage], stop: list[str] | None, **kwargs: Any
) -> AsyncGenerator[Task | Event | AIMessage, None]:
    """The task, then events as they happen, and the message last.

    Args:
        model: says how, and on which server.
        messages: the conversation so far.
        stop: texts that end the reasoning, or a free answer, besides the model's own.
        kwargs: what is asked of this call, settings of it, and ``step``, its number.

    Raises:
        OptionError: an argument is unknown, or cannot have its value.
    """
    number = kwargs.pop("step", None)
    server = model.server  # before the model is copied: its copies share it
    model = _with_settings(model, kwargs)
    if unknown := kwargs.keys() - _ASKED:
        raise OptionError(
            f"This model takes no argument {', '.join(sorted(unknown))}.",
            f"It takes {', '.join(sorted(SETTINGS | _ASKED))}.",
        )
    task = task_for(model.prompts, model.reason, **kwargs)
    props = await server.aconnect()
    if thinks := thinks_itself(model, props):
        task = for_thinker(task, model.prompts, model.reason)
    yield task
    conversation = converse(messages, task, props.model)
    stops = tuple([*model.stop, *(stop or ())])
    run = drive(
        phases(conversation.turns, task, limits_of(model, thinks), stops, thinks),
        server,
        Transcriber(server, model.chat_template),
        model.sampling,
        number or conversation.step,
        model.max_retries,
        model.lens,
    )
    async with aclosing(run):
        async for item in run:
            if isinstance(item, Step):
                yield message_of(item, task, props.model, model.base_url)
            else:
                yield item


def _with_settings(model: ChatLlamaGBNF, kwargs: dict[str, Any]) -> ChatLlamaGBNF:
    """The model with the settings that a single call brings; they are taken out."""
    given = {name: kwargs.pop(name) for name in SETTINGS & kwargs.keys()}
    if not given:
        return model
    model = model.model_copy()
    for name, value in given.items():
        try:
            setattr(model, name, value)
        except ValueError as error:
            raise OptionError(f"{name} cannot be {value!r}.", str(error)) from error
    return model


def thinks_itself(model: ChatLlamaGBNF, props: Props) -> bool:
    """Whether the model thinks before it answers without being asked to."""
    own = model.chat_template
    return props.thinks if own is None else ENDS_THINKING in own


def limits_of(model: ChatLlamaGBNF, thinks: bool) -> Limits:
    """Most tokens of the phases of a step."""
    long = thinks or model.reason == "free"
    return Limits(model.reason_tokens or (_LONG if long else _SHORT), model.max_tokens)
