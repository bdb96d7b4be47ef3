"""The command `gba-jupyter`: demo, serve, models, doctor."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from .errors import GbaError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it did its job."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except GbaError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gba-jupyter", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="run examples/agent.ipynb here, step by step")
    demo.set_defaults(run=_demo)
    serve = commands.add_parser("serve", help="serve a model until Ctrl-C")
    serve.add_argument("model", nargs="?", help="a name, a GGUF file or hf:REPO/FILE")
    serve.add_argument("--port", type=int, default=0, help="default: a free one")
    serve.set_defaults(run=_serve)
    models = commands.add_parser("models", help="list models, or say how to serve one")
    models.add_argument("name", nargs="?")
    models.set_defaults(run=_models)
    doctor = commands.add_parser("doctor", help="check the installation")
    doctor.set_defaults(run=_doctor)
    return parser


def _demo(options: argparse.Namespace) -> int:
    from .demo import run_demo

    return run_demo()


def _serve(options: argparse.Namespace) -> int:
    from .display import TerminalRecorder
    from .events import ServerStarting
    from .llama import embedded

    show = TerminalRecorder().show
    chosen = {"model": options.model} if options.model else {}
    with embedded.serve(
        port=options.port, on_progress=lambda *p: show(ServerStarting(*p)), **chosen
    ) as server:
        print(f"{server.model_path.name} is served at {server.url}")
        print(f"API key: {server.api_key}")
        print("Notebooks on this machine join it by themselves. For others:")
        for role in ("agent", "math"):
            print(f"  %gba connect {role} {server.url} --api-key {server.api_key}")
        print("Ctrl-C ends it.")
        while server.running:
            time.sleep(1)
    print(f"The server ended by itself; its log is {server.log_path}", file=sys.stderr)
    return 1


def _models(options: argparse.Namespace) -> int:
    from .llama import models

    print(models.describe(options.name) if options.name else models.catalogue_text())
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from .doctor import report

    text, well = report()
    print(text)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
