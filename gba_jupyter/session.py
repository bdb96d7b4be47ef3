"""The servers, tools, threads and settings of one kernel; `ask` and `solve`."""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from .errors import OptionError, ServerError, ServerLoading, ServerUnreachable, Unauthorized
from .events import Notice, OnEvent, ServerStarting
from .llama.client import LlamaServer
from .options import AgentOptions, MathOptions, Settings

if TYPE_CHECKING:  # LangChain takes a second to import: only when a cell needs it
    from langchain_core.messages import BaseMessage

    from .chat_model import ChatLlamaGBNF
    from .llama.embedded import EmbeddedServer
    from .runs import AgentRun
    from .symbolic.interpreter import MathInterpreter, MathResult

RoleName: TypeAlias = Literal["agent", "math"]
ROLES: tuple[RoleName, ...] = ("agent", "math")
_PORTS: dict[RoleName, int] = {"agent": 8080, "math": 8088}
_MAIN = "main"
_SMALL = "Its model is small: its calls are valid, and often unwise."


@dataclass
class Role:
    """Where one kind of question goes.

    Attributes:
        url: the server's address.
        api_key: its key, if it has one.
        chosen: the user named it, so nothing else is tried when it does not answer.
    """

    url: str
    api_key: str | None = None
    chosen: bool = False
    server: LlamaServer | None = None


def roles_from(environment: Mapping[str, str]) -> dict[RoleName, Role]:
    """The roles as `GBA_AGENT_URL`, `GBA_MATH_URL` and `GBA_API_KEY` name them."""
    roles: dict[RoleName, Role] = {}
    for name in ROLES:
        url = environment.get(f"GBA_{name.upper()}_URL", "")
        roles[name] = Role(
            url or f"http://localhost:{_PORTS[name]}", environment.get("GBA_API_KEY"), bool(url)
        )
    return roles


@dataclass
class Session:
    """One kernel's state.

    `namespace` is the notebook's, where tools are looked up by name; names in `hidden` are not
    the user's own.
    """

    namespace: Mapping[str, Any] = field(default_factory=dict)
    hidden: Container[str] = ()
    settings: Settings = field(default_factory=Settings)
    roles: dict[RoleName, Role] = field(default_factory=lambda: roles_from(os.environ))
    tool_names: tuple[str, ...] = ("calculate",)
    threads: dict[str, list[BaseMessage]] = field(default_factory=dict)
    embedded: EmbeddedServer | None = None
    _served: tuple[str | None, int] = (None, 0)

    # -- servers --------------------------------------------------------------------------

    def connect(self, role: str, url: str, api_key: str | None = None) -> LlamaServer:
        """Use the server at `url` for `role`, after a proof that it works.

        Raises:
            OptionError: there is no such role.
            ServerError: it does not answer as a llama.cpp server does; nothing is changed then.
        """
        name = role_named(role)
        key = api_key or os.environ.get("GBA_API_KEY")
        server = LlamaServer(url if "://" in url else f"http://{url}", key)
        server.connect()
        self.roles[name] = Role(server.base_url, key, chosen=True, server=server)
        return server

    def serve(
        self, model: str | None = None, port: int = 0, tell: OnEvent | None = None
    ) -> EmbeddedServer:
        """Start (or join) the embedded server and use it for both roles."""
        from .llama import embedded, models

        say = tell or (lambda _: None)
        before = self.embedded
        self.embedded = embedded.serve(
            model or models.DEFAULT,
            port=port,
            on_progress=lambda stage, done, total: say(ServerStarting(stage, done, total)),
        )
        self._served = (model, port)
        if before is not None:
            before.stop()  # not earlier: a server that does not come up must not cost the old one
        server = LlamaServer(self.embedded.url, self.embedded.api_key)
        for name in ROLES:
            self.roles[name] = Role(server.base_url, self.embedded.api_key, server=server)
        return self.embedded

    def stop(self) -> bool:
        """Leave the embedded server; it ends with its last user. True if there was one."""
        if self.embedded is None:
            return False
        self.embedded.stop()
        self.embedded = None
        self.roles = roles_from(os.environ)
        return True

    def server(self, role: RoleName, tell: OnEvent) -> LlamaServer:
        """The server of a role, ready; the embedded one is started when nothing else answers.

        Raises:
            ServerError: the server that the user chose does not answer, or none can be started.
        """
        place = self.roles[role]
        if place.server is None:
            place.server = LlamaServer(place.url, place.api_key)
        try:
            _await_model(place.server, tell)
            return place.server
        except Unauthorized:
            raise
        except ServerError as error:
            if place.chosen:
                raise
            self._explain(error, place, tell)
        model, port = self._served if self.embedded else (None, 0)
        self.serve(model, port, tell)
        started = self.roles[role].server
        assert started is not None  # noqa: S101  serve() has just set it
        started.connect()
        return started

    def _explain(self, error: ServerError, place: Role, tell: OnEvent) -> None:
        if self.embedded is not None:
            tell(Notice("The embedded server has ended; starting it again."))
        elif isinstance(error, ServerUnreachable):
            tell(Notice(f"No server at {place.url}, so the embedded one answers. {_SMALL}"))
        else:
            tell(Notice(f"{error.what} The embedded server answers instead. {_SMALL}"))

    # -- tools, threads ---------------------------------------------------------------------

    def use_tools(self, names: Sequence[str]) -> None:
        """Offer these tools in cells that don't name their own.

        Raises:
            OptionError: there is no such tool; nothing is changed then.
            ToolError: something of that name cannot be offered.
        """
        self._tools(names)
        self.tool_names = tuple(names)

    def _tools(self, names: Sequence[str]) -> list[Any]:
        from .tools import as_tools

        return as_tools([self._tool(name) for name in dict.fromkeys(names)])

    def _tool(self, name: str) -> Any:
        from .tools import calculate_tool

        if name in self.namespace and callable(self.namespace[name]):
            return self.namespace[name]
        thing = self.namespace.get(name)
        if thing is not None and hasattr(thing, "args_schema"):
            return thing
        if name == "calculate":
            return calculate_tool(lambda: self._interpreter(MathOptions(), lambda _: None))
        near = get_close_matches(name, self.known_tools(), n=1)
        fix = f"Did you mean {near[0]}?" if near else "Define a function of that name first."
        raise OptionError(f"There is no tool or function called {name!r}.", fix)

    def known_tools(self) -> list[str]:
        """Names that could be offered: `calculate`, and the notebook's documented functions."""
        own = [
            name
            for name, thing in self.namespace.items()
            if not name.startswith("_")
            and name not in self.hidden
            and (hasattr(thing, "args_schema") or _is_documented_function(thing))
        ]
        return ["calculate", *(n for n in own if n != "calculate")]

    def reset(self, thread: str | None = None) -> None:
        """Forget one conversation, or all of them."""
        if thread is None:
            self.threads.clear()
        else:
            self.threads.pop(thread, None)

    # -- the main jobs ----------------------------------------------------------------------

    def ask(self, text: str, options: AgentOptions, tell: OnEvent) -> AgentRun:
        """Run the agent on `text`; the conversation is remembered only if it succeeds."""
        _say_loading(tell)
        from .agent import Agent

        tools = self._tools(self.tool_names if options.tools is None else options.tools)
        thread = options.thread or _MAIN
        if options.fresh:
            self.reset(thread)
        model = self._model("agent", options, tell)
        agent = Agent(model, tools, _first(options.max_steps, self.settings.max_steps))
        run = agent.run(text, tell, self.threads.get(thread, ()), thread)
        self.threads[thread] = list(run.messages)
        return run

    def solve(self, text: str, options: MathOptions, tell: OnEvent) -> MathResult:
        """Answer a mathematical question by a program."""
        _say_loading(tell)
        return self._interpreter(options, tell).solve(text, tell)

    def _interpreter(self, options: MathOptions, tell: OnEvent) -> MathInterpreter:
        from .symbolic.interpreter import MathInterpreter

        timeout = _first(options.timeout, self.settings.timeout)
        return MathInterpreter(self._model("math", options, tell), timeout=timeout)

    def _model(
        self, role: RoleName, options: AgentOptions | MathOptions, tell: OnEvent
    ) -> ChatLlamaGBNF:
        from .chat_model import ChatLlamaGBNF

        chosen = {
            name: _first(getattr(options, name, None), getattr(self.settings, name))
            for name in ("temperature", "seed", "reason", "max_tokens")
        }
        return ChatLlamaGBNF.on(self.server(role, tell), **chosen)


def _await_model(server: LlamaServer, tell: OnEvent) -> None:
    server.health()  # also when it was connected before: it may be gone by now
    while True:
        try:
            server.connect(patience=1.0)
            return
        except ServerLoading:
            tell(ServerStarting(f"{server.base_url} is loading its model"))


def _say_loading(tell: OnEvent) -> None:
    if "langchain_core" not in sys.modules:
        tell(ServerStarting("loading LangChain"))


def role_named(name: str) -> RoleName:
    """The role of that name.

    Raises:
        OptionError: there is none.
    """
    for role in ROLES:
        if role == name:
            return role
    raise OptionError(f"There is no role {name!r}.", f"The roles are {' and '.join(ROLES)}.")


def _is_documented_function(thing: Any) -> bool:
    return callable(thing) and hasattr(thing, "__code__") and bool(thing.__doc__)


def _first(chosen: Any, default: Any) -> Any:
    return default if chosen is None else chosen
