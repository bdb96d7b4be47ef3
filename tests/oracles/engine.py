"""llama.cpp's own grammar engine, without a model: the library of the `xllamacpp` wheel.

The wheel exports the functions that llama.cpp's own grammar tests call. They run in a child
process, since some grammars crash the engine and some never come back.
"""

from __future__ import annotations

import ctypes
import importlib.util
import mmap
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_INIT = "_Z23llama_grammar_init_implPK11llama_vocabPKcS3_bPS3_mPKim"
_ACCEPT = "_Z20llama_grammar_acceptP13llama_grammarj"
_STACKS = "_Z24llama_grammar_get_stacksP13llama_grammar"
_CLONE = "_Z24llama_grammar_clone_implRK13llama_grammar"
_FREE = "_Z23llama_grammar_free_implP13llama_grammar"

_MEMORY = 4 << 30
"""Of the child: a grammar that would eat more crashes it instead."""


@dataclass(frozen=True)
class Answer:
    """What a matcher says of one text."""

    accepted: bool
    position: int
    """Characters before the first that cannot be, or all of them."""


@dataclass(frozen=True)
class Verdict:
    """What the engine says of a grammar and of some texts."""

    refused: str
    """Why it does not take the grammar, "hung" or "crashed"; empty when it does."""
    answers: tuple[Answer, ...] = ()
    """Of each text, in order."""


def library() -> Path | None:
    """The wheel's shared library; None where there is no wheel."""
    spec = importlib.util.find_spec("xllamacpp")
    if spec is None or spec.origin is None:
        return None
    return next(Path(spec.origin).parent.glob("xllamacpp*.so"), None)


def missing() -> str:
    """Why the engine cannot be called here; empty when it can."""
    path = library()
    if path is None:
        return "the xllamacpp wheel is not installed, or has no .so"
    needed = (_INIT, _ACCEPT, _STACKS, _CLONE, _FREE)
    # Not loaded into this process: see above.
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as found:
        lost = [name for name in needed if found.find(b"\0" + name.encode() + b"\0") < 0]
    return f"the xllamacpp wheel does not export {', '.join(lost)}" if lost else ""


class Engine:
    """The child process, and a new one whenever it hung or crashed."""

    def __init__(self, timeout: float = 20) -> None:
        self.timeout = timeout
        """Seconds for one question."""
        self._context = multiprocessing.get_context("spawn")
        self._child: Any = None
        self._line: Connection | None = None

    def ask(self, grammar: str, texts: Sequence[str] = ()) -> Verdict:
        """What the engine says of a GBNF text, and of texts under it."""
        if self._line is None:
            self._start()
        line = self._line
        assert line is not None
        try:
            line.send((grammar, list(texts)))
            if not line.poll(self.timeout):
                self.close()
                return Verdict("hung")
            refused, answers = line.recv()
        except (EOFError, ConnectionError):
            self.close()
            return Verdict("crashed")
        return Verdict(refused, tuple([Answer(*answer) for answer in answers]))

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child = self._line = None

    def _start(self) -> None:
        self._line, theirs = self._context.Pipe()
        self._child = self._context.Process(target=_serve, args=(theirs,), daemon=True)
        self._child.start()
        theirs.close()
        if not self._line.poll(60) or self._line.recv() != "ready":
            raise RuntimeError("the engine's process did not start")


def _serve(line: Connection) -> None:
    """The child: answers until the parent is gone."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    path = library()
    assert path is not None
    native = _Native(path)
    line.send("ready")
    while True:
        try:
            grammar, texts = line.recv()
        except (EOFError, ConnectionError):
            return
        line.send(native.judge(grammar, texts))


class _Native:
    """The functions of the library."""

    def __init__(self, path: Path) -> None:
        library = ctypes.CDLL(str(path))
        self._init: Any = getattr(library, _INIT)
        self._init.restype = ctypes.c_void_p
        self._init.argtypes = [
            ctypes.c_void_p,  # vocabulary: none, as in llama.cpp's own tests
            ctypes.c_char_p,  # grammar
            ctypes.c_char_p,  # start rule
            ctypes.c_bool,  # lazy
            *(ctypes.c_void_p, ctypes.c_size_t),  # trigger patterns
            *(ctypes.c_void_p, ctypes.c_size_t),  # trigger tokens
        ]
        self._accept: Any = getattr(library, _ACCEPT)
        self._accept.restype = None
        self._accept.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
        self._clone: Any = getattr(library, _CLONE)
        self._clone.restype = ctypes.c_void_p
        self._clone.argtypes = [ctypes.c_void_p]
        self._stacks: Any = getattr(library, _STACKS)
        self._stacks.restype = ctypes.POINTER(_Vector)
        self._stacks.argtypes = [ctypes.c_void_p]
        self._free: Any = getattr(library, _FREE)
        self._free.restype = None
        self._free.argtypes = [ctypes.c_void_p]
        # What the engine has to say goes to the standard error of C.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - for the life of the process
        os.dup2(self._said.fileno(), sys.stderr.fileno())

    def judge(self, grammar: str, texts: list[str]) -> tuple[str, list[tuple[bool, int]]]:
        """Why the grammar is refused, and for each text whether and how far it is accepted."""
        text = grammar.encode(errors="surrogatepass")
        start = self._init(None, text, b"root", False, None, 0, None, 0)
        said = self._heard()
        if not start:
            return said or "refused", []
        try:
            return "", [self._match(start, each) for each in texts]
        finally:
            self._free(start)

    def _match(self, start: int, text: str) -> tuple[bool, int]:
        grammar = self._clone(start)
        try:
            for position, char in enumerate(text):
                self._accept(grammar, ord(char))
                if not self._lengths(grammar):
                    return False, position
            return 0 in self._lengths(grammar), len(text)
        finally:
            self._free(grammar)

    def _lengths(self, grammar: int) -> list[int]:
        """Of each of the grammar's stacks. Without a stack it is dead; an empty one may end."""
        stacks = self._stacks(grammar).contents
        size = ctypes.sizeof(_Vector)
        return [
            inner.end - inner.begin
            for inner in map(_Vector.from_address, range(stacks.begin or 0, stacks.end or 0, size))
        ]

    def _heard(self) -> str:
        self._said.seek(0)
        heard = self._said.read().decode(errors="replace")
        self._said.seek(0)
        self._said.truncate()
        return heard.partition("error parsing grammar: ")[2].partition("\n")[0] or heard.strip()


class _Vector(ctypes.Structure):
    """A `std::vector`."""

    _fields_ = (
        ("begin", ctypes.c_size_t),
        ("end", ctypes.c_size_t),
        ("capacity", ctypes.c_size_t),
    )
