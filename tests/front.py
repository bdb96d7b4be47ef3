"""A small server in front of the real one: faults that a real server cannot be made to have."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx


class Front(ThreadingHTTPServer):
    """Passes requests on to the real server; `faults` answers some of them itself."""

    daemon_threads = True

    def __init__(self, url: str, key: str) -> None:
        self.real, self.key = url, key
        self.faults: dict[str, list[tuple[int, bytes]]] = {}
        self.hang = ""
        self.hung = 0
        self.quit = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Front

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.answer("GET", None)

    def do_POST(self) -> None:
        self.answer("POST", self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, method: str, body: bytes | None) -> None:
        if self.server.hang and self.server.hang in self.path:
            self.server.hung += 1
            self.server.quit.wait(60)
            return
        if queue := self.server.faults.get(self.path):
            status, data = queue.pop(0)
            kind = "text/event-stream" if data.startswith(b"data:") else "application/json"
        else:
            headers = {"Authorization": f"Bearer {self.server.key}"}
            real = httpx.request(
                method, self.server.real + self.path, content=body, headers=headers, timeout=60
            )
            status, data, kind = real.status_code, real.content, real.headers["Content-Type"]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
