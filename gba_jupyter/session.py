"""What is done with the state of one kernel: `ask`, `solve` and the other jobs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from . import cassettes
from .errors import OptionError
from .events import OnEvent, ServerStarting
from .names import did_you_mean
from .options import AgentOptions, GbnfOptions, MathOptions
from .servers import RoleName
from .state import State

if TYPE_CHECKING:  # LangChain takes a second to import: only when a cell needs it
    from .approval import Approver
    from .chat_model import ChatLlamaGBNF
    from .compare import Comparison
    from .findings import Report, Tried
    from .grammar import Grammar
    from .runs import AgentRun
    from .symbolic.interpreter import MathInterpreter
    from .symbolic.result import MathResult

_MAIN = "main"


class Session(State):
    """One kernel's state, and the jobs that are done with it."""

    # -- tools ------------------------------------------------------------------------------

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
        from .symbolic.calculate import calculate_tool

        thing = self.names.tool(name)
        if thing is not None:
            return thing
        if name == "calculate":
            return calculate_tool(
                lambda tell: self._interpreter(MathOptions(), tell), self.settings.timeout
            )
        fix = did_you_mean(name, self.known_tools(), "Define a function of that name first.")
        raise OptionError(f"There is no tool or function called {name!r}.", fix)

    # -- the main jobs ----------------------------------------------------------------------

    def ask(
        self,
        text: str,
        options: AgentOptions,
        tell: OnEvent,
        approve: Approver | None = None,
    ) -> AgentRun:
        """Run the agent on `text`; the conversation is remembered only if it succeeds.

        `approve` decides about each call before it is made.
        """
        _say_loading(tell)
        from .agent import Agent

        tools = self._tools(self.tool_names if options.tools is None else options.tools)
        thread = options.thread or _MAIN
        self.servers.log.begin(text)
        model = self._model("agent", options, tell)
        model.lens = _first(options.lens, self.settings.lens)
        if options.fresh:
            self.reset(thread)
        history = self.threads.get(thread, [])
        steps = _first(options.max_steps, self.settings.max_steps)
        agent = Agent(model, tools, steps, approve)
        run = agent.run(text, tell, history, thread)
        self.threads[thread] = list(run.messages)
        return run

    def compare(self, text: str, options: AgentOptions, tell: OnEvent) -> Comparison:
        """Make the agent's next step with the grammar and without it; no tool is called.

        Raises:
            OptionError: an option has nothing to do here, or `--expect` names no tool.
        """
        whole_run = ("approve", "lens", "max_steps", "fresh")
        if strange := [name for name in whole_run if getattr(options, name)]:
            flag = f"--{strange[0].replace('_', '-')}"
            raise OptionError(
                f"--compare makes single steps, so {flag} has nothing to do.",
                f"Leave out --compare, or {flag}.",
            )
        _say_loading(tell)
        from .compare import compare

        self.servers.log.begin(text)
        return compare(
            self._model("agent", options, tell),
            self._tools(self.tool_names if options.tools is None else options.tools),
            text,
            runs=_first(options.runs, 1),
            expect=_first(options.expect, ""),
            phases=options.phases,
            history=self.threads.get(options.thread or _MAIN, []),
            on_event=tell,
        )

    def solve(self, text: str, options: MathOptions, tell: OnEvent) -> MathResult:
        """Answer a mathematical question by a program, or run the program that is given.

        Raises:
            OptionError: something is wanted that a package is missing for, or that contradicts.
        """
        if options.plot:
            _require_matplotlib()
        self.servers.log.begin(text)
        if options.program:
            return self._run(text, options, tell)
        _say_loading(tell)
        return self._interpreter(options, tell).solve(text, tell)

    def _run(self, program: str, options: MathOptions, tell: OnEvent) -> MathResult:
        from .symbolic.evidence import Wanted
        from .symbolic.limits import Limits
        from .symbolic.telling import run_program

        asked = {name: getattr(options, name) for name in ("vote", "repair", "free", "lens")}
        if strange := [
            name for name, value in asked.items() if value is not None and value is not False
        ]:
            raise OptionError(
                f"--program runs what is written here, so --{strange[0]} has nothing to do.",
                f"Leave out --program, or --{strange[0]}.",
            )
        timeout = _first(options.timeout, self.settings.timeout)
        memory = _first(options.memory, Limits.memory)
        return run_program(program, timeout, memory, Wanted(options.check, options.plot), tell)

    def examine(self, text: str, options: GbnfOptions) -> tuple[Grammar, Report]:
        """Read the grammar of a text, or of what ``--schema`` names, and look at it. Offline."""
        from . import workbench

        if options.lens and options.ask is None:
            raise OptionError(
                "--lens shows what a model writes, so without --ask it has nothing to do.",
                "Add --ask QUESTION, or leave out --lens.",
            )
        grammar, origin = (
            (workbench.read(text), None)
            if options.schema is None
            else workbench.convert(self.names.thing(options.schema), options.schema)
        )
        return grammar, workbench.examine(
            grammar,
            origin,
            tests=options.test,
            samples=options.samples,
            seed=_first(options.seed, self.settings.seed),
            draw=not options.no_diagram,
            spelled_out=origin is not None,
        )

    def write(self, question: str, grammar: Grammar, options: GbnfOptions, tell: OnEvent) -> Tried:
        """Let the agent's model answer under a grammar; gives what the grammar says of it."""
        from .workbench import attempt
        from .workbench.answer import write

        self.servers.log.begin(question)
        model = self._model("agent", options, tell)
        lens = _first(options.lens, self.settings.lens)
        written = write(
            model.server, question, grammar, model.sampling, model.max_tokens, tell, lens
        )
        return replace(attempt(grammar, written.text), cut_off=written.stop == "limit")

    def _interpreter(self, options: MathOptions, tell: OnEvent) -> MathInterpreter:
        from .symbolic.interpreter import MathInterpreter
        from .symbolic.limits import Limits

        return MathInterpreter(
            self._model("math", options, tell),
            timeout=_first(options.timeout, self.settings.timeout),
            memory=_first(options.memory, Limits.memory),
            repair=_first(options.repair, 1),
            vote=_first(options.vote, 1),
            check=options.check,
            plot=options.plot,
            free=options.free,
            lens=_first(options.lens, self.settings.lens),
        )

    def _model(
        self, role: RoleName, options: AgentOptions | MathOptions | GbnfOptions, tell: OnEvent
    ) -> ChatLlamaGBNF:
        from .chat_model import ChatLlamaGBNF

        chosen = {
            name: _first(getattr(options, name, None), getattr(self.settings, name))
            for name in ("temperature", "seed", "reason", "max_tokens")
        }
        adapter = None if self.settings.adapter else 0.0
        notebook = self.names.notebook(os.environ)
        server = cassettes.server(self.servers, role, tell, notebook)
        return ChatLlamaGBNF.on(server, adapter=adapter, **chosen)


def _require_matplotlib() -> None:
    if find_spec("matplotlib") is None:
        raise OptionError(
            "Drawing needs a package that is not installed.",
            "Run `pip install 'gba-jupyter[plot]'`.",
        )


def _say_loading(tell: OnEvent) -> None:
    if "langchain_core" not in sys.modules:
        tell(ServerStarting("loading LangChain"))


def _first(chosen: Any, default: Any) -> Any:
    return default if chosen is None else chosen
