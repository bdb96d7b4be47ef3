"""Where the two roles go: servers that the user chose, and the embedded one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from . import background
from .errors import OptionError, ServerError, ServerUnreachable, TapeError, Unauthorized
from .events import Notice, OnEvent, ServerStarting
from .llama.client import PATIENCE, LlamaServer
from .llama.exchanges import Exchanges
from .llama.narrate import connected
from .llama.protocol import Props

if TYPE_CHECKING:  # only when a cell needs it
    from .llama.embedded import EmbeddedServer
    from .llama.tape_writer import TapeWriter

RoleName: TypeAlias = Literal["agent", "math"]
ROLES: tuple[RoleName, ...] = ("agent", "math")
_PORTS: dict[RoleName, int] = {"agent": 8080, "math": 8088}
_EMBEDDED_PATIENCE = 20.0  # seconds; its batches are small
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
    api_key: str | None = field(default=None, repr=False)
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
class Servers:
    """The servers of one kernel, by role.

    Attributes:
        log: what the last run sent to them.
        tape: is recorded on.
        lent: the roles that a tape plays, and where they were before; None while there is none.
        replaying: that tape, in words.
    """

    roles: dict[RoleName, Role] = field(default_factory=lambda: roles_from(os.environ))
    embedded: EmbeddedServer | None = None
    log: Exchanges = field(default_factory=Exchanges)
    tape: TapeWriter | None = None
    lent: dict[RoleName, Role] | None = None
    replaying: str = ""
    _served: tuple[str | None, int] = (None, 0)
    _client: LlamaServer | None = None

    def connect(
        self, role: str, url: str, api_key: str | None = None, tell: OnEvent | None = None
    ) -> Props:
        """Use the server at `url` for `role`, after a proof that it works.

        Raises:
            OptionError: there is no such role, or no such address.
            ServerError: it does not answer as a llama.cpp server does; nothing is changed then.
        """
        name = role_named(role)
        self._require_no_replay([name])
        key = api_key or os.environ.get("GBA_API_KEY")
        server = self._client_of(url if "://" in url else f"http://{url}", key)
        for news in background.iterate(connected(server)):
            if isinstance(news, Props):
                self.roles[name] = Role(server.base_url, key, chosen=True, server=server)
                return news
            if tell is not None:
                tell(news)
        raise AssertionError("connected() ends with the properties or raises")

    def serve(
        self, model: str | None = None, port: int = 0, tell: OnEvent | None = None
    ) -> EmbeddedServer:
        """Start (or join) the embedded server and use it for both roles."""
        self._require_no_replay(ROLES)
        server = self._embed(model, port, tell or (lambda _: None))
        for name in ROLES:
            self.roles[name] = Role(server.url, server.api_key, server=self._client)
        return server

    def _embed(self, model: str | None, port: int, tell: OnEvent) -> EmbeddedServer:
        from .llama import embedded, models

        before = self.embedded
        self.embedded = embedded.serve(
            model or models.DEFAULT,
            port=port,
            on_progress=lambda stage, done, total: tell(ServerStarting(stage, done, total)),
        )
        self._served = (model, port)
        if before is not None:
            before.stop()  # not earlier: a server that does not come up must not cost the old one
            self._release()
        for notice in self.embedded.notices:
            tell(Notice(notice))
        self._client = self._client_of(self.embedded.url, self.embedded.api_key, _EMBEDDED_PATIENCE)
        return self.embedded

    def _client_of(self, url: str, key: str | None, patience: float = PATIENCE) -> LlamaServer:
        client = LlamaServer(url, key, patience=patience, log=self.log)
        client.record(self.tape)
        return client

    def record(self, tape: TapeWriter | None) -> None:
        """Put all that the servers say from now on onto a tape; None ends that."""
        self.tape = tape
        for client in [self._client, *(role.server for role in self.roles.values())]:
            if client is not None:
                client.record(tape)

    def _require_no_replay(self, roles: Sequence[RoleName]) -> None:
        if played := [name for name in roles if name in (self.lent or {})]:
            raise OptionError(
                f"A tape answers for {' and '.join(played)}.", "Leave it with `%gba replay off`."
            )

    def stop(self) -> bool:
        """Leave the embedded server; it ends with its last user. True if there was one."""
        if self.embedded is None:
            return False
        self.embedded.stop()
        self._release()
        self.embedded = self._client = None
        return True

    def _release(self) -> None:
        """Give the roles that used the embedded server back to where they were."""
        for name, role in roles_from(os.environ).items():
            roles = self.lent if self.lent and name in self.lent else self.roles
            if roles[name].server is self._client:
                roles[name] = role

    def server(self, role: RoleName, tell: OnEvent) -> LlamaServer:
        """The server of a role; the embedded one when the user chose none and none answers.

        It may still be loading its model: a run waits for that, and tells so.

        Raises:
            ServerError: the server that the user chose does not answer, or none can be started.
        """
        server = self._found(role, tell)
        if self.tape is not None:
            self.tape.role(role, server.base_url)
        return server

    def _found(self, role: RoleName, tell: OnEvent) -> LlamaServer:
        place = self.roles[role]
        try:
            place.server = place.server or self._client_of(place.url, place.api_key)
            if place.server.health() == "ok":
                place.server.recheck()
                place.server.connect()
            return place.server
        except (Unauthorized, TapeError):  # another server would not help
            raise
        except ServerError as error:
            if place.chosen:
                raise
            self._explain(error, place, tell)
        if self.embedded is None or not self.embedded.running or place.server is self._client:
            self._embed(*(self._served if self.embedded else (None, 0)), tell)
        assert self.embedded and self._client  # noqa: S101  _embed() sets both
        self.roles[role] = Role(self.embedded.url, self.embedded.api_key, server=self._client)
        return self._client

    def _explain(self, error: ServerError, place: Role, tell: OnEvent) -> None:
        if place.server is self._client:
            tell(Notice("The embedded server has ended; starting it again."))
        elif isinstance(error, ServerUnreachable):
            tell(Notice(f"No server at {place.url}, so the embedded one answers. {_SMALL}"))
        else:
            tell(Notice(f"{error.what} The embedded server answers instead. {_SMALL}"))


def role_named(name: str) -> RoleName:
    """The role of that name.

    Raises:
        OptionError: there is none.
    """
    for role in ROLES:
        if role == name:
            return role
    raise OptionError(f"There is no role {name!r}.", f"The roles are {' and '.join(ROLES)}.")
