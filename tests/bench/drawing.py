"""What drawing costs: a stream of 20,000 tokens through the notebook's recorder in a real kernel.

    python tests/bench/drawing.py [TOKENS] [TOKENS_PER_SECOND] [BLOCKS]

Tells how many updates were sent and how many arrived, and the share of the time that went into
showing events while the tokens came at that speed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "kernel"))
from kernels import Kernel

CELL = """
import json, time
from gba_jupyter.display import NotebookRecorder, live
from gba_jupyter.events import *

sent = 0
real = live._Display.put
def counted(self, data):
    global sent
    sent += 1
    real(self, data)
live._Display.put = counted

tokens, speed, blocks = {tokens}, {speed}, {blocks}
recorder, spent = NotebookRecorder(), 0.0
def show(event):
    global spent
    began = time.process_time()
    recorder.show(event)
    spent += time.process_time() - began

started = time.monotonic()
show(RunStarted("agent", "q?", "m.gguf", "http://x"))
told = 0
for step in range(1, blocks + 1):
    show(PhaseStarted(step, "reason"))
    words = [f"word{{i}} " for i in range(told, tokens * step // blocks)]
    for word in words:
        wait = started + told / speed - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        show(TextDelta(step, "reason", word))
        told += 1
    cost = Timings(0, 9, len(words), 1.0, 1000 * len(words) / speed)
    show(PhaseFinished(step, "reason", "".join(words), cost))
show(RunFinished("done", Timings(0, 9, tokens, 1.0, 1000.0), time.monotonic() - started))
wall = time.monotonic() - started
print(json.dumps({{"sent": sent, "seconds": wall, "drawing": spent}}))
"""


def main(tokens: int = 20_000, speed: int = 100, blocks: int = 1) -> None:
    import kernels

    kernels.TIMEOUT = 60 + 2 * tokens // speed
    with Kernel() as kernel:
        cell = kernel.do(CELL.format(tokens=tokens, speed=speed, blocks=blocks))
    told = json.loads(cell.stream("stdout"))
    arrived = sum(len(drawings) for drawings in cell.displays.values())
    last = cell.display(f"[step {blocks}: reasoning]")[-1].plain
    print(f"{tokens:,} tokens in {blocks} blocks at {speed}/s: {told['seconds']:.1f} s")
    print(f"updates: {told['sent']} sent, {arrived} arrived, {told['sent'] - arrived} dropped")
    print(f"drawing: {told['drawing']:.2f} s = {100 * told['drawing'] / told['seconds']:.2f} %")
    print(f"the last token is shown: {last.rstrip().endswith(f'word{tokens - 1}')}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
