"""A foreign site, for cross-site tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class _Page(BaseHTTPRequestHandler):
    def __init__(self, html: str, *about: Any) -> None:
        self.html = html
        super().__init__(*about)

    def do_GET(self) -> None:  # the library’s name
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.html.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing."""


@contextmanager
def serve_page(html: str) -> Iterator[str]:
    """Serve this page as localhost on a free port; yields its origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Page, html))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
