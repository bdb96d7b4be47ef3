"""Commands about servers."""

from __future__ import annotations

import re

from .. import reports
from ..errors import OptionError
from ..events import OnEvent
from ..session import Session
from .words import take, value


def status(session: Session, words: list[str], tell: OnEvent) -> str:
    """``%gba status``."""
    take(words, "%gba status", 0, 0)
    return reports.status(session)


def connect(session: Session, words: list[str], tell: OnEvent) -> str:
    """``%gba connect``."""
    key = value(words, "--api-key")
    role, url = take(words, "%gba connect ROLE URL [--api-key KEY]", 2, 2)
    props = session.servers.connect(role, url, key, tell)
    slots = f"{props.total_slots} slots of {props.n_ctx} tokens"
    return f"{role} now goes to {url}: {props.model}, {slots}."


def serve(session: Session, words: list[str], tell: OnEvent) -> str:
    """``%gba serve``."""
    port = value(words, "--port")
    if port is not None and not (re.fullmatch("[0-9]{1,5}", port) and int(port) < 65536):
        raise OptionError(f"--port cannot be {port!r}.", "Give a whole number below 65536.")
    model = take(words, "%gba serve [MODEL] [--port N]", 0, 1)
    server = session.servers.serve(model[0] if model else None, int(port or 0), tell)
    return f"{server.model_path.name} is served at {server.url} for agent and math."


def stop(session: Session, words: list[str], tell: OnEvent) -> str:
    """``%gba stop``."""
    take(words, "%gba stop", 0, 0)
    if session.servers.stop():
        return "Left the embedded server; it ends when no other notebook uses it."
    return "No embedded server is in use here."


def models(session: Session, words: list[str], tell: OnEvent) -> str:
    """``%gba models``."""
    from ..llama import models

    name = take(words, "%gba models [NAME]", 0, 1)
    return models.describe(name[0]) if name else models.catalogue_text()
