"""Host of the llama.cpp server of the wheel `xllamacpp`, in a process of its own.

Its faults show only on its stderr, and some crash it: it must never run inside the kernel.
The API key comes through the environment, as llama-server takes it.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading


def main(arguments: list[str]) -> int:
    """Serve until killed; 1 when the server does not come up."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    for number in ("--port", "--slots", "--context", "--threads", "--batch"):
        parser.add_argument(number, type=int, required=True)
    parser.add_argument("--lora")
    options = parser.parse_args(arguments)

    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = options.model
    if options.lora:
        params.lora_adapters = [xllamacpp.CommonAdapterLoraInfo(options.lora, 1.0)]
    params.hostnames = ["127.0.0.1"]
    params.port = options.port
    params.n_parallel = options.slots
    params.n_ctx = options.context * options.slots  # of all slots together
    params.n_batch = params.n_ubatch = options.batch
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = options.threads
    params.cache_ram_mib = 0
    params.api_keys = [os.environ["LLAMA_API_KEY"]]
    params.cors_origins = "localhost"
    params.ui = False
    params.endpoint_slots = params.endpoint_metrics = True
    try:
        server = xllamacpp.Server(params)
    except RuntimeError as error:  # the reason stands above, in the server's own words
        sys.stderr.write(f"xllamacpp: {error}\n")
        return 1
    sys.stderr.write(f"xllamacpp: serving at {server.listening_address}\n")
    threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
