"""What a step produced, as a message of LangChain's."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

from langchain_core.messages import AIMessage
from langchain_core.messages.ai import InputTokenDetails, OutputTokenDetails, UsageMetadata
from langchain_core.messages.tool import invalid_tool_call, tool_call

from .conversation import TURNS, call_text, keep
from .event_json import to_json
from .events import Timings
from .grammar import Grammar
from .grammar.schema.json_rules import json_text
from .grammar.tools import ANSWER_TOOL
from .llama.faults import require_allowed
from .phases import Step
from .tasks import FORM, Task


def message_of(step: Step, task: Task, model: str, url: str) -> AIMessage:
    """The message for a step.

    Raises:
        NotSupported: the text is not one that the grammar allows.
    """
    metadata: dict[str, Any] = {
        "model": model,
        "model_name": model,
        "finish_reason": "length" if step.stop == "limit" else "stop",
        "prompt": step.prompt,
        "timings": {phase: vars(t) for phase, t in step.timings.items()},
        TURNS: keep(step.said),
    }
    if step.lens:
        metadata["lens"] = {seen.phase: _lens(to_json(seen)) for seen in step.lens}
    message = AIMessage(content="", response_metadata=metadata, usage_metadata=_usage(step.timings))
    grammar = step.grammar
    if grammar is None:
        message.content = _content(step.thought, step.call)
        return message
    message.response_metadata |= {
        "gbnf": str(grammar),
        "not_enforced": [str(each) for each in grammar.not_enforced],
    }
    message.content = _content(step.thought, "") or []
    if step.stop == "limit":
        _cut_off(message, step, task)
        return message
    require_allowed(grammar, step.call, url)
    if FORM in task.schemas:
        message.content = _content(step.thought, step.call)
    else:
        _called(message, step, task, grammar)
    return message


def _lens(seen: dict[str, Any]) -> dict[str, Any]:
    return {name: seen[name] for name in ("tokens", "totals")}


def _content(thought: str, text: str) -> str | list[str | dict[str, Any]]:
    """Text alone, or content blocks when there is reasoning, too."""
    if not thought:
        return text
    blocks: list[str | dict[str, Any]] = [{"type": "reasoning", "reasoning": thought}]
    return [*blocks, {"type": "text", "text": text}] if text else blocks


def _cut_off(message: AIMessage, step: Step, task: Task) -> None:
    """A text that the token limit ended: an answer is kept, a call is no call."""
    # Like any chat model's answer.
    if text := step.call if FORM in task.schemas else _begun_answer(step.call):
        message.content = _content(step.thought, text)
        return
    cut = invalid_tool_call(
        args=step.call, id=_call_id(), error="The call was cut off by the token limit."
    )
    message.invalid_tool_calls = [cut]


def _called(message: AIMessage, step: Step, task: Task, grammar: Grammar) -> None:
    """Put the call, the calls or the answer into the message."""
    written = json.loads(step.call)
    for call in written if isinstance(written, list) else [written]:
        name, arguments = call["tool"], call["arguments"]
        what = _fault(name, arguments, task, grammar)
        if what:
            wrong = invalid_tool_call(
                name=name, args=json.dumps(arguments), id=_call_id(), error=what
            )
            message.invalid_tool_calls.append(wrong)
        elif name == ANSWER_TOOL:
            answer = arguments["answer"]
            text = answer if isinstance(answer, str) else json_text(answer)
            message.content = _content(step.thought, text)
        else:
            made = tool_call(name=name, args=arguments, id=_call_id())
            message.tool_calls.append(made)
    if message.tool_calls or message.invalid_tool_calls:
        message.response_metadata["finish_reason"] = "tool_calls"


def _fault(name: str, arguments: Any, task: Task, grammar: Grammar) -> str:
    """What is wrong with the arguments, as far as the grammar could not see to it."""
    if not any([unheld.path.startswith(f"{name}#") for unheld in grammar.not_enforced]):
        return ""
    from .validation import fault

    return fault(task.schemas[name], arguments)


_ANSWER_BEGINS = call_text(ANSWER_TOOL, {"answer": ""}).removesuffix('"}}')
_LONGEST_ESCAPE = 12  # characters of a surrogate pair


def _begun_answer(call: str) -> str:
    """The answer in a call that was cut off; "" when it is not the answering tool's."""
    if not call.startswith(_ANSWER_BEGINS):
        return ""
    body = call.removeprefix(_ANSWER_BEGINS)
    for end in range(len(body), max(len(body) - _LONGEST_ESCAPE, 0), -1):
        with suppress(ValueError):
            text = str(json.loads(f'"{body[:end]}"'))
            return text.encode(errors="ignore").decode()  # half a surrogate pair is no text
    return ""


def _call_id() -> str:
    return f"call_{uuid4().hex[:12]}"


def _usage(timings: dict[Any, Timings]) -> UsageMetadata:
    total = sum(timings.values(), Timings())
    prompt = total.cached + total.evaluated
    return UsageMetadata(
        input_tokens=prompt,
        output_tokens=total.generated,
        total_tokens=prompt + total.generated,
        input_token_details=InputTokenDetails(cache_read=total.cached),
        output_token_details=OutputTokenDetails(
            reasoning=timings["reason"].generated if "act" in timings and "reason" in timings else 0
        ),
    )
