"""A carrier that is a small server: a token is a character, and what is written is given."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Sequence
from typing import Any

from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.protocol import PROBE
from gba_jupyter.servers import Role
from gba_jupyter.session import Session

URL = "http://127.0.0.1:1"
CONTROL = ("<|im_start|>", "<|im_end|>")


class Fake:
    """Writes one text after the other, the last one again and again."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.bodies: list[dict[str, Any]] = []
        self.model = "fake.gguf"

    async def ask(self, method: str, path: str, body: Any, patience: float) -> str:
        return json.dumps(self._said(path, body))

    def _said(self, path: str, body: Any) -> Any:
        match path:
            case "/health":
                return {"status": "ok"}
            case "/props":
                settings = {"n_ctx": 100_000}
                return {
                    "model_path": self.model,
                    "total_slots": 2,
                    "default_generation_settings": settings,
                }
            case "/lora-adapters" | "/slots":
                return []
            case "/detokenize":
                return {"content": "".join(map(_text, body["tokens"]))}
            case "/tokenize":
                return {"tokens": _ids(body["content"], body["parse_special"])}
            case "/apply-template":
                turns = [f"<|im_start|>{m['role']}\n{m['content']}" for m in body["messages"]]
                return {"prompt": "<|im_end|>\n".join([*turns, "<|im_start|>assistant\n"])}
        raise AssertionError(path)

    async def stream(self, path: str, body: Any, prompt: str) -> AsyncGenerator[str, None]:
        text = "ok1!"
        if body.get("grammar") != PROBE:
            self.bodies.append(body)
            text = self.texts.pop(0) if len(self.texts) > 1 else self.texts[0]
        for count, character in enumerate(text, 1):
            event = {"content": character, "tokens": [ord(character)], "tokens_predicted": count}
            if body.get("n_probs"):
                event["completion_probabilities"] = [_probability(character)]
            yield json.dumps(event)
        spent = {"cache_n": 0, "prompt_n": len(body["prompt"]), "predicted_n": len(text)}
        yield json.dumps({"content": "", "stop": True, "stop_type": "eos", "timings": spent})

    async def aclose(self) -> None:
        pass


def session_on(fake: Fake, namespace: dict[str, Any] | None = None) -> Session:
    """A session whose roles both go to this server."""
    session = Session(namespace or {})
    client = LlamaServer(URL, carrier=fake, log=session.servers.log)
    for role in ("agent", "math"):
        session.servers.roles[role] = Role(URL, chosen=True, server=client)  # type: ignore[index]
    return session


def _probability(character: str) -> dict[str, Any]:
    one = {"id": ord(character), "token": character, "bytes": [*character.encode()], "logprob": 0.0}
    return {**one, "top_logprobs": [one]}


def _text(token: int) -> str:
    return CONTROL[-token - 1] if token < 0 else chr(token)


def _ids(text: str, parse_special: bool) -> Sequence[int]:
    ids = []
    while text:
        found = [i for i, c in enumerate(CONTROL) if parse_special and text.startswith(c)]
        ids.append(-found[0] - 1 if found else ord(text[0]))
        text = text[len(CONTROL[found[0]]) if found else 1 :]
    return ids
