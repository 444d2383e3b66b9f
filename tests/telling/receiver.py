"""Someone on the loopback who is told, and notes what came; or who answers late, badly or never."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass
class Receiver:
    """``how``: answers, ``hangs``, ``trickles`` (a byte now and then for ever) or an HTTP status."""

    how: str = "answers"
    url: str = ""
    came: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path and text of each request."""
    closing: Event = field(default_factory=Event)

    @property
    def bodies(self) -> list[str]:
        return [body for _, _, body in self.came]

    def address(self, path: str = "pa55") -> str:
        """Where Apprise sends messages as JSON."""
        return self.url.replace("http:", "json:") + f"/{path}"

    def messages(self) -> list[tuple[str, str]]:
        """Title and text of those that came since this was asked before."""
        said = [json.loads(body) for body in self.bodies]
        self.came.clear()
        return [(one["title"], one["message"]) for one in said]

    def asked(self) -> list[tuple[str, str]]:
        return [(method, path) for method, path, _ in self.came]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def receiver(how: str = "answers") -> Iterator[Receiver]:
    told = Receiver(how)

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            told.came.append((self.command, self.path, body))
            self.close_connection = True
            if told.how == "hangs":
                told.closing.wait(60)
                return
            if told.how == "trickles":
                self._trickle()
                return
            self.send_response(200 if told.how == "answers" else int(told.how))
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

        def _trickle(self) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not told.closing.wait(0.5):
                try:
                    self.wfile.write(b"X: y\r\n")
                    self.wfile.flush()
                except OSError:
                    return

    server = _Server(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        told.closing.set()
        server.shutdown()
        server.server_close()
