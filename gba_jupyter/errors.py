"""The errors of gba_jupyter: each says what happened and what to do about it.

::

    GbaError
    ├── OptionError            a magic's line, a setting, or an empty cell
    ├── GrammarError           a GBNF text or a JSON Schema that cannot become a grammar
    ├── ToolError              a function that cannot be offered as a tool
    ├── PromptError            messages that cannot be sent to this model
    ├── ModelError             a model file: unknown, damaged, not GGUF, not to be had
    ├── ServerError            anything between us and a llama.cpp server
    │   ├── ServerUnreachable  nothing listens there, or the connection was refused
    │   ├── ServerLoading      it answers, but its model is still being loaded
    │   ├── ServerStartError   the embedded server did not come up, or died
    │   ├── Unauthorized       wrong or missing API key
    │   ├── BadRequest         the server refused the request (its own words in `what`)
    │   │   └── ContextOverflow  the prompt is longer than a slot's context
    │   ├── NotSupported       this server does not offer the endpoint
    │   ├── ServerTimeout      no sign of life within the time allowed
    │   ├── StreamBroken       an answer broke off before its final event
    │   └── TapeError          a tape is damaged, or cannot be written
    │       └── NotOnTape      a tape does not hold what is asked
    ├── EvaluationError        a math program was refused, failed or hit a limit
    │   ├── ProgramRefused     it uses what the math language does not have
    │   └── LimitExceeded      time, memory, output or recursion
    └── RunError               a run ended without an answer

    Interrupted (KeyboardInterrupt)  the user pressed stop

Jupyter and IPython show these errors as their two sentences, without a stack: they
look for ``_render_traceback_`` (IPython's own hook).
"""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class GbaError(Exception):
    """Base of all our errors.

    Attributes:
        what: one sentence on what is wrong.
        fix: one sentence on what to do; may be empty when nothing can be done.
        excerpt: the place in the user's text, as lines to be shown between the two.
    """

    excerpt: str = ""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(what, fix)
        self.what = what
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.what}\n{self.fix}" if self.fix else self.what

    def _render_traceback_(self) -> list[str]:
        lines = [f"{type(self).__name__}: {self.what}", self.excerpt, self.fix]
        lines = [line for line in lines if line]
        return [_CONTROL.sub("?", line) for line in lines]  # a server's words may be in them


class OptionError(GbaError):
    """A magic's line, a setting or an empty cell is wrong."""


class GrammarError(GbaError):
    """A GBNF text or a JSON Schema cannot become a grammar; `what` names the place.

    Attributes:
        rule: the rule that is at fault; empty when none is.
        line, column: where in the GBNF text, from 1; 0 when there is no text, or the rule as a
            whole is at fault (column).
    """

    def __init__(
        self, what: str, fix: str = "", *, rule: str = "", line: int = 0, column: int = 0
    ) -> None:
        super().__init__(what, fix)
        self.rule = rule
        self.line = line
        self.column = column


class ToolError(GbaError):
    """A function or object cannot be offered as a tool."""


class PromptError(GbaError):
    """These messages cannot be turned into a prompt for this model."""


class ModelError(GbaError):
    """A model file is unknown, damaged, not GGUF, or cannot be fetched."""


class ServerError(GbaError):
    """Something between us and a llama.cpp server went wrong."""


class ServerUnreachable(ServerError):
    """Nothing listens at the address, or the connection was refused."""


class ServerLoading(ServerError):
    """The server answers, but its model is still being loaded."""


class ServerStartError(ServerError):
    """The embedded server did not come up, or died; `what` holds its last words."""


class Unauthorized(ServerError):
    """The API key is wrong or missing."""


class BadRequest(ServerError):
    """The server refused the request; `what` holds its own words."""


class ContextOverflow(BadRequest):
    """The prompt does not fit into a slot's context.

    Attributes:
        n_prompt_tokens: length of the prompt, in tokens (0 if the server did not say).
        n_ctx: context of one slot, in tokens (0 if the server did not say).
    """

    def __init__(self, what: str, fix: str = "", n_prompt_tokens: int = 0, n_ctx: int = 0) -> None:
        super().__init__(what, fix)
        self.n_prompt_tokens = n_prompt_tokens
        self.n_ctx = n_ctx


class NotSupported(ServerError):
    """The server does not offer this endpoint."""


class ServerTimeout(ServerError):
    """The server gave no sign of life within the time allowed."""


class StreamBroken(ServerError):
    """An answer broke off before its final event."""


class TapeError(ServerError):
    """A tape is damaged, or cannot be written; or, as `NotOnTape`, lacks an answer."""


class NotOnTape(TapeError):
    """A tape that is replayed holds no answer to this request."""


class EvaluationError(GbaError):
    """A math program failed; `what` holds the reason."""


class ProgramRefused(EvaluationError):
    """The program uses something that the math language does not have."""


class LimitExceeded(EvaluationError):
    """The program hit a limit: time, memory, output or recursion."""


class RunError(GbaError):
    """A run ended without an answer, for a reason that is not the server's."""


class Interrupted(KeyboardInterrupt):
    """The user pressed stop. A KeyboardInterrupt, so that Run All stops too."""

    def _render_traceback_(self) -> list[str]:
        return ["Interrupted: you stopped this run; what it had shown is kept above."]
