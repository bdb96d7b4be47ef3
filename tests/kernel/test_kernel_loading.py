"""Loading and unloading: nothing is left, and what others added stays."""

import json

from kernels import Kernel

from gba_jupyter.llama.embedded import find_running

LOOK = """
import json as _json
def _look():
    ip = get_ipython()
    registry, formatters = ip.magics_manager, ip.display_formatter
    every = [*formatters.formatters.values(), formatters.ipython_display_formatter]
    names = lambda things: sorted(map(str, things))
    print(_json.dumps({
        "line": names(registry.magics["line"]),
        "cell": names(registry.magics["cell"]),
        "registry": names(registry.registry),
        "types": [names(f.type_printers) for f in every],
        "deferred": [names(f.deferred_printers) for f in every],
        "singletons": [names(f.singleton_printers) for f in every],
        "matchers": names(ip.Completer.custom_matchers),
        "hooks": {event: len(found) for event, found in ip.events.callbacks.items()},
        "transformers": len(ip.input_transformers_post + ip.input_transformers_cleanup),
        "names": names(n for n in ip.user_ns if not n.startswith("_")),
    }))
_look()
"""


def look(kernel):
    return json.loads(kernel.do(LOOK).stream("stdout"))


def test_unloading_leaves_all_as_it_was(embedded):
    with Kernel() as kernel:
        kernel.do("%load_ext storemagic\nimport sympy")  # the user's own
        before = look(kernel)
        for use in ("", "%gba serve\n%math --out _result What is 2 plus 3?"):  # unused, then in use
            kernel.do("%load_ext gba_jupyter")
            loaded = look(kernel)
            assert set(loaded["line"]) - set(before["line"]) == {"agent", "math", "gbnf", "gba"}
            assert set(loaded["cell"]) - set(before["cell"]) == {"agent", "math", "gbnf"}
            kernel.do(use)
            assert (kernel.pid in users(embedded)) == bool(use)
            kernel.do("%unload_ext gba_jupyter")
            assert look(kernel) == before
            assert kernel.pid not in users(embedded)
            cell = kernel.run("%agent hello")
            assert "not found" in cell.stream("stderr") + str(cell.error)
        # A result that is still at hand is an ordinary object now.
        (plain,) = kernel.do("_result").plain
        assert plain.startswith("MathResult(") and len(plain) < 1000


def test_loading_twice_is_loading_once(kernel):
    before = look(kernel)
    again = kernel.do("%load_ext gba_jupyter")
    assert "already loaded" in again.stream("stdout")
    kernel.do("%reload_ext gba_jupyter")
    assert look(kernel) == before
    kernel.do("%gba serve")


def users(embedded):
    (running,) = [server for server in find_running() if server.pid == embedded.pid]
    return running.users
