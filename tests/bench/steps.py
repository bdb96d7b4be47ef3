"""What a step costs, as ratios taken in one run on the embedded server.

    python tests/bench/steps.py [--rounds N] [--tools 1,10,50,200]

Against (a) the same requests by bare httpx, (b) the protocol of the experiment that this grew out
of: both phases as separate requests without cache, spaced JSON, and (c) `ChatOpenAI` with the
server's own tool calling. One round interleaves all of them, so that they meet the same machine;
figures are medians over the rounds, with the least and the greatest. (a) finds its prompts in the
server's cache, so it is compared with ours asked the same question again.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from langchain_core.messages import BaseMessage, HumanMessage, ToolMessage

import gba_jupyter as gba
from gba_jupyter.conversation import TURNS
from gba_jupyter.descriptions import describe
from gba_jupyter.errors import ContextOverflow
from gba_jupyter.grammar.tools import ANSWER, as_function
from gba_jupyter.llama.client import LlamaServer
from gba_jupyter.llama.protocol import Completion, CompletionRequest, Message
from gba_jupyter.prompts import AgentPrompts, fill

QUESTION = "Find a picture of a brown dog that is running."
PROMPTS = AgentPrompts()
WANTED = ("brown dog running", "black cat sleeping", "white bird flying")
"""Values of one length, so that every call says as much as any other."""
REASON_TOKENS, MAX_TOKENS, STEPS = 24, 96, 10


@dataclass(frozen=True)
class Cost:
    """What one step cost."""

    seconds: float
    server_ms: float
    evaluated: int
    sampled: int
    """Tokens of the call alone."""
    right: bool = True
    """Whether a call came that can be made."""


def tool(number: int, does: str = "Does") -> dict[str, Any]:
    """One of many tools; the first is the one that is wanted."""
    names = ["find_image", "search_web", "create_event", "send_mail", "translate_text"]
    name = names[number % 5] if number < 5 else f"{names[number % 5]}_{number // 5}"
    return {
        "name": name,
        "description": f"{does} number {number} of the things that can be done.",
        "parameters": {
            "type": "object",
            "properties": {
                "query": {"enum": list(WANTED), "description": "what is wanted"},
                "limit": {"type": "integer", "minimum": 1, "maximum": 9},
            },
            "required": ["query", "limit"],
        },
    }


class Recorded(LlamaServer):
    """Our client, which remembers what it sent."""

    def __init__(self, base_url: str, api_key: str) -> None:
        super().__init__(base_url, api_key)
        self.sent: list[dict[str, Any]] = []

    async def astream(self, request: CompletionRequest) -> Any:
        """Remember and send."""
        async for chunk in super().astream(request):
            if isinstance(chunk, Completion):
                self.sent.append(request.to_json())
            yield chunk


def ours(server: Recorded, tools: Sequence[dict[str, Any]], question: str) -> Cost:
    """One step of `ChatLlamaGBNF`."""
    server.sent = []
    model = gba.ChatLlamaGBNF.on(server, reason_tokens=REASON_TOKENS, max_tokens=MAX_TOKENS)
    bound = model.bind_tools(list(tools), tool_choice="any")
    started = time.perf_counter()
    answer = bound.invoke(question)
    seconds = time.perf_counter() - started
    timings = answer.response_metadata["timings"]
    return Cost(
        seconds,
        sum(t["prompt_ms"] + t["generate_ms"] for t in timings.values()),
        sum(t["evaluated"] for t in timings.values()),
        timings["act"]["generated"],
        bool(answer.tool_calls),
    )


def bare(http: httpx.Client, bodies: Sequence[dict[str, Any]]) -> Cost:
    """(a): the very same requests, streamed and read to the end."""
    started = time.perf_counter()
    server_ms, evaluated, sampled = 0.0, 0, 0
    for body in bodies:
        with http.stream("POST", "/completion", json=body, timeout=None) as response:
            for line in response.iter_lines():
                if line.startswith("data: "):
                    event = json.loads(line[6:])
                    if event.get("stop"):
                        timings = event["timings"]
                        server_ms += timings["prompt_ms"] + timings["predicted_ms"]
                        evaluated += timings["prompt_n"]
                        sampled = timings["predicted_n"]
    return Cost(time.perf_counter() - started, server_ms, evaluated, sampled)


def spaced(tools: Sequence[dict[str, Any]]) -> str:
    """The grammar of the original: white space wherever JSON allows it, tools one by one."""
    calls = " | ".join([f"call{n}" for n in range(len(tools))])
    rules = [
        f'call{n} ::= "{{" ws "\\"tool\\":" ws "\\"{each["name"]}\\"" ws "," ws '
        f'"\\"arguments\\":" ws args ws "}}"'
        for n, each in enumerate(tools)
    ]
    return "\n".join(
        [
            f"root ::= {calls}",
            *rules,
            'args ::= "{" ws "\\"query\\":" ws wanted "," ws "\\"limit\\":" ws [1-9] ws "}"',
            "wanted ::= " + " | ".join(f'"\\"{each}\\""' for each in WANTED),
            "ws ::= [ \\n]{0,2}",
        ]
    )


def original(
    server: LlamaServer, http: httpx.Client, tools: Sequence[dict[str, Any]], question: str
) -> Cost:
    """(b): the original's protocol, on the same server."""
    offers = [as_function(each) for each in [*tools, ANSWER]]
    system = fill(PROMPTS.system, TOOLS="\n".join(map(describe, offers)))
    asked = fill(PROMPTS.reason_first, REQUEST=question, THINK=PROMPTS.think_short)
    gbnf = spaced(tools)
    started = time.perf_counter()
    messages = [Message("system", system), Message("user", asked)]
    thought, one = _uncached(server, http, messages, REASON_TOKENS, None)
    messages += [Message("assistant", thought), Message("user", PROMPTS.act)]
    text, two = _uncached(server, http, messages, MAX_TOKENS, gbnf)
    try:
        right = "tool" in json.loads(text)
    except ValueError:
        right = False
    return Cost(
        time.perf_counter() - started,
        one["prompt_ms"] + one["predicted_ms"] + two["prompt_ms"] + two["predicted_ms"],
        one["prompt_n"] + two["prompt_n"],
        two["predicted_n"],
        right,
    )


def _uncached(
    server: LlamaServer,
    http: httpx.Client,
    messages: list[Message],
    most: int,
    grammar: str | None,
) -> tuple[str, dict[str, Any]]:
    body = {
        "prompt": server.apply_template(messages),
        "n_predict": most,
        "temperature": 0,
        "repeat_penalty": 1.1,
        "cache_prompt": False,
    }
    response = http.post(
        "/completion", json=body | ({"grammar": grammar} if grammar else {}), timeout=None
    )
    data = response.raise_for_status().json()
    return data["content"], data["timings"]


def openai(url: str, key: str, tools: Sequence[dict[str, Any]], question: str) -> Cost:
    """(c): `ChatOpenAI` with the server's own tool calling."""
    from langchain_openai import ChatOpenAI

    model = ChatOpenAI(
        model="local",
        base_url=f"{url}/v1",
        api_key=key,  # type: ignore[arg-type]
        temperature=0,
        max_tokens=MAX_TOKENS,  # type: ignore[call-arg]
    )
    bound = model.bind_tools(list(tools), tool_choice="any")
    started = time.perf_counter()
    answer = bound.invoke(question)
    seconds = time.perf_counter() - started
    usage = answer.usage_metadata or {}
    cached = (usage.get("input_token_details") or {}).get("cache_read", 0)
    return Cost(
        seconds,
        0.0,
        usage.get("input_tokens", 0) - cached,
        usage.get("output_tokens", 0),
        bool(answer.tool_calls),
    )


def ten_steps(server: Recorded, count: int) -> tuple[int, int]:
    """Prompt tokens evaluated over a run of ten steps, and the tokens of its transcript."""
    tools = [tool(number, "Is for") for number in range(count)]  # nothing of it is cached
    model = gba.ChatLlamaGBNF.on(server, reason_tokens=REASON_TOKENS, max_tokens=MAX_TOKENS)
    messages: list[BaseMessage] = [HumanMessage(QUESTION)]
    evaluated = 0
    for step in range(1, STEPS + 1):
        choice = "any" if step < STEPS else "none"
        server.sent = []
        answer = model.bind_tools(tools, tool_choice=choice).invoke(messages)
        timings = answer.response_metadata["timings"].values()
        evaluated += sum(t["evaluated"] for t in timings)
        messages.append(answer)
        messages += [
            ToolMessage(f"picture {step} was found", tool_call_id=call["id"])
            for call in answer.tool_calls
        ]
    last = answer.response_metadata
    transcript = len(server.sent[-1]["prompt"]) + len(last[TURNS][-1][2] or ())
    return evaluated, transcript


def spread(values: Sequence[float], form: str = "{:.2f}") -> str:
    """The median, with the least and the greatest."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{form} ({form} to {form})".format(middle, low, high)


def measure(url: str, key: str, counts: Sequence[int], rounds: int) -> None:
    """Print a row for each number of tools."""
    server = Recorded(url, key)
    server.connect()
    http = httpx.Client(
        base_url=url,
        headers={"Authorization": f"Bearer {key}"},
        limits=httpx.Limits(max_keepalive_connections=0),  # the server closes after a stream
    )
    for count in counts:
        tools = [tool(number) for number in range(count)]
        rows: dict[str, list[Cost]] = {}
        for number in range(rounds):
            question = f"{QUESTION} ({number})"  # or the cache would answer for the model
            one_round(server, http, key, tools, question, rows)
        report(count, rows)
        try:
            evaluated, transcript = ten_steps(server, count)
        except ContextOverflow:
            print("  ten steps: more than the model can hold")
            continue
        print(
            f"  ten steps: {evaluated} prompt tokens evaluated, transcript {transcript}:"
            f" {evaluated / transcript:.3f}"
        )


def one_round(
    server: Recorded,
    http: httpx.Client,
    key: str,
    tools: Sequence[dict[str, Any]],
    question: str,
    rows: dict[str, list[Cost]],
) -> None:
    """Ask the same of all of them, one after the other."""
    jobs: dict[str, Callable[[], Cost]] = {
        "ours": lambda: ours(server, tools, question),
        "again": lambda: ours(server, tools, question),
        "bare": lambda: bare(http, list(server.sent)),
        "original": lambda: original(server, http, tools, question),
        "openai": lambda: openai(server.base_url, key, tools, question),
    }
    for name, job in jobs.items():
        try:
            rows.setdefault(name, []).append(job())
        except Exception as error:  # a row that fails is a result, too
            print(f"  {name} failed: {type(error).__name__}: {error}"[:200])


def report(count: int, rows: dict[str, list[Cost]]) -> None:
    """Print what one number of tools costs."""
    print(f"{count} tools")
    for name in ("ours", "again", "bare"):
        overhead = [1000 * c.seconds - c.server_ms for c in rows[name]]
        share = [100 * o / c.server_ms for o, c in zip(overhead, rows[name], strict=True)]
        print(
            f"  beside the server's own time, {name}: {spread(overhead, '{:.0f}')} ms a step,"
            f" {spread(share, '{:.1f}')} %"
        )
    for name, costs in rows.items():
        against = rows["again" if name == "bare" else "ours"]
        ratio = [c.seconds / o.seconds for c, o in zip(costs, against, strict=False)]
        print(
            f"  {name:9} wall {spread([c.seconds for c in costs])} s,"
            f" {spread(ratio)} of {'again' if name == 'bare' else 'ours'};"
            f" evaluated {spread([c.evaluated for c in costs], '{:.0f}')},"
            f" sampled in the call {spread([c.sampled for c in costs], '{:.0f}')},"
            f" a call came {sum(c.right for c in costs)} of {len(costs)}"
        )


def main() -> None:
    """Run on the embedded server."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tools", default="1,10,50,200")
    given = parser.parse_args()
    counts = [int(word) for word in given.tools.split(",")]
    with gba.serve() as server:
        measure(server.url, server.api_key, counts, given.rounds)


if __name__ == "__main__":
    main()
