"""What `%gba` says, as plain text."""

from __future__ import annotations

from .errors import GbaError, ServerError
from .llama.client import LlamaServer
from .options import AgentOptions, GbnfOptions, MathOptions, help_text
from .servers import ROLES, Role
from .session import Session

AGENT_USAGE = "%agent [options] QUESTION, or %%agent [options] with the question below"
MATH_USAGE = "%math [options] QUESTION, or %%math [options] with the question below"

GBNF_USAGE = "%gbnf [options] RULE, or %%gbnf [options] with a grammar below; or --schema NAME"

COMMANDS = """\
%gba status                 servers, tools, threads and settings
%gba connect ROLE URL       use the server at URL for agent or math  [--api-key KEY]
%gba serve [MODEL]          start the embedded server: NAME, FILE.gguf or hf:REPO/FILE  [--port N]
%gba stop                   leave the embedded server
%gba models [NAME]          models that can be served, and the commands that serve NAME
%gba tools [NAMES]          what can be called; or choose: NAMES, add NAMES, remove NAMES
%gba reset [THREAD]         forget the conversations, or one of them
%gba set NAME=VALUE …       settings for all cells; store=FILE keeps the conversations
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
        case "gba" | "status" | "connect" | "serve" | "stop" | "models" | "tools" | "reset" | "set":
            return COMMANDS
        case _:
            return None


def status(session: Session) -> str:
    """The state of a session; asks the servers."""
    lines = [_role(name, session.servers.roles[name]) for name in ROLES]
    if session.servers.embedded is not None:
        lines.append(f"log       {session.servers.embedded.log_path}")
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
