"""What travels between us and a llama.cpp server, typed.

Only fields named here are ever sent: a user's dict never passes through to the server, and what
comes back is read into these classes at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from ..events import Timings
from .probabilities import Sampled

TokenId: TypeAlias = int
StopType: TypeAlias = Literal["eos", "word", "limit", "none"]

ENDS_THINKING = "</think>"
"""What the template of a model that thinks by itself holds."""

PROBE = 'root ::= "ok" [0-9] "!"'
"""The grammar of the tiny request that proves that a server constrains its output."""

# What we want back in the final event; without this list it repeats the whole prompt.
_FINAL_FIELDS = (
    "stop",
    "stop_type",
    "timings",
    "truncated",
    "tokens_predicted",
    "generation_settings/grammar",
)


@dataclass(frozen=True)
class Message:
    """One chat message, as `/apply-template` takes it."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Sampling:
    """How tokens are drawn. The defaults are greedy and repeatable.

    `lora_scale` is how strongly the server's adapters count; None: as the server has them.
    `repeat_penalty` None: what suits the model, see `CompletionRequest.repeat_penalty`.
    """

    temperature: float = 0.0
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repeat_penalty: float | None = 1.0
    seed: int = 0
    lora_scale: float | None = None


@dataclass(frozen=True)
class Part:
    """A stretch of a prompt, for the reader.

    Attributes:
        role: whose text it is; "" for the template's own.
        text: as it was tokenised.
        tokens: how many ids it takes.
    """

    role: str
    text: str
    tokens: int


@dataclass(frozen=True)
class CompletionRequest:
    """One `/completion` request.

    Attributes:
        prompt: token ids; never ends in a space (a model that must write the space itself
            otherwise takes odd tokens).
        n_predict: most tokens to sample; always finite.
        grammar: GBNF, or "" for none.
        stop: texts that end the answer and are not part of it.
        sampling: how tokens are drawn.
        n_probs: how many of the most probable tokens the server tells at each place.
        parts: the prompt as text, for the reader; not sent.
        lora: how strongly each adapter of the server counts; the client fills it in.
    """

    prompt: tuple[TokenId, ...]
    n_predict: int
    grammar: str = ""
    stop: tuple[str, ...] = ()
    sampling: Sampling = Sampling()
    n_probs: int = 0
    parts: tuple[Part, ...] = field(default=(), compare=False, repr=False)
    lora: tuple[float, ...] = ()

    @property
    def repeat_penalty(self) -> float:
        """What is sent: small models are kept from repeating themselves, but an adapter was
        trained to copy what the request and the results say."""
        if self.sampling.repeat_penalty is not None:
            return self.sampling.repeat_penalty
        return 1.0 if any(self.lora) else 1.1

    def to_json(self, id_slot: int = -1) -> dict[str, Any]:
        """The request's body; `id_slot` -1 lets the server choose."""
        body: dict[str, Any] = {
            "prompt": list(self.prompt),
            "n_predict": self.n_predict,
            "temperature": self.sampling.temperature,
            "top_k": self.sampling.top_k,
            "top_p": self.sampling.top_p,
            "min_p": self.sampling.min_p,
            "repeat_penalty": self.repeat_penalty,
            "seed": self.sampling.seed,
            "stream": True,
            "cache_prompt": True,
            "return_progress": True,
            "return_tokens": True,
            "id_slot": id_slot,
            "response_fields": list(_FINAL_FIELDS),
        }
        if self.grammar:
            body["grammar"] = self.grammar
        if self.lora:
            body["lora"] = [{"id": i, "scale": scale} for i, scale in enumerate(self.lora)]
        if self.stop:
            body["stop"] = list(self.stop)
        if self.n_probs:
            body["n_probs"] = self.n_probs
        return body


@dataclass(frozen=True)
class Queued:
    """All slots are busy; `place` is the request's place in our queue, from 1."""

    place: int


@dataclass(frozen=True)
class Progress:
    """The prompt is being evaluated; counts in tokens, `processed` includes `cached`."""

    processed: int
    total: int
    cached: int


@dataclass(frozen=True)
class Piece:
    """A little more text, and the ids that made it.

    `count` is how many tokens were really sampled: the server sends only the last id of a
    character that took several.
    """

    text: str
    tokens: tuple[TokenId, ...]
    count: int
    sampled: Sampled | None = None


@dataclass(frozen=True)
class Completion:
    """A whole answer.

    Attributes:
        text: what was written.
        tokens: the ids that were sampled, end-of-text left out; None when the server did not
            tell them all.
        stop: why it ended.
        truncated: the slot's context was full.
        timings: the server's own figures.
        grammar: the grammar that the server says it used.
        sampled: the probabilities, if `CompletionRequest.n_probs` asked for them; the token that
            ends the text is the last one then.
    """

    text: str
    tokens: tuple[TokenId, ...] | None
    stop: StopType
    truncated: bool
    timings: Timings
    grammar: str = ""
    sampled: tuple[Sampled, ...] = ()


Chunk: TypeAlias = Queued | Progress | Piece | Completion


@dataclass(frozen=True)
class Slot:
    """One of the server's places for a conversation."""

    id: int
    n_ctx: int
    busy: bool


def file_name(path: str) -> str:
    """The name of a server's file without its folder; the server may run on Windows."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Adapter:
    """A LoRA adapter that a server has loaded, and how strongly it counts by default."""

    path: str
    scale: float

    @property
    def name(self) -> str:
        """Its file name, without the folder."""
        return file_name(self.path)


@dataclass(frozen=True)
class Props:
    """What a server says of itself.

    Attributes:
        model: file name of the model, without its folder.
        n_ctx: context of one slot, in tokens.
        total_slots: how many requests it serves at once.
        has_template: whether the model file brings a chat template.
        build: the server's build, or "" when it does not say.
        thinks: whether the model thinks by itself, between ``<think>`` and ``</think>``, as far
            as its chat template tells.
    """

    model: str
    n_ctx: int
    total_slots: int
    has_template: bool
    build: str
    thinks: bool = False


def props_from_json(data: dict[str, Any]) -> Props:
    """Read `/props`; what an older build leaves out gets a plain default."""
    data = data if isinstance(data, dict) else {}
    settings = data.get("default_generation_settings") or {}
    path = str(data.get("model_path") or data.get("model_alias") or "unknown")
    build = str(data.get("build_info") or "")
    return Props(
        model=file_name(path),
        n_ctx=int(settings.get("n_ctx") or data.get("n_ctx") or 0),
        total_slots=int(data.get("total_slots") or 1),
        has_template=bool(data.get("chat_template")),
        build="" if build == "b0-unknown" else build,
        thinks=ENDS_THINKING in str(data.get("chat_template") or ""),
    )


def slots_from_json(data: Sequence[dict[str, Any]]) -> tuple[Slot, ...]:
    """Read `/slots`."""
    return tuple(
        Slot(int(s.get("id", 0)), int(s.get("n_ctx") or 0), bool(s.get("is_processing")))
        for s in data
    )


def adapters_from_json(data: Sequence[dict[str, Any]]) -> tuple[Adapter, ...]:
    """Read `/lora-adapters`, in the order of their ids."""
    found = sorted(data, key=lambda each: int(each.get("id", 0)))
    return tuple(Adapter(str(a.get("path") or ""), float(a.get("scale") or 0.0)) for a in found)


def progress_from_json(data: dict[str, Any]) -> Progress:
    """Read the `prompt_progress` of a streamed event (its `tokens` mean nothing)."""
    return Progress(int(data["processed"]), int(data["total"]), int(data.get("cache") or 0))


def timings_from_json(data: dict[str, Any]) -> Timings:
    """Read the `timings` of a final event."""
    return Timings(
        cached=int(data.get("cache_n") or 0),
        evaluated=int(data.get("prompt_n") or 0),
        generated=int(data.get("predicted_n") or 0),
        prompt_ms=float(data.get("prompt_ms") or 0.0),
        generate_ms=float(data.get("predicted_ms") or 0.0),
    )
