"""The server: the page, and a stream of what changes in it, for this machine alone."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from typing import TYPE_CHECKING, Final

from actorgraph.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from actorgraph.serve.preview import Preview, Showing

_HOST: Final = "127.0.0.1"
_HOST_6: Final = "::1"
_BEAT: Final = 15
"""Seconds after which a silent stream says that it is still there."""

_SAFE: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",  # the rest of the policy is in the page itself
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def serve(preview: Preview, *, port: int, ready: Callable[[str], None]) -> None:
    """Serve a preview on the loopback interface, until somebody interrupts.

    `port` 0 means any that is free. `ready` gets the address once the page can be read there.

    Raises `UsageProblem` where the port cannot be had, and what `Preview.start` and `Preview.watch` raise.
    """
    feed = Feed()
    servers = _servers(port, feed)
    try:
        preview.start()
        feed.show(preview.shown)
        for server in servers:
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            # Who reads the address may interrupt at once.
            with suppress(KeyboardInterrupt):
                ready(f"http://{_HOST}:{servers[0].port}/")
                preview.watch(feed.show)
        finally:
            feed.end()
            for server in servers:
                server.shutdown()
    finally:
        for server in servers:
            server.server_close()


class Feed:
    """What is shown now; whoever reads the stream waits here for what comes next."""

    def __init__(self) -> None:
        self.shown: Showing | None = None
        self.ended = False
        self._changed = threading.Condition()

    def show(self, shown: Showing) -> None:
        """Show something else from now on."""
        with self._changed:
            self.shown = shown
            self._changed.notify_all()

    def end(self) -> None:
        """End all streams."""
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def wait(self, seen: Showing | None) -> None:
        """Return as soon as something other than `seen` is shown or all has ended, at the latest after a beat."""
        with self._changed:
            self._changed.wait_for(lambda: self.ended or self.shown is not seen, timeout=_BEAT)


class _Server(ThreadingMixIn, TCPServer):
    """Listens on one address; each request has a thread of its own, which does not keep the process alive."""

    allow_reuse_address = os.name == "posix"  # on Windows it would let two processes share a port
    daemon_threads = True
    request_queue_size = 100

    def __init__(self, host: str, port: int, feed: Feed) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Request)
        self.feed = feed
        self.port: int = self.server_address[1]
        names = ("localhost", _HOST, f"[{_HOST_6}]")
        self.hosts = {f"{name}:{self.port}" for name in names} | {name for name in names if self.port == 80}

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a reader who has gone away."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # the library's own words


class _Request(BaseHTTPRequestHandler):
    """Answers one request: the page at `/`, and at `/events` what is shown, now and later, as server-sent events."""

    server: _Server
    timeout = 60

    def do_GET(self) -> None:
        """Answer, or refuse.

        A host name that leads to this address and is none of ours belongs to another site, whose scripts could then
        read the page as their own (DNS rebinding).
        """
        path = self.requestline.split()[1].partition("?")[0]  # `self.path` has lost slashes
        hosts = [host.lower() for host in self.headers.get_all("Host", [])]
        if len(hosts) != 1 or hosts[0] not in self.server.hosts:
            self._answer(421, "This address shows a page to its own machine alone.")
        elif path not in ("/", "/events"):
            self._answer(404, "There is nothing here but the page at /.")
        elif self.command not in ("GET", "HEAD"):
            self._answer(405, "The page can only be read.", Allow="GET, HEAD")
        elif path == "/":
            assert self.server.feed.shown is not None, "the server starts once there is something to show"
            self._answer(200, self.server.feed.shown.page.html, kind="text/html")
        else:
            self._stream()

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 - the library's names

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no request that can be read."""
        del explain
        self._answer(code, message or self.responses[code][0])

    def log_message(self, *_: object) -> None:
        """Keep quiet: the terminal is for what is wrong with the model."""

    def _stream(self) -> None:
        self._head(200, "text/event-stream")
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n\n")
        feed, seen = self.server.feed, None
        while not feed.ended:
            shown = feed.shown
            self.wfile.write(b":\n\n" if shown is seen or shown is None else _event(shown))
            seen = shown
            feed.wait(seen)

    def _answer(self, status: int, text: str, *, kind: str = "text/plain", **headers: str) -> None:
        body = text.encode()
        self._head(status, kind, **{"Content-Length": str(len(body)), **headers})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: int, kind: str, **headers: str) -> None:
        self.send_response_only(status)  # `send_response` would name the server and its version
        for name, value in {"Content-Type": f"{kind}; charset=utf-8", **headers, **_SAFE}.items():
            self.send_header(name, value)
        self.end_headers()


def _event(shown: Showing) -> bytes:
    news = {"page": shown.page.name, "problems": [problem._asdict() for problem in shown.problems]}
    return f"data: {json.dumps(news)}\n\n".encode()


def _servers(port: int, feed: Feed) -> list[_Server]:
    """Return servers that listen on a port of the loopback interface: of IPv4 and, where there is one, of IPv6."""
    try:
        first = _Server(_HOST, port, feed)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"port {port} is in use; name another with --port, or any that is free with --port 0"
        else:
            message = f"cannot listen on port {port}: {os.strerror(error.errno or 0)}"
        raise UsageProblem(message) from error
    with suppress(OSError):
        return [first, _Server(_HOST_6, first.port, feed)]
    return [first]
