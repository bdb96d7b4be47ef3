"""A conversation as the token ids of a prompt, in the model's own chat template.

The template is rendered for a sequence of roles, with marks where the texts go. So texts of
users and tools are tokenised by themselves and never read as control tokens, and what the model
wrote goes back as the very ids that it sampled: each prompt begins with the one before it, and
the server evaluates only what is new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..errors import BadRequest, NotSupported, PromptError
from .client import LlamaServer
from .protocol import Message, Part, TokenId

Role = Literal["system", "user", "assistant"]

_MARK = re.compile(r"gbamark(\d+)x")
_ANCHOR = "\n"  # text before a piece, so that no tokeniser adds a space in front of it
_THINKING_BEGINS = re.compile(r"<think>\s*\Z")


@dataclass(frozen=True)
class Turn:
    """One turn of a conversation; `tokens` are the sampled ids when the model wrote it."""

    role: Role
    text: str
    tokens: tuple[TokenId, ...] | None = None


@dataclass(frozen=True)
class Prompt:
    """What is sent to the server.

    Attributes:
        tokens: the ids.
        text: the same as text, for the reader.
        open_line: the prompt ends within a line, so the model will want to begin with a space.
        begun: the last of the ids: those of the answer that had already been begun.
        begun_text: the same as text.
        parts: the whole prompt, told apart by whose words they are.
    """

    tokens: tuple[TokenId, ...]
    text: str
    open_line: bool
    begun: tuple[TokenId, ...] = ()
    begun_text: str = ""
    parts: tuple[Part, ...] = ()


class Transcriber:
    """Turns conversations into prompts for one server.

    Args:
        server: tokenises, and knows the model's own chat template.
        template: a Jinja text to be used instead of that.
    """

    def __init__(self, server: LlamaServer, template: str | None = None) -> None:
        self._server = server
        self._template = template

    async def encode(self, turns: Sequence[Turn], begun: Sequence[Turn | str] = ()) -> Prompt:
        """The prompt after which the assistant speaks.

        Args:
            turns: begins with at most one system turn; then user and assistant take turns, and
                the user has the last word.
            begun: what the assistant has already said in the turn that it is to go on with: its
                own words as turns, ours (which may hold control tokens) as texts.

        Raises:
            PromptError: the model's template has no place for some turn.
        """
        await self._server.aconnect()
        frame = await self._frame(tuple(t.role for t in turns))
        if frame is None and turns[0].role == "system" and len(turns) > 1:
            turns = _folded(turns)
            frame = await self._frame(tuple(t.role for t in turns))
        if frame is None:
            raise PromptError(
                "The model's chat template leaves out or reorders parts of the conversation.",
                "Serve the model with another template (`llama-server --chat-template NAME`).",
            )
        return await self._fill(frame, turns, begun)

    async def _fill(
        self, frame: list[str], turns: Sequence[Turn], begun: Sequence[Turn | str]
    ) -> Prompt:
        parts: list[Part] = []
        tokens: list[TokenId] = []

        def add(role: str, text: str, ids: Sequence[TokenId]) -> None:
            parts.append(Part(role, text, len(ids)))
            tokens.extend(ids)

        for i, (literal, turn) in enumerate(zip(frame, turns, strict=False)):
            stem = literal.rstrip(" ")
            add("", stem, await self._piece("first" if i == 0 else "ours", stem))
            if turn.tokens is None:
                # A space before a text belongs to its first word, or the seam tears a token.
                content = literal[len(stem) :] + turn.text.strip()
                add(turn.role, content, await self._piece("theirs", content))
            else:
                add(turn.role, turn.text, turn.tokens)
        # Some templates begin to think for the model: `begun` says whether and how.
        end = _THINKING_BEGINS.sub("", frame[len(turns)]).rstrip(" ")
        add("", end, await self._piece("ours", end))
        before = len(tokens)
        for part in begun:
            if isinstance(part, str):
                add("", part, await self._piece("ours", part))
            else:
                add(part.role, part.text, await self._ids_of(part))
        said = "".join([part if isinstance(part, str) else part.text for part in begun])
        text = "".join([part.text for part in parts])
        own = tuple(tokens[before:])
        return Prompt(tuple(tokens), text, not text.endswith("\n"), own, said, tuple(parts))

    async def _ids_of(self, turn: Turn) -> Sequence[TokenId]:
        return await self._piece("theirs", turn.text) if turn.tokens is None else turn.tokens

    async def _piece(
        self, kind: Literal["first", "ours", "theirs"], text: str
    ) -> Sequence[TokenId]:
        if not text and kind != "first":
            return ()
        if kind != "first":
            return await self._anchored(text, parse_special=kind == "ours")
        ids = await self._server.atokenize(text, add_special=True, parse_special=True)
        # begin-of-text from the template and from the tokeniser
        return ids[1:] if len(ids) > 1 and ids[0] == ids[1] else ids

    async def _anchored(self, text: str, parse_special: bool) -> tuple[TokenId, ...]:
        anchor = await self._server.atokenize(_ANCHOR)
        ids = await self._server.atokenize(_ANCHOR + text, parse_special=parse_special)
        if ids[: len(anchor)] == anchor:
            return ids[len(anchor) :]
        return await self._server.atokenize(text, parse_special=parse_special)

    async def _frame(self, roles: tuple[Role, ...]) -> list[str] | None:
        """The template's own text around each turn: one piece more than there are turns."""
        marks = [f"gbamark{i}x" for i in range(len(roles))]
        messages = [Message(r, m) for r, m in zip(roles, marks, strict=True)]
        try:
            rendered = await self._rendered(messages)
        except NotSupported:
            rendered = llama2_template(messages)
        except BadRequest:
            return None  # this template refuses such a sequence of roles
        found = [f"gbamark{n}x" for n in _MARK.findall(rendered)]
        return _MARK.split(rendered)[::2] if found == marks else None

    async def _rendered(self, messages: Sequence[Message]) -> str:
        if self._template is None:
            return await self._server.aapply_template(messages)
        return jinja_template(self._template, messages)


def jinja_template(template: str, messages: Sequence[Message]) -> str:
    """The prompt that a chat template, as model files bring them, makes of the messages.

    Raises:
        PromptError: the template is wrong, or refuses these messages.
    """
    from jinja2.exceptions import TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    try:
        return environment.from_string(template).render(
            messages=[{"role": m.role, "content": m.content} for m in messages],
            add_generation_prompt=True,
            bos_token="",  # the tokeniser's
            eos_token="",
        )
    except TemplateError as error:
        raise PromptError(
            f"The chat template does not work: {error}.", "Correct the `chat_template`."
        ) from error


def _folded(turns: Sequence[Turn]) -> list[Turn]:
    """The system turn put in front of the first user turn, for templates without one."""
    system, first, *rest = turns
    return [Turn(first.role, f"{system.text.strip()}\n\n{first.text.strip()}"), *rest]


def llama2_template(messages: Sequence[Message]) -> str:
    """Llama-2's chat format, for servers that have no `/apply-template`.

    Source: Meta's description of Llama 2 Chat prompts; the begin-of-text of the first turn is
    the tokeniser's.
    """
    system = ""
    if messages and messages[0].role == "system":
        system = f"<<SYS>>\n{messages[0].content}\n<</SYS>>\n\n"
        messages = messages[1:]
    parts: list[str] = []
    for i, message in enumerate(messages):
        if message.role == "user":
            begin = "" if i == 0 else "<s>"
            parts.append(f"{begin}[INST] {system if i == 0 else ''}{message.content} [/INST]")
        else:
            parts.append(f" {message.content} </s>")
    return "".join(parts)
