"""What a program's process cannot do, whatever the program finds. Child process only.

The language lets no program come near these doors; they are closed all the same.
"""

from __future__ import annotations

import math
import os
import sys
from typing import Any

_DENIED = (
    "os.", "socket.", "subprocess.", "ctypes.", "shutil.", "signal.", "pty.", "pickle.",
    "sqlite3.", "winreg.", "mmap.", "fcntl.", "urllib.", "http.", "ftplib.", "smtplib.",
    "webbrowser.", "tempfile.", "gc.", "sys.addaudithook", "resource.", "msvcrt.", "_winapi.",
    "syslog.", "telnetlib.", "poplib.", "imaplib.", "nntplib.", "glob.", "pdb.",
    "cpython.run_", "code.__new__", "function.__new__", "builtins.input",
)  # fmt: skip
_RECURSION = 1500
_HARMLESS = ("os.listdir", "os.scandir")


def preload() -> None:
    """Load what most programs need, and take SymPy's readers of text away."""
    import sympy
    from sympy.parsing import sympy_parser

    def refuse(*_: Any, **__: Any) -> Any:
        raise TypeError("text is not evaluated here: write the expression without quotes")

    x = sympy.Symbol("x")
    warm = [*sympy.solve(x**2 - 2, x), sympy.sqrt(2).evalf(20), sympy.integrate(x, x)]
    sympy.latex(warm)
    for door in ("parse_expr", "eval_expr", "stringify_expr"):
        setattr(sympy_parser, door, refuse)


def close(timeout: float, memory: int) -> None:
    """Limit this process for good: CPU, memory, files, and what it may ask of the system."""
    sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(_RECURSION)
    try:
        import resource
    except ImportError:  # Windows: the time-out is what there is
        pass
    else:
        seconds = math.ceil(timeout) + 1
        limits = {"RLIMIT_CPU": (seconds, seconds + 1), "RLIMIT_CORE": (0, 0)}
        limits |= {"RLIMIT_FSIZE": (0, 0), "RLIMIT_NPROC": (0, 0), "RLIMIT_AS": (memory, memory)}
        for name, limit in limits.items():
            try:
                resource.setrlimit(getattr(resource, name), limit)
            except (ValueError, OSError):  # macOS knows some of them by name only
                continue
    roots = tuple({os.path.realpath(path) + os.sep for path in sys.path if path})
    sys.addaudithook(lambda event, details: _audit(event, details, roots))


def _audit(event: str, details: tuple[Any, ...], roots: tuple[str, ...]) -> None:
    if event == "open":
        path, mode, flags = details
        writes = set(str(mode or "r")) & set("wax+") or int(flags or 0) & (
            os.O_WRONLY | os.O_RDWR | os.O_CREAT
        )
        inside = isinstance(path, str) and os.path.realpath(path).startswith(roots)
        if writes or not inside:
            raise PermissionError("files are out of reach")
    elif event.startswith(_DENIED) and not event.startswith(_HARMLESS):
        raise PermissionError(f"{event} is out of reach")
