"""The magics: glue between IPython, a session and the display."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from IPython.core.inputtransformer2 import EscapedCommand
from IPython.core.magic import Magics, line_cell_magic, line_magic, magics_class, no_var_expand

from .errors import Interrupted, OptionError
from .options import AgentOptions, GbnfOptions, MathOptions, parse

if TYPE_CHECKING:  # nothing heavy before the first use
    from .approval import Approver
    from .events import Event, OnEvent
    from .option_values import ViewName
    from .session import Session


class LineQuestion(EscapedCommand):
    """Lets ``%agent What is 2 + 2?`` be a question: IPython takes a last ``?`` for its help."""

    priority = 4  # before IPython's own help syntax

    @classmethod
    def find(cls, tokens_by_line: Any) -> LineQuestion | None:
        """The first line that asks one of our magics something and ends in ``?``."""
        for line in tokens_by_line:
            words = [token for token in line if token.string.strip()]
            if (
                len(words) > 3
                and words[0].string == "%"
                and words[1].string in ("agent", "math", "gbnf")
                and words[2].string != "?"
                and words[-1].string == "?"
            ):
                return cls(words[0].start)
        return None


@magics_class
class GbaMagics(Magics):
    """`%agent`, `%math`, `%gbnf` and `%gba`, on one session per shell."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self._ip = shell
        self._session: Session | None = None
        self._just_shown: Any = None

    @property
    def session(self) -> Session:
        """The session, made at the first use."""
        if self._session is None:
            from .session import Session

            self._session = Session(self._ip.user_ns, self._ip.user_ns_hidden)
        return self._session

    @no_var_expand
    @line_cell_magic
    def agent(self, line: str, cell: str | None = None) -> Any:
        """Ask the agent; see `%gba help agent`."""
        options, rest = parse(AgentOptions, line)
        if options.help:
            return self._help("agent")
        question = _question("agent", rest, cell)
        if options.compare:
            return self._show(
                lambda tell: self.session.compare(question, options, tell),
                options.out,
                options.view,
            )
        _require_compare(options)
        approve: Approver | None = None
        if options.approve:
            from .asking import decide

            approve = decide
        return self._show(
            lambda tell: self.session.ask(question, options, tell, approve),
            options.out,
            options.view,
        )

    @no_var_expand
    @line_cell_magic
    def math(self, line: str, cell: str | None = None) -> Any:
        """Ask for an exact answer; see `%gba help math`."""
        options, rest = parse(MathOptions, line)
        if options.help:
            return self._help("math")
        question = _question("math", rest, cell)
        return self._show(
            lambda tell: self.session.solve(question, options, tell), options.out, options.view
        )

    @no_var_expand
    @line_cell_magic
    def gbnf(self, line: str, cell: str | None = None) -> Any:
        """Look at a grammar; see `%gba help gbnf`."""
        from .display import show_attempt, show_report

        options, rest = parse(GbnfOptions, line)
        if options.help:
            return self._help("gbnf")
        text = _grammar_text(rest, cell, options)
        grammar, report = self.session.examine(text, options)
        self._keep(grammar, options.out)
        show_report(self._ip, report)
        if (question := options.ask) is not None:
            job = partial(self.session.write, question, grammar, options)
            show_attempt(self._ip, self._recorded(job))
        return grammar

    @no_var_expand
    @line_magic
    def gba(self, line: str) -> None:
        """Servers, tools and settings; see `%gba help`."""
        from .commands import run
        from .display import say, show_again, show_wire
        from .recall import Again

        said = self._recorded(lambda tell: run(self.session, _words(line), tell))
        if isinstance(said, str):
            say(self._ip, said)
        elif isinstance(said, Again):
            show_again(self._ip, said.events, said.look)
        else:
            show_wire(self._ip, said)

    def _show(self, job: Callable[[OnEvent], Any], out: str | None, view: ViewName | None) -> Any:
        result = self._recorded(job, view)
        self._keep(result, out)
        return result

    def _keep(self, result: Any, out: str | None) -> None:
        """Remember what the cell shows, also in the variable that ``--out`` names."""
        if out:
            self._ip.user_ns[out] = result
        self._just_shown = (result, self._ip.execution_count)

    def _recorded(self, job: Callable[[OnEvent], Any], view: ViewName | None = None) -> Any:
        from . import background
        from .display import Look, recording

        events: list[Event] = []
        try:
            with recording(self._ip, Look(view or self.session.settings.view)) as recorder:
                events = recorder.events
                with background.ticking(recorder.tick):
                    return job(recorder.show)
        except Interrupted:
            raise
        except KeyboardInterrupt as error:
            raise Interrupted from error
        finally:
            self.session.remember(events)

    def _help(self, topic: str) -> None:
        from .display import say
        from .reports import help_on

        say(self._ip, help_on(topic) or "")

    def close(self) -> None:
        """End what the session had started."""
        if self._session is not None:
            self._session.close()

    def show_result(self, result: Any) -> None:
        """IPython's hook for a run as a cell's value: the cell that made it has shown it."""
        if not self._is_shown(result):
            from .display import Look, show_again

            show_again(self._ip, result.events, Look(self.session.settings.view))

    def show_grammar(self, grammar: Any) -> None:
        """IPython's hook for a grammar as a cell's value."""
        if not self._is_shown(grammar):
            from .display import show_report
            from .workbench import examine

            show_report(self._ip, examine(grammar, samples=0, spelled_out=True))

    def _is_shown(self, result: Any) -> bool:
        made, cell = self._just_shown or (None, 0)
        return made is result and cell == self._ip.execution_count


def _question(magic: str, rest: str, cell: str | None) -> str:
    if cell is not None and rest:
        raise OptionError(
            f"The line of %%{magic} holds {rest!r}, which is not an option.",
            "Write the question below that line; values of an option are joined by commas.",
        )
    question = (rest if cell is None else cell).strip()
    if not question:
        raise OptionError("There is no question.", f"Write one: %{magic} What is 2 + 2?")
    return question


def _require_compare(options: AgentOptions) -> None:
    """Options of ``--compare`` alone would be passed over in silence."""
    for name in ("runs", "expect", "phases"):
        if getattr(options, name):
            raise OptionError(
                f"--{name} belongs to --compare.", f"Add --compare, or leave out --{name}."
            )


def _grammar_text(rest: str, cell: str | None, options: GbnfOptions) -> str:
    if cell is not None and rest:
        raise OptionError(
            f"The line of %%gbnf holds {rest!r}, which is not an option.",
            'Write the grammar below that line, and a text with spaces in quotes: --test "a b".',
        )
    # The line of the magic is a line of the cell: a front end counts it, and so do errors.
    text = rest if cell is None else f"\n{cell}"
    if options.schema is None and not text.strip():
        raise OptionError("There is no grammar.", 'Write one: %gbnf root ::= "yes" | "no"')
    if options.schema is not None and text.strip():
        raise OptionError(
            f"There are two grammars: the one written here, and that of {options.schema}.",
            "Leave out the text, or --schema.",
        )
    return text


def _words(line: str) -> list[str]:
    try:
        if os.name == "nt":  # there a backslash belongs to the path
            return [word.strip("'\"") for word in shlex.split(line, posix=False)]
        return shlex.split(line)
    except ValueError:
        raise OptionError("A quote is not closed.", "Close it, or leave it out.") from None
