"""What a program's process cannot do, whatever the program finds. Child process only.

The language lets no program come near these doors; they are closed all the same.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable
from typing import Any

from ..limits import Limits

_DENIED = (
    "os.", "socket.", "subprocess.", "ctypes.", "shutil.", "signal.", "pty.", "pickle.",
    "sqlite3.", "winreg.", "mmap.", "fcntl.", "urllib.", "http.", "ftplib.", "smtplib.",
    "webbrowser.", "tempfile.", "gc.", "sys.addaudithook", "resource.", "msvcrt.", "_winapi.",
    "syslog.", "telnetlib.", "poplib.", "imaplib.", "nntplib.", "glob.", "pdb.",
    "cpython.run_", "code.__new__", "function.__new__", "builtins.input",
)  # fmt: skip
_RECURSION = 1500
_FOREIGN = ("numpy", "scipy", "pandas", "matplotlib", "numexpr", "tensorflow", "jax", "cupy")
_HARMLESS = ("os.listdir", "os.scandir")
_UNHEARD = {  # what acts on the system without an audit event
    "_posixsubprocess": ("fork_exec",),
    "posix": ("mkfifo", "mknod", "setsid", "setpgid", "setpgrp", "pidfd_open"),
    "os": ("mkfifo", "mknod", "setsid", "setpgid", "setpgrp", "pidfd_open"),
    "_signal": ("pidfd_send_signal",),
    "signal": ("pidfd_send_signal",),
}


def preload() -> None:
    """Load what most programs need, and take away what none may have."""
    for name in _FOREIGN:  # SymPy would load them in mid-program to compute faster
        sys.modules[name] = None  # type: ignore[assignment]
    import sympy

    from . import reader

    x = sympy.Symbol("x")
    warm = [*sympy.solve(x**2 - 2, x), sympy.sqrt(2).evalf(20), sympy.integrate(x, x)]
    sympy.latex(warm)
    reader.install()


def close(limits: Limits) -> None:
    """Limit this process for good: CPU, memory, files, and what it may ask of the system."""
    sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(_RECURSION)
    try:
        import resource
    except ImportError:  # Windows: the time-out is what there is
        pass
    else:
        seconds, memory = math.ceil(limits.seconds) + 1, limits.memory << 20
        most = {"RLIMIT_CPU": (seconds, seconds + 1), "RLIMIT_AS": (memory, memory)}
        most |= dict.fromkeys(("RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NPROC"), (0, 0))
        for name, limit in most.items():
            try:
                resource.setrlimit(getattr(resource, name), limit)
            except (ValueError, OSError):  # macOS knows some of them by name only
                continue
    for module, names in _UNHEARD.items():
        for name in names:
            vars(sys.modules.get(module, sys)).pop(name, None)
    roots = tuple({os.path.realpath(path) + os.sep for path in sys.path if path})
    sys.addaudithook(_watch(roots))


def _watch(roots: tuple[str, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    """The hook; all that it goes by is its own, out of reach of later changes to modules."""
    denied, harmless, shut = _DENIED, _HARMLESS, frozenset(_UNHEARD)
    real_path, writing = os.path.realpath, os.O_WRONLY | os.O_RDWR | os.O_CREAT

    def hook(event: str, details: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = details
            writes = set(str(mode or "r")) & set("wax+") or int(flags or 0) & writing
            if writes or not (isinstance(path, str) and real_path(path).startswith(roots)):
                raise PermissionError("files are out of reach")
        elif event == "import" and details[0] in shut:
            raise PermissionError(f"{details[0]} is out of reach")
        elif event.startswith(denied) and not event.startswith(harmless):
            raise PermissionError(f"{event} is out of reach")

    return hook
