"""What `%gba` says, as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from . import background
from .display.gbnf import rules_in
from .display.words import count
from .errors import GbaError, OptionError, ServerError
from .findings import Sent
from .llama.client import LlamaServer
from .llama.dissect import dissect
from .llama.exchanges import Exchange
from .options import AgentOptions, GbnfOptions, MathOptions, help_text
from .servers import ROLES, Role
from .session import Session

AGENT_USAGE = "%agent [options] QUESTION, or %%agent [options] with the question below"
MATH_USAGE = "%math [options] QUESTION, or %%math [options] with the question below"

_TITLE = 80  # characters of a question
_AT_ONCE = 8  # requests of a step that are shown

GBNF_USAGE = "%gbnf [options] RULE, or %%gbnf [options] with a grammar below; or --schema NAME"

COMMANDS = """\
%gba status                 servers, tools, threads and settings
%gba connect ROLE URL       use the server at URL for agent or math  [--api-key KEY]
%gba serve [MODEL]          start the embedded server: NAME, FILE.gguf or hf:REPO/FILE  [--port N]
%gba stop                   leave the embedded server
%gba models [NAME]          models that can be served, and the commands that serve NAME
%gba tools [NAMES]          what can be called; or choose: NAMES, add NAMES, remove NAMES
%gba reset [THREAD]         forget the conversations, or one of them
%gba runs                   the runs of this session, the last one first
%gba show [N]               a run once more, the last or the N-th last  [--view NAME] [--whole]
%gba open FILE.ipynb        take the runs out of a notebook's outputs, to be shown here
%gba export FILE [N]        a run as .md, .html or .json  [--force]
%gba set NAME=VALUE …       settings for all cells; store=FILE keeps the conversations
%gba wire [N|step N]        what the last run sent: its requests; all of number N, or of a step
%gba record FILE            keep all that the servers say on a tape, until %gba record off
%gba replay FILE            a tape answers, without servers  [--speed N; 0: at once]; replay off
%gba help [agent|math|gbnf] this, or the options of a magic"""


def help_on(topic: str) -> str | None:
    """The help text for a topic, "" being all; None if there is no such topic."""
    match topic.lstrip("%"):
        case "":
            return "\n\n".join([AGENT_USAGE, MATH_USAGE, GBNF_USAGE, COMMANDS])
        case "agent":
            return help_text(AgentOptions, AGENT_USAGE)
        case "math":
            return help_text(MathOptions, MATH_USAGE)
        case "gbnf":
            return help_text(GbnfOptions, GBNF_USAGE)
        case "gba":
            return COMMANDS
        case command:
            lines = COMMANDS.splitlines()
            return COMMANDS if any(line.startswith(f"%gba {command} ") for line in lines) else None


def status(session: Session) -> str:
    """The state of a session; asks the servers."""
    lines = [_role(name, session.servers.roles[name]) for name in ROLES]
    if session.servers.embedded is not None:
        lines.append(f"log       {session.servers.embedded.log_path}")
    if session.servers.tape is not None:
        lines.append(f"tape      {session.servers.tape.path} is being recorded")
    if session.servers.replaying:
        played = " and ".join(session.servers.lent or ())
        lines.append(f"tape      {session.servers.replaying} answers for {played}")
    lines.append(f"tools     {', '.join(session.tool_names) or 'none'}")
    threads = [f"{name} ({len(messages)} messages)" for name, messages in session.threads.items()]
    lines.append(f"threads   {', '.join(threads) or 'none yet'}")
    settings = " ".join(f"{name}={value}" for name, value in vars(session.settings).items())
    lines.append(f"settings  {settings}")
    return "\n".join(lines)


def _role(name: str, role: Role) -> str:
    try:
        server = role.server or LlamaServer(role.url, role.api_key)
        if server.health() == "loading":
            return f"{name:9} {role.url}  is loading its model"
        server.recheck()
        props = server.connect()
    except GbaError as error:
        unchosen = isinstance(error, ServerError) and not role.chosen
        fix = "The first cell starts the embedded server." if unchosen else error.fix
        return f"{name:9} {role.url}  {error.what} {fix}"
    build = f" · {props.build}" if props.build else ""
    slots = f"{props.total_slots} slots of {props.n_ctx} tokens{_busy(server)}"
    return f"{name:9} {role.url}  {props.model} · {slots}{_adapter(server)}{build}"


def _adapter(server: LlamaServer) -> str:
    try:
        return "".join([f" · adapter {adapter.name}" for adapter in server.adapters()])
    except ServerError:
        return ""


def _busy(server: LlamaServer) -> str:
    try:
        return f", {sum(slot.busy for slot in server.slots())} busy"
    except ServerError:
        return ""  # a server may keep `/slots` to itself


def tools(session: Session) -> str:
    """What can be called, what is offered marked."""
    rows = [
        f"{'*' if name in session.tool_names else ' '} {name}"
        for name in dict.fromkeys([*session.tool_names, *session.known_tools()])
    ]
    return "\n".join([*rows, "", "* offered in every cell; change it with %gba tools NAME,NAME"])


def wire(session: Session) -> str:
    """The requests of the last run, one to a line.

    Raises:
        OptionError: there is none.
    """
    exchanges = _exchanges(session)
    rows = ["  # step phase      prompt   cached  sampled  grammar"]
    if left_out := exchanges[0].number - 1:
        rows.append(f"    the first {left_out} are not kept")
    for sent in exchanges:
        prompt, rules = len(sent.request.prompt), rules_in(sent.request.grammar)
        cost = ["…", "…"] if sent.timings is None else [sent.timings.cached, sent.timings.generated]
        grammar = count(rules, "rule") if rules else "none"
        place = f"{sent.number:3} {sent.step:4} {sent.phase:9}"
        rows.append(f"{place} {prompt:7} {cost[0]:>8} {cost[1]:>8}  {grammar}")
    question = " ".join(session.servers.log.question.split())
    title = question if len(question) <= _TITLE else f"{question[:_TITLE]} …"
    return "\n".join([title, "", *rows, "", "%gba wire N shows all of a request"])


def wire_of(session: Session, number: int) -> tuple[Sent, ...]:
    """A request of the last run, taken apart.

    Raises:
        OptionError: there is none of that number.
    """
    exchanges = _exchanges(session)
    found = [sent for sent in exchanges if sent.number == number]
    if not found:
        first, last = exchanges[0].number, exchanges[-1].number
        raise OptionError(
            f"The last run has no request {number}.",
            f"Give a number from {first} to {last}; %gba wire lists them.",
        )
    return _apart(found)


def wire_step(session: Session, step: int) -> tuple[Sent, ...]:
    """The requests of one step of the last run, taken apart.

    Raises:
        OptionError: there is no such step, or it made very many.
    """
    found = [sent for sent in _exchanges(session) if sent.step == step]
    if not found:
        steps = ", ".join(map(str, dict.fromkeys(sent.step for sent in _exchanges(session))))
        raise OptionError(f"The last run has no step {step}.", f"There are: {steps}.")
    if len(found) > _AT_ONCE:
        raise OptionError(
            f"Step {step} made {len(found)} requests.",
            f"Show one of them: %gba wire N, from {found[0].number} to {found[-1].number}.",
        )
    return _apart(found)


def _apart(exchanges: Sequence[Exchange]) -> tuple[Sent, ...]:
    return tuple([background.run(dissect(sent)) for sent in exchanges])


def _exchanges(session: Session) -> tuple[Exchange, ...]:
    if found := session.servers.log.all():
        return found
    if session.servers.log.question:
        raise OptionError(
            "The last run did not come to send anything.", "Run a cell that does, first."
        )
    raise OptionError("No run has sent anything yet.", "Run a cell with %agent or %math first.")
