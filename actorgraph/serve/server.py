"""The server: one page and one stream of news, for this machine alone."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import uvicorn

from actorgraph.errors import UsageProblem

if TYPE_CHECKING:
    from types import FrameType

    from actorgraph.serve.preview import Preview, Shown

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_HOST: Final = "127.0.0.1"
_BEAT: Final = 15
"""Seconds after which a silent stream says that it is still there."""

_SAFE: Final[Headers] = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"frame-ancestors 'none'"),  # the rest of its policy is in the page itself
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]


def serve(preview: Preview, *, port: int, ready: Callable[[str], None]) -> None:
    """Serve a preview on the loopback interface, until somebody interrupts.

    `port` 0 means any that is free. `ready` is told the address once the page can be had.

    Raises `UsageProblem` where the port cannot be had, and what `Preview.start` raises.
    """
    sockets = _listening(port)
    try:
        preview.start()
        app = App(preview.shown, sockets[0].getsockname()[1])
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(preview, app, sockets, ready))
    finally:
        for each in sockets:
            each.close()


async def _serve(preview: Preview, app: App, sockets: list[socket.socket], ready: Callable[[str], None]) -> None:
    loop = asyncio.get_running_loop()
    server = _Server(app)

    def hear(shown: Shown) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(app.show, shown)

    watching = asyncio.create_task(asyncio.to_thread(preview.watch, hear))
    watching.add_done_callback(lambda _: server.end())
    ready(f"http://{_HOST}:{app.port}/")
    try:
        await server.serve(sockets)
    finally:
        preview.stop()
    await watching


class _Server(uvicorn.Server):
    """Ends the streams when it ends: it would wait for them."""

    def __init__(self, app: App) -> None:
        self.app = app
        super().__init__(
            uvicorn.Config(
                app,
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Hear of a signal."""
        super().handle_exit(sig, frame)
        self.app.end()

    def end(self) -> None:
        """End without a signal."""
        self.should_exit = True
        self.app.end()


class App:
    """The page at `/`, and at `/events` what is shown now and whatever comes to be, as server-sent events."""

    def __init__(self, shown: Shown, port: int) -> None:
        self.shown = shown
        self.port = port
        self.ended = False
        self._news = asyncio.Event()
        names = ("localhost", _HOST, "[::1]")
        self._hosts = {f"{name}:{port}".encode() for name in names}
        self._hosts |= {name.encode() for name in names if port == 80}

    def show(self, shown: Shown) -> None:
        """Show something else from now on."""
        self.shown = shown
        self._tell()

    def end(self) -> None:
        """End all streams."""
        self.ended = True
        self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request.

        A name that leads here and is none of ours is another site's, whose scripts would read the page as their own
        (DNS rebinding).
        """
        assert scope["type"] == "http", "websockets are off"
        head = scope["method"] == "HEAD"
        hosts = [value.lower() for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            await _answer(send, 421, "This address shows a page to its own machine alone.", head=head)
        elif scope["path"] not in ("/", "/events"):
            await _answer(send, 404, "There is nothing here but the page at /.", head=head)
        elif scope["method"] not in ("GET", "HEAD"):
            allow = [(b"allow", b"GET, HEAD")]
            await _answer(send, 405, "The page can be read, and no more.", head=head, headers=allow)
        elif scope["path"] == "/":
            await _answer(send, 200, self.shown.page.html, kind=b"text/html", head=head)
        elif head:
            await _answer(send, 200, "", kind=b"text/event-stream", head=head)
        else:
            await self._stream(receive, send)

    async def _stream(self, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), *_SAFE]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"retry: 500\n\n", "more_body": True})
        told: Shown | None = None
        gone = asyncio.create_task(_gone(receive))
        try:
            while not self.ended and not gone.done():
                news = asyncio.create_task(self._news.wait())
                if told is not self.shown:
                    told = self.shown
                    await send({"type": "http.response.body", "body": _event(told), "more_body": True})
                await asyncio.wait((news, gone), timeout=_BEAT, return_when=asyncio.FIRST_COMPLETED)
                if not news.done():
                    news.cancel()
                    await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
        finally:
            gone.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _event(shown: Shown) -> bytes:
    news = {"page": shown.page.name, "problems": [one._asdict() for one in shown.wrong]}
    return f"data: {json.dumps(news)}\n\n".encode()


async def _answer(
    send: Send, status: int, text: str, *, kind: bytes = b"text/plain", head: bool, headers: Headers | None = None
) -> None:
    body = text.encode()
    told = [
        (b"content-type", kind + b"; charset=utf-8"),
        *([] if kind == b"text/event-stream" else [(b"content-length", str(len(body)).encode())]),
        *(headers or []),
        *_SAFE,
    ]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": b"" if head else body})


def _listening(port: int) -> list[socket.socket]:
    """Return sockets that listen on a port of the loopback interface: of IPv4 and, where there is one, of IPv6."""
    try:
        first = socket.create_server((_HOST, port), backlog=100)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"port {port} is in use; name another with --port, or any that is free with --port 0"
        else:
            message = f"cannot listen on port {port}: {os.strerror(error.errno or 0)}"
        raise UsageProblem(message) from error
    with suppress(OSError):
        return [first, socket.create_server(("::1", first.getsockname()[1]), family=socket.AF_INET6, backlog=100)]
    return [first]
